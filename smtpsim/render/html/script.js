"use strict";
(() => {
  const id = (name) => document.getElementById(name);
  const steps = [...id("steps").children];
  const pieces = [...id("pieces").content.children];
  const last = steps.length - 1;
  const place = id("place");
  const slider = id("slider");
  const STRIDE = 64;

  // a step's list of pieces is made from the list of the step before it
  const next = (list, change) => {
    if (!change) return list;
    const [head, tail, ...names] = change.split(" ");
    return [...list.slice(0, head), ...names, ...list.slice(list.length - tail)];
  };
  const kept = [];
  steps.reduce((list, step, n) => {
    const now = next(list, step.dataset.panel);
    if (n % STRIDE === 0) kept.push(now);
    return now;
  }, []);
  const listAt = (n) => {
    const from = Math.floor(n / STRIDE);
    let list = kept[from];
    for (let i = from * STRIDE + 1; i <= n; i++) list = next(list, steps[i].dataset.panel);
    return list;
  };

  const unseen = (text) => {
    const span = document.createElement("span");
    span.className = "unseen";
    span.textContent = text;
    return span;
  };
  const piece = (name) => {
    const node = pieces[parseInt(name, 10)].cloneNode(true);
    if (name.endsWith("*")) {
      node.classList.add("changed");
      node.prepend(unseen(place.dataset.changed + ": "));
    }
    return node;
  };
  const panel = (list) => {
    const parts = [];
    for (const node of list.map(piece)) {
      if (node.tagName === "LI") {
        parts.at(-1).lastChild.append(node);
      } else {
        const part = document.createElement("section");
        part.className = "part";
        part.append(node, document.createElement("ul"));
        parts.push(part);
      }
    }
    return parts;
  };
  const told = (step) => {
    const notes = [...step.querySelectorAll("p.note")].map((note) => note.cloneNode(true));
    const rows = step.dataset.told.split(" ").filter(Boolean).map(piece);
    const list = document.createElement("ul");
    list.append(...rows.filter((row) => row.tagName === "LI"));
    return [...notes, list, ...rows.filter((row) => row.tagName !== "LI")];
  };

  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const heard = (node) => {
    const copy = node.cloneNode(true);
    for (const sign of copy.querySelectorAll("[aria-hidden]")) sign.remove();
    return text(copy);
  };
  const intoView = (box, node) => {
    const room = box.getBoundingClientRect();
    const there = node.getBoundingClientRect();
    if (there.top < room.top || there.bottom > room.bottom) {
      box.scrollTop += there.top - room.top - box.clientHeight / 3;
    }
  };

  // browsers refuse an address that changes as fast as a key repeats
  const SETTLED = 250;
  let naming = 0;
  let at = -1;
  const go = (wanted) => {
    const n = Math.min(Math.max(wanted, 0), last);
    if (n === at) return;
    for (let i = Math.min(at, n) + 1; i <= last && (at < 0 || i <= Math.max(at, n)); i++) steps[i].hidden = i > n;
    if (at >= 0) steps[at].removeAttribute("aria-current");
    steps[n].hidden = false;
    steps[n].setAttribute("aria-current", "step");
    at = n;
    show();
  };
  const show = () => {
    const label = place.dataset.step.replace("{at}", at).replace("{last}", last);
    id("shown").replaceChildren(...panel(listAt(at)));
    id("told").replaceChildren(...told(steps[at]));
    id("told").scrollTop = 0;
    place.textContent = label;
    slider.value = at;
    slider.setAttribute("aria-valuetext", label);
    for (const name of ["first", "back"]) id(name).setAttribute("aria-disabled", at === 0);
    for (const name of ["forward", "end"]) id(name).setAttribute("aria-disabled", at === last);
    const changed = [...id("shown").querySelectorAll(".changed")];
    id("live").textContent = [label, heard(steps[at]), ...changed.map(heard)].join(". ");
    id("dialogue").scrollTop = id("dialogue").scrollHeight;
    if (changed.length) intoView(id("panel"), changed[0]);
    clearTimeout(naming);
    naming = setTimeout(() => history.replaceState(null, "", "#" + at), SETTLED);
  };

  const keys = {
    ArrowRight: () => go(at + 1),
    ArrowLeft: () => go(at - 1),
    Home: () => go(0),
    End: () => go(last),
    " ": (event) => go(event.shiftKey ? at - 1 : at + 1),
  };
  document.addEventListener("keydown", (event) => {
    const pressed = event.key === " " && event.target.tagName === "BUTTON";
    if (event.ctrlKey || event.altKey || event.metaKey || pressed || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key](event);
  });
  id("first").addEventListener("click", () => go(0));
  id("back").addEventListener("click", () => go(at - 1));
  id("forward").addEventListener("click", () => go(at + 1));
  id("end").addEventListener("click", () => go(last));
  slider.addEventListener("input", () => go(Number(slider.value)));
  const linked = () => parseInt(location.hash.slice(1), 10) || 0;
  addEventListener("hashchange", () => go(linked()));

  document.documentElement.classList.add("live");
  slider.max = last;
  id("controls").hidden = id("told").hidden = false;
  go(linked());
})();
