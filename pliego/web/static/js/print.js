/* A button that prints the page. */

class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => print());
  }
}

customElements.define("pliego-print", Print);
