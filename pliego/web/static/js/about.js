/* What only the page of a document has: the place where reading stopped, the short link. */

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

customElements.define("pliego-short", Short);
customElements.define("pliego-resume", Resume);
