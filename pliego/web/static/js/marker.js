/* Areas that are drawn on the pictures of pages, beside the field in which they can be typed: "1: 10%, 5%, 30%, 4%". */

const SVG = "http://www.w3.org/2000/svg";
const AREA = /^\s*(\d+)\s*:\s*([\d.]+)%\s*,\s*([\d.]+)%\s*,\s*([\d.]+)%\s*,\s*([\d.]+)%\s*$/;
const LEAST = 0.4; /* per cent of a side: less is a click */

class Marker extends HTMLElement {
  /* Offer these pages, also instead of others. `tool` makes the buttons and has the words. */
  show(pictures, pages, tool) {
    this.box?.remove();
    this.field = document.getElementById(this.dataset.field);
    this.pictures = pictures;
    this.pages = pages;
    this.page = 1;
    this.box = document.createElement("details");
    const { mark, markHow, before, next } = tool.dataset;
    this.box.append(element("summary", mark), element("p", markHow));
    this.box.lastChild.className = "hint";
    this.before = tool.button("chevron-left", before, false, () => this.turnTo(this.page - 1));
    this.next = tool.button("chevron-right", next, pages > 1, () => this.turnTo(this.page + 1));
    this.number = element("span", "");
    this.number.setAttribute("role", "status");
    const bar = element("div", "");
    bar.className = "marker-bar";
    bar.append(this.before, this.number, this.next);
    this.sheet = element("div", "");
    this.sheet.className = "marker";
    this.image = Object.assign(new Image(), { alt: "", draggable: false });
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("viewBox", "0 0 100 100");
    this.svg.setAttribute("preserveAspectRatio", "none");
    this.sheet.append(this.image, this.svg);
    this.box.append(bar, this.sheet);
    this.box.addEventListener("toggle", () => this.box.open && this.turnTo(this.page));
    this.field.oninput = () => this.typed();
    this.append(this.box);
    this.listen();
  }

  turnTo(page) {
    this.page = page;
    this.image.src = this.pictures.replace("{n}", page);
    this.number.textContent = `${page} / ${this.pages}`;
    const had = document.activeElement;
    this.before.disabled = page <= 1;
    this.next.disabled = page >= this.pages;
    if (had.disabled) (had === this.next ? this.before : this.next).focus();
    this.draw();
  }

  /* The lines of the field; those that were not drawn here stay as they were typed. */
  get lines() {
    return this.field.value.split("\n").filter((line) => line.trim());
  }

  /* What is typed shows on its page, which may be another than the one in sight. */
  typed() {
    const page = Number(AREA.exec(this.lines.at(-1) ?? "")?.[1]);
    if (this.box.open && page >= 1 && page <= this.pages && page !== this.page) this.turnTo(page);
    else this.draw();
  }

  draw() {
    const rects = [];
    this.lines.forEach((line, index) => {
      const [, page, ...sides] = AREA.exec(line) ?? [];
      if (Number(page) === this.page) rects.push(rectangle(sides, index));
    });
    this.svg.replaceChildren(...rects);
  }

  listen() {
    let start = null;
    const ended = (event) => {
      if (!start) return;
      const sides = between(start, this.at(event));
      start = null;
      if (sides[2] > LEAST && sides[3] > LEAST) this.add(sides);
      else this.draw();
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.target.dataset.line) return this.take(Number(event.target.dataset.line));
      if (event.button) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      start = this.at(event);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!start) return;
      this.draw();
      this.svg.append(rectangle(between(start, this.at(event)), ""));
    });
    this.svg.addEventListener("pointerup", ended);
    this.svg.addEventListener("pointercancel", () => { start = null; this.draw(); });
  }

  /* Where on the page, in per cent of its sides. */
  at(event) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    const within = (part) => Math.min(Math.max(part * 100, 0), 100);
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  }

  add(sides) {
    const said = sides.map((side) => `${Number(side.toFixed(2))}%`).join(", ");
    this.write([...this.lines, `${this.page}: ${said}`]);
  }

  take(line) {
    this.write(this.lines.filter((_, index) => index !== line));
  }

  write(lines) {
    this.field.value = lines.join("\n");
    this.draw();
  }
}

function element(name, words) {
  return Object.assign(document.createElement(name), { textContent: words });
}

/* Left, top, width and height of what lies between two points. */
function between([x, y], [otherX, otherY]) {
  return [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)];
}

function rectangle([x, y, width, height], line) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
  rect.dataset.line = line;
  return rect;
}

customElements.define("pliego-marker", Marker);
