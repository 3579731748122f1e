/* Another file for a document goes by the tus protocol: with its progress, and on by itself when the line drops. */

import { takeDrops } from "./dropping.js";
import { unfold } from "./folders.js";
import { RETRIES, fetchEarly, mayPass, mistakeOf, tusFrom } from "./sending.js";

class Replace extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form.elements.file;
    this.sending = this.form.querySelector(".sending");
    this.input.addEventListener("change", () => this.chosen());
    takeDrops((files) => {
      this.input.files = files;
      this.chosen();
    }, unfold);
    this.chosen(); // a browser that goes back to the page gives the file back
    fetchEarly(this, this.dataset.tus);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.input.files[0]);
    });
  }

  /* Name the file that will be sent: the browser's own face of the field is not seen. */
  chosen() {
    const name = this.input.files[0]?.name ?? "";
    const said = this.form.querySelector(".chosen");
    said.textContent = name;
    said.hidden = !name;
    this.form.querySelector(".hint").hidden = Boolean(name);
    this.sending.hidden = true;
  }

  say(words) {
    this.sending.hidden = false;
    this.sending.querySelector("p").textContent = words;
  }

  async send(file) {
    const words = this.dataset;
    const mistake = await mistakeOf(file, words);
    if (mistake) return this.fail(mistake);
    this.busy(true);
    this.say(words.sending);
    const tus = await tusFrom(words.tus).catch(() => null);
    if (!tus) return this.fail(words.failed);
    const upload = new tus.Upload(file, {
      endpoint: words.endpoint,
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name },
      onProgress: (sent, total) => this.progress(sent, total),
      onShouldRetry: (error) => this.again(error),
      onError: (error) => this.fail(/^error: \S+ (.+)/.exec(error.originalResponse?.getBody() ?? "")?.[1] ?? words.failed),
      onSuccess: () => location.assign(`${this.form.action}?done`),
    });
    /* The endpoint is the document's own: what is found is another begin with the same file for it. */
    const earlier = await upload.findPreviousUploads().catch(() => []);
    if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
    upload.start();
  }

  busy(busy) {
    this.form.querySelector("button").disabled = busy;
    this.sending.querySelector("progress").hidden = !busy;
    this.sending.querySelector("p").classList.toggle("errors", !busy);
  }

  progress(sent, total) {
    this.sending.querySelector("progress").value = sent / total;
    this.say(sent < total ? this.dataset.sending : this.dataset.checking);
  }

  again(error) {
    const passes = mayPass(error);
    if (passes) this.say(this.dataset.resuming);
    return passes;
  }

  fail(sentence) {
    this.busy(false);
    this.say(`${sentence} ${this.dataset.stays}`);
  }
}

customElements.define("pliego-replace", Replace);
