/**
 * What each action of the keymap does. An action is the same by key, button or menu.
 *
 * @param {object} desk the open image and what shows it, see editor.js
 * @returns {Object<string, () => void>} by name of the action
 */
import { chooseClass } from './classmenu.js';
import { NUMBERED } from './card.js';
import { createShaping } from './shaping.js';
import { SELECT, DRAG, EXTREME, isDrawing, withoutPoint } from './tools.js';

const ZOOM = 1.3;

export function createCommands(desk) {
  const { t, stage, notice, modes, ways, now } = desk;
  const task = () => desk.task();
  const shaping = createShaping(desk);

  /** A verdict on the selected box; then the next box without one has its turn. */
  function judge(verdict) {
    const before = task().selected;
    if (!before) {
      notice.say(t('say.noSelection'));
      return;
    }
    const goesOn = before.verdict === 'open' || verdict !== relabelled;
    modes.reveal();
    const result = verdict(now());
    if (desk.refused(result)) {
      return;
    }
    desk.told(before.id, result);
    const moved = goesOn && task().advance();
    desk.changed({ follow: moved ? 'box' : 'phase' });
    if (task().phase === 'done' && !result.hasty) {
      ways.finish(); // the last question has its answer: there is nothing else to ask
    }
  }

  /** Editing a box whose place is certain is giving it another class. */
  function edit() {
    if (task().isCertain('geometry')) {
      classMenu();
    } else {
      modes.setEditing(!modes.isEditing());
    }
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

  function travel(way, nothing) {
    if (isDrawing(task().tool) && task().tool.points.length > 0) {
      modes.setTool(withoutPoint(task().tool));
      return;
    }
    if (!way(now()).changed) {
      nothing();
      return;
    }
    modes.reveal();
    notice.say(t('say.undone', { box: desk.name(task().state.selected) }));
    desk.changed({ follow: 'box' });
  }

  function forward() {
    if (modes.isEditing()) {
      modes.setEditing(false);
      return;
    }
    if (isDrawing(task().tool)) {
      shaping.boxInTheMiddle();
      return;
    }
    desk.lookNow();
    const step = task().forward(now());
    if (step.kind === 'finish') {
      ways.finish();
      return;
    }
    warn(step.hasty);
    if (step.kind !== 'pass') {
      notice.say(t(`say.${step.kind}`, step), step.kind === 'soon' ? 'plain' : 'warn');
    }
    desk.changed({ follow: step.kind === 'unseen' || step.kind === 'asked' ? 'box' : 'phase' });
  }

  function warn(hasty) {
    if (hasty) {
      notice.say(t('say.hasty'), 'warn');
    }
  }

  function noObjects() {
    if (task().phase === 'pass' && task().state.boxes.every((box) => box.verdict === 'rejected')) {
      forward();
      return;
    }
    modes.reveal();
    const { hasty } = task().noObjects(now());
    notice.say(t('say.noObjects'));
    warn(hasty);
    desk.changed({ follow: 'phase' });
  }

  function toggleTool(tool) {
    modes.setTool(task().tool.name === tool.name ? SELECT : tool);
  }

  function looked(run) {
    run();
    desk.zoomed();
  }

  function step(by) {
    task().step(by);
    desk.changed({ follow: 'box', tell: true });
  }

  async function classMenu() {
    const { classes } = task().state;
    const chosen = task().selected?.class ?? task().drawClass;
    giveClass(await ways.modal(() => chooseClass({ t, classes, chosen })));
  }

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
    edit,
    next: () => step(1),
    previous: () => step(-1),
    finish: forward,
    skip: () => ways.skip(),
    undo: () => travel((at) => task().undo(at), ways.back),
    redo: () =>
      travel(
        (at) => task().redo(at),
        () => notice.say(t('say.nothingToRedo')),
      ),
    classMenu,
    ...Object.fromEntries(byNumber),
    ...shaping.commands,
    fit: () => looked(() => stage.fit()),
    zoomIn: () => looked(() => stage.zoom(ZOOM)),
    zoomOut: () => looked(() => stage.zoom(1 / ZOOM)),
    hide: () => modes.setHidden(!modes.isHidden()),
    help: () => ways.help(),
    settings: () => ways.settings(),
  };

  for (const [name, run] of Object.entries(image)) {
    commands[name] = () => (task().queries ? notice.say(t('say.notAsked')) : run());
  }

  return {
    commands,
    giveClass,
    giveNumber: shaping.giveNumber,
  };
}
