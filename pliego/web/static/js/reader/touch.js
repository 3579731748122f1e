/* Fingers on the pages: pinch to zoom, swipe and tap to turn where one page is shown at a time. */

const SWIPE = 60; // CSS pixels
const SIDE = 0.22; // of the width: a tap there turns the page
const TAP_TIME = 300;

function point(finger) {
  return { x: finger.clientX, y: finger.clientY };
}

class Touch extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.pages = this.querySelector("pliego-pages");
    for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
      this.pages.addEventListener(type, (event) => this[type](event), { passive: false });
    }
    this.pages.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  touchstart(event) {
    this.begun = event.touches.length === 1 ? { at: event.timeStamp, ...point(event.touches[0]) } : null;
    if (event.touches.length === 2) this.beginPinch(event);
  }

  touchmove(event) {
    if (!this.pinch || event.touches.length !== 2) return;
    event.preventDefault();
    this.factor = this.spread(event.touches).far / this.pinch.far;
    this.pages.sheets.style.transform = `scale(${this.factor})`;
  }

  touchend(event) {
    if (this.pinch) this.endPinch();
    else if (this.begun && !event.target.closest("a")) this.lifted(this.begun, { at: event.timeStamp, ...point(event.changedTouches[0]) });
    this.begun = null;
  }

  touchcancel() {
    if (this.pinch) this.endPinch();
    this.begun = null;
  }

  /* Distance of two fingers, and their middle in the window of the pages. */
  spread([one, other]) {
    const [a, b] = [point(one), point(other)];
    const box = this.pages.getBoundingClientRect();
    return { far: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2 - box.left, y: (a.y + b.y) / 2 - box.top };
  }

  beginPinch(event) {
    event.preventDefault();
    this.pinch = this.spread(event.touches);
    const { sheets, scrollLeft, scrollTop } = this.pages;
    sheets.style.transformOrigin = `${scrollLeft + this.pinch.x}px ${scrollTop + this.pinch.y}px`;
  }

  endPinch() {
    const { x, y } = this.pinch;
    this.pinch = null;
    this.pages.sheets.style.transform = "";
    if (this.factor && Math.abs(this.factor - 1) > 0.03) this.pages.zoomAt(this.factor, x, y);
    this.factor = null;
  }

  /* One finger came and went: a swipe, a tap, or nothing of the kind. */
  lifted(from, to) {
    if (this.reader.view === "continuous" || this.zoomed() || String(getSelection())) return;
    const [x, y] = [to.x - from.x, to.y - from.y];
    const forward = this.reader.dataset.direction === "rtl" ? -1 : 1;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) this.pages.step(x * forward < 0 ? 1 : -1);
    else if (Math.hypot(x, y) < 10 && to.at - from.at < TAP_TIME) this.tapped(to.x, forward);
  }

  tapped(x, forward) {
    const box = this.pages.getBoundingClientRect();
    const at = (x - box.left) / box.width;
    if (at < SIDE) this.pages.step(-forward);
    if (at > 1 - SIDE) this.pages.step(forward);
  }

  /* Whether the page is wider than the window: a finger then moves it. */
  zoomed() {
    return this.pages.scrollWidth > this.pages.clientWidth + 2;
  }

  /* A trackpad's pinch comes as a wheel with the control key. */
  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = this.pages.getBoundingClientRect();
    this.pages.zoomAt(Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
  }
}

customElements.define("pliego-touch", Touch);
