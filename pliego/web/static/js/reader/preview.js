/* The first pages on the page of a document: once one is looked at, its links come, and every word to its place. */

import { spread } from "./spread.js";

const GLANCE = 400; // milliseconds in which somebody only scrolls past

class Preview extends HTMLElement {
  connectedCallback() {
    this.waiting = new Map();
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.look(entry)), { threshold: 0.2 });
    for (const leaf of this.querySelectorAll(".leaf")) this.seen.observe(leaf);
  }

  disconnectedCallback() {
    this.seen.disconnect();
    for (const timer of this.waiting.values()) clearTimeout(timer);
  }

  look({ target, isIntersecting }) {
    clearTimeout(this.waiting.get(target));
    if (isIntersecting) this.waiting.set(target, setTimeout(() => this.fetch(target), GLANCE));
  }

  async fetch(leaf) {
    this.seen.unobserve(leaf);
    const answer = await fetch(`${this.dataset.pages}p/${leaf.dataset.page}.html?preview`).catch(() => null);
    if (!answer?.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    if (leaf.contains(getSelection().anchorNode)) return; // somebody is marking words
    for (const layer of leaf.querySelectorAll("svg")) layer.remove();
    leaf.querySelector(".turned").append(...template.content.querySelectorAll("svg"));
    leaf.querySelectorAll(".text-layer").forEach(spread);
  }
}

customElements.define("pliego-preview", Preview);
