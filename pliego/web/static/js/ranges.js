/* Pages as people write them, read and written as pliego/pdf/ranges.py does: "1-3, 7, odd, last". */

const MOST = 20000;
const FEW = 6; /* so many pages are written one by one, where "odd" would say the same */

export class Ranges {
  /* `words`: what stands for all, odd, even and the last pages, apart by "|": first as it is written, then all others. */
  constructor(words, count) {
    this.count = count;
    [this.all, this.odd, this.even, this.last] = words.split("|").map((names) => names.split(" "));
  }

  /* A list of pages for each part; what is not understood or out of reach is left to the server. */
  parts(words) {
    const dashed = words.toLowerCase().replace(/\s*[-\u2010-\u2015\u2212]\s*/g, "-");
    return dashed.split(/[\s,;]+/).map((part) => this.part(part)).filter((pages) => pages.length);
  }

  part(words) {
    if (this.all.includes(words)) return this.run(1, this.count);
    if (this.odd.includes(words)) return this.run(1, this.count, 2);
    if (this.even.includes(words)) return this.run(2, this.count, 2);
    const ends = words.split("-");
    if (ends.length > 2 || !ends.some(Boolean)) return [];
    return this.run(this.number(ends[0] || "1"), this.number(ends.at(-1) || this.last[0]));
  }

  number(words) {
    return this.last.includes(words) ? this.count : /^\d{1,9}$/.test(words) ? Number(words) : NaN;
  }

  run(first, last, step = first <= last ? 1 : -1) {
    const pages = [];
    if (!(first >= 1 && last >= 1)) return pages;
    const [from, to] = [first, last].map((end) => Math.min(end, this.count + 1));
    for (let page = from; (to - page) * step >= 0 && pages.length < MOST; page += step) {
      if (page <= this.count) pages.push(page);
    }
    return pages;
  }

  /* The other way, as short as can be: runs become "first-last", upwards or downwards. */
  write(pages) {
    const same = (other) => pages.length === other.length && pages.every((page, at) => page === other[at]);
    if (same(this.run(1, this.count))) return this.all[0];
    if (pages.length > FEW && same(this.part(this.odd[0]))) return this.odd[0];
    if (pages.length > FEW && same(this.part(this.even[0]))) return this.even[0];
    return runs(pages).map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(",");
  }
}

function runs(pages) {
  const found = [];
  for (let at = 0; at < pages.length; at += 1) {
    let end = at;
    const step = pages[at + 1] - pages[at];
    if (Math.abs(step) === 1) while (pages[end + 1] - pages[end] === step) end += 1;
    if (step === -1 && end === at + 1) end = at; // two pages that change places are easier to read apart
    found.push([pages[at], pages[end]]);
    at = end;
  }
  return found;
}
