/* Sharing: drop, paste or choose; every file goes by the tus protocol, resumes by itself and shows its links at once. */

import { takeDrops } from "./dropping.js";
import { unfold } from "./folders.js";
import { list } from "./listed.js";
import { RETRIES, fetchEarly, mayPass, mistakeOf, tusFrom } from "./sending.js";

const AT_ONCE = 2;
const FEW = 4; // of which each comes into sight while it is sent; of more, their number tells how far they are

/* The links of an upload under way, kept so that a resumed upload can still show its manage link. */
const kept = {
  key: (file) => `pliego-links:${file.name}:${file.size}:${file.lastModified}`,
  read(file) {
    try {
      return JSON.parse(localStorage.getItem(this.key(file)));
    } catch {
      return null;
    }
  },
  write(file, links) {
    try {
      localStorage.setItem(this.key(file), JSON.stringify(links));
    } catch {
      /* not kept: the links still stand on the page */
    }
  },
  forget(file) {
    try {
      localStorage.removeItem(this.key(file));
    } catch {
      /* nothing was kept */
    }
  },
};

/* Files on their way from this page: the same file once more begins an upload of its own, or both would write one. */
const underWay = new Set();

/* The same of a new upload, of which another tab may have sent a piece: a replacement knows other conflicts. */
const mayPassHere = (error) => mayPass(error) || error.originalResponse?.getStatus() === 409;

/* A full disk does not pass by itself, but somebody may try again later without choosing the file anew. */
const isFull = (error) => error.originalResponse?.getStatus() === 507;

/* One file on its way: its row on the page and its tus upload. */
class Sending {
  constructor(home, file, privacy) {
    this.home = home;
    this.file = file;
    this.privacy = privacy;
    this.row = home.newRow(file.name);
    this.done = new Promise((resolve) => (this.finish = resolve));
    this.part("again").addEventListener("click", () => this.retry());
  }

  part(name) {
    return this.row.querySelector(`[data-part="${name}"]`);
  }

  say(words) {
    this.part("stage").textContent = words;
  }

  async start() {
    const words = this.home.dataset;
    const mistake = this.file.size === 0 ? words.empty : await mistakeOf(this.file, words);
    if (mistake) return this.fail(mistake, false);
    this.say(words.sending);
    const tus = await tusFrom(words.tus).catch(() => null);
    if (!tus) return this.fail(words.failed, true);
    this.upload = new tus.Upload(this.file, {
      endpoint: words.endpoint,
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      metadata: { filename: this.file.name, privacy: this.privacy },
      onProgress: (sent, total) => this.progress(sent, total),
      onAfterResponse: (_request, response) => this.read(response),
      onShouldRetry: (error) => this.again(error),
      onError: (error) => this.fail(this.sentence(error), mayPassHere(error) || isFull(error)),
      onSuccess: () => this.succeed(),
    });
    await this.resume();
    this.upload.start();
  }

  /* Goes on with an upload of the same file that an earlier page began. */
  async resume() {
    const key = kept.key(this.file);
    if (underWay.has(key)) return;
    underWay.add(key);
    this.done.then(() => underWay.delete(key));
    const earlier = await this.upload.findPreviousUploads().catch(() => []);
    const links = kept.read(this.file);
    if (!earlier.length || !links) return;
    this.upload.resumeFromPreviousUpload(earlier[0]);
    this.show(links);
  }

  progress(sent, total) {
    this.part("progress").value = sent / total;
    this.part("percent").textContent = this.home.percent.format(Math.floor((sent / total) * 100) / 100);
    this.say(sent < total ? this.home.dataset.sending : this.home.dataset.checking);
  }

  read(response) {
    const page = response.getHeader("Pliego-Page");
    const manage = response.getHeader("Pliego-Manage");
    const twin = response.getHeader("Pliego-Duplicate");
    /* Only the first answer names the manage link, and none does to somebody with an account. */
    if (page && (manage || !kept.read(this.file))) {
      kept.write(this.file, { page, manage });
      if (manage) list({ name: this.file.name, page, manage });
      this.show({ page, manage });
    }
    if (twin) {
      this.part("twin-link").href = twin;
      this.part("twin").hidden = false;
    }
  }

  show({ page, manage }) {
    this.part("page").value = page;
    this.part("manage").value = manage ?? "";
    this.part("manage-field").hidden = !manage;
    this.part("open").href = page;
    if (!this.part("links").hidden) return;
    this.part("links").hidden = false;
    this.home.bring(this.row);
  }

  again(error) {
    if (!mayPassHere(error)) return false;
    this.say(this.home.dataset.resuming);
    return true;
  }

  /* The server answers with "error: CODE sentence"; without an answer the connection is the reason. */
  sentence(error) {
    const body = error.originalResponse?.getBody() ?? "";
    return /^error: \S+ (.+)/.exec(body)?.[1] ?? this.home.dataset.failed;
  }

  fail(sentence, retry) {
    this.row.dataset.state = "failed";
    this.say(sentence);
    this.part("stage").classList.add("errors");
    for (const name of ["progress", "percent", "links"]) this.part(name).hidden = true;
    this.part("again").hidden = !retry;
    if (retry) addEventListener("online", () => this.retry(), { once: true });
    else kept.forget(this.file);
    this.home.count();
    this.finish();
  }

  retry() {
    if (this.row.dataset.state !== "failed") return;
    delete this.row.dataset.state;
    for (const name of ["progress", "percent"]) this.part(name).hidden = false;
    this.part("links").hidden = !this.part("page").value;
    if (this.part("again") === document.activeElement) this.row.focus();
    this.part("again").hidden = true;
    this.part("stage").classList.remove("errors");
    this.say(this.home.dataset.resuming);
    this.home.count();
    if (this.upload) this.upload.start();
    else this.start();
  }

  succeed() {
    kept.forget(this.file);
    this.row.dataset.state = "done";
    this.part("progress").hidden = true;
    this.part("percent").hidden = true;
    this.say(this.home.dataset.received);
    this.part("open").hidden = false;
    this.home.gather(this.privacy);
    this.home.count();
    this.finish();
  }
}

class Uploads extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    if (!this.dataset.endpoint) return; // the plain form stays
    fetchEarly(this, this.dataset.tus);
    this.percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    this.number = new Intl.NumberFormat(document.documentElement.lang);
    this.waiting = [];
    this.sending = 0;
    this.dataset.ready = "";
    this.input.required = false;
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.listen();
  }

  listen() {
    takeDrops((files) => this.take(files), unfold);
    addEventListener("paste", (event) => this.take(event.clipboardData?.files ?? []));
    addEventListener("beforeunload", (event) => {
      if (this.sending) event.preventDefault();
    });
  }

  take(files) {
    const privacy = new FormData(this.form).get("privacy") ?? "public";
    this.taken = (this.taken ?? 0) + files.length;
    this.waiting.push(...Array.from(files, (file) => new Sending(this, file, privacy)));
    this.input.value = "";
    this.count();
    if (this.taken > FEW) this.querySelector(".sum").scrollIntoView({ block: "nearest" });
    this.next();
  }

  /* How many of several have arrived, and how many could not be shared. */
  count() {
    const [all, done, failed] = ["", '[data-state="done"]', '[data-state="failed"]'].map(
      (state) => this.querySelectorAll(`.sent > li${state}`).length,
    );
    const sum = this.querySelector(".sum");
    sum.hidden = all < 2;
    sum.querySelector("progress").value = (done + failed) / all;
    const words = this.dataset.arrived.replace("#", this.number.format(done)).replace("#", this.number.format(all));
    const not = failed ? ` · ${this.dataset.notShared.replace("#", this.number.format(failed))}` : "";
    sum.querySelector("p").textContent = words + not;
  }

  /* Show a row where there are few; to follow each of many would keep the page from whoever reads it. */
  bring(row) {
    if (this.taken <= FEW) row.scrollIntoView({ block: "nearest" });
  }

  async next() {
    if (this.sending >= AT_ONCE || !this.waiting.length) return;
    const sending = this.waiting.shift();
    this.sending += 1;
    this.next();
    sending.start();
    await sending.done;
    this.sending -= 1;
    if (this.taken === 1 && sending.row.dataset.state === "done") {
      location.assign(new URL(sending.part("open").href).pathname); // on this host, which keeps who owns it
    }
    this.next();
  }

  /* Two files or more that have arrived can be put together: named by their manage links, or by their pages. */
  gather(privacy) {
    const rows = [...this.querySelectorAll('.sent > [data-state="done"]')];
    const named = rows.map((row) => ["manage", "page"].map((part) => row.querySelector(`[data-part="${part}"]`).value));
    const form = this.querySelector(".gather");
    form.hidden = rows.length < 2 || (privacy === "private" && named.some(([manage]) => manage)); // nobody could see it
    form.elements.documents.value = named.map(([manage, page]) => manage || page).join("\n");
    form.elements.privacy.value = privacy;
  }

  newRow(name) {
    const row = this.querySelector("template").content.cloneNode(true).firstElementChild;
    row.tabIndex = -1;
    row.querySelector('[data-part="name"]').textContent = name;
    row.querySelector('[data-part="stage"]').textContent = this.dataset.waiting;
    this.querySelector(".sent").append(row);
    requestAnimationFrame(() => this.bring(row));
    return row;
  }
}

customElements.define("pliego-upload", Uploads);
