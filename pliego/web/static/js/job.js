/* A job under way: ask how far it is, show it with the time it has taken, and load the page anew when it has ended. */

import { loadAfresh } from "./afresh.js";

const STILL = 3000;
/* Milliseconds after which a figure that does not move needs a word. */

class Job extends HTMLElement {
  connectedCallback() {
    this.wait = 400;
    this.percent = -1;
    this.keepTime(Number(this.querySelector(".since").dataset.seconds));
    this.clock = setInterval(() => this.tick(), 1000);
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    clearInterval(this.clock);
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
    this.write(".said", job.sentence);
    this.querySelector(".percent").textContent = `${job.percent} %`;
    this.querySelector("progress").value = job.percent;
    if (job.percent !== this.percent) this.moved = performance.now();
    this.percent = job.percent;
    this.running = job.state === "running";
    this.keepTime(job.seconds);
  }

  keepTime(seconds) {
    this.begun = performance.now() - seconds * 1000;
    this.tick();
  }

  tick() {
    const seconds = Math.floor((performance.now() - this.begun) / 1000);
    this.querySelector(".since").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const still = this.running && performance.now() - this.moved > STILL;
    this.querySelector(".bar").classList.toggle("still", still);
    this.write(".slow", still ? this.dataset.slow : "");
  }

  /* What is said aloud is written only when it is something else. */
  write(part, words) {
    const place = this.querySelector(part);
    if (place.textContent !== words) place.textContent = words;
  }
}

customElements.define("pliego-job", Job);
