/* Rows of a list put in another order by dragging, with a mouse, a pen or a finger. Buttons do the same without it. */

const EDGE = 72;
const SLACK = 4;

/* A row is taken by its grip; a mouse may take it anywhere but by what can be clicked. `put(from, to)` is told of each
   row that has changed its place. Nothing is taken while `put` is at work. */
export function letDrag(list, put) {
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li");
    const grip = event.target.closest("[data-grip]");
    const anywhere = event.pointerType === "mouse" && !event.target.closest("a, button, input");
    if (row && event.isPrimary && event.button === 0 && (grip || anywhere)) new Drag(list, row, event, put);
  });
}

class Drag {
  constructor(list, row, event, put) {
    Object.assign(this, { list, row, put, pointer: event.pointerId, began: event.clientY, at: event.clientY });
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
    this.at = event.clientY;
    if (!this.moving && Math.abs(this.at - this.began) > SLACK) this.begin();
    if (this.moving) this.place();
  }

  begin() {
    this.moving = true;
    this.list.setPointerCapture(this.pointer); // the list, as a row loses it when it changes its place
    this.list.classList.add("ordering");
    this.row.classList.add("taken");
    getSelection().empty();
    requestAnimationFrame(() => this.scroll());
  }

  place() {
    for (const other of this.list.children) {
      const { top, bottom, height } = other.getBoundingClientRect();
      if (other === this.row || this.at < top || this.at > bottom) continue;
      if (this.at < top + height / 2) other.before(this.row);
      else other.after(this.row);
      return;
    }
  }

  /* Near the upper and the lower edge of the window the page goes along. */
  scroll() {
    if (this.over.signal.aborted) return;
    const near = Math.min(0, this.at - EDGE) + Math.max(0, this.at - innerHeight + EDGE);
    if (near) {
      scrollBy(0, near / 6);
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
