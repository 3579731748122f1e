/* Where the pages lie, worked out without the document: sizes, rows, places. All lengths are CSS pixels unless said. */

export const POINT = 4 / 3;
export const GAP = 16;
const COMFORTABLE = 896; // as in reader.css, so that nothing moves when the scripts take over
const SPINE = 4;
const NARROWEST = 48;
const TALLEST = 8_000_000; // browsers cannot scroll further than some 16 million: more is shown in parts

/* Width and height of every page in points, from runs of equal ones: "595x842*12 842x595". */
export class Sizes {
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
export class Layout {
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
