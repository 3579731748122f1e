/* Files dropped anywhere on the page; while they hang over it, the page says so by its class "dragging". */

export function takeDrops(take) {
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
    take(event.dataTransfer.files);
  });
}
