/* What this browser has shared without an account: the list is kept here and nowhere else (see listed.js). With an
   account all of it can be put in there. */

const KEY = "pliego-shared";

class Shared extends HTMLElement {
  connectedCallback() {
    const shared = this.read();
    if (!shared.length) return;
    this.hidden = false;
    const nothing = this.parentElement.querySelector(".nothing");
    if (nothing) nothing.hidden = true;
    for (const each of shared) this.querySelector("ul").append(this.row(each));
    const forget = this.querySelector('[data-part="forget"]');
    const words = forget.textContent;
    forget.addEventListener("click", () => {
      const gone = this.toggleAttribute("data-gone"); // what is forgotten by mistake would be lost
      if (gone) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(shared));
      forget.textContent = gone ? this.dataset.undo : words;
    });
    const claim = this.querySelector('[data-part="claim"]');
    claim?.addEventListener("click", () => {
      claim.disabled = true;
      this.claim(shared).finally(() => location.reload());
    });
  }

  /* One after the other: open its manage link, which gives the key, and put it in. What is gone leaves the list too. */
  async claim(shared) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: document.querySelector('[name="csrfmiddlewaretoken"]').value });
    for (const each of shared) {
      const opened = await fetch(new URL(each.manage).pathname);
      const path = new URL(opened.url).pathname;
      const claimed = path.endsWith("/manage") && (await fetch(path.replace(/manage$/, "claim"), { method: "POST", body }));
      if (claimed?.ok || opened.status === 404) this.forget(each);
    }
  }

  forget(one) {
    localStorage.setItem(KEY, JSON.stringify(this.read().filter((each) => each.manage !== one.manage)));
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
