/* What marks on the pages of a board mean to its field: pages that are chosen. */

export const isMarked = (tile) => tile.ariaSelected === "true";

export function mark(tile, marked) {
  tile.ariaSelected = String(Boolean(marked));
}

export class Marks {
  spans = true;

  constructor(board) {
    this.board = board;
  }

  press(tile) {
    mark(tile, !isMarked(tile));
  }

  read(parts) {
    this.typed = parts.flat();
    const chosen = new Set(this.typed);
    for (const tile of this.board.tiles) mark(tile, chosen.has(tile.page));
  }

  /* An order of its own that was typed stays; what is marked then comes last. */
  words() {
    const chosen = new Set(this.board.tiles.filter(isMarked).map((tile) => tile.page));
    const typed = this.typed.filter((page) => chosen.has(page));
    const risen = typed.every((page, at) => !at || typed[at - 1] < page);
    if (!risen) for (const page of typed) chosen.delete(page);
    this.typed = risen ? [...chosen] : [...typed, ...chosen];
    return this.board.ranges.write(this.typed);
  }
}
