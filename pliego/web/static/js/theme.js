/* Runs before the first paint, so that nothing jumps later: the stored theme, the mark that scripts work, and whether the
   reader will show this document in another way than the plain one, and how the reading text is set. */
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("pliego-theme");
    if (["light", "sepia", "dark", "night"].includes(theme)) root.dataset.theme = theme;
    root.dataset.type = localStorage.getItem("pliego-type") ?? "";
    const read = /^\/d\/(\w+)\/[^/]+\/p\//.exec(location.pathname);
    if (read && localStorage.getItem(`pliego-shape:${read[1]}`)) root.dataset.shaped = "";
  } catch {
    /* storage is switched off: the system's theme it is */
  }
})();
