// The teacher's wall. The token stands after the # of the address, which no server log sees.
"use strict";
const words = JSON.parse(document.body.dataset.words);
const byId = (id) => document.getElementById(id);
const token = location.hash.slice(1);
let now = null, shown = null;

const events = new EventSource(`/wall/events?token=${encodeURIComponent(token)}`);
events.onmessage = (event) => { now = JSON.parse(event.data); draw(); };
events.onerror = () => { byId("said").textContent = words["js-again"]; };

async function ask(what) {
  const answer = await fetch("/wall/do", { method: "POST", body: JSON.stringify(what),
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` } });
  const found = await answer.json();
  byId("said").textContent = found.detail || "";
  return found;
}

function draw() {
  byId("code").textContent = now.code;
  byId("freeze").setAttribute("aria-pressed", String(now.frozen));
  const rows = [...now.rows];
  if (byId("stuck").checked) rows.sort((a, b) => b.hand - a.hand || b.stuck - a.stuck || b.times - a.times || b.idle - a.idle);
  byId("rows").replaceChildren(...rows.map(row));
  share();
  byId("knocked").hidden = !now.knocks.length;
  byId("knocks").replaceChildren(...now.knocks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  for (const name of ["letters", "allow"]) byId(name).hidden = !now.shared;
  if (now.shared) drawLetters(now.letters, words["js-as"]);
  if (shown) look(shown);
}

function row(one) {
  const line = document.createElement("tr");
  line.className = [one.stuck ? "stuck" : "", one.hand ? "hand" : "", one.here ? "" : "away"].join(" ");
  const envelope = one.sender === null ? "" : `<${one.sender}> ${one.recipients}`;
  const mistake = one.mistake && one.times ? `${one.mistake_told} ×${one.times}` : "";
  const cells = [`${one.hand ? "✋ " : ""}${one.alias}`, `${one.step}/${one.steps}`, one.idle, one.phase, envelope, one.reply,
    one.warned || mistake, one.hints || "", one.outcome];
  for (const text of cells) line.append(Object.assign(document.createElement("td"), { textContent: text }));
  line.tabIndex = 0;
  line.addEventListener("click", () => look(one.alias));
  line.addEventListener("keydown", (event) => { if (event.key === "Enter") look(one.alias); });
  return line;
}

function share() {
  const of = now.share;
  const bars = of.steps.map((done, index) => {
    const bar = document.createElement("div");
    const part = of.pupils ? Math.round(100 * done / of.pupils) : 0;
    bar.append(Object.assign(document.createElement("span"), { textContent: `${index + 1}: ${part} % (${of.seconds[index]} s)` }),
      Object.assign(document.createElement("meter"), { min: 0, max: 100, value: part }));
    return bar;
  });
  const common = Object.assign(document.createElement("p"), { textContent: of.mistake ? `${words["js-common"]} ${of.mistake} ×${of.makers}` : "" });
  byId("share").replaceChildren(...bars, common);
}

async function look(alias) {
  const answer = await fetch(`/wall/pupil?alias=${encodeURIComponent(alias)}`, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) return;
  const one = await answer.json();
  shown = alias;
  byId("one-alias").textContent = one.alias;
  byId("one-why").textContent = one.why;
  const dialogue = byId("one-dialogue");
  const follows = !byId("one").open || dialogue.scrollTop + dialogue.clientHeight >= dialogue.scrollHeight - 8;
  dialogue.textContent = one.dialogue.join("\n");
  byId("one-panel").textContent = one.panel;
  if (!byId("one").open) byId("one").showModal();
  if (follows) dialogue.scrollTop = dialogue.scrollHeight;
}

byId("stuck").addEventListener("change", draw);
byId("freeze").addEventListener("click", () => ask({ do: "freeze", frozen: !now.frozen }));
byId("say").addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ do: "say", alias: shown || "", word: byId("word").value });
  byId("word").value = "";
});
byId("set").addEventListener("submit", (event) => { event.preventDefault(); ask({ do: "task", name: byId("task").value }); });
byId("go").addEventListener("submit", (event) => { event.preventDefault(); ask({ do: "step", number: byId("number").value }); });
byId("renew").addEventListener("click", () => ask({ do: "code" }));
byId("remove").addEventListener("click", async () => {
  if (!confirm(words["js-remove"].replace("{alias}", shown))) return;
  await ask({ do: "remove", alias: shown });
  byId("one").close();
});
byId("allow").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = byId("command").value.trim();
  const found = await ask({ do: "allow", name });
  if (!found.detail) byId("said").textContent = words[found.done ? "js-allowed" : "js-forbidden"].replace("{name}", name);
});
byId("hide").addEventListener("click", () => byId("one").classList.toggle("nameless"));
byId("lower").addEventListener("click", () => ask({ do: "hand", alias: shown }));
byId("close").addEventListener("click", () => byId("one").close());
byId("one").addEventListener("close", () => { shown = null; });
