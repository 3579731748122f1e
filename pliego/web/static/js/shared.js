/* What this browser has shared without an account: the list is kept here and nowhere else (see upload.js). */

const KEY = "pliego-shared";

class Shared extends HTMLElement {
  connectedCallback() {
    const shared = this.read();
    if (!shared.length) return;
    this.hidden = false;
    this.parentElement.querySelector(".nothing").hidden = true;
    for (const each of shared) this.querySelector("ul").append(this.row(each));
    this.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(KEY);
      this.remove();
    });
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? [];
    } catch {
      return [];
    }
  }

  row({ name, page, manage }) {
    const row = this.querySelector("template").content.cloneNode(true);
    const [link, key] = [row.querySelector('[data-part="page"]'), row.querySelector('[data-part="manage"]')];
    link.textContent = name;
    link.href = page;
    key.href = manage;
    return row;
  }
}

customElements.define("pliego-shared", Shared);
