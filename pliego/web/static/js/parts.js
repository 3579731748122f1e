/* The small parts of every page: theme switch, copy button, the share sheet of a phone. */

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

/* What has popped up closes when the focus goes elsewhere, or it would lie over what has it. */
document.addEventListener("focusin", ({ target }) => {
  const open = document.querySelector(":popover-open");
  if (open && !open.contains(target) && target.popoverTargetElement !== open) open.hidePopover();
});

customElements.define("pliego-theme", Theme);
customElements.define("pliego-copy", Copy);
customElements.define("pliego-share", Share);
