/* Marks on the pages of a board where parts begin. */

import { MODELS } from "./board.js";
import { isMarked, mark } from "./marks.js";

class Parts {
  constructor(board) {
    this.board = board;
  }

  /* A part begins here, or no more. */
  press(tile) {
    mark(tile, !isMarked(tile) || tile === this.board.list.firstElementChild);
    tile.classList.remove("out");
    this.number();
  }

  read(parts) {
    const firsts = new Set(parts.map((part) => part[0]));
    const covered = new Set(parts.flat());
    for (const tile of this.board.tiles) {
      mark(tile, firsts.has(tile.page));
      tile.classList.toggle("out", !covered.has(tile.page));
    }
    this.number();
  }

  number() {
    let part = 0;
    for (const tile of this.board.tiles) tile.dataset.part = isMarked(tile) ? (part += 1) : "";
  }

  words() {
    const parts = [];
    let before = null;
    for (const tile of this.board.tiles) {
      const out = tile.classList.contains("out");
      if (!out && (isMarked(tile) || !before)) parts.push([tile.page, tile.page]);
      else if (!out) parts.at(-1)[1] = tile.page;
      before = out ? null : tile;
    }
    const all = parts.length === 1 && parts[0][1] - parts[0][0] + 1 === this.board.ranges.count;
    if (all) return this.board.ranges.all[0];
    return parts.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(",");
  }
}

MODELS.parts = Parts;
