/* The list of what this browser has shared without an account, for the page "My files", which has only this to go by. */

const KEY = "pliego-shared";

function change(make) {
  try {
    const known = JSON.parse(localStorage.getItem(KEY)) ?? [];
    localStorage.setItem(KEY, JSON.stringify(make(known).slice(0, 200)));
  } catch {
    /* not listed: the links still stand on the page */
  }
}

/* Put a document or a collection on it: its name, its page and its manage link. */
export function list(one) {
  change((known) => [one, ...known.filter((each) => each.manage !== one.manage)]);
}

/* A page that shows the manage link of a collection lists it. */
class Listed extends HTMLElement {
  connectedCallback() {
    const { name, page, manage } = this.dataset;
    list({ name, page, manage });
  }
}

/* The owner's page of what belongs to an account takes it off: its manage link is at an end. */
class Claimed extends HTMLElement {
  connectedCallback() {
    change((known) => known.filter((each) => !each.page.includes(`/${this.dataset.id}/`)));
  }
}

customElements.define("pliego-listed", Listed);
customElements.define("pliego-claimed", Claimed);
