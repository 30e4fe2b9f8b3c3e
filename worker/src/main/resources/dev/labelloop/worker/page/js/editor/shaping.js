/** Boxes placed and sized without a pointer: by arrows, by numbers, and a first one in the middle. */
import { move, resize, withNumber, MIN_SIDE, rectOf } from './geometry.js';
import { statusOf } from './model.js';

const FAR = 10; // image pixels of an arrow with shift

const DIRECTIONS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export function createShaping(desk) {
  const { stage, modes, now } = desk;
  const task = () => desk.task();

  function place(rect, run) {
    const box = task().selected;
    if (box) {
      modes.reveal();
      const before = statusOf(box);
      const result = task().place(now(), rect, run);
      if (desk.refused(result)) {
        return;
      }
      if (before !== statusOf(task().selected)) {
        desk.told(box.id, result);
      }
      if (result.changed) {
        desk.changed({ follow: 'phase' });
      }
    }
  }

  function nudge([dx, dy], step, run) {
    const box = task().selected;
    if (box) {
      place(move(box, dx * step, dy * step, task().state.image), `${run} ${box.id}`);
    }
  }

  /** Alt and an arrow: the right or lower edge goes that way. */
  function size([dx, dy], step, run) {
    const box = task().selected;
    if (box) {
      const handle = dx !== 0 ? 'e' : 's';
      place(resize(box, handle, dx * step, dy * step, task().state.image), `${run} ${box.id}`);
    }
  }

  function giveNumber(field, value) {
    const box = task()?.selected;
    if (box) {
      place(withNumber(rectOf(box), field, value, task().state.image));
      desk.render(); // what was typed may have been out of range
    }
  }

  /** Drawing without a pointer: a box to be moved and sized by arrows and numbers. */
  function boxInTheMiddle() {
    const { image } = task().state;
    const { width, height } = stage.size();
    const from = stage.toImage({ x: width * 0.375, y: height * 0.375 });
    const to = stage.toImage({ x: width * 0.625, y: height * 0.625 });
    const w = Math.max(MIN_SIDE, Math.min(to.x - from.x, image.width));
    const h = Math.max(MIN_SIDE, Math.min(to.y - from.y, image.height));
    const rect = move(
      { x: Math.round(from.x), y: Math.round(from.y), width: Math.round(w), height: Math.round(h) },
      0,
      0,
      image,
    );
    desk.hand.drawn(rect);
    modes.setEditing(true);
  }

  const byArrows = (name, run) =>
    Object.entries(DIRECTIONS).map(([side, direction]) => [
      `${name}.${side}`,
      () => run(direction),
    ]);

  const commands = Object.fromEntries([
    ...byArrows('move', (d) => nudge(d, 1, 'move')),
    ...byArrows('moveFar', (d) => nudge(d, FAR, 'move')),
    ...byArrows('size', (d) => size(d, 1, 'size')),
    ...byArrows('sizeFar', (d) => size(d, FAR, 'size')),
  ]);

  return { commands, giveNumber, boxInTheMiddle };
}
