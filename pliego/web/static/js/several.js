/* The files of a tool that takes several, put in order by dragging. */

import { letDrag } from "./ordering.js";

customElements.whenDefined("pliego-tool").then(() => {
  const tool = document.querySelector("pliego-tool");
  letDrag(tool.list, (from, to) => tool.move(from, to));
});
