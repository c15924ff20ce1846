// Joining, and the full screen: keys go to the program, what it draws comes back. Or the plain form (plain.js).
"use strict";
const words = JSON.parse(document.body.dataset.words);
const byId = (id) => document.getElementById(id);
const KEPT = "smtpsim-class", FORM = "smtpsim-form", PHONE = 480;
let plain = localStorage.getItem(FORM) === null ? window.innerWidth <= PHONE : localStorage.getItem(FORM) === "true";
const form = new PlainForm(tell);
let me = null, socket = null, terminal = null, fit = null, left = false, pause = 500, unsent = "";

function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || null; } catch { return null; }
}

async function join(code, alias, secret) {
  const answer = await fetch("/join", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code, alias, secret }),
  });
  const found = await answer.json();
  return answer.ok ? found : { refused: found.detail };
}

byId("join").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("refused").textContent = "";
  const before = kept();
  const alias = byId("alias").value.trim();
  const secret = before && before.alias.toLowerCase() === alias.toLowerCase() ? before.secret : "";
  const found = await join(byId("code").value, alias, secret).catch(() => ({ refused: words["js-offline"] }));
  if (found.refused) { byId("refused").textContent = found.refused; return; }
  localStorage.setItem(KEPT, JSON.stringify(found));
  begin(found);
});

function begin(found) {
  me = found;
  left = false;
  byId("joining").hidden = true;
  byId("typing").hidden = false;
  byId("who").textContent = me.alias;
  show();
  connect();
}

// The full screen, or the plain form.
function show() {
  byId("terminal").hidden = plain;
  byId("reader").hidden = plain;
  byId("plain").hidden = !plain;
  byId("form").setAttribute("aria-pressed", String(plain));
  if (!plain && !terminal) open();
  else if (!plain) fit.fit();
}

function focus() { (plain ? form : terminal).focus(); }

function open() {
  terminal = new Terminal({ allowProposedApi: true, cursorBlink: true, fontSize: size(), scrollback: 0,
    fontFamily: "'DejaVu Sans Mono', 'Noto Sans Mono CJK JP', 'Osaka-Mono', 'MS Gothic', monospace" });
  fit = new FitAddon.FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new Unicode11Addon.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  terminal.open(byId("terminal"));
  terminal.onData((data) => type(data));
  terminal.onBinary((data) => type(data));
  terminal.onResize(({ cols, rows }) => tell({ rows, columns: cols }));
  new ResizeObserver(() => fit.fit()).observe(byId("terminal"));
  fit.fit();
  window.smtpsimTerminal = terminal;
}

function size() { return window.innerWidth < 700 ? 11 : window.innerWidth < 1000 ? 13 : 15; }

// What is typed while the connection is gone is sent when it is there again.
function type(data) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(new TextEncoder().encode(data));
  else if (unsent.length < 4096) unsent += data;
}

function tell(message) {
  const there = Boolean(socket) && socket.readyState === WebSocket.OPEN;
  if (there) socket.send(JSON.stringify(message));
  return there;
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/pupil${location.search}`);
  socket = mine;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => {
    pause = 500;
    byId("state").textContent = "";
    if (!plain) terminal.reset();
    const size = plain ? { plain } : { rows: terminal.rows, columns: terminal.cols };
    socket.send(JSON.stringify({ alias: me.alias, secret: me.secret, ...size }));
    if (unsent) socket.send(new TextEncoder().encode(unsent));
    unsent = "";
    focus();
  });
  socket.addEventListener("message", (event) => {
    if (mine !== socket) return;
    if (event.data instanceof ArrayBuffer) terminal.write(new Uint8Array(event.data));
    else told(JSON.parse(event.data));
  });
  socket.addEventListener("close", () => {
    if (left || mine !== socket) return;
    byId("state").textContent = words["js-again"];
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 8000);
  });
}

function told(message) {
  if (message.plain) {
    form.draw(message.plain);
  } else if (message.elsewhere) {
    left = true;
    byId("state").textContent = words["js-elsewhere"];
    byId("here").hidden = false;
  } else if (message.refused) {
    left = true;
    localStorage.removeItem(KEPT);
    byId("typing").hidden = true;
    byId("joining").hidden = false;
    byId("refused").textContent = message.refused;
  } else if (message.download) {
    const octets = Uint8Array.from(atob(message.content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([octets]));
    link.download = message.download;
    link.click();
    URL.revokeObjectURL(link.href);
  } else if (message.choose !== undefined) {
    byId("file").click();
  }
}

byId("file").addEventListener("change", async () => {
  const file = byId("file").files[0];
  if (!file) return;
  const octets = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < octets.length; at += 4096) text += String.fromCharCode(...octets.subarray(at, at + 4096));
  tell({ file: file.name, content: btoa(text) });
  byId("file").value = "";
  focus();
});

function toggled(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  focus();
  return on;
}

byId("here").addEventListener("click", () => { byId("here").hidden = true; left = false; connect(); });
byId("hand").addEventListener("click", () => tell({ hand: toggled(byId("hand")) }));
byId("form").addEventListener("click", () => {
  plain = !plain;
  localStorage.setItem(FORM, String(plain));
  show();
  const before = socket;
  connect();
  before.close();
});
byId("reader").addEventListener("click", () => { terminal.options.screenReaderMode = toggled(byId("reader")); });
window.addEventListener("resize", () => { if (terminal && !plain) { terminal.options.fontSize = size(); fit.fit(); } });

const before = kept();
if (before) begin(before);
