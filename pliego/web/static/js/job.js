/* A job under way: ask how far it is, show it, and load the page anew when it has ended. */

import { loadAfresh } from "./afresh.js";

class Job extends HTMLElement {
  connectedCallback() {
    this.wait = 400;
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
      else loadAfresh();
    } catch {
      /* no connection just now: ask again */
    }
    this.wait = Math.min(this.wait * 1.2, 3000);
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  show(job) {
    if (!["waiting", "running"].includes(job.state)) loadAfresh();
    this.querySelector(".said").textContent = job.sentence;
    this.querySelector(".percent").textContent = `${job.percent} %`;
    this.querySelector("progress").value = job.percent;
  }
}

customElements.define("pliego-job", Job);
