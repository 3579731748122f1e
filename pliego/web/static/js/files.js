/* The file manager with a mouse: choosing a run with Shift, dragging onto a folder, renaming in place. Forms do the rest. */

class Files extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#change");
    if (!this.form) return;
    this.boxes = [...this.form.querySelectorAll('input[name="id"]')];
    this.total = this.part("count").textContent;
    this.form.addEventListener("click", (event) => this.click(event));
    this.form.addEventListener("change", () => this.count());
    this.drag();
    for (const button of this.form.querySelectorAll('[data-part="rename"]')) {
      button.hidden = false;
      button.addEventListener("click", () => this.rename(button));
    }
    const everyone = this.part("everyone");
    if (everyone) {
      everyone.hidden = false;
      everyone.addEventListener("change", () => this.boxes.forEach((box) => (box.checked = everyone.checked)));
    }
    this.count();
    this.dataset.ready = "";
  }

  part(name) {
    return this.form.querySelector(`[data-part="${name}"]`);
  }

  /* With Shift, all between the last one and this one become as this one is. */
  click(event) {
    const box = event.target.closest('input[name="id"]');
    if (!box) return;
    if (event.shiftKey && this.last) {
      const [from, to] = [this.boxes.indexOf(this.last), this.boxes.indexOf(box)].sort((a, b) => a - b);
      this.boxes.slice(from, to + 1).forEach((each) => (each.checked = box.checked));
    }
    this.last = box;
  }

  count() {
    const chosen = this.boxes.filter((box) => box.checked).length;
    const words = chosen === 1 ? this.dataset.chosenOne : this.dataset.chosen.replace("#", String(chosen));
    this.part("count").textContent = chosen ? words : this.total;
    this.showDeeds(chosen > 0 || Boolean(this.form.elements.all?.checked));
    for (const box of this.boxes) box.closest("[data-id]").toggleAttribute("data-chosen", box.checked);
    const everyone = this.part("everyone");
    if (!everyone) return;
    everyone.checked = chosen > 0 && chosen === this.boxes.length;
    everyone.indeterminate = chosen > 0 && chosen < this.boxes.length;
  }

  /* The list stays where it is under the pointer when what can be done comes to stand above it, or goes. */
  showDeeds(any) {
    const list = this.form.lastElementChild;
    const before = list.getBoundingClientRect().top;
    this.toggleAttribute("data-any", any);
    scrollBy({ top: list.getBoundingClientRect().top - before, behavior: "instant" });
  }

  drag() {
    this.form.addEventListener("dragstart", (event) => {
      const row = event.target.closest?.("[data-id]");
      if (!row) return;
      const box = row.querySelector('input[name="id"]');
      if (!box.checked) this.boxes.forEach((each) => (each.checked = each === box));
      this.count();
      event.dataTransfer.setData("application/x-pliego", row.dataset.id);
      event.dataTransfer.effectAllowed = "move";
    });
    for (const folder of this.querySelectorAll("[data-folder]")) {
      folder.addEventListener("dragover", (event) => {
        if (!event.dataTransfer.types.includes("application/x-pliego")) return;
        event.preventDefault();
        folder.toggleAttribute("data-over", true);
      });
      folder.addEventListener("dragleave", () => folder.removeAttribute("data-over"));
      folder.addEventListener("drop", (event) => {
        event.preventDefault();
        this.form.elements.to_folder.value = folder.dataset.folder;
        this.form.requestSubmit(this.form.querySelector('button[value="move"]'));
      });
    }
  }

  rename(button) {
    const row = button.closest("[data-id]");
    const name = row.querySelector('[data-part="name"]');
    const input = Object.assign(document.createElement("input"), { type: "text", value: name.textContent, maxLength: 300 });
    input.setAttribute("aria-label", button.getAttribute("aria-label"));
    name.hidden = true;
    name.after(input);
    input.focus();
    input.select();
    let done = false;
    const end = async (keep) => {
      if (done) return;
      done = true;
      if (keep && input.value !== name.textContent) await this.send(button.dataset.url, input.value, name);
      const left = document.activeElement !== input && document.activeElement !== document.body;
      input.remove();
      name.hidden = false;
      if (!left) button.focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        end(true);
      }
      if (event.key === "Escape") end(false);
    });
    input.addEventListener("blur", () => end(true));
  }

  async send(url, title, name) {
    const body = new URLSearchParams({ title, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    try {
      const response = await fetch(url, { method: "POST", body, headers: { Accept: "text/plain" } });
      if (!response.ok) throw new Error(response.statusText);
      name.textContent = await response.text();
    } catch {
      this.querySelector(".said").textContent = this.dataset.failed;
    }
  }
}

customElements.define("pliego-files", Files);
