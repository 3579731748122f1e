/* The pages of a board in an order that can be changed: dragged, or moved by buttons and keys. */

import { MODELS } from "./board.js";
import { isMarked, mark } from "./marks.js";
import { letDrag } from "./ordering.js";

export class Order {
  spans = true;

  constructor(board) {
    this.board = board;
    this.list = board.list;
    letDrag(this.list, (from, to) => this.drop(this.list.children[to]), this.list);
  }

  press(tile) {
    mark(tile, !isMarked(tile));
  }

  /* Those that are not named follow behind. */
  read(parts) {
    const named = new Set(parts.flat());
    const tiles = new Map(this.board.tiles.map((tile) => [tile.page, tile]));
    for (const page of this.board.ranges.run(1, this.board.ranges.count)) named.add(page);
    this.put([...named].map((page) => tiles.get(page)));
  }

  /* Tiles that stay where they are are not touched: each that moves is looked at and laid out anew. */
  put(tiles) {
    let at = this.list.firstElementChild;
    for (const tile of tiles) {
      if (tile === at) at = at.nextElementSibling;
      else this.list.insertBefore(tile, at);
    }
  }

  words() {
    const pages = this.board.tiles.map((tile) => tile.page);
    let told = pages.length - 1;
    while (told > 0 && pages[told - 1] < pages[told]) told -= 1;
    if (!told && !this.board.field.value) return ""; // nothing has been moved
    return this.board.ranges.write(told ? pages.slice(0, told) : pages);
  }

  /* The marked pages go where one of them was dropped. */
  drop(tile) {
    const group = isMarked(tile) ? this.board.chosen() : [tile];
    let after = tile.nextElementSibling;
    while (after && isMarked(tile) && isMarked(after)) after = after.nextElementSibling;
    for (const each of group) this.list.insertBefore(each, after);
    this.board.go(tile);
    this.board.write();
  }

  /* So many places on, negative for back; what would go beyond an end stays there, in its order. */
  move(group, step) {
    const moving = new Set(group);
    const others = this.board.tiles.filter((tile) => !moving.has(tile));
    const place = this.board.tiles.indexOf(group[0]);
    const to = Math.min(Math.max(place + step, 0), others.length);
    this.put([...others.slice(0, to), ...group, ...others.slice(to)]);
  }

  earlier(group) {
    this.move(group, -1);
    group[0].scrollIntoView({ block: "nearest" });
  }

  later(group) {
    this.move(group, 1);
    group.at(-1).scrollIntoView({ block: "nearest" });
  }

  backwards() {
    this.put(this.board.tiles.reverse());
  }

  reset() {
    for (const tile of this.board.tiles) mark(tile, false);
    this.read([]);
  }
}

MODELS.order = Order;
