/* What all sending of a PDF by the tus protocol has in common: what is told beforehand, and what is tried again. */

const MEGABYTE = 1024 * 1024;
export const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

/* What can be told before a byte is sent, in one of the words of the page; "" when the file looks right. */
export async function mistakeOf(file, words) {
  if (file.size > Number(words.maxMb) * MEGABYTE) return words.tooLarge;
  const head = await file.slice(0, 1024).text().catch(() => "%PDF-");
  return head.includes("%PDF-") ? "" : words.notPdf;
}

/* Whether a failure may pass by itself: no answer, a locked upload, a server that stumbled (but not a full one). */
export function mayPass(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 423 || (status >= 500 && status !== 507);
}
