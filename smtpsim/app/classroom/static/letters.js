// Who wrote to whom: names in a ring, an arrow for each pair, dashed where the mail was in somebody else's name.
"use strict";
const SVG = "http://www.w3.org/2000/svg";
let lettersDrawn = "";

function shape(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function letterTold(one, as) {
  return `${one.by}${one.named ? ` (${as} ${one.named})` : ""} \u2192 ${one.to} \u00d7${one.times}`;
}

function drawLetters(letters, as) {
  const state = JSON.stringify(letters);
  if (state === lettersDrawn) return;
  lettersDrawn = state;
  const names = [...new Set(letters.flatMap((one) => [one.by, one.to]))].sort();
  const at = new Map(names.map((name, index) => {
    const turn = 2 * Math.PI * index / names.length - Math.PI / 2;
    return [name, [44 * Math.cos(turn), 27 * Math.sin(turn)]];
  }));
  const head = shape("marker", { id: "head", viewBox: "0 0 6 6", refX: 6, refY: 3, markerWidth: 5, markerHeight: 5, orient: "auto" });
  head.append(shape("path", { d: "M0,0 L6,3 L0,6 z", class: "head" }));
  const definitions = shape("defs", {});
  definitions.append(head);
  const arrows = letters.map((one) => {
    const [[ax, ay], [bx, by]] = [at.get(one.by), at.get(one.to)];
    const own = one.by === one.to;
    const bend = own ? [ax * 1.3 + 3, ay * 1.3 - 3] : [(ax + bx) / 2 * 0.6, (ay + by) / 2 * 0.6];
    const arrow = shape("path", { d: `M${ax},${ay} Q${bend[0]},${bend[1]} ${bx},${by}`, "marker-end": "url(#head)",
      class: one.named ? "arrow forged" : "arrow", "stroke-width": Math.min(0.2 + 0.1 * one.times, 0.9) });
    arrow.append(shape("title", {}, letterTold(one, as)));
    return arrow;
  });
  const labels = names.map((name) => {
    const [x, y] = at.get(name);
    return shape("text", { x: x * 1.12, y: y * 1.12 + 0.7, "text-anchor": Math.abs(x) < 4 ? "middle" : x < 0 ? "end" : "start" },
      name.length > 16 ? `${name.slice(0, 15)}\u2026` : name);
  });
  document.getElementById("drawn").replaceChildren(definitions, ...arrows, ...labels);
  document.getElementById("pairs").replaceChildren(...letters.map((one) => Object.assign(document.createElement("li"),
    { textContent: letterTold(one, as), className: one.named ? "forged" : "" })));
}
