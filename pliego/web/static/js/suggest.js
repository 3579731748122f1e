/* The search box offers how what is typed may go on: a combobox with a list (WAI-ARIA 1.2). Without it the form works. */

const WAIT = 120;

class Suggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "suggestions", role: "listbox", ariaLabel: this.dataset.list, hidden: true });
    this.append(this.list);
    this.input.role = "combobox";
    this.input.ariaAutoComplete = "list";
    this.input.ariaExpanded = "false";
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("li")));
  }

  later() {
    clearTimeout(this.timer);
    this.typed = this.input.value;
    this.timer = setTimeout(() => this.ask(this.typed.trim()), WAIT);
  }

  async ask(typed) {
    this.asking?.abort();
    if (typed.length < 2) return this.close();
    this.asking = new AbortController();
    try {
      const address = `${this.dataset.url}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json())[1]);
    } catch {
      /* the next letter asks again */
    }
  }

  show(found) {
    this.at = -1;
    this.list.replaceChildren(...found.map((text, at) => this.option(text, at)));
    if (!found.length || document.activeElement !== this.input) return this.close();
    this.list.hidden = false;
    this.input.ariaExpanded = "true";
    this.input.removeAttribute("aria-activedescendant");
  }

  option(text, at) {
    const option = document.createElement("li");
    Object.assign(option, { id: `suggestion-${at}`, role: "option", ariaSelected: "false", dir: "auto", textContent: text });
    return option;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.hidden) this.ask(this.input.value.trim());
    else if (step) this.move(step);
    else if (event.key === "Escape" && !this.list.hidden) this.restore();
    else return;
    event.preventDefault();
  }

  /* From the box itself through the list and back to the box. */
  move(step) {
    const count = this.list.children.length + 1;
    this.at = ((this.at + 1 + step + count) % count) - 1;
    for (const [at, option] of [...this.list.children].entries()) option.ariaSelected = String(at === this.at);
    const option = this.list.children[this.at];
    this.input.value = option?.textContent ?? this.typed;
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  restore() {
    this.input.value = this.typed;
    this.close();
  }

  take(option) {
    if (!option) return;
    this.input.value = option.textContent;
    this.close();
    this.input.form.requestSubmit();
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("pliego-suggest", Suggest);
