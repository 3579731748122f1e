/* Load the page anew, for there is more to see, and give the focus back to what has it: to the heading if that is gone. */

const KEY = "pliego-focus";

export function loadAfresh() {
  const has = document.activeElement;
  try {
    if (has && has !== document.body) sessionStorage.setItem(KEY, JSON.stringify([location.href, ...signOf(has)]));
  } catch {
    /* not kept: the page begins anew */
  }
  location.reload();
}

/* What an element can be known by on the page as it will be, and which of those that are alike it is. */
function signOf(element) {
  const told = ["id", "href", "name", "value", "aria-label"].filter((name) => element.hasAttribute(name)).slice(0, 2);
  const signs = told.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  const sign = `${element.localName}${signs.join("")}`;
  return [sign, [...document.querySelectorAll(sign)].indexOf(element)];
}

function giveBack() {
  const [address, sign, place] = JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  sessionStorage.removeItem(KEY);
  if (address !== location.href) return;
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  (document.querySelectorAll(sign)[place] ?? heading).focus({ preventScroll: true });
}

try {
  giveBack();
} catch {
  /* nothing was kept, or the page has no heading */
}
