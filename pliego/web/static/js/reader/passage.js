/* Selected words: copy them as running text, with a citation, or as a link that opens this page with them lit.
   The server makes citation and link: GET .../quote?p=PAGE&text=WORDS[&end=LAST WORDS], answered as JSON
   { citation, address }. */

const SETTLED = 200;
const LONG = 600; // characters: of a longer passage the beginning and the end are sent, which must not overlap

/* Lines as running text: a word broken at a line end is joined again, other line ends are spaces. */
function running(text) {
  return text.replace(/(\p{L})[-\u00ad\u2010]\s*\n\s*(?=\p{Ll})/gu, "$1").replace(/\s+/g, " ").trim();
}

class Passage extends HTMLElement {
  connectedCallback() {
    this.reader = this.closest("pliego-reader");
    this.pages = this.reader.pages;
    document.addEventListener("selectionchange", () => this.soon());
    document.addEventListener("copy", (event) => this.copied(event));
    this.pages.addEventListener("scroll", () => (this.hidden = true), { passive: true });
    this.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    this.addEventListener("click", (event) => this.clicked(event));
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), SETTLED);
  }

  /* The selection, if it is one of words on the pages: { text, page, range }, else null. */
  selected() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const leaf = this.leafOf(range.startContainer);
    const text = running(String(selection));
    return leaf && this.leafOf(range.endContainer) && text ? { text, page: Number(leaf.dataset.page), range } : null;
  }

  leafOf(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element.closest(".pages") && element.closest(".leaf");
  }

  show() {
    if (this.contains(document.activeElement)) return;
    const selected = this.selected();
    this.hidden = !selected;
    if (selected) this.place(selected.range);
  }

  /* Below the last line that is selected, where a phone's own menu is not; above it where there is no room below. */
  place(range) {
    const room = this.parentElement.getBoundingClientRect();
    const lines = [...range.getClientRects()].filter((line) => line.width > 1);
    const last = lines.at(-1) ?? range.getBoundingClientRect();
    const below = last.bottom - room.top + 10;
    const top = below + this.offsetHeight < room.height ? below : Math.max(8, lines[0].top - room.top - this.offsetHeight - 10);
    const left = last.left + last.width / 2 - room.left - this.offsetWidth / 2;
    this.style.top = `${top}px`;
    this.style.left = `${Math.min(Math.max(8, left), Math.max(8, room.width - this.offsetWidth - 8))}px`;
  }

  copied(event) {
    const selected = this.selected();
    if (!selected || event.target.closest?.("input, textarea")) return;
    event.clipboardData.setData("text/plain", selected.text);
    event.preventDefault();
  }

  async clicked(event) {
    const take = event.target.closest("[data-take]")?.dataset.take;
    const selected = this.selected();
    if (!take || !selected) return;
    const done = await this.put(take === "copy" ? Promise.resolve(selected.text) : this.quoted(selected, take));
    this.reader.status.textContent = done ? this.dataset.done : this.dataset.failed;
    this.hidden = done;
  }

  async quoted({ text, page }, what) {
    const long = text.length > LONG;
    const query = new URLSearchParams({ p: page, text: long ? text.slice(0, LONG / 2) : text });
    if (long) query.set("end", text.slice(-LONG / 2));
    const answer = await fetch(`${this.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`quote: ${answer.status}`);
    return (await answer.json())[what];
  }

  /* Put words into the clipboard that may still be on their way. Without https only the old command works. */
  async put(words) {
    try {
      if (navigator.clipboard?.write && window.ClipboardItem) {
        const blob = words.then((text) => new Blob([text], { type: "text/plain" }));
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
        return true;
      }
      return this.putTheOldWay(await words);
    } catch {
      return false;
    }
  }

  putTheOldWay(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    this.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

customElements.define("pliego-passage", Passage);
