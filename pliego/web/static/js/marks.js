/* What marks on the pages of a board mean to its field: pages that are chosen, or the first pages of parts. */

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

export class Parts {
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
