/* Files dropped anywhere on the page; while they hang over it, the page says so by its class "dragging". What can unfold
   folders is given where they may be dropped too (see folders.js). */

export function takeDrops(take, unfold) {
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
    const unfolded = unfold?.(event.dataTransfer);
    if (unfolded) unfolded.then(take);
    else take(event.dataTransfer.files);
  });
}
