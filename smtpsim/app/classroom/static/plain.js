// The plain form: a line to type, the dialogue as text, the panel folded. For phones and screen readers.
"use strict";

class PlainForm {
  // `send` gives the program a message; false where the connection is gone.
  constructor(send) {
    this.send = send;
    this.before = [];
    this.at = 0;
    this.line = document.getElementById("line");
    document.getElementById("say").addEventListener("submit", (event) => { event.preventDefault(); this.say(); });
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("input", () => this.grow());
    document.getElementById("yes").addEventListener("click", () => this.answer(true));
    document.getElementById("no").addEventListener("click", () => this.answer(false));
    document.getElementById("away").addEventListener("click", () => this.send({ away: true }));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.say(); }
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || this.line.value.includes("\n") || !this.before.length) return;
    event.preventDefault();
    this.at = Math.min(Math.max(this.at + by, 0), this.before.length);
    this.line.value = this.before[this.at] || "";
  }

  say() {
    const lines = this.line.value.split("\n");
    if (!this.send({ lines })) return;
    if (this.line.value) this.before.push(this.line.value);
    this.at = this.before.length;
    this.line.value = "";
    this.grow();
    this.line.focus();
  }

  answer(yes) {
    this.send({ answer: yes });
    this.line.focus();
  }

  grow() { this.line.rows = Math.min(this.line.value.split("\n").length, 6); }

  focus() { this.line.focus(); }

  draw(now) {
    const dialogue = document.getElementById("dialogue");
    while (dialogue.children.length > now.kept) dialogue.lastChild.remove();
    for (const [speaker, mark, text] of now.lines) {
      const line = document.createElement("li");
      line.className = `${speaker} ${mark}`;
      line.textContent = text || "\u00a0";
      dialogue.append(line);
    }
    dialogue.scrollTop = dialogue.scrollHeight;
    const told = JSON.stringify([now.why, now.next]);
    if (told !== this.told) {
      this.told = told;
      document.getElementById("why").replaceChildren(...now.why.map(([mark, text]) => made("p", text, mark)),
        ...(now.next ? [made("p", now.next, "next")] : []));
    }
    document.getElementById("ask").hidden = !now.ask;
    document.getElementById("question").textContent = now.ask;
    if (now.ask) document.getElementById("yes").focus();
    this.line.placeholder = now.hint;
    this.panel(now.panel, now.page);
  }

  panel(panel, page) {
    const text = JSON.stringify(panel);
    if (text === this.drawn) return;
    this.drawn = text;
    document.getElementById("panel-title").textContent = panel.title;
    document.getElementById("away").hidden = !page;
    if (page !== this.page) document.getElementById("panel").open = page;
    this.page = page;
    document.getElementById("sections").replaceChildren(...panel.sections.map((one) => {
      const part = document.createElement("section");
      if (one.title) part.append(made("h2", one.title, one.mark), made("p", one.state, one.mark));
      const list = document.createElement("ul");
      list.append(...one.rows.map((row) => {
        const item = made("li", "", `${row.mark} depth-${Math.min(row.depth, 6)}${row.changed ? " changed" : ""}`);
        if (row.label) item.append(made("b", `${row.label} `, ""));
        item.append(row.value);
        if (row.remark) item.append(made("small", ` ${row.remark}`, ""));
        return item;
      }));
      part.append(list);
      return part;
    }));
  }
}

function made(name, text, look) {
  return Object.assign(document.createElement(name), { textContent: text, className: look });
}
