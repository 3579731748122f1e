/* A dropped folder stands for the PDFs in it, and in its folders. */

const PDF_NAME = /^[^.].*\.pdf$/i;

/* What was dropped, once its folders are unfolded; null where there is none among it. */
export function unfold(dropped) {
  const entries = Array.from(dropped.items, (item) => item.webkitGetAsEntry?.()); // gone after the event
  return entries.some((entry) => entry?.isDirectory) ? unfolded([...dropped.files], entries) : null;
}

/* The files with those of the folders among them, as a list such as an input takes. A folder that holds no PDF
   stays in it: as a file that cannot be read. */
async function unfolded(files, entries) {
  const all = new DataTransfer();
  for (const [place, file] of files.entries()) {
    const found = entries[place]?.isDirectory ? await within(entries[place]) : [];
    for (const each of found.length ? found : [file]) all.items.add(each);
  }
  return all.files;
}

/* What a folder holds, by name; what cannot be read in it is left out. */
async function within(folder) {
  const asked = (ask) => new Promise((resolve) => ask(resolve, () => resolve(null)));
  const reader = folder.createReader();
  const entries = [];
  for (let some; (some = await asked((...ends) => reader.readEntries(...ends)))?.length; ) entries.push(...some); // by the hundred
  entries.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
  const files = [];
  for (const entry of entries) {
    if (entry.isDirectory) files.push(...(await within(entry)));
    else if (PDF_NAME.test(entry.name)) files.push(await asked((...ends) => entry.file(...ends)));
  }
  return files.filter(Boolean);
}
