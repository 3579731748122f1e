/* Rows of a list put in another order by dragging, with a mouse, a pen or a finger. Buttons do the same without it. */

const EDGE = 72;
const SLACK = 4;

/* A row is taken by its grip; a mouse may take it anywhere but by what can be clicked. `put(from, to)` is told of each
   row that has changed its place. Nothing is taken while `put` is at work. Rows may stand side by side; `scroller` is
   what goes along near its edges, the page unless told. */
export function letDrag(list, put, scroller = null) {
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li");
    const grip = event.target.closest("[data-grip]");
    const anywhere = event.pointerType === "mouse" && !event.target.closest("a, button, input");
    if (row && event.isPrimary && event.button === 0 && (grip || anywhere)) new Drag(list, row, event, put, scroller);
  });
}

class Drag {
  constructor(list, row, event, put, scroller) {
    Object.assign(this, { list, row, put, scroller, pointer: event.pointerId, x: event.clientX, y: event.clientY });
    this.began = [this.x, this.y];
    this.from = [...list.children].indexOf(row);
    this.over = new AbortController();
    const listen = (target, name, act) => target.addEventListener(name, act, { signal: this.over.signal });
    listen(window, "pointermove", (move) => this.follow(move));
    listen(window, "pointerup", () => this.end(true));
    listen(window, "pointercancel", () => this.end(false));
    listen(document, "keydown", (key) => key.key === "Escape" && this.end(false));
    listen(list, "dragstart", (native) => native.preventDefault());
  }

  follow(event) {
    if (event.pointerId !== this.pointer) return;
    [this.x, this.y] = [event.clientX, event.clientY];
    if (!this.moving && Math.hypot(this.x - this.began[0], this.y - this.began[1]) > SLACK) this.begin();
    if (this.moving) this.place();
  }

  begin() {
    this.moving = true;
    this.beside = getComputedStyle(this.list).gridTemplateColumns.includes(" ");
    this.list.setPointerCapture(this.pointer); // the list, as a row loses it when it changes its place
    this.list.classList.add("ordering");
    this.row.classList.add("taken");
    getSelection().empty();
    requestAnimationFrame(() => this.scroll());
  }

  place() {
    const { left, right } = this.list.getBoundingClientRect();
    const x = this.beside ? this.x : (left + right) / 2;
    const other = document.elementFromPoint(x, this.y)?.closest("li");
    if (other?.parentElement !== this.list || other === this.row) return;
    const box = other.getBoundingClientRect();
    const before = this.beside ? x < box.left + box.width / 2 : this.y < box.top + box.height / 2;
    if (before) other.before(this.row);
    else other.after(this.row);
  }

  /* Near the upper and the lower edge of what scrolls it goes along. */
  scroll() {
    if (this.over.signal.aborted) return;
    const box = this.scroller?.getBoundingClientRect();
    const [top, bottom] = [Math.max(box?.top ?? 0, 0), Math.min(box?.bottom ?? innerHeight, innerHeight)];
    const near = Math.min(0, this.y - top - EDGE) + Math.max(0, this.y - bottom + EDGE);
    if (near) {
      (this.scroller ?? window).scrollBy(0, near / 6);
      this.place();
    }
    requestAnimationFrame(() => this.scroll());
  }

  end(keep) {
    this.over.abort();
    if (!this.moving) return;
    this.list.classList.remove("ordering");
    this.row.classList.remove("taken");
    const to = [...this.list.children].indexOf(this.row);
    if (to === this.from) return;
    if (keep) return this.put(this.from, to);
    this.row.remove();
    this.list.insertBefore(this.row, this.list.children[this.from] ?? null);
  }
}
