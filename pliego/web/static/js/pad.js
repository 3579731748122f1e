/* A sheet to draw a signature on, beside the field that takes a picture of one. What is drawn becomes the chosen file:
   black on nothing, as large as the ink. Without it a picture is chosen, or words are the signature. */

const EDGE = 8;

class Pad extends HTMLElement {
  /* `tool` makes the button and has the words. */
  show(tool) {
    const field = document.getElementById(this.dataset.field);
    this.field = field;
    this.canvas = Object.assign(document.createElement("canvas"), { className: "pad", width: 1200, height: 400 });
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", tool.dataset.draw);
    this.pen = this.canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(this.pen, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    const bar = Object.assign(document.createElement("div"), { className: "pad-bar" });
    const how = Object.assign(document.createElement("span"), { className: "hint", textContent: tool.dataset.draw });
    this.wiper = tool.button("x", tool.dataset.wipe, false, () => this.wipe());
    bar.append(how, this.wiper);
    this.append(this.canvas, bar);
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    field.addEventListener("change", (event) => event.isTrusted && this.clear()); // a picture was chosen instead
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.canvas.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.point(event);
    this.stroke(this.last);
  }

  go(event) {
    if (!this.last) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) this.stroke(this.point(each));
  }

  stroke(to) {
    this.pen.beginPath();
    this.pen.moveTo(...this.last);
    this.pen.lineTo(...to);
    this.pen.stroke();
    this.last = to;
  }

  end() {
    if (!this.last) return;
    this.last = null;
    this.wiper.disabled = false;
    const inked = this.inked();
    this.ink = inked.toDataURL();
    inked.toBlob((blob) => this.choose([new File([blob], "signature.png", { type: "image/png" })]));
  }

  choose(files) {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    this.field.files = chosen.files;
  }

  clear() {
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.ink = "";
    this.wiper.disabled = true;
  }

  wipe() {
    this.clear();
    this.choose([]);
    this.field.focus();
  }

  /* The part of the sheet that has ink. */
  inked() {
    const { width, height } = this.canvas;
    const { data } = this.pen.getImageData(0, 0, width, height);
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let at = 3; at < data.length; at += 4) {
      if (!data[at]) continue;
      const [x, y] = [((at - 3) / 4) % width, Math.floor((at - 3) / 4 / width)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
    const part = Object.assign(document.createElement("canvas"), {
      width: right - left + 2 * EDGE, height: bottom - top + 2 * EDGE,
    });
    part.getContext("2d").drawImage(this.canvas, EDGE - left, EDGE - top);
    return part;
  }
}

customElements.define("pliego-pad", Pad);
