/* The pages of a PDF as pictures. What is done to them is written into the field; what is typed there shows here. */

import { Marks, isMarked, mark } from "./marks.js";
import { Ranges } from "./ranges.js";

/* What is done to the pages in other modes than to mark them. */
export const MODELS = {};
const PATIENCE = 200; /* ms; who scrolls past asks for nothing */
const TRIES = 4;
const WORDS = { all: () => true, none: () => false, odd: (page) => page % 2, even: (page) => page % 2 === 0 };

class Board extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.field);
    this.box = this.querySelector("details");
    this.list = this.querySelector("[role=listbox]");
    this.told = this.querySelector("[role=status]");
    this.eyes = new IntersectionObserver((seen) => seen.forEach(look), { root: this.list, rootMargin: "25%" });
    this.box.addEventListener("toggle", () => this.fill());
    this.field.addEventListener("input", () => this.read());
    this.list.addEventListener("click", (event) => this.press(event.target, event.shiftKey));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("load", ({ target }) => target.closest("li").classList.add("drawn"), true);
    this.list.addEventListener("error", ({ target }) => again(target), true);
    this.querySelector(".board-bar").addEventListener("click", ({ target }) => this.act(target.closest("button")));
    this.form = this.field.form;
  }

  /* `pictures`: the address of a picture, with "{n}" for the number of the page. */
  show(pictures, pages) {
    this.pictures = pictures;
    this.ranges = new Ranges(this.dataset.words, pages);
    this.model ??= new (MODELS[this.dataset.mode] ?? Marks)(this);
    this.hidden = false;
    this.eyes.disconnect();
    this.list.replaceChildren();
    this.fill();
  }

  get tiles() {
    return [...this.list.children];
  }

  fill() {
    if (!this.box.open || this.list.children.length) return;
    this.list.append(...this.ranges.run(1, this.ranges.count).map((page) => this.made(page)));
    this.current = this.list.firstElementChild;
    this.current.tabIndex = 0;
    this.read();
  }

  made(page) {
    const tile = this.querySelector("template").content.firstElementChild.cloneNode(true);
    tile.page = page;
    tile.picture = this.pictures.replace("{n}", page);
    tile.querySelector(".number").textContent = page;
    this.eyes.observe(tile);
    return tile;
  }

  read() {
    if (!this.list.children.length) return;
    this.model.read(this.ranges.parts(this.field.value));
    this.say();
  }

  write() {
    this.field.value = this.model.words();
    if (!this.field.value) this.field.required = true; // what is empty would stand for all pages
    this.say();
  }

  say() {
    if (this.told) this.told.textContent = this.told.dataset.words.replace("{n}", this.tiles.filter(isMarked).length);
  }

  press(target, far) {
    const tile = target.closest("li");
    if (!tile) return;
    const part = target.closest("[data-act]");
    if (part) return this.act(part, [tile]);
    else if (far && this.anchor?.isConnected && this.model.spans) this.span(this.anchor, tile, isMarked(this.anchor));
    else this.model.press(tile);
    this.go(tile);
    this.anchor = tile;
    this.write();
  }

  span(from, to, marked) {
    const tiles = this.tiles;
    const [first, last] = [tiles.indexOf(from), tiles.indexOf(to)].sort((a, b) => a - b);
    for (const tile of tiles.slice(first, last + 1)) mark(tile, marked);
  }

  act(button, group) {
    if (!button) return;
    const { act } = button.dataset;
    if (WORDS[act]) for (const tile of this.list.children) mark(tile, WORDS[act](tile.page));
    else this.model[act](group ?? this.chosen());
    this.write();
  }

  /* What a button is about: the pages that are marked, or the one where the keys are. */
  chosen() {
    const marked = this.tiles.filter(isMarked);
    return marked.length ? marked : [this.current];
  }

  key(event) {
    const { key, altKey, shiftKey } = event;
    const tile = event.target.closest("li");
    if (!tile) return;
    if (tile !== this.current) this.go(tile);
    const rows = getComputedStyle(this.list).gridTemplateColumns.split(" ").length;
    const end = this.list.children.length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -rows, ArrowDown: rows, PageUp: -4 * rows, PageDown: 4 * rows, Home: -end, End: end }[key];
    if (step && altKey) this.move(step);
    else if (step) this.walk(step, shiftKey);
    else if (key === " " || key === "Enter") this.press(tile, shiftKey);
    else if (key === "a" && (event.ctrlKey || event.metaKey)) this.act(this.querySelector("[data-act=all]"));
    else if (key === "Delete" && this.model.out) this.act(this.querySelector("[data-act=out]"));
    else return;
    event.preventDefault();
  }

  walk(step, marking) {
    const tiles = this.tiles;
    const to = tiles[Math.min(Math.max(tiles.indexOf(this.current) + step, 0), tiles.length - 1)];
    if (marking && this.model.spans) {
      this.span(this.current, to, true);
      this.write();
    }
    this.go(to);
  }

  move(step) {
    if (!this.model.move) return;
    this.model.move(this.chosen(), step);
    this.go(this.current);
    this.write();
  }

  go(tile) {
    this.current.tabIndex = -1;
    this.current = tile;
    tile.tabIndex = 0;
    tile.focus({ preventScroll: true });
    tile.scrollIntoView({ block: "nearest" });
  }
}

/* A picture is loaded while its page is in sight, or given up. */
function look({ target: tile, isIntersecting }) {
  const image = tile.querySelector("img");
  clearTimeout(tile.wait);
  if (!isIntersecting && !image.complete) image.removeAttribute("src");
  if (isIntersecting && !image.src) tile.wait = setTimeout(() => (image.src = tile.picture), PATIENCE);
}

/* The reader may have had too much to do. */
function again(image) {
  const tile = image.closest("li");
  image.removeAttribute("src");
  tile.tries = (tile.tries ?? 0) + 1;
  if (tile.tries < TRIES) tile.wait = setTimeout(() => (image.src = tile.picture), 1000 * tile.tries);
}

customElements.define("pliego-board", Board);
