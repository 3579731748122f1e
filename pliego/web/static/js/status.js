/* While a document is being read: ask how far it is, show it, and load the page anew when there is more to see. */

import { loadAfresh } from "./afresh.js";

class Status extends HTMLElement {
  connectedCallback() {
    this.wait = 500;
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    let soon = false;
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok) soon = this.show(await answer.json());
    } catch {
      /* no connection just now: ask again */
    }
    this.wait = soon ? 500 : Math.min(this.wait * 1.3, 5000);
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  /* Return whether anything has moved since the last time. */
  show(status) {
    if (status.state === "finished" || this.becameKnown(status)) loadAfresh();
    const progress = this.querySelector("progress");
    const moved = progress.value !== status.pages_read;
    progress.max = status.pages || 1;
    progress.value = status.pages_read;
    this.querySelector("[role=status]").textContent = status.sentence;
    for (const stage of this.querySelectorAll("[data-stage]")) stage.dataset.state = status[stage.dataset.stage];
    return moved;
  }

  /* The facts or the first picture came after this page was made: it has more to show. */
  becameKnown(status) {
    return ["facts", "pictures"].some((name) => {
      const before = this.querySelector(`[data-stage="${name}"]`).dataset.state;
      return before === "pending" && status[name] !== "pending";
    });
  }
}

customElements.define("pliego-status", Status);
