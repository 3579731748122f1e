/* The list of what this browser has shared without an account, for the page "My files", which has only this to go by. */

const KEY = "pliego-shared";

/* Put a document or a collection on it: its name, its page and its manage link. */
export function list(one) {
  try {
    const known = JSON.parse(localStorage.getItem(KEY)) ?? [];
    const others = known.filter((each) => each.manage !== one.manage);
    localStorage.setItem(KEY, JSON.stringify([one, ...others].slice(0, 200)));
  } catch {
    /* not listed: the links still stand on the page */
  }
}

/* A page that shows the manage link of a collection lists it. */
class Listed extends HTMLElement {
  connectedCallback() {
    const { name, page, manage } = this.dataset;
    list({ name, page, manage });
  }
}

customElements.define("pliego-listed", Listed);
