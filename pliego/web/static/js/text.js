/* The reading text: how its type is set, kept on this device, and the page that somebody has come to. */

class Type extends HTMLElement {
  connectedCallback() {
    const chosen = new Set((document.documentElement.dataset.type ?? "").split(" "));
    for (const radio of this.querySelectorAll("input")) if (radio.value && chosen.has(radio.value)) radio.checked = true;
    this.addEventListener("change", () => this.keep());
  }

  keep() {
    const words = [...this.querySelectorAll("input:checked")].map((radio) => radio.value).filter(Boolean).join(" ");
    document.documentElement.dataset.type = words;
    try {
      localStorage.setItem("pliego-type", words);
    } catch {
      /* not kept: it holds for this page */
    }
  }
}

customElements.define("pliego-type", Type);

const flow = document.querySelector(".flow");
const passed = new IntersectionObserver((entries) => {
  const mark = entries.findLast((entry) => entry.isIntersecting)?.target;
  if (!mark) return;
  try {
    const place = { page: Number(mark.id.slice(5)), at: Date.now() };
    localStorage.setItem(`pliego-place:${flow.dataset.document}`, JSON.stringify(place));
  } catch {
    /* nothing is remembered */
  }
});
for (const mark of flow?.querySelectorAll(".page-mark") ?? []) passed.observe(mark);
