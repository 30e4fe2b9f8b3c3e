/** Which boxes were on the screen, large enough to be seen, since the image opened. A set of ids. */
import { openBoxes, order } from './model.js';
import { isVisible } from './viewport.js';

/** Adds the boxes that can be seen now to `seen`, and returns those that are new. */
export function look(seen, state, view, stage) {
  const fresh = state.boxes.filter((box) => !seen.has(box.id) && isVisible(box, view, stage));
  fresh.forEach((box) => seen.add(box.id));
  return fresh;
}

/** Ids of boxes without a verdict that nobody can have seen, the least certain first. */
export function unseen(seen, state) {
  const open = new Set(openBoxes(state).map((box) => box.id));
  return order(state).filter((id) => open.has(id) && !seen.has(id));
}
