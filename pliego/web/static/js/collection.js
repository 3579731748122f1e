/* The order of a collection by dragging; it is kept at once. Without it, buttons move one document at a time. */

import { letDrag } from "./ordering.js";

class Order extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector("ol");
    for (const grip of this.querySelectorAll("[data-grip]")) grip.hidden = false;
    letDrag(this.list, () => this.keep());
  }

  async keep() {
    const body = new FormData(this.form);
    body.set("do", "order");
    body.set("order", [...this.list.children].map((row) => row.dataset.id).join(" "));
    this.ends();
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "text/plain" } });
      if (!response.ok) throw new Error(response.statusText);
      this.say(this.dataset.kept);
    } catch {
      this.say(this.dataset.failed);
    }
  }

  /* The first goes no further up, the last no further down. */
  ends() {
    const rows = [...this.list.children];
    for (const row of rows) {
      row.querySelector('[value^="up:"]').disabled = row === rows[0];
      row.querySelector('[value^="down:"]').disabled = row === rows.at(-1);
    }
  }

  say(words) {
    this.querySelector('[role="status"]').textContent = words;
  }
}

customElements.define("pliego-order", Order);
