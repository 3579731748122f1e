/* The small parts of every page: theme switch, copy button, the share sheet of a phone, the place where reading stopped. */


class Theme extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.choose(button.value);
    });
    this.show(document.documentElement.dataset.theme ?? "");
  }

  choose(theme) {
    const root = document.documentElement;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    try {
      if (theme) localStorage.setItem("pliego-theme", theme);
      else localStorage.removeItem("pliego-theme");
    } catch {
      /* not stored: it holds until the next page */
    }
    this.show(theme);
  }

  show(theme) {
    for (const button of this.querySelectorAll("button")) button.ariaPressed = String(button.value === theme);
  }
}

class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => print());
  }
}

class Copy extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    const said = Object.assign(document.createElement("span"), { className: "unseen", role: "status" });
    this.append(said);
    input.addEventListener("focus", () => input.select());
    button.addEventListener("click", async () => {
      await this.copy(input);
      button.textContent = said.textContent = this.dataset.done;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        button.textContent = this.dataset.label;
        said.textContent = "";
      }, 2000);
    });
    this.dataset.label = button.textContent;
  }

  /* The clipboard needs https or localhost; elsewhere the old command still works on the selected text. */
  async copy(input) {
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      input.select();
      document.execCommand("copy");
    }
  }
}

class Share extends HTMLElement {
  connectedCallback() {
    if (!navigator.share) return;
    this.parentElement.hidden = false;
    this.addEventListener("click", () => {
      navigator.share({ title: this.dataset.title, url: this.dataset.url }).catch(() => undefined);
    });
  }
}

/* The short link comes to stand where it was asked for. */
class Short extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" } }).catch(() => null);
      if (!answer?.ok) return form.submit();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      form.replaceWith(document.adoptNode(page.querySelector("main pliego-copy")));
      this.querySelector("input").select();
    });
  }
}

/* The link to the reader leads on from the page where this device stopped. */
class Resume extends HTMLElement {
  connectedCallback() {
    const page = this.place();
    if (!(page > 1) || page > Number(this.dataset.count)) return;
    const link = this.querySelector("a");
    link.href = link.href.replace(/\d+$/, page);
    link.lastElementChild.textContent = this.dataset.words.replace("{number}", page);
  }

  place() {
    try {
      return JSON.parse(localStorage.getItem(`pliego-place:${this.dataset.document}`))?.page;
    } catch {
      return 0;
    }
  }
}

/* What has popped up closes when the focus goes elsewhere, or it would lie over what has it. */
document.addEventListener("focusin", ({ target }) => {
  const open = document.querySelector(":popover-open");
  if (open && !open.contains(target) && target.popoverTargetElement !== open) open.hidePopover();
});

customElements.define("pliego-theme", Theme);
customElements.define("pliego-copy", Copy);
customElements.define("pliego-share", Share);
customElements.define("pliego-short", Short);
customElements.define("pliego-resume", Resume);
customElements.define("pliego-print", Print);
