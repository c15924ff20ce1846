// The projector's view: where to go, the code, how far the class is. No names.
"use strict";
const words = JSON.parse(document.body.dataset.words);
const byId = (id) => document.getElementById(id);
new EventSource("/board/events").onmessage = (event) => {
  const now = JSON.parse(event.data);
  byId("where").textContent = now.where.join("  ");
  byId("code").textContent = now.code;
  byId("here").textContent = now.here;
  byId("share").replaceChildren(...now.share.steps.map((done, index) => {
    const bar = document.createElement("div");
    const part = now.share.pupils ? Math.round(100 * done / now.share.pupils) : 0;
    bar.append(Object.assign(document.createElement("span"), { textContent: `${index + 1}` }),
      Object.assign(document.createElement("meter"), { min: 0, max: 100, value: part }),
      Object.assign(document.createElement("span"), { textContent: `${part} %` }));
    return bar;
  }));
  byId("common").textContent = now.share.mistake ? `${words["js-common"]} ${now.share.mistake}` : "";
};
