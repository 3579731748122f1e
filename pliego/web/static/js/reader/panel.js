/* The panel beside the pages: the outline, the thumbnails, the hits of a search. Each is fetched when it is first shown. */

const THUMB = { width: 132, height: 196, picture: 200, most: [100, 142] };

class Panel extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.reader.panel = this;
    const open = this.hidden ? null : this.querySelector("[data-panel]:not([hidden])");
    const covers = matchMedia("(width < 48rem)").matches && !new URLSearchParams(location.search).has("panel");
    if (open && !covers) this.open(open.dataset.panel, false);
    else this.close(false);
  }

  part(name) {
    return this.querySelector(`[data-panel="${name}"]`);
  }

  /* Whether somebody is typing what to find. */
  get finding() {
    return !this.hidden && this.part("find").contains(document.activeElement);
  }

  toggle(name) {
    if (!this.hidden && this.name === name && (name !== "find" || this.finding)) this.close();
    else this.open(name);
  }

  open(name, focus = true) {
    const from = document.activeElement;
    if (this.hidden) this.opener = from === document.body ? this.reader.pages : from;
    this.hidden = false;
    this.name = name;
    for (const part of this.querySelectorAll("[data-panel]")) part.hidden = part.dataset.panel !== name;
    this.showTools();
    const part = this.part(name);
    const inside = part.querySelector("pliego-outline, pliego-find, pliego-thumbnails");
    inside.shown?.();
    if (focus) (part.querySelector("input") ?? part.querySelector("h2")).focus();
    if (focus && name === "find") part.querySelector("input").select();
  }

  close(focus = true) {
    if (focus && this.contains(document.activeElement)) (this.opener ?? this.reader.pages).focus();
    this.hidden = true;
    this.showTools();
  }

  showTools() {
    this.reader.dispatchEvent(new Event("reader:panel"));
    for (const name of ["outline", "thumbnails", "find"]) {
      const shown = String(!this.hidden && this.name === name);
      for (const tool of this.reader.querySelectorAll(`[data-do=${name}]`)) tool.ariaExpanded = shown;
    }
  }
}

/* Get a piece of HTML of this site as elements; null without an answer. */
async function fetched(url, signal) {
  try {
    const answer = await fetch(url, { signal });
    if (!answer.ok) return null;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    return template.content;
  } catch {
    return null;
  }
}

class Outline extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.reader.addEventListener("reader:page", () => this.mark());
  }

  async shown() {
    if (!this.querySelector("ol, p") && !this.asked) {
      this.asked = true;
      const content = await fetched(this.dataset.url);
      this.asked = false;
      if (content) this.replaceChildren(content);
    }
    this.mark(true);
  }

  /* Mark the section being read: the last that begins on this page or before, for bookmarks may leap back. When just
     opened, unfold and show it. */
  mark(unfold = false) {
    if (!this.checkVisibility()) return;
    const page = (link) => Number(link.dataset.page);
    const begun = [...this.querySelectorAll("a[data-page]")].filter((link) => page(link) <= this.reader.page);
    const now = begun.reduce((best, link) => (best && page(best) > page(link) ? best : link), undefined);
    if (now === this.now && !unfold) return;
    this.now?.removeAttribute("aria-current");
    this.now = now;
    if (!now) return;
    now.ariaCurrent = "location";
    if (unfold) for (let box = now.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (now.checkVisibility()) now.scrollIntoView({ block: "nearest" });
  }
}

class Thumbnails extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.reader.addEventListener("reader:page", () => this.mark());
    this.addEventListener("scroll", () => this.soon(), { passive: true });
    new ResizeObserver(() => this.shown()).observe(this);
    this.links = new Map();
  }

  shown() {
    if (!this.clientWidth) return;
    if (!this.sheet) this.begin();
    this.across = Math.max(1, Math.floor(this.clientWidth / THUMB.width));
    this.sheet.style.height = `${Math.ceil(this.reader.count / this.across) * THUMB.height}px`;
    for (const number of this.links.keys()) this.place(number);
    this.mark();
    this.look();
  }

  begin() {
    this.sheet = document.createElement("div");
    this.sheet.className = "sheets";
    this.replaceChildren(this.sheet);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), 60);
  }

  look() {
    const first = Math.max(0, Math.floor(this.scrollTop / THUMB.height) - 1) * this.across + 1;
    const last = Math.min(this.reader.count, (Math.ceil((this.scrollTop + this.clientHeight) / THUMB.height) + 1) * this.across);
    for (const [number, link] of this.links) {
      if ((number >= first && number <= last) || link === document.activeElement) continue;
      link.remove();
      this.links.delete(number);
    }
    for (let number = first; number <= last; number += 1) if (!this.links.has(number)) this.add(number);
  }

  add(number) {
    const link = document.createElement("a");
    link.href = `${this.reader.dataset.address}p/${number}`;
    link.dataset.page = number;
    const picture = new Image();
    picture.src = this.reader.pages.pictureUrl(number, THUMB.picture);
    picture.alt = "";
    [picture.width, picture.height] = this.fitted(number);
    const label = document.createElement("span");
    label.textContent = this.reader.labels.of(number);
    label.ariaLabel = this.dataset.label.replace("{number}", label.textContent);
    link.ariaLabel = label.ariaLabel;
    link.append(picture, label);
    this.links.set(number, link);
    this.place(number);
    this.current(link, number === this.reader.page);
    const after = [...this.links.keys()].filter((each) => each > number).sort((a, b) => a - b)[0];
    this.sheet.insertBefore(link, after ? this.links.get(after) : null);
  }

  fitted(number) {
    const size = this.reader.pages.sizes.of(number, 0);
    const scale = Math.min(THUMB.most[0] / size[0], THUMB.most[1] / size[1]);
    return size.map((edge) => Math.max(1, Math.round(edge * scale)));
  }

  place(number) {
    const { style } = this.links.get(number);
    const column = (number - 1) % this.across;
    const cell = this.clientWidth / this.across;
    style.top = `${((number - 1 - column) / this.across) * THUMB.height}px`;
    style.left = `${column * cell}px`;
    style.width = `${cell}px`;
  }

  current(link, is) {
    if (is) link.ariaCurrent = "page";
    else link.removeAttribute("aria-current");
  }

  mark() {
    if (!this.sheet || !this.checkVisibility()) return;
    const { page } = this.reader;
    for (const [number, link] of this.links) this.current(link, number === page);
    const top = Math.floor((page - 1) / this.across) * THUMB.height;
    if (top < this.scrollTop || top + THUMB.height > this.scrollTop + this.clientHeight) {
      this.scrollTop = top - this.clientHeight / 3;
    }
  }
}

class Find extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.form = this.querySelector("form");
    this.found = this.querySelector(".findings");
    this.said = this.querySelector("[role=status]"); // how many there are, not all that was found
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.form.addEventListener("input", () => this.typed());
    this.addEventListener("click", (event) => this.clicked(event), true);
    this.bar = this.reader.querySelector(".hit-bar");
    this.bar.addEventListener("click", (event) => this.clicked(event));
    this.reader.addEventListener("reader:panel", () => this.showBar());
    this.reader.pages.addEventListener("pages:text", (event) => this.light(event.detail));
    const words = this.form.elements.q.value;
    this.asked = words ? this.search() : "";
    if (words) this.begin();
  }

  /* Opened by an address with words: the hits came with the document; go on from the page that it shows. */
  begin() {
    const hits = this.hits();
    this.at = hits.findIndex((hit) => Number(hit.dataset.page) >= this.reader.page);
    this.been = Number(hits[this.at]?.dataset.page) === this.reader.page;
    this.mark();
  }

  hits() {
    return [...this.found.querySelectorAll("a[data-page]")];
  }

  search() {
    const { q, whole } = this.form.elements;
    return new URLSearchParams({ q: q.value.trim(), ...(whole.checked && { whole: "1" }) }).toString();
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 250);
  }

  submitted(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    if (this.search() === this.asked && this.hits().length) this.step(1);
    else this.ask(true);
  }

  /* Fetch the hits; those on the pages in sight light up as well. `go` goes to the next one at once. */
  async ask(go = false) {
    const asked = this.search();
    if (asked === this.asked && !go) return;
    this.asked = asked;
    this.stop?.abort();
    this.stop = new AbortController();
    const { q, whole } = this.form.elements;
    const content = q.value.trim() ? await fetched(`${this.dataset.url}?${asked}`, this.stop.signal) : new DocumentFragment();
    if (asked !== this.asked) return;
    this.found.replaceChildren(content ?? this.dataset.failed);
    this.said.textContent = (this.found.querySelector("p") ?? this.found).textContent;
    this.at = this.hits().findIndex((hit) => Number(hit.dataset.page) >= this.reader.page);
    this.been = false;
    this.reader.ask(q.value.trim(), whole.checked);
    this.mark();
    if (go) this.step(1);
  }

  /* To the next or the previous hit; the first time to the one that is next to where somebody reads. */
  step(by) {
    const hits = this.hits();
    if (!hits.length) return;
    this.at = (Math.max(this.at, 0) + (this.been || by < 0 ? by : 0) + hits.length) % hits.length;
    this.been = true;
    const { page, x, y } = hits[this.at].dataset;
    this.reader.go(Number(page), { x: Number(x), y: Number(y), hit: true });
    this.mark();
  }

  clicked(event) {
    const way = event.target.closest("[data-step]");
    if (way?.dataset.step === "0") this.putOut();
    else if (way) this.step(Number(way.dataset.step));
    const link = event.target.closest("a[data-page]");
    if (!link) return;
    this.at = this.hits().indexOf(link);
    this.been = true;
    this.mark();
  }

  /* Show which hit is the current one, in the list and on its page. */
  mark() {
    const hits = this.hits();
    for (const hit of hits) hit.removeAttribute("aria-current");
    const now = hits[this.at];
    if (now) now.ariaCurrent = "true";
    if (now?.checkVisibility()) now.scrollIntoView({ block: "nearest" });
    for (const leaf of this.reader.pages.leaves.values()) this.light(leaf);
    this.showBar();
  }

  /* While the panel is closed a small bar leads from hit to hit. */
  showBar() {
    const hits = this.hits();
    this.bar.hidden = !hits.length || !this.closest("pliego-panel").hidden;
    this.bar.querySelector("span").textContent = `${this.form.elements.q.value} · ${this.at + 1} / ${hits.length}`;
  }

  putOut() {
    this.form.elements.q.value = "";
    this.ask();
    this.reader.pages.focus();
  }

  light(leaf) {
    const now = this.hits()[this.at];
    const here = now && Number(now.dataset.page) === leaf.number ? now.dataset.hit : null;
    for (const mark of leaf.element.querySelectorAll(".marks rect")) mark.classList.toggle("now", mark.dataset.hit === here);
  }
}

customElements.define("pliego-outline", Outline);
customElements.define("pliego-thumbnails", Thumbnails);
customElements.define("pliego-find", Find);
customElements.define("pliego-panel", Panel); // the last: it opens one of the others
