/* The letters of a text layer, spread over the words of the picture in Firefox: it takes textLength of a whole <text> only. */

const NEEDED = CSS.supports("-moz-orient", "inline");

export function spread(layer) {
  if (!NEEDED) return;
  const stretches = [...layer.querySelectorAll("tspan")];
  const missing = stretches.map((each) => each.textLength.baseVal.value - each.getComputedTextLength());
  for (const [at, each] of stretches.entries()) {
    each.style.letterSpacing = `${missing[at] / each.getNumberOfChars()}px`;
  }
}

for (const layer of document.querySelectorAll(".text-layer")) spread(layer);
