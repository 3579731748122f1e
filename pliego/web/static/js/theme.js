/* Runs before the first paint: the stored theme and the mark that scripts work, so that nothing jumps later. */
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("pliego-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    /* storage is switched off: the system's theme it is */
  }
})();
