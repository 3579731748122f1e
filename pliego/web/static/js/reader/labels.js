/* The numbers printed on the pages, from the runs of pliego/pdf/numbering.py: [[first page, style, prefix, number], ...].
   The same rules stand there, for addresses and for whoever reads without scripts. */

const ROMAN = Object.entries({ m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 });

function roman(number) {
  let written = "";
  for (const [sign, value] of ROMAN) {
    written += sign.repeat(Math.floor(number / value));
    number %= value;
  }
  return written;
}

function figure(number, style) {
  const cased = (text) => (style === style.toUpperCase() ? text.toUpperCase() : text);
  if ("Rr".includes(style) && style && number <= 4999) return cased(roman(number));
  if ("Aa".includes(style) && style && number <= 208) {
    return cased(String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26)));
  }
  return style ? String(number) : "";
}

export class Labels {
  constructor(runs, count) {
    this.runs = JSON.parse(runs || "[]");
    this.count = count;
  }

  /* What people call a page: the number printed on it, else its place in the file. */
  of(page) {
    const [first, style, prefix, number] = this.runs.findLast((run) => run[0] <= page) ?? [];
    return (first && prefix + figure(number + page - first, style)) || String(page);
  }

  /* The page that somebody means by what they typed; undefined where there is none. */
  page(typed) {
    typed = typed.trim();
    const number = /^#?\d{1,6}$/.test(typed) ? Number(typed.replace("#", "")) : 0;
    const placed = number >= 1 && number <= this.count ? number : undefined;
    if (typed.startsWith("#")) return placed;
    let bearing = this.bearing((label) => label === typed);
    if (!bearing.length) bearing = this.bearing((label) => label.toLowerCase() === typed.toLowerCase());
    if (bearing.length < 2) return bearing[0] ?? placed;
    return bearing.find((page) => this.inMost(page)) ?? placed ?? bearing[0];
  }

  bearing(fits) {
    if (!this.runs.length) return [];
    this.all ??= Array.from({ length: this.count }, (_, at) => this.of(at + 1));
    return this.all.flatMap((label, at) => (fits(label) ? [at + 1] : []));
  }

  /* Whether a page is in the run that makes up more than half of the document. */
  inMost(page) {
    const at = this.runs.findLastIndex((run) => run[0] <= page);
    return at >= 0 && 2 * ((this.runs[at + 1]?.[0] ?? this.count + 1) - this.runs[at][0]) > this.count;
  }
}
