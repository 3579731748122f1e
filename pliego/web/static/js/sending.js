/* What all sending of a PDF by the tus protocol has in common: what is told beforehand, and what is tried again. */

const MEGABYTE = 1024 * 1024;
export const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

let library = null;

/* tus-js-client, fetched once somebody is about to send: most who open the page never do. A later try fetches it anew. */
export function tusFrom(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(globalThis.tus);
    script.onerror = () => {
      library = null;
      script.remove();
      reject(new Error(address));
    };
    script.src = address;
    document.head.append(script);
  });
  return library;
}

/* Fetch it as soon as something comes near the place for files. */
export function fetchEarly(place, address) {
  const fetch = () => tusFrom(address).catch(() => {}); // the sending itself tells what is wrong
  for (const sign of ["pointerenter", "focusin", "change"]) place.addEventListener(sign, fetch, { once: true });
  addEventListener("dragenter", fetch, { once: true });
}

/* What can be told before a byte is sent, in one of the words of the page; "" when the file looks right. */
export async function mistakeOf(file, words) {
  if (file.size > Number(words.maxMb) * MEGABYTE) return words.tooLarge;
  const head = await file.slice(0, 1024).text().catch(() => null);
  if (head === null) return words.unreadable;
  return head.includes("%PDF-") ? "" : words.notPdf;
}

/* Whether a failure may pass by itself: no answer, a locked upload, a server that stumbled (but not a full one). */
export function mayPass(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 423 || (status >= 500 && status !== 507);
}
