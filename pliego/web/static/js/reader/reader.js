/* The reader: which page is shown and how. It keeps both for each document, on this device only, and the parts around
   it (pages, panel, gestures, selection) listen to its events: reader:page, reader:shape and reader:query. */

import { Labels } from "./labels.js";

const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const PLAIN = { view: "continuous", zoom: "auto", turn: 0 };
const SETTLED = 350;
const KEPT_DOCUMENTS = 300;

/* What this device remembers: where somebody stopped, and how they like this document shown if not in the plain way. */
const memory = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      this.thin();
    } catch {
      /* storage is full or switched off: nothing is remembered */
    }
  },
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      /* nothing was kept */
    }
  },
  thin() {
    const places = Object.keys(localStorage).filter((key) => key.startsWith("pliego-place:"));
    if (places.length <= KEPT_DOCUMENTS) return;
    places.sort((a, b) => this.read(a).at - this.read(b).at);
    for (const key of places.slice(0, 50)) {
      this.forget(key);
      this.forget(key.replace("place", "shape"));
    }
  },
};

class Reader extends HTMLElement {
  connectedCallback() {
    this.count = Number(this.dataset.count);
    this.page = Number(this.dataset.page);
    this.labels = new Labels(this.dataset.labels, this.count);
    this.query = new URLSearchParams(location.search);
    this.query.delete("panel");
    Object.assign(this, PLAIN, memory.read(`pliego-shape:${this.dataset.document}`));
    this.status = this.querySelector("[data-part=said]");
    this.input = this.querySelector(".tools input[name=n]");
    this.place = this.querySelector("[data-part=place]"); // beside a label
    this.keys = this.querySelector(".help input");
    this.keys.checked = memory.read("pliego-keys") !== false;
    this.commands = this.makeCommands();
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => this.chosen(event));
    this.querySelector(".tools form").addEventListener("submit", (event) => this.submitted(event));
    this.input.addEventListener("input", () => this.input.setCustomValidity(""));
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("popstate", () => this.comeBack());
    document.addEventListener("fullscreenchange", () => this.showShape());
    this.showShape();
  }

  makeCommands() {
    const last = this.count;
    return {
      next: () => this.pages.step(1),
      previous: () => this.pages.step(-1),
      first: () => this.go(1),
      last: () => this.go(last),
      "zoom-in": () => this.zoomBy(1),
      "zoom-out": () => this.zoomBy(-1),
      "zoom-plain": () => this.shape({ zoom: "auto" }),
      turn: () => this.shape({ turn: (this.turn + 90) % 360 }),
      full: () => this.toggleFull(),
      help: () => this.querySelector(".help").showModal(),
      print: () => this.askRange(),
      "close-dialog": () => this.querySelector("dialog[open]").close(),
      "go-to": () => this.input.select(),
      outline: () => this.panel.toggle("outline"),
      thumbnails: () => this.panel.toggle("thumbnails"),
      find: () => this.panel.toggle("find"),
      "close-panel": () => this.panel.close(),
    };
  }

  /* Do what a button, link or key stands for. */
  do(name) {
    this.commands[name]();
  }

  clicked(event) {
    const link = event.target.closest("a[data-page]");
    const plainly = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && plainly) {
      event.preventDefault();
      this.follow(link);
    }
    const tool = event.target.closest("[data-do]");
    if (!tool || !plainly) return;
    event.preventDefault();
    const popover = tool.closest("[popover]");
    if (popover) popover.hidePopover();
    if (tool.getAttribute("aria-disabled") !== "true") this.do(tool.dataset.do);
  }

  /* Go where a link to a place in this document leads: a page, or a height on it (data-x, data-y in points). */
  follow(link) {
    const { page, x, y } = link.dataset;
    if (link.closest(".link-layer, .outline")) this.leaveMark();
    this.go(Number(page), x || y ? { x: Number(x ?? 0), y: Number(y ?? 0), hit: "hit" in link.dataset } : undefined);
    if (matchMedia("(width < 48rem)").matches) this.panel.close();
  }

  /* Whoever leaps, to a note or a chapter, comes back by the browser's way back. */
  leaveMark() {
    this.writeAddress();
    history.pushState(null, "", location.href);
  }

  chosen(event) {
    const { name, value } = event.target;
    if (name === "view") this.shape({ view: value });
    if (name === "zoom") this.shape({ zoom: Number(value) || value });
    if (event.target === this.keys) memory.write("pliego-keys", this.keys.checked);
  }

  submitted(event) {
    event.preventDefault();
    const page = this.labels.page(this.input.value) ?? Number(this.input.value); // beyond the end the last one is meant
    this.input.setCustomValidity(page ? "" : this.dataset.unknown);
    if (!this.input.reportValidity()) return;
    if (page !== this.page) this.leaveMark();
    this.go(page);
    this.showNumber();
    this.pages.focus();
  }

  /* The browser's way back has come to another page. */
  comeBack() {
    const page = Number(/\/p\/(\d+)/.exec(location.pathname)?.[1]);
    if (page !== this.page) this.go(page);
  }

  go(page, place) {
    if (!Number.isInteger(page)) return;
    this.pages.show(Math.min(Math.max(page, 1), this.count), place);
  }

  /* The pages tell which of them is now the one being read. */
  arrived(page) {
    if (page === this.page) return;
    this.page = page;
    this.showNumber();
    this.showEnds();
    this.dispatchEvent(new Event("reader:page"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLED);
  }

  showNumber() {
    this.input.value = this.labels.of(this.page);
    if (this.place) this.place.textContent = this.filled(this.place.dataset.words);
  }

  /* A sentence about the page being read, its gaps filled. */
  filled(words) {
    const gaps = { label: this.labels.of(this.page), number: this.page, count: this.count };
    return words.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
  }

  /* Somebody has stopped at a page: say it, write it into the address and remember it. */
  settle() {
    const words = this.dataset;
    this.status.textContent = this.filled(words.saidLabelled ?? words.said);
    document.title = words.title.replace("{number}", this.labels.of(this.page));
    this.writeAddress();
    const text = `${words.address}text?from=${this.page}#page-${this.page}`;
    for (const link of this.querySelectorAll("a[href*='/text?']")) link.href = text;
    memory.write(`pliego-place:${words.document}`, { page: this.page, at: Date.now() });
  }

  writeAddress() {
    const search = this.query.size ? `?${this.query}` : "";
    history.replaceState(null, "", `${this.dataset.address}p/${this.page}${search}`);
  }

  /* Change the words that are lit on the pages; "" lights none. */
  ask(words, whole) {
    const before = String(this.query);
    for (const name of ["q", "whole", "quote"]) this.query.delete(name);
    if (words) this.query.set("q", words);
    if (words && whole) this.query.set("whole", "1");
    if (String(this.query) === before) return;
    this.writeAddress();
    this.dispatchEvent(new Event("reader:query"));
  }

  shape(changes) {
    Object.assign(this, changes);
    const { view, zoom, turn } = this;
    const plain = Object.entries(PLAIN).every(([name, value]) => this[name] === value);
    const key = `pliego-shape:${this.dataset.document}`;
    if (plain) memory.forget(key);
    else memory.write(key, { view, zoom, turn });
    this.showShape();
    this.dispatchEvent(new Event("reader:shape"));
  }

  zoomBy(direction) {
    const now = this.pages.scale;
    const steps = direction > 0 ? ZOOMS : ZOOMS.toReversed();
    const far = now < ZOOMS[0] * 0.98 || now > ZOOMS.at(-1) * 1.02; // a label or a plan
    const next = far ? undefined : steps.find((step) => direction * (step - now) > 0.02);
    this.shape({ zoom: Number((next ?? this.pages.bounded(now * 1.25 ** direction)).toPrecision(3)) });
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.requestFullscreen?.().catch(() => undefined);
  }

  /* Which pages to print: this one, until somebody says more. */
  askRange() {
    const dialog = this.querySelector(".print");
    for (const input of dialog.querySelectorAll("input")) input.value = this.page;
    dialog.showModal();
  }

  /* Let the controls tell how the pages are shown. */
  showShape() {
    for (const radio of this.querySelectorAll("input[name=view], input[name=zoom]")) {
      radio.checked = radio.value === String(this[radio.name]);
    }
    for (const button of this.querySelectorAll("[data-do=full]")) {
      button.ariaPressed = String(Boolean(document.fullscreenElement));
    }
    this.dataset.view = this.view;
    this.showEnds();
  }

  showEnds() {
    const ends = { previous: this.page <= 1, next: this.page >= this.count };
    for (const [name, reached] of Object.entries(ends)) {
      this.querySelector(`[data-do=${name}]`).setAttribute("aria-disabled", reached);
    }
  }

  pressed(event) {
    const command = this.commandOf(event);
    if (!command) return;
    event.preventDefault();
    command();
  }

  commandOf(event) {
    const finding = (event.ctrlKey || event.metaKey) && event.key === "f" && !this.panel.finding;
    if (finding) return () => this.panel.open("find"); // pressed again it is the browser's own
    if (event.ctrlKey || event.metaKey || event.altKey || this.querySelector("dialog[open]")) return null;
    if (event.key === "Escape" && this.querySelector(":popover-open")) return null; // the browser closes it
    if (event.key === "Escape" && !event.isComposing) return () => this.leave(event.target);
    if (event.target.closest("input:not([type=radio]), textarea, select, [popover]")) return null;
    if (event.key.length === 1 && event.key !== " " && !this.keys.checked) return null;
    const name = this.keyName(event);
    if (name in this.commands) return this.commands[name];
    return name ? () => this.pages.scrollKey(name) : null;
  }

  /* Close the panel, also from within the field of what to find; leave the field of the page as it was. */
  leave(from) {
    this.panel.close();
    if (from !== this.input) return;
    this.input.value = this.labels.of(this.page);
    this.input.setCustomValidity("");
    this.pages.focus();
  }

  /* What a key stands for: a command, or a way to scroll ("down", "screen-down" ...). */
  keyName(event) {
    const inTools = event.target.closest("[role=toolbar]");
    const onControl = event.target.closest("a, button, summary, input");
    const back = this.dataset.direction === "rtl" ? "ArrowRight" : "ArrowLeft"; // where the page before would lie
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) {
      if (inTools || event.target.type === "radio") return "";
      return event.key === back ? "previous" : "next";
    }
    if (inTools && ["Home", "End"].includes(event.key)) return "";
    if (event.key === " ") return onControl ? "" : `screen-${event.shiftKey ? "up" : "down"}`;
    return KEYS[event.key] ?? "";
  }
}

const KEYS = {
  ArrowDown: "down",
  ArrowUp: "up",
  PageDown: "screen-down",
  PageUp: "screen-up",
  Home: "first",
  End: "last",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  0: "zoom-plain",
  f: "find",
  g: "go-to",
  t: "thumbnails",
  o: "outline",
  r: "turn",
  "?": "help",
  Escape: "close-panel",
};

/* One stop for the Tab key; the arrow keys go from tool to tool (WAI-ARIA, toolbar pattern). */
class Tools extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("focusin", (event) => this.stopAt(event.target));
    this.stopAt(this.all()[0]);
  }

  all() {
    return [...this.querySelectorAll("a, button, input, select")].filter((tool) => tool.checkVisibility());
  }

  stopAt(stop) {
    for (const tool of this.querySelectorAll("a, button, input, select")) tool.tabIndex = tool === stop ? 0 : -1;
  }

  pressed(event) {
    const tools = this.all();
    const at = tools.indexOf(event.target);
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: at + forward,
      ArrowLeft: at - forward,
      Home: 0,
      End: tools.length - 1,
    }[event.key];
    if (to === undefined || this.caretMoves(event)) return;
    event.preventDefault();
    tools[(to + tools.length) % tools.length].focus();
  }

  /* In the page number the arrows move the caret until it stands at an end. */
  caretMoves({ target, key }) {
    if (target.tagName !== "INPUT" || target.type !== "text" || target.selectionStart !== target.selectionEnd) return false;
    return key === "ArrowLeft" ? target.selectionStart > 0 : target.selectionEnd < target.value.length;
  }
}

customElements.define("pliego-reader", Reader);
customElements.define("pliego-tools", Tools);
