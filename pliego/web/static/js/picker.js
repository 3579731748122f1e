/* Pages to choose from by their pictures, beside the field in which they can be typed: "1-3,7". */

const MOST = 400;

/* The pages of "1-3,7" in order; words such as "odd" and what is out of reach are left to the server. */
export function parse(words, pages) {
  const found = [];
  for (const part of words.split(",")) {
    const range = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part);
    if (!range) continue;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    const step = first <= last ? 1 : -1;
    for (let page = first; page !== last + step && found.length < MOST; page += step) {
      if (page >= 1 && page <= pages) found.push(page);
    }
  }
  return found;
}

/* The other way: runs of pages that follow one another become "first-last". */
export function format(list) {
  const runs = [];
  for (const page of list) {
    const run = runs.at(-1);
    if (run && page === run[1] + 1) run[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

export class Picker {
  constructor(field, thumbs, pages, label) {
    this.field = field;
    this.pages = Math.min(pages, MOST);
    this.ordered = field.dataset.pages === "order";
    this.box = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = label;
    this.grid = document.createElement("div");
    this.grid.className = "picker";
    this.box.append(summary, this.grid);
    this.box.addEventListener("toggle", () => this.box.open && !this.grid.children.length && this.fill(thumbs));
    this.take = () => this.read();
    field.addEventListener("input", this.take);
    field.closest(".field").append(this.box);
    this.box.open = field.required; // pages have to be told: here they are
  }

  remove() {
    this.field.removeEventListener("input", this.take);
    this.box.remove();
  }

  fill(thumbs) {
    for (let page = 1; page <= this.pages; page += 1) {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: page });
      const image = Object.assign(document.createElement("img"), { alt: "", loading: "lazy", width: 100, height: 133 });
      image.src = thumbs.replace("{n}", page);
      label.append(image, box, String(page));
      box.addEventListener("change", () => this.write(page, box.checked));
      this.grid.append(label);
    }
    this.read();
  }

  read() {
    const chosen = new Set(parse(this.field.value, this.pages));
    for (const box of this.grid.querySelectorAll("input")) box.checked = chosen.has(Number(box.value));
  }

  /* Where the order matters a page goes to the end, as it was clicked. */
  write(page, chosen) {
    const others = parse(this.field.value, this.pages).filter((each) => each !== page);
    const list = chosen ? [...others, page] : others;
    this.field.value = format(this.ordered ? list : list.sort((a, b) => a - b));
  }
}
