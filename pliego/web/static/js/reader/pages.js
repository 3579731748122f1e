/* The pages: of all of them only the few in sight, and those next to them, are ever in the document. */

import { GAP, Layout, POINT, Sizes } from "./layout.js";
import { Leaf, sharpWidth } from "./leaf.js";

const KEPT_TEXTS = 32;
const FAST = 1.2; // screens between two looks: nothing is fetched while flying past
const AHEAD = 900; // CSS pixels: a page out of sight is not drawn larger, however far somebody has zoomed in
const SELECTED = 12; // leaves that stay because they hold selected words

class Pages extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.reader.pages = this;
    this.sheets = this.querySelector(".sheets");
    this.sizes = new Sizes(this.reader.dataset.sizes, this.reader.count);
    this.leaves = new Map();
    this.texts = new Map();
    this.asked = String(this.reader.query);
    this.begin();
    this.addEventListener("scroll", () => this.soon(), { passive: true });
    this.reader.addEventListener("reader:shape", () => this.relayout(this.held));
    this.reader.addEventListener("reader:query", () => this.asksAnew());
    new ResizeObserver(() => this.resized()).observe(this);
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => this.soon());
  }

  begin() {
    const number = this.reader.page;
    const element = this.sheets.querySelector(".leaf");
    if (element) {
      this.lang = element.lang;
      this.leaves.set(number, new Leaf(this, number, element));
    }
    this.measure();
    this.goal = { page: number };
    this.reader.dataset.ready = "";
    this.relayout();
    const lit = this.sheets.querySelector(".marks rect");
    if (lit) requestAnimationFrame(() => setTimeout(() => this.reveal(number, lit)));
  }

  /* Scroll to what the address asks to light, once the page lies where it will stay, unless it can be seen already. */
  reveal(page, lit) {
    const box = lit.getBoundingClientRect();
    const room = this.getBoundingClientRect();
    if (box.bottom < room.bottom && box.right < room.right) return;
    this.show(page, { x: lit.x.baseVal.value, y: lit.y.baseVal.value, hit: true });
  }

  measure() {
    const edge = parseFloat(getComputedStyle(this).getPropertyValue("--edge-room")) || GAP;
    this.room = { width: this.clientWidth - 2 * edge, height: this.clientHeight - 2 * GAP, edge };
  }

  resized() {
    const { width, height } = this.room;
    this.measure();
    if (width !== this.room.width || height !== this.room.height) this.relayout();
  }

  /* How large the page being read is shown: 1 is its true size. */
  get scale() {
    const [width] = this.layout.size(this.reader.page);
    return width / (this.sizes.of(this.reader.page, this.layout.turn)[0] * POINT);
  }

  /* A size from a quarter to four times; a page far from the size of paper may be shown whole, and twice as wide as the
     window. */
  bounded(zoom) {
    const [width, height] = this.sizes.of(this.reader.page, this.layout.turn);
    const whole = Math.min(this.room.width / width, this.room.height / height) / POINT;
    const wide = this.room.width / width / POINT;
    return Math.min(Math.max(zoom, Math.min(0.25, whole)), Math.max(4, 2 * wide));
  }

  /* Lay everything out anew, and keep a point of the pages where it is: the given one, else what is being read. */
  relayout(point = this.point()) {
    if (!this.clientWidth) return;
    this.layout = new Layout(this.reader, this.sizes, this.room);
    this.layout.around(this.layout.row(point?.page ?? this.goal.page));
    this.spread();
    if (point) this.hold(point);
    else this.aim();
    this.look();
  }

  spread() {
    const { layout, room } = this;
    this.sheets.style.height = `${layout.height}px`;
    this.sheets.style.width = `${Math.max(layout.width + 2 * room.edge, room.width + 2 * room.edge)}px`;
    for (const [number, leaf] of this.leaves) {
      if (layout.holds(layout.row(number))) leaf.place(layout.box(number), this.reader.turn);
      else this.drop(number);
    }
  }

  /* The point of a page that lies at a point of the window (its middle unless given); null while a goal is held. */
  point(x = this.clientWidth / 2, y = this.clientHeight / 2) {
    if (!this.layout || this.goal) return null;
    const row = this.layout.rowAt(this.scrollTop + y);
    const page = this.layout.pagesOf(row)[0];
    const box = this.layout.box(page);
    return { page, x, y, across: (this.scrollLeft + x - box.left) / box.width, down: (this.scrollTop + y - box.top) / box.height };
  }

  hold({ page, x, y, across, down }) {
    const box = this.layout.box(page);
    this.scrollLeft = box.left + across * box.width - x;
    this.scrollTop = box.top + down * box.height - y;
  }

  /* Zoom so that the point under the fingers or the mouse stays under them. */
  zoomAt(factor, x, y) {
    const zoom = this.bounded(this.scale * factor);
    this.goal = null;
    this.held = this.point(x, y);
    this.reader.shape({ zoom: Number(zoom.toPrecision(3)) });
    this.held = undefined;
  }

  /* Show a page from its top, or a place on it: { x, y } in points, near the middle when it is a hit. */
  show(page, place) {
    this.goal = { page, place };
    const row = this.layout.row(page);
    if (!this.layout.stacked || !this.layout.holds(row) || this.layout.nearEdge(row)) {
      this.layout.around(row);
      this.spread();
    }
    this.aim();
    this.look();
  }

  aim() {
    const { page, place } = this.goal;
    const box = this.layout.box(page);
    const scale = this.reader.turn ? 0 : box.width / this.sizes.of(page, 0)[0];
    const y = (place?.y ?? 0) * scale;
    const above = place?.hit ? this.clientHeight * 0.3 : GAP;
    this.scrollTop = box.top + y - Math.min(above, y + GAP);
    this.scrollLeft = this.aimAcross(box, (place?.x ?? 0) * scale);
    this.goal.top = this.scrollTop;
  }

  aimAcross(box, x) {
    if (box.width <= this.clientWidth) return box.left + box.width / 2 - this.clientWidth / 2;
    return box.left - GAP + Math.max(0, x - this.clientWidth * 0.3);
  }

  step(by) {
    const row = this.layout.row(this.reader.page) + by;
    if (row >= 0 && row < this.layout.rows) this.show(this.layout.pagesOf(row)[0]);
  }

  scrollKey(name) {
    const way = name.endsWith("up") ? -1 : 1;
    const far = name.startsWith("screen") ? this.clientHeight - 3 * GAP : 4 * GAP;
    if (this.layout.stacked || this.canScroll(way)) this.scrollBy(0, way * far);
    else this.turnPage(way);
  }

  canScroll(way) {
    const left = way > 0 ? this.scrollHeight - this.clientHeight - this.scrollTop : this.scrollTop;
    return left > 2;
  }

  /* From the end of a page to the top of the next; backwards to the end of the one before. */
  turnPage(way) {
    const before = this.reader.page;
    this.step(way);
    if (way < 0 && this.reader.page !== before) this.scrollTop = this.scrollHeight;
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.look();
    });
  }

  /* Look what is in sight: put the leaves there, tell which page is being read, fetch what is missing. */
  look() {
    const { scrollTop, clientHeight, layout } = this;
    if (this.goal && Math.abs(this.goal.top - scrollTop) > 2) this.goal = null;
    const way = Math.sign(scrollTop - (this.lastTop ?? scrollTop)) || 1;
    const speed = Math.abs(scrollTop - (this.lastTop ?? scrollTop)) / clientHeight;
    this.lastTop = scrollTop;
    const [ahead, behind] = [1.5 * clientHeight, 0.75 * clientHeight];
    const from = layout.rowAt(scrollTop - (way > 0 ? behind : ahead));
    const to = layout.rowAt(scrollTop + clientHeight + (way > 0 ? ahead : behind));
    this.keepOnly(from, to);
    this.reader.arrived(this.current(scrollTop, scrollTop + clientHeight));
    if (layout.nearEdge(layout.row(this.reader.page))) this.moveOn();
    clearTimeout(this.timer);
    if (speed < FAST) this.fetchLeaves();
    else this.timer = setTimeout(() => this.fetchLeaves(), 100);
  }

  /* Continue in the next part of a document that is too long to be laid out at once. */
  moveOn() {
    this.relayout();
  }

  keepOnly(from, to) {
    const wanted = new Set();
    for (let row = from; row <= to; row += 1) for (const number of this.layout.pagesOf(row)) wanted.add(number);
    const selected = this.selected();
    for (const number of [...this.leaves.keys()]) if (!wanted.has(number) && !selected.has(number)) this.drop(number);
    for (const number of wanted) if (!this.leaves.has(number)) this.add(number);
  }

  /* The leaves that hold selected words: they stay, so that a selection can go over several screens. */
  selected() {
    const selection = getSelection();
    if (selection.isCollapsed || !this.contains(selection.anchorNode)) return new Set();
    const held = [...this.leaves.values()].filter((leaf) => selection.containsNode(leaf.element, true));
    return new Set(held.slice(0, SELECTED).map((leaf) => leaf.number));
  }

  add(number) {
    const leaf = new Leaf(this, number);
    leaf.place(this.layout.box(number), this.reader.turn);
    const after = [...this.leaves.keys()].filter((each) => each > number).sort((a, b) => a - b)[0];
    this.sheets.insertBefore(leaf.element, after ? this.leaves.get(after).element : null);
    this.leaves.set(number, leaf);
  }

  drop(number) {
    this.leaves.get(number).remove();
    this.leaves.delete(number);
  }

  /* The page of which most can be seen; the one that was asked for while it stands where it was put. */
  current(top, bottom) {
    if (this.goal) return this.goal.page;
    let best = { seen: -1 };
    for (let row = this.layout.rowAt(top); row <= this.layout.rowAt(bottom); row += 1) {
      const from = this.layout.top(row);
      const seen = Math.min(bottom, this.layout.tops[row - this.layout.first + 1]) - Math.max(top, from);
      if (seen > best.seen + 1) best = { seen, page: this.layout.pagesOf(row)[0] };
    }
    return best.page;
  }

  /* First what is in sight, then the neighbours. */
  fetchLeaves() {
    const page = this.reader.page;
    const near = [...this.leaves.values()].sort((a, b) => Math.abs(a.number - page) - Math.abs(b.number - page));
    for (const leaf of near) leaf.load(this.inSight(leaf) ? Infinity : AHEAD);
    if (!this.layout.stacked) this.fetchNext();
  }

  inSight({ element }) {
    const [box, room] = [element.getBoundingClientRect(), this.getBoundingClientRect()];
    return box.bottom > room.top && box.top < room.bottom;
  }

  /* Where one row is shown at a time, the next one is fetched before somebody turns to it. */
  fetchNext() {
    const row = this.layout.row(this.reader.page) + 1;
    const leaf = this.leaves.get(this.reader.page);
    if (row >= this.layout.rows || !leaf) return;
    for (const number of this.layout.pagesOf(row)) {
      new Image().src = this.pictureUrl(number, sharpWidth(leaf.shown));
      this.text(number);
    }
  }

  pictureUrl(number, width) {
    return `${this.reader.dataset.pages}p/${number}.webp?w=${width}`;
  }

  async text(number) {
    const asked = this.askedOf(number);
    const key = `${number}?${asked}`;
    const kept = this.texts.get(key);
    if (kept !== undefined) return kept;
    try {
      const answer = await fetch(`${this.reader.dataset.pages}p/${number}.html?${asked}`);
      if (answer.status === 404) this.sayReplaced();
      if (!answer.ok) return null;
      const html = await answer.text();
      this.texts.set(key, html);
      if (this.texts.size > KEPT_TEXTS) this.texts.delete(this.texts.keys().next().value);
      return html;
    } catch {
      return null; // no connection: the picture alone stays readable
    }
  }

  /* The pages that are asked for are those of the version that was opened: once it is replaced they may be gone. */
  sayReplaced() {
    const said = this.reader.querySelector('[data-part="replaced"]');
    said?.replaceWith(said.content);
  }

  /* The quoted passage is looked for only on the page that the address named. */
  askedOf(number) {
    if (!this.reader.query.has("quote") || String(number) === this.reader.dataset.quoted) return this.asked;
    const query = new URLSearchParams(this.asked);
    query.delete("quote");
    return query;
  }

  asksAnew() {
    this.asked = String(this.reader.query);
    this.fetchLeaves();
  }
}

customElements.define("pliego-pages", Pages);
