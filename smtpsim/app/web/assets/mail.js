// The page of a running server. It only shows what the API gives; everything is put in as text, never as HTML.
"use strict";

const byId = (id) => document.getElementById(id);
const words = JSON.parse(byId("words").textContent);
const PAGE = 100; // rows; however many mails there are, no more are asked for or shown at once
const state = { tab: "mails", first: 0, open: null, view: "text", listing: new AbortController() };

async function get(path, signal) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error((await response.json()).detail);
  return response;
}

const json = async (path, signal) => (await get(path, signal)).json();

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function row(cells, key, opened) {
  const made = document.createElement("tr");
  made.tabIndex = 0;
  made.dataset.key = key;
  made.append(...cells);
  made.addEventListener("click", opened);
  made.addEventListener("keydown", (event) => { if (event.key === "Enter") opened(); });
  if (state.open === key) made.classList.add("open");
  return made;
}

const cell = (text, className) => element("td", text ?? "", className);
const verdictsOf = (session) => session.verdicts.filter((one) => one.result !== "none").map((one) => `${one.kind} ${one.identity} ${one.result}`).join(", ");

function mailRow(mail) {
  const cells = [cell(mail.from), cell(mail.mailbox), cell(mail.subject || words["no-subject"]), cell(mail.spf, mail.spf)];
  return row(cells, `mail-${mail.number}`, () => openMail(mail.number));
}

function sessionRow(session) {
  const envelope = session.envelope.from === null ? "" : `<${session.envelope.from}> → ${session.envelope.to.join(", ")}`;
  const outcome = session.letters.length ? `${session.letters.length} ✉` : session.last_code ?? "";
  const cells = [session.number, session.client_ip, session.helo, session.phase, envelope, verdictsOf(session), outcome, session.mistake];
  return row(cells.map((text) => cell(text)), `session-${session.number}`, () => openSession(session.number));
}

async function refresh() {
  const search = encodeURIComponent(byId("search").value), to = encodeURIComponent(byId("mailbox").value);
  const mails = state.tab === "mails", rows = `limit=${PAGE}&offset=${state.first}`;
  const path = mails ? `/api/messages?q=${search}&to=${to}&${rows}` : `/api/sessions?${rows}`;
  state.listing.abort(); // an older question, whose answer nobody waits for any more
  state.listing = new AbortController();
  try {
    list(await json(path, state.listing.signal), mails);
  } catch (wrong) {
    if (wrong.name !== "AbortError") throw wrong;
    return;
  }
  if (mails) await refreshMailboxes();
  if (state.open?.startsWith("session-")) await openSession(Number(state.open.slice(8)));
}

function list(found, mails) {
  const rows = mails ? found.messages.map(mailRow) : found.sessions.map(sessionRow);
  const focused = document.activeElement?.dataset.key;
  byId(state.tab).tBodies[0].replaceChildren(...rows);
  if (focused) rows.find((one) => one.dataset.key === focused)?.focus();
  const last = state.first + rows.length;
  byId("empty").hidden = found.total > 0;
  byId("paging").hidden = found.total <= PAGE;
  byId("range").textContent = Object.entries({ first: state.first + 1, last, total: found.total })
    .reduce((text, [name, number]) => text.replace(`{${name}}`, number.toLocaleString()), words.range);
  byId("newer").disabled = state.first === 0;
  byId("older").disabled = last >= found.total;
  if (!rows.length && state.first) page(0);
}

function page(first) {
  state.first = Math.max(0, first);
  byId("opened").parentElement.querySelector(".list").scrollTop = 0;
  return refresh();
}

async function refreshMailboxes() {
  const { mailboxes } = await json(`/api/mailboxes?q=${encodeURIComponent(byId("mailbox").value)}`);
  byId("mailboxes").replaceChildren(...mailboxes.map(({ name, mails }) => {
    const made = element("option", `${name} (${mails})`);
    made.value = name;
    return made;
  }));
}

function facts(pairs) {
  const shown = pairs.filter(([, text]) => text !== null && text !== "");
  byId("facts").replaceChildren(...shown.flatMap(([name, text, kind]) => [element("dt", name), element("dd", text, kind)]));
}

function views(names, chosen) {
  const buttons = Object.entries(names).map(([name, show]) => {
    const made = element("button", words[name]);
    made.setAttribute("role", "tab");
    made.setAttribute("aria-selected", String(name === chosen));
    made.addEventListener("click", () => { state.view = name; views(names, name); show(); });
    return made;
  });
  byId("views").replaceChildren(...buttons);
}

function showText(text) {
  byId("frame").hidden = true;
  byId("text").hidden = false;
  byId("text").replaceChildren(text);
}

function showFrame(path) {
  byId("text").hidden = true;
  byId("frame").hidden = false;
  // the HTML of a mail runs nothing; a session is shown by a page of ours, which has a slider
  byId("frame").setAttribute("sandbox", path.startsWith("/sessions/") ? "allow-scripts" : "");
  byId("frame").src = path;
}

function opened(key, title) {
  state.open = key;
  for (const one of document.querySelectorAll("tbody tr")) one.classList.toggle("open", one.dataset.key === key);
  byId("opened").hidden = false;
  byId("title").textContent = title;
}

async function openMail(number) {
  const mail = await json(`/api/messages/${number}`);
  opened(`mail-${number}`, mail.subject || words["no-subject"]);
  facts([
    [words["envelope-from"], `<${mail.envelope.from}>`],
    [words["envelope-to"], mail.envelope.to.map((one) => `<${one}>`).join(" ")],
    [words.client, [mail.client_ip, mail.helo].filter(Boolean).join(" ")],
    ...mail.verdicts.map((one) => [`${one.kind} ${one.identity}`, `${one.result} ${one.domain} (${one.rule})`, one.result]),
  ]);
  const base = `/api/messages/${number}`;
  const kinds = {
    text: () => showText(mail.text ?? ""),
    headers: () => showText(mail.headers.map(([name, value]) => `${name}: ${value}`).join("\n")),
    source: async () => showText(await (await get(`${base}/source`)).text()),
    ...(mail.html ? { html: () => showFrame(`${base}/html`) } : {}),
    ...(mail.session ? { dialogue: () => openSession(mail.session) } : {}),
  };
  const chosen = mail.text === null && mail.html ? "html" : "text";
  views(kinds, chosen);
  await kinds[chosen]();
  byId("parts").replaceChildren(...mail.parts.filter((one) => one.attached || one.name).map((one) => {
    const link = element("a", `${one.name ?? one.type} (${one.octets})`);
    link.href = `${base}/parts/${one.number}`;
    link.download = one.name ?? "part";
    const item = element("li");
    item.append(link);
    return item;
  }));
}

async function openSession(number) {
  const session = await json(`/api/sessions/${number}`);
  opened(`session-${number}`, `#${number} ${session.host}`);
  facts([
    [words.client, session.client_ip], [words.helo, session.helo], [words.phase, session.phase],
    ...session.verdicts.map((one) => [`${one.kind} ${one.identity}`, `${one.result} ${one.domain} (${one.rule})`, one.result]),
  ]);
  views({ page: () => showFrame(`/sessions/${number}/page`), dialogue: () => openSession(number) }, "dialogue");
  byId("parts").replaceChildren();
  const lines = session.dialogue.flatMap((line) => {
    if (line.who !== "server") return [element("span", `${line.text}\n`, line.who)];
    return line.lines.map((text, at) => element("span", `${line.code || ""}${at < line.lines.length - 1 ? "-" : " "}${text}\n`, "server"));
  });
  showText("");
  byId("text").replaceChildren(...lines);
}

function choose(tab) {
  Object.assign(state, { tab, first: 0 });
  for (const name of ["mails", "sessions"]) {
    byId(name).hidden = name !== tab;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
  }
  refresh();
}

let waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 150);
}

byId("tab-mails").addEventListener("click", () => choose("mails"));
byId("tab-sessions").addEventListener("click", () => choose("sessions"));
byId("search").addEventListener("input", () => { state.first = 0; soon(); });
byId("mailbox").addEventListener("input", refreshMailboxes);
byId("mailbox").addEventListener("change", () => page(0));
byId("newer").addEventListener("click", () => page(state.first - PAGE));
byId("older").addEventListener("click", () => page(state.first + PAGE));
const feed = new EventSource("/api/events");
feed.addEventListener("message", soon);
feed.addEventListener("open", () => { byId("live").textContent = words.live; });
feed.addEventListener("error", () => { byId("live").textContent = words.gone; });
refresh();
