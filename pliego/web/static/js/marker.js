/* Areas that are drawn on the pictures of pages, beside the field in which they can be typed: "1: 10%, 5%, 30%, 4%". */

const SVG = "http://www.w3.org/2000/svg";
const AREA = /^\s*(\d+)\s*:\s*([\d.]+)%\s*,\s*([\d.]+)%\s*,\s*([\d.]+)%\s*,\s*([\d.]+)%\s*$/;
const LEAST = 0.4; /* per cent of a side: less is a click */
const SIZE = [32, 8]; /* of what is put somewhere by a click */
const CORNER = 2.4;

class Marker extends HTMLElement {
  /* Offer these pages, also instead of others. `tool` makes the buttons and has the words. */
  show(pictures, pages, tool) {
    this.box?.remove();
    this.field = document.getElementById(this.dataset.field);
    this.pictures = pictures;
    this.pages = pages;
    this.page = this.dataset.mode === "put" ? pages : 1;
    this.box = document.createElement("details");
    this.box.open = Boolean(this.dataset.mode);
    const { before, next } = tool.dataset;
    this.box.append(element("summary", this.dataset.mark), element("p", this.dataset.how));
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
    this.onpointerenter = () => this.draw(); // what is drawn by hand may be another by now
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

  /* `drag`: what is being drawn, moved or made larger. */
  draw(drag) {
    const shapes = [];
    this.lines.forEach((line, index) => {
      const sides = this.sides(index);
      if (sides) shapes.push(...area(String(index) === drag?.line ? moved(drag) : sides, index));
    });
    if (drag && !drag.line) shapes.push(...area(moved(drag), ""));
    this.svg.replaceChildren(...shapes);
    for (const old of this.sheet.querySelectorAll(".stamp")) old.remove();
    const { ink } = this.field.form.querySelector("pliego-pad") ?? {};
    if (ink) this.sheet.append(...shapes.filter((shape) => !shape.dataset.corner).map((shape) => stamp(ink, shape)));
  }

  /* Of the area in a line, where it is on this page. */
  sides(line) {
    const [, page, ...sides] = AREA.exec(this.lines[line]) ?? [];
    return Number(page) === this.page ? sides.map(Number) : null;
  }

  listen() {
    let drag = null;
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      const { line, corner } = event.target.dataset;
      const from = this.at(event);
      drag = { from, to: from, line, corner, sides: line && this.sides(line) };
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      drag.to = this.at(event);
      this.draw(drag);
    });
    this.svg.addEventListener("pointerup", () => {
      if (drag) this.end(drag);
      drag = null;
    });
    this.svg.addEventListener("pointercancel", () => { drag = null; this.draw(); });
  }

  end(drag) {
    const [, , width, height] = between(drag.from, drag.to);
    const still = Math.max(width, height) <= LEAST;
    const { lines } = this;
    if (drag.line && still) lines.splice(drag.line, 1);
    else if (drag.line) lines[drag.line] = this.said(moved(drag));
    else if (width > LEAST && height > LEAST) lines.push(this.said(moved(drag)));
    else if (still && this.dataset.mode === "put") lines.push(this.said(around(drag.from)));
    this.write(this.dataset.mode === "one" ? lines.slice(-1) : lines);
  }

  /* Where on the page, in per cent of its sides. */
  at(event) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    const within = (part) => clamp(part * 100, 100);
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  }

  said(sides) {
    return `${this.page}: ${sides.map((side) => `${Number(side.toFixed(2))}%`).join(", ")}`;
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

const clamp = (value, most) => Math.min(Math.max(value, 0), most);

/* The area that is meant, wherever the pointer is. */
function moved({ from, to, sides, corner }) {
  if (!sides) return between(from, to);
  const [x, y, width, height] = sides;
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  if (!corner) return [clamp(x + across, 100 - width), clamp(y + down, 100 - height), width, height];
  return [x, y, clamp(Math.max(width + across, CORNER), 100 - x), clamp(Math.max(height + down, CORNER), 100 - y)];
}

function around([x, y]) {
  const [width, height] = SIZE;
  return [clamp(x - width / 2, 100 - width), clamp(y - height / 2, 100 - height), width, height];
}

/* A rectangle, and its corner to take hold of. */
function area([x, y, width, height], line) {
  const side = Math.min(CORNER, width / 2, height / 2);
  const corner = rectangle([x + width - side, y + height - side, side, side], line);
  corner.dataset.corner = "1";
  return [rectangle([x, y, width, height], line), corner];
}

/* What was drawn by hand, as it will stand in an area. */
function stamp(ink, shape) {
  const image = Object.assign(new Image(), { src: ink, alt: "", className: "stamp" });
  for (const side of ["width", "height"]) image.style[side] = `${shape.getAttribute(side)}%`;
  image.style.left = `${shape.getAttribute("x")}%`;
  image.style.top = `${shape.getAttribute("y")}%`;
  return image;
}

function rectangle(sides, line) {
  const rect = document.createElementNS(SVG, "rect");
  ["x", "y", "width", "height"].forEach((name, at) => rect.setAttribute(name, sides[at]));
  rect.dataset.line = line;
  return rect;
}

customElements.define("pliego-marker", Marker);
