/* The pages of a board put in order, turned, doubled and left out. Those left out stay in sight, to be taken back. */

import { MODELS } from "./board.js";
import { mark } from "./marks.js";
import { Order } from "./order.js";

class Arrange extends Order {
  constructor(board) {
    super(board);
    const { elements } = board.form;
    const step = board.field.name.replace(/-.*/, "");
    this.fields = [[90, elements[`${step}-right`]], [180, elements[`${step}-around`]], [270, elements[`${step}-left`]]];
    for (const [, field] of this.fields) field.addEventListener("input", () => board.read());
  }

  /* What is not named is left out, and stands behind the page that it follows in the file. */
  read(parts) {
    const { ranges } = this.board;
    this.angles = new Map();
    for (const [angle, field] of this.fields) {
      for (const page of ranges.parts(field.value).flat()) this.angles.set(page, (this.angles.get(page) ?? 0) + angle);
    }
    const named = parts.flat();
    const last = new Map(named.map((page, at) => [page, at]));
    const behind = new Map();
    let at = -1;
    for (const page of ranges.run(1, ranges.count)) {
      if (last.has(page)) at = last.get(page);
      else add(behind, at, page);
    }
    this.have = new Map();
    for (const tile of this.board.tiles) add(this.have, tile.page, tile);
    const tiles = this.taken(behind.get(-1) ?? [], true);
    named.forEach((page, place) => tiles.push(...this.taken([page], false), ...this.taken(behind.get(place) ?? [], true)));
    const kept = new Set(tiles);
    for (const tile of this.board.tiles) if (!kept.has(tile)) tile.remove();
    this.put(tiles);
    for (const tile of tiles) this.describe(tile);
  }

  taken(pages, out) {
    return pages.map((page) => {
      const tile = this.have.get(page)?.shift() ?? this.board.made(page);
      tile.classList.toggle("out", out);
      return tile;
    });
  }

  describe(tile) {
    const turn = (this.angles.get(tile.page) ?? 0) % 360;
    const { out, turns } = this.board.dataset;
    tile.dataset.turn = turn;
    tile.querySelector(".unseen").textContent = [
      isOut(tile) ? out : "", turn ? turns.split("|")[turn / 90 - 1] : "",
    ].filter(Boolean).join(", ");
  }

  words() {
    for (const [angle, field] of this.fields) {
      const pages = [...this.angles].filter(([, turn]) => turn % 360 === angle).map(([page]) => page);
      field.value = this.board.ranges.write(pages.sort((a, b) => a - b));
    }
    return this.board.ranges.write(this.board.tiles.filter((tile) => !isOut(tile)).map((tile) => tile.page));
  }

  turn(group, angle) {
    const pages = new Set(group.map((tile) => tile.page));
    for (const page of pages) this.angles.set(page, (this.angles.get(page) ?? 0) + angle);
    for (const tile of this.board.tiles) if (pages.has(tile.page)) this.describe(tile);
  }

  right(group) {
    this.turn(group, 90);
  }

  left(group) {
    this.turn(group, 270);
  }

  double(group) {
    for (const tile of group) {
      const other = this.board.made(tile.page);
      tile.after(other);
      this.describe(other);
    }
  }

  /* The last page that there is cannot be left out; one that is out already comes back. */
  out(group) {
    const back = group.every(isOut);
    const others = new Set(this.board.tiles.filter((tile) => !isOut(tile) && !group.includes(tile)));
    if (!back && !others.size) return;
    const pages = new Set([...others].map((tile) => tile.page));
    for (const tile of group) {
      if (!back && pages.has(tile.page)) this.remove(tile);
      else tile.classList.toggle("out", !back);
      mark(tile, false);
      this.describe(tile);
    }
  }

  /* A page that is there once more goes without a trace. */
  remove(tile) {
    if (this.board.current === tile) this.board.go(tile.nextElementSibling ?? tile.previousElementSibling);
    tile.remove();
  }

  reset() {
    for (const [, field] of this.fields) field.value = "";
    for (const tile of this.board.tiles) mark(tile, false);
    this.read([this.board.ranges.run(1, this.board.ranges.count)]);
  }
}

function add(lists, key, thing) {
  if (!lists.has(key)) lists.set(key, []);
  lists.get(key).push(thing);
}

const isOut = (tile) => tile.classList.contains("out");

MODELS.arrange = Arrange;
