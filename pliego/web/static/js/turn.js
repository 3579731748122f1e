/* Arrow keys turn the page, unless somebody is typing. In a right-to-left page the arrows change sides. */
const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, summary, [contenteditable]")) return;
  const rel = { [forward]: "next", [back]: "prev" }[event.key];
  document.querySelector(`a[rel~="${rel}"]`)?.click();
});
