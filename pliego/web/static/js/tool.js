/* The form of a tool: sends the files as soon as they are chosen, puts them in order, and shows pages to choose from.
   Without it the same form sends files and options at once, and pages are typed. */

import { takeDrops } from "./dropping.js";

class Tool extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form.querySelector("#file");
    this.list = this.form.querySelector(".files");
    this.files = [];
    this.known = [];
    if (this.input) this.listen();
    this.form.addEventListener("change", () => this.fit());
    this.fit();
    for (const pad of this.form.querySelectorAll("pliego-pad")) pad.show(this);
    const { thumbs, pages } = this.dataset;
    if (thumbs) this.offerPages(thumbs, Number(pages));
    const given = this.querySelector(".given");
    if (given) this.takeOver(given);
  }

  /* The files that wait already become the list that can be put in order. */
  takeOver(given) {
    this.files = [...given.children].map((row) => ({
      name: row.querySelector("[dir]").textContent, place: Number(row.dataset.place), pages: Number(row.dataset.pages),
    }));
    this.known = this.files.map((file) => file.place);
    this.keep(given.dataset.draft);
    given.remove();
    this.show();
  }

  /* Options that count only with some choice of another are shown with it alone, and only then sent. */
  fit() {
    for (const field of this.form.querySelectorAll("[data-only]")) {
      field.hidden = !field.dataset.only.split(" ").every((rule) => {
        const [name, values] = rule.split("=");
        const chosen = this.form.querySelector(`select[name="${name}"], [name="${name}"]:checked`);
        return values.split(",").includes(chosen?.value);
      });
      for (const each of field.querySelectorAll("input, select, textarea")) each.disabled = field.hidden;
    }
  }

  keep(draft) {
    this.draft = draft;
    this.form.action = `?draft=${draft}`;
    for (const other of document.querySelectorAll("[data-keeps-draft]")) {
      if (other.localName === "form") other.action = `?draft=${draft}`;
      else other.value = draft;
    }
  }

  listen() {
    this.input.addEventListener("change", () => this.send(this.input.files));
    takeDrops((files) => this.send(files));
    this.form.addEventListener("submit", (event) => {
      if (this.request) event.preventDefault(); // the files are still on their way
    });
  }

  /* Send files to the draft; what the server says of them becomes the list. */
  send(files) {
    if (!files.length || this.request) return;
    const body = new FormData();
    body.append("only", "files");
    const chosen = this.dataset.order ? files : [files[0]];
    for (const file of chosen) body.append("file", file);
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => this.sending(event.loaded / (event.total || 1)));
    request.addEventListener("load", () => this.received(request));
    request.addEventListener("error", () => this.failed(this.dataset.failed));
    this.sending(0);
    request.send(body);
  }

  sending(share) {
    const box = this.querySelector(".sending");
    box.hidden = false;
    box.classList.remove("errors");
    box.querySelector("progress").hidden = false;
    box.querySelector("progress").value = share;
    const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    box.querySelector("p").textContent = percent.format(Math.floor(share * 100) / 100); // the bar tells it, when asked
    box.querySelector("[role=alert]").textContent = "";
  }

  failed(sentence) {
    this.request = null;
    const box = this.querySelector(".sending");
    box.classList.add("errors");
    box.querySelector("progress").hidden = true;
    box.querySelector("p").textContent = "";
    box.querySelector("[role=alert]").textContent = sentence;
    this.input.value = "";
  }

  received(request) {
    if (request.status !== 201) {
      return this.failed(/^error: \S+ (.+)/.exec(request.responseText)?.[1] ?? this.dataset.failed);
    }
    this.request = null;
    const said = JSON.parse(request.responseText);
    this.keep(said.draft);
    // Those left out before are still in the draft; the new ones come last.
    const last = Math.max(-1, ...this.known);
    this.files.push(...said.inputs.filter((file) => file.place > last));
    this.known = said.inputs.map((file) => file.place);
    this.input.value = "";
    this.input.required = false;
    this.querySelector(".sending").hidden = true;
    const had = document.activeElement === this.input;
    this.show();
    if (had && this.hasAttribute("data-full")) this.list.firstElementChild.focus(); // the place to choose one is gone
  }

  thumb(file) {
    return `/jobs/${this.draft}/in/${file.place}/{n}.webp?w=200`;
  }

  show() {
    this.list.hidden = !this.files.length;
    this.list.replaceChildren(...this.files.map((file, index) => this.row(file, index)));
    this.order ??= this.form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "order" }));
    this.order.value = this.files.map((file) => file.place).join(",");
    if (this.input) this.input.required = !this.files.length;
    this.toggleAttribute("data-full", !this.dataset.order && this.files.length > 0);
    if (this.files.length === 1 && this.files[0].pages) this.offerPages(this.thumb(this.files[0]), this.files[0].pages);
  }

  row(file, index) {
    const row = Object.assign(document.createElement("li"), { tabIndex: -1 });
    const image = document.createElement("img");
    image.alt = "";
    image.draggable = false;
    image.toggleAttribute("data-grip", Boolean(this.dataset.order));
    if (file.pages) image.src = this.thumb(file).replace("{n}", 1);
    const words = document.createElement("div");
    words.className = "name";
    words.textContent = file.name;
    words.title = file.name;
    const moves = document.createElement("div");
    moves.className = "moves";
    if (this.dataset.order) {
      moves.append(
        this.button("chevron-up", this.dataset.up, index > 0, () => this.move(index, index - 1)),
        this.button("chevron-down", this.dataset.down, index < this.files.length - 1, () => this.move(index, index + 1)),
      );
    }
    moves.append(this.button("x", this.dataset.remove, true, () => this.leaveOut(index)));
    row.append(image, words, moves);
    return row;
  }

  button(icon, label, enabled, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = label;
    button.disabled = !enabled;
    button.setAttribute("aria-label", label);
    const drawing = document.querySelector(".tool .icon").cloneNode(true);
    const use = drawing.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
    button.append(drawing);
    button.addEventListener("click", act);
    return button;
  }

  move(from, to) {
    this.files.splice(to, 0, ...this.files.splice(from, 1));
    this.show();
    const moved = this.list.children[to].querySelectorAll("button");
    const same = moved[to < from ? 0 : 1];
    (same.disabled ? moved[to < from ? 1 : 0] : same).focus();
  }

  leaveOut(index) {
    this.files.splice(index, 1);
    this.show();
    const next = this.list.children[Math.min(index, this.files.length - 1)];
    (next ? next.querySelector("button:last-child") : this.input).focus();
  }

  offerPages(thumbs, pages) {
    for (const board of this.form.querySelectorAll("pliego-board")) board.show(thumbs, pages);
    const large = thumbs.replace("w=200", "w=800");
    for (const marker of this.form.querySelectorAll("pliego-marker")) marker.show(large, pages, this);
  }
}

customElements.define("pliego-tool", Tool);
