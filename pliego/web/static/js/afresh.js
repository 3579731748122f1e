/* Load the page anew, for there is more to see, and leave all as it was: what was unfolded and what was typed, the lines
   before the eyes, and the focus, which goes to the heading if that is gone. */

const KEY = "pliego-afresh";
const TYPED = "main :is(input:not([type=password], [type=file], [type=hidden], [type=checkbox], [type=radio]), textarea)";
const MARKS = "main :is([id], h2, h3, summary)";

let anew = false; /* this page is being loaded anew */

export function loadAfresh() {
  anew = true;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(left()));
    history.scrollRestoration = "manual";
  } catch {
    /* not kept: the page begins anew */
  }
  location.reload();
}

function left() {
  const has = document.activeElement;
  const changed = [...document.querySelectorAll(TYPED)].filter((field) => field.value !== field.defaultValue);
  return {
    focus: has && has !== document.body ? signOf(has) : null,
    unfolded: [...document.querySelectorAll("main details")].map((each) => [...signOf(each.firstElementChild), each.open]),
    typed: changed.map((field) => [...signOf(field), field.value]),
    marks: scrollY ? marks() : [],
    from: scrollY,
  };
}

/* Whether it stands beside what scrolls: its place tells nothing of how far that has gone. */
function standsBeside(element) {
  const beside = element.closest(".margin");
  return beside !== null && getComputedStyle(beside).position === "sticky";
}

/* What is nearest to the upper edge of the window, and how far from it; several, for what is done may be gone. */
function marks() {
  const above = (element) => element.getBoundingClientRect().top;
  const seen = [...document.querySelectorAll(MARKS)].filter((each) => each.getClientRects().length && !standsBeside(each));
  const nearest = seen.sort((one, other) => Math.abs(above(one)) - Math.abs(above(other))).slice(0, 20);
  return nearest.map((each) => [...signOf(each), above(each)]);
}

/* What an element can be known by on the page as it will be, and which of those that are alike it is. */
function signOf(element) {
  const told = ["id", "href", "name", "value", "aria-label"].filter((name) => element.hasAttribute(name)).slice(0, 2);
  const signs = told.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  const sign = `${element.localName}${signs.join("")}`;
  return [sign, alike(sign, element).indexOf(element), element.localName === "summary" ? element.textContent : ""];
}

/* Those that match; of headings that unfold, the ones that say the same. */
function alike(sign, { textContent }) {
  const found = [...document.querySelectorAll(sign)];
  return sign === "summary" ? found.filter((each) => each.textContent === textContent) : found;
}

function found([sign, place, textContent]) {
  return alike(sign, { textContent })[place];
}

function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY));
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  // Only when it is left for another page: the browser would still go to where it was itself.
  addEventListener("pagehide", () => (history.scrollRestoration = anew ? "manual" : "auto"));
  if (performance.getEntriesByType("navigation")[0].type !== "reload") return; // its address may be another by now
  for (const [sign, place, words, open] of kept.unfolded) {
    const summary = found([sign, place, words]);
    if (summary) summary.parentElement.open = open;
  }
  for (const [sign, place, words, value] of kept.typed) {
    const field = found([sign, place, words]);
    if (field) field.value = value;
  }
  const mark = kept.marks.find(found);
  const top = mark ? scrollY + found(mark).getBoundingClientRect().top - mark[3] : kept.from;
  scrollTo({ top, behavior: "instant" });
  if (kept.focus) focusOn(found(kept.focus));
}

function focusOn(element) {
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  (element ?? heading).focus({ preventScroll: true });
}

try {
  giveBack();
} catch {
  /* nothing was kept, or the page has no heading */
}
