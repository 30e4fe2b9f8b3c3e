/**
 * What each action of the keymap does. An action is the same by key, button or menu.
 *
 * @param {object} desk the open image and what shows it, see editor.js
 * @returns {Object<string, () => void>} by name of the action
 */
import { chooseClass } from './classmenu.js';
import { NUMBERED } from './card.js';
import { move, resize, withNumber, MIN_SIDE, rectOf } from './geometry.js';
import { SELECT, DRAG, EXTREME, isDrawing, withoutPoint } from './tools.js';

const ZOOM = 1.3;
const FAR = 10; // image pixels of an arrow with shift

const DIRECTIONS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export function createCommands(desk) {
  const { t, stage, notice } = desk;
  const task = () => desk.task();
  const now = () => performance.now();

  /** A verdict on the selected box; then the next box without one has its turn. */
  function judge(verdict) {
    const before = task().selected;
    if (!before) {
      notice.say(t('say.noSelection'));
      return;
    }
    const goesOn = before.verdict === 'open' || verdict !== relabelled;
    desk.reveal();
    const result = verdict(now());
    desk.told(before.id, result);
    const moved = goesOn && task().advance();
    desk.changed({ follow: moved ? 'box' : 'phase' });
  }

  const accepted = (at) => task().accept(at);
  const rejected = (at) => task().reject(at);
  let wantedClass = null;
  const relabelled = (at) => task().relabel(at, wantedClass);

  function giveClass(name) {
    if (!name) {
      return;
    }
    wantedClass = name;
    if (task().selected && !isDrawing(task().tool)) {
      judge(relabelled);
    } else {
      task().drawClass = name;
      notice.say(t('say.drawClass', { class: name }));
      desk.changed();
    }
  }

  function place(rect, run) {
    const box = task().selected;
    if (box) {
      desk.reveal();
      const result = task().place(now(), rect, run);
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

  function travel(way, nothing) {
    if (isDrawing(task().tool) && task().tool.points.length > 0) {
      desk.setTool(withoutPoint(task().tool));
      return;
    }
    const { changed } = way(now());
    if (!changed) {
      nothing();
      return;
    }
    desk.reveal();
    notice.say(t('say.undone', { box: desk.name(task().state.selected) }));
    desk.changed({ follow: 'box' });
  }

  /** Two presses, so that nobody leaves an image by one too many. */
  function nothingToUndo() {
    if (desk.wantsBack()) {
      desk.back();
    } else {
      notice.say(t(desk.canGoBack() ? 'say.undoBack' : 'say.nothingToUndo'));
    }
  }

  function forward() {
    if (desk.isEditing()) {
      desk.setEditing(false);
      return;
    }
    if (isDrawing(task().tool)) {
      boxInTheMiddle();
      return;
    }
    desk.lookNow();
    const step = task().forward(now());
    if (step.kind === 'finish') {
      desk.finish(task().answer(now()));
      return;
    }
    if (step.kind !== 'pass') {
      notice.say(t(`say.${step.kind}`, step), step.kind === 'soon' ? 'plain' : 'warn');
    }
    desk.changed({ follow: step.kind === 'unseen' || step.kind === 'asked' ? 'box' : 'phase' });
  }

  /** Drawing without a pointer: a box to be moved and sized by arrows and numbers. */
  function boxInTheMiddle() {
    const { image } = task().state;
    const { width, height } = stage.size();
    const from = stage.toImage({ x: width * 0.375, y: height * 0.375 });
    const to = stage.toImage({ x: width * 0.625, y: height * 0.625 });
    const w = Math.max(MIN_SIDE, Math.min(to.x - from.x, image.width));
    const h = Math.max(MIN_SIDE, Math.min(to.y - from.y, image.height));
    const rect = move({ x: Math.round(from.x), y: Math.round(from.y), width: Math.round(w), height: Math.round(h) }, 0, 0, image);
    desk.drawn(rect);
    desk.setEditing(true);
  }

  function noObjects() {
    if (task().phase === 'pass' && task().state.boxes.every((box) => box.verdict === 'rejected')) {
      forward();
      return;
    }
    desk.reveal();
    task().noObjects(now());
    notice.say(t('say.noObjects'));
    desk.changed({ follow: 'phase' });
  }

  function toggleTool(tool) {
    desk.setTool(task().tool.name === tool.name ? SELECT : tool);
  }

  function step(by) {
    task().step(by);
    desk.changed({ follow: 'box', said: true });
  }

  async function classMenu() {
    const { classes } = task().state;
    const chosen = task().selected?.class ?? task().drawClass;
    giveClass(await desk.modal(() => chooseClass({ t, classes, chosen })));
  }

  const byArrows = (name, run) =>
    Object.entries(DIRECTIONS).map(([side, direction]) => [`${name}.${side}`, () => run(direction)]);

  const byNumber = Array.from({ length: NUMBERED }, (_, i) => [
    `class.${i + 1}`,
    () => giveClass(task().state.classes[i]),
  ]);

  const image = {
    drawDrag: () => toggleTool(DRAG),
    drawExtreme: () => toggleTool(EXTREME),
    noObjects,
  };

  const commands = {
    accept: () => judge(accepted),
    reject: () => judge(rejected),
    edit: () => desk.setEditing(!desk.isEditing()),
    next: () => step(1),
    previous: () => step(-1),
    finish: forward,
    skip: () => desk.skip(),
    undo: () => travel((at) => task().undo(at), nothingToUndo),
    redo: () => travel((at) => task().redo(at), () => notice.say(t('say.nothingToRedo'))),
    classMenu,
    ...Object.fromEntries(byNumber),
    ...Object.fromEntries(byArrows('move', (d) => nudge(d, 1, 'move'))),
    ...Object.fromEntries(byArrows('moveFar', (d) => nudge(d, FAR, 'move'))),
    ...Object.fromEntries(byArrows('size', (d) => size(d, 1, 'size'))),
    ...Object.fromEntries(byArrows('sizeFar', (d) => size(d, FAR, 'size'))),
    fit: () => desk.zoomed(() => stage.fit()),
    zoomIn: () => desk.zoomed(() => stage.zoom(ZOOM)),
    zoomOut: () => desk.zoomed(() => stage.zoom(1 / ZOOM)),
    hide: () => desk.setHidden(!desk.isHidden()),
    help: () => desk.help(),
    settings: () => desk.settings(),
  };

  for (const [name, run] of Object.entries(image)) {
    commands[name] = () => (task().queries ? notice.say(t('say.notAsked')) : run());
  }

  return {
    commands,
    giveClass,
    giveNumber(field, value) {
      const box = task()?.selected;
      if (box) {
        place(withNumber(rectOf(box), field, value, task().state.image));
        desk.changed();
      }
    },
  };
}
