/* Files dropped anywhere on the page; while they hang over it, the page says so by its class "dragging". A folder stands
   for the files in it, and in its folders, whose names are wanted. */

export function takeDrops(take, wanted = /^[^.]/) {
  const root = document.documentElement;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    root.classList.add("dragging");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) root.classList.remove("dragging");
  });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    root.classList.remove("dragging");
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry?.()); // gone after the event
    if (entries.some((entry) => entry?.isDirectory)) unfolded([...event.dataTransfer.files], entries, wanted).then(take);
    else take(event.dataTransfer.files);
  });
}

/* The files with those of the folders among them, as a list such as an input takes. A folder that holds nothing wanted
   stays in it: as a file that cannot be read. */
async function unfolded(files, entries, wanted) {
  const all = new DataTransfer();
  for (const [place, file] of files.entries()) {
    const found = entries[place]?.isDirectory ? await within(entries[place], wanted) : [];
    for (const each of found.length ? found : [file]) all.items.add(each);
  }
  return all.files;
}

/* What a folder holds, by name; what cannot be read in it is left out. */
async function within(folder, wanted) {
  const asked = (ask) => new Promise((resolve) => ask(resolve, () => resolve(null)));
  const reader = folder.createReader();
  const entries = [];
  for (let some; (some = await asked((...ends) => reader.readEntries(...ends)))?.length; ) entries.push(...some); // by the hundred
  entries.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
  const files = [];
  for (const entry of entries) {
    if (entry.isDirectory) files.push(...(await within(entry, wanted)));
    else if (wanted.test(entry.name)) files.push(await asked((...ends) => entry.file(...ends)));
  }
  return files.filter(Boolean);
}
