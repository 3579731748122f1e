/* The pages that are marked on a board turn as another option of the tool tells. */

import { MODELS } from "./board.js";
import { Marks } from "./marks.js";

class Turns extends Marks {
  constructor(board) {
    super(board);
    const turn = () => (board.dataset.turn = board.form.elements[board.field.name.replace(/-.*/, "-turn")].value);
    board.form.addEventListener("change", turn);
    turn();
  }
}

MODELS.turned = Turns;
