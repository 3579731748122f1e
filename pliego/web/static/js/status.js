/* While a document is being read: ask how far it is, show it, and load the page anew when there is more to see. */

class Status extends HTMLElement {
  connectedCallback() {
    this.wait = 600;
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
    } catch {
      /* no connection just now: ask again */
    }
    this.timer = setTimeout(() => this.ask(), this.wait);
    this.wait = Math.min(this.wait * 1.25, 5000);
  }

  show(status) {
    const more = status.finished || (status.first_page && !("firstPage" in this.dataset));
    if (more) return location.reload();
    for (const stage of status.stages ?? []) {
      const item = this.querySelector(`[data-stage="${stage.name}"]`);
      if (!item) continue;
      if (item.dataset.state !== stage.state) this.wait = 600;
      item.dataset.state = stage.state;
      item.querySelector("span").textContent = stage.text;
    }
  }
}

customElements.define("pliego-status", Status);
