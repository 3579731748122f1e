/* The pages: of all of them only the few in sight, and those next to them, are ever in the document. */

const WIDTHS = [200, 400, 800, 1200, 1600, 2400, 3200];
const POINT = 4 / 3; // CSS pixels
const COMFORTABLE = 896; // as in reader.css, so that nothing moves when this script takes over
const GAP = 16;
const SPINE = 4;
const NARROWEST = 48;
const TALLEST = 8_000_000; // browsers cannot scroll further than some 16 million pixels: more is shown in parts
const KEPT_TEXTS = 32;
const FAST = 1.2; // screens between two looks: nothing is fetched while flying past
const RETRIES = 3;
const SELECTED = 12; // leaves that stay because they hold selected words

/* Width and height of every page in points, from runs of equal ones: "595x842*12 842x595". */
class Sizes {
  constructor(runs, count) {
    this.widths = new Float32Array(count + 1).fill(595);
    this.heights = new Float32Array(count + 1).fill(842);
    let number = 1;
    for (const run of runs.split(" ").filter(Boolean)) {
      const [, width, height, times] = /^([\d.]+)x([\d.]+)(?:\*(\d+))?$/.exec(run);
      const end = number + Number(times ?? 1);
      this.widths.fill(width, number, end);
      this.heights.fill(height, number, end);
      number = end;
    }
  }

  /* As shown: a page turned on its side has its edges exchanged. */
  of(number, turn) {
    const size = [this.widths[number], this.heights[number]];
    return turn % 180 ? size.reverse() : size;
  }
}

/* Where the pages lie: rows of one or two pages, all of a part below each other, or a single row. */
class Layout {
  constructor(reader, sizes, room) {
    const { view, zoom, turn, count } = reader;
    Object.assign(this, { sizes, room, zoom, turn, count }); // as they are now: the reader changes before the layout
    this.rightToLeft = reader.dataset.direction === "rtl";
    this.stacked = view === "continuous";
    this.across = view === "two" ? 2 : 1;
    this.rows = this.row(count) + 1;
  }

  /* The first page stands alone, as the right-hand page that it is in a book. */
  row(number) {
    return this.across === 2 ? Math.floor(number / 2) : number - 1;
  }

  pagesOf(row) {
    const pages = this.across === 2 ? [2 * row, 2 * row + 1] : [row + 1];
    return pages.filter((number) => number >= 1 && number <= this.count);
  }

  size(number) {
    const [width, height] = this.sizes.of(number, this.turn);
    const shown = Math.max(this.fitted(width, height), NARROWEST);
    return [shown, (shown * height) / width];
  }

  fitted(width, height) {
    const { zoom } = this;
    const room = this.across === 2 ? (this.room.width - SPINE) / 2 : this.room.width;
    const whole = Math.min(room, (this.room.height * width) / height);
    if (zoom === "width") return room;
    if (zoom === "page") return whole;
    if (zoom !== "auto") return width * POINT * zoom;
    if (this.stacked || this.room.height < 480) return Math.min(room, COMFORTABLE);
    return whole;
  }

  rowSize(row) {
    const sizes = this.pagesOf(row).map((number) => this.size(number));
    const width = sizes.reduce((sum, size) => sum + size[0], (sizes.length - 1) * SPINE);
    return [width, Math.max(...sizes.map((size) => size[1]))];
  }

  /* Lay out the part around a row: all rows unless they are too tall together, a single one when not stacked. */
  around(row) {
    this.first = row;
    this.last = row;
    let [, height] = this.rowSize(row);
    while (this.stacked && height < TALLEST && (this.first > 0 || this.last < this.rows - 1)) {
      if (this.first > 0) height += this.rowSize((this.first -= 1))[1] + GAP;
      if (this.last < this.rows - 1) height += this.rowSize((this.last += 1))[1] + GAP;
    }
    this.tops = new Float64Array(this.last - this.first + 2);
    this.width = 0;
    this.tops[0] = this.above(row);
    for (let each = this.first; each <= this.last; each += 1) {
      const [width, tall] = this.rowSize(each);
      this.width = Math.max(this.width, width);
      this.tops[each - this.first + 1] = this.tops[each - this.first] + tall + GAP;
    }
    this.height = this.tops.at(-1);
  }

  /* A single row that is lower than the room stands in its middle. */
  above(row) {
    if (this.stacked) return GAP;
    return Math.max(GAP, (this.room.height + 2 * GAP - this.rowSize(row)[1]) / 2);
  }

  top(row) {
    return this.tops[row - this.first];
  }

  holds(row) {
    return row >= this.first && row <= this.last;
  }

  /* Whether a reader at this row will soon come to the end of a part that is not the end of the document. */
  nearEdge(row) {
    if (!this.stacked) return false;
    return (this.first > 0 && row - this.first < 5) || (this.last < this.rows - 1 && this.last - row < 5);
  }

  /* The last row that begins at or above a height. */
  rowAt(height) {
    let low = 0;
    let high = this.last - this.first;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= height) low = middle;
      else high = middle - 1;
    }
    return this.first + low;
  }

  /* Left, top, width and height of a page. */
  box(number) {
    const row = this.row(number);
    const pages = this.pagesOf(row);
    const middle = Math.max(this.room.width + 2 * this.room.edge, this.width + 2 * this.room.edge) / 2;
    let left = middle - this.rowSize(row)[0] / 2;
    for (const each of this.inReadingOrder(pages)) {
      const [width, height] = this.size(each);
      if (each === number) return { left, top: this.top(row), width, height };
      left += width + SPINE;
    }
    return null;
  }

  inReadingOrder(pages) {
    return this.rightToLeft ? pages.toReversed() : pages;
  }
}

/* The narrowest picture on offer that is sharp at a width in CSS pixels. */
function sharpWidth(shown) {
  const pixels = shown * Math.min(devicePixelRatio, 3) * 0.95;
  return WIDTHS.find((each) => each >= pixels) ?? WIDTHS.at(-1);
}

/* One page in the document: its picture as sharp as the screen asks, and the text that lies on it. */
class Leaf {
  constructor(pages, number, element) {
    this.pages = pages;
    this.number = number;
    this.element = element ?? this.made();
    this.turned = this.element.querySelector(".turned");
    this.picture = this.turned.querySelector("img");
    this.width = 0;
    this.tries = 0;
    this.textOf = element ? pages.asked : null;
    if (element) this.adopt();
  }

  /* The page that came with the document keeps its picture until a sharper one is there. */
  adopt() {
    this.coming = true;
    const done = () => {
      this.coming = false;
      this.width = Number(/\?w=(\d+)$/.exec(this.picture.currentSrc)?.[1] ?? 0);
      this.pages.soon();
    };
    this.picture.decode().then(done, done);
  }

  made() {
    const element = document.createElement("div");
    element.className = "leaf";
    element.dataset.page = this.number;
    element.lang = this.pages.lang;
    const turned = document.createElement("div");
    turned.className = "turned";
    turned.append(this.newPicture());
    element.append(turned);
    return element;
  }

  newPicture() {
    const picture = new Image();
    picture.alt = this.pages.dataset.alt.replace("{number}", this.number);
    picture.draggable = false;
    return picture;
  }

  place({ left, top, width, height }, turn) {
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const [inner, tall] = turn % 180 ? [height, width] : [width, height];
    const corner = { 0: "none", 90: `translate(${width}px, 0)`, 180: `translate(${width}px, ${height}px)`, 270: `translate(0, ${height}px)` };
    const transform = turn ? `${corner[turn]} rotate(${turn}deg)` : "none";
    Object.assign(this.turned.style, { width: `${inner}px`, height: `${tall}px`, transform });
    this.shown = inner;
  }

  load() {
    this.loadPicture();
    if (this.textOf !== this.pages.asked) this.loadText();
  }

  loadPicture() {
    const width = sharpWidth(this.shown);
    if (this.coming || width <= this.width || this.tries > RETRIES) return;
    this.coming = true;
    const picture = this.newPicture();
    picture.src = this.pages.pictureUrl(this.number, width);
    this.next = picture;
    picture.decode().then(() => this.swap(picture, width), () => this.failed());
  }

  swap(picture, width) {
    this.picture.replaceWith(picture);
    this.picture = picture;
    this.width = width;
    this.tries = 0;
    this.coming = false;
    this.next = null;
    this.pages.soon();
  }

  /* The server may be busy drawing: ask again a little later, a few times. */
  failed() {
    this.coming = false;
    this.tries += 1;
    this.element.dataset.failed = "";
    setTimeout(() => this.pages.soon(), 1000 * this.tries);
  }

  async loadText() {
    const asked = this.pages.asked;
    this.textOf = asked;
    const html = await this.pages.text(this.number);
    if (asked !== this.textOf || html === null) return;
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const layer of this.turned.querySelectorAll("svg")) layer.remove();
    this.turned.append(...template.content.querySelectorAll("svg"));
    this.pages.dispatchEvent(new CustomEvent("pages:text", { detail: this }));
  }

  remove() {
    this.element.remove();
    if (this.next) this.next.src = "";
  }
}

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
    const zoom = Math.min(Math.max(this.scale * factor, 0.25), 4);
    this.goal = null;
    this.held = this.point(x, y);
    this.reader.shape({ zoom: Math.round(zoom * 100) / 100 });
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
    for (const leaf of near) leaf.load();
    if (!this.layout.stacked) this.fetchNext();
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
    return `/d/${this.reader.dataset.document}/p/${number}.webp?w=${width}`;
  }

  async text(number) {
    const asked = this.askedOf(number);
    const key = `${number}?${asked}`;
    const kept = this.texts.get(key);
    if (kept !== undefined) return kept;
    try {
      const answer = await fetch(`/d/${this.reader.dataset.document}/p/${number}.html?${asked}`);
      if (!answer.ok) return null;
      const html = await answer.text();
      this.texts.set(key, html);
      if (this.texts.size > KEPT_TEXTS) this.texts.delete(this.texts.keys().next().value);
      return html;
    } catch {
      return null; // no connection: the picture alone stays readable
    }
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
