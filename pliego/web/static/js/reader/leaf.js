/* A page in the document: its picture and the text on it. */

import { spread } from "./spread.js";

const WIDTHS = [200, 400, 800, 1200, 1600, 2400, 3200];
const RETRIES = 3;

/* The narrowest picture on offer that is sharp at a width in CSS pixels. */
export function sharpWidth(shown) {
  const pixels = shown * Math.min(devicePixelRatio, 3) * 0.95;
  return WIDTHS.find((each) => each >= pixels) ?? WIDTHS.at(-1);
}

/* Fetch a picture and make it ready to be shown. It is decoded only once it is there: in Chromium the promise of
   decode() of a picture that is called off stays open for ever, and with it all that waits for it. */
async function loaded(picture, address) {
  await new Promise((resolve, reject) => Object.assign(picture, { onload: resolve, onerror: reject, src: address }));
  await picture.decode();
}

/* Call off a picture that is still on its way. */
function callOff(picture) {
  if (!picture.complete) Object.assign(picture, { onload: null, onerror: null, src: "" });
}

/* One page in the document: its picture as sharp as the screen asks, and the text that lies on it. */
export class Leaf {
  constructor(pages, number, element) {
    this.pages = pages;
    this.number = number;
    this.element = element ?? this.made();
    this.turned = this.element.querySelector(".turned");
    this.picture = this.turned.querySelector("img");
    this.width = 0;
    this.tries = 0;
    this.textOf = element?.querySelector(".text-layer[data-measured]") ? pages.asked : null;
    if (element) this.adopt();
  }

  /* The page that came with the document keeps its picture until a sharper one is there, and its text if its words
     lie exactly on those of the picture. */
  adopt() {
    this.coming = true;
    const done = () => {
      this.coming = false;
      this.width = Number(/\?w=(\d+)$/.exec(this.picture.currentSrc)?.[1] ?? 0);
      this.pages.soon();
    };
    this.picture.decode().then(done, done);
  }

  made() {
    const element = document.createElement("div");
    element.className = "leaf";
    element.dataset.page = this.number;
    element.dataset.label = this.pages.reader.labels.of(this.number);
    element.lang = this.pages.lang;
    const turned = document.createElement("div");
    turned.className = "turned";
    turned.append(this.newPicture());
    element.append(turned);
    return element;
  }

  newPicture() {
    const picture = new Image();
    picture.alt = this.pages.dataset.alt.replace("{number}", this.pages.reader.labels.of(this.number));
    picture.draggable = false;
    return picture;
  }

  place({ left, top, width, height }, turn) {
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const [inner, tall] = turn % 180 ? [height, width] : [width, height];
    const corner = { 0: "none", 90: `translate(${width}px, 0)`, 180: `translate(${width}px, ${height}px)`, 270: `translate(0, ${height}px)` };
    const transform = turn ? `${corner[turn]} rotate(${turn}deg)` : "none";
    Object.assign(this.turned.style, { width: `${inner}px`, height: `${tall}px`, transform });
    this.shown = inner;
  }

  /* ``most``: CSS pixels beyond which its picture need not be sharp. */
  load(most = Infinity) {
    this.loadPicture(most);
    if (this.textOf !== this.pages.asked) this.loadText();
  }

  loadPicture(most) {
    const width = sharpWidth(Math.min(this.shown, most));
    if (this.coming || width <= this.width || this.tries > RETRIES) return;
    this.coming = true;
    const picture = this.newPicture();
    this.next = picture;
    loaded(picture, this.pages.pictureUrl(this.number, width)).then(() => this.swap(picture, width), () => this.failed());
  }

  swap(picture, width) {
    this.picture.replaceWith(picture);
    this.picture = picture;
    this.width = width;
    this.tries = 0;
    this.coming = false;
    this.next = null;
    this.pages.soon();
  }

  /* The server may be busy drawing: ask again a little later, a few times. */
  failed() {
    this.coming = false;
    this.next = null;
    this.tries += 1;
    this.element.dataset.failed = "";
    setTimeout(() => this.pages.soon(), 1000 * this.tries);
  }

  async loadText() {
    const asked = this.pages.asked;
    this.textOf = asked;
    const html = await this.pages.text(this.number);
    if (asked !== this.textOf || html === null) return;
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const layer of this.turned.querySelectorAll("svg")) layer.remove();
    this.turned.append(...template.content.querySelectorAll("svg"));
    this.turned.querySelectorAll(".text-layer").forEach(spread);
    this.pages.dispatchEvent(new CustomEvent("pages:text", { detail: this }));
  }

  remove() {
    this.element.remove();
    if (this.next) callOff(this.next);
  }
}
