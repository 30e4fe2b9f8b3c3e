/**
 * The desk: the open image, and everything that shows it. Every change of the task ends in
 * `changed()`, which brings stage, card, list and buttons up to date.
 */
import { rectOf } from './geometry.js';
import { createHand } from './hand.js';
import { createModes } from './modes.js';
import { order } from './model.js';
import { decoded } from '../image.js';
import { previewUrl } from './picture.js';
import { context } from './queries.js';
import { asking, missing } from './question.js';
import { describeAll } from './sentences.js';
import { Task } from './task.js';
import { isDrawing } from './tools.js';
import { isVisible, toScreen } from './viewport.js';
import { createWays } from './ways.js';

/** A box whose longer side has so many screen pixels is looked at where it is. */
const COMFORT = 72;

/** Zooms and pans that follow each other faster than this, in ms, are one event. */
const ONE_ZOOM = 500;

export function createDesk(parts) {
  const { t, stage, notice, card, list, bar, panel, caps, act, onChange = () => {} } = parts;
  let view = null; // of the open image, from when it is asked for
  let task = null; // of the open image, from when its picture is there
  let phase = null; // that was last shown
  let named = { boxes: null, names: new Map() };
  let zoomedAt = -Infinity;

  const now = () => performance.now();
  const startTask = (of, draft = null) =>
    new Task(of, { now: now(), openedAt: new Date().toISOString(), draft });

  async function open(next, { picture = decoded(previewUrl(next)), draft = null } = {}) {
    reset();
    view = next;
    try {
      if ((await stage.picture.open(next, picture)) && view === next) {
        task = startTask(next, draft);
        begin();
      }
    } catch (error) {
      if (view === next) {
        showNone(error.message, () => open(next, { draft }));
      }
    }
  }

  /** There is nothing to judge: the image before, which may still be shown, goes away. */
  function showNone(reason, again) {
    stage.clear();
    stage.setLoading(false);
    list.show({ classes: [], boxes: [], selected: null });
    card.showNone();
    panel.showNone();
    bar.showNone();
    notice.ask('missing', () => missing({ t, reason, again, act }));
  }

  function begin() {
    stage.begin(view, task.queries ? context(view) : []);
    stage.setLoading(false);
    render();
    if (task.selected && task.phase === 'judge') {
      stage.focusOn(task.selected, { atOnce: true });
      notice.speak(name(task.state.selected));
    } else {
      stage.fit({ atOnce: true });
    }
    focusStage();
  }

  function reset() {
    view = null;
    task = null;
    phase = null;
    stage.setLoading(true);
    modes.reset();
    ways.reset();
    hand.reset();
    notice.quiet();
    notice.ask(null);
    list.clear();
  }

  function close() {
    reset();
    stage.clear();
  }

  const name = (id) => names().get(id) ?? '';

  /** Names of the boxes, worked out once for as long as no box changes. */
  function names() {
    if (named.boxes !== task.state.boxes) {
      named = { boxes: task.state.boxes, names: describeAll(t, task.state) };
    }
    return named.names;
  }

  /**
   * Brings everything up to date, and the eye to where it goes on: with `follow`, to the selected `box`
   * or (if nothing is left to judge) to the whole picture. `tell`: says the name of the selected box.
   */
  function changed({ follow = null, tell = false } = {}) {
    const before = phase;
    render();
    modes.endEditingOfAnother();
    if (follow) {
      stage.reveal();
    }
    if (follow && task.phase !== 'judge' && task.phase !== before) {
      stage.fit();
    } else if (follow === 'box') {
      comfort();
      focusStage();
      if (tell || before === task.phase) {
        notice.speak(name(task.state.selected));
      }
    }
    onChange();
  }

  function render() {
    const { past, future } = task.history;
    stage.shapes.show(task.state, names());
    showHandles();
    stage.element.classList.toggle('passing', task.phase === 'pass');
    card.show(task.state, task.drawClass, modes.isEditing());
    list.show(task.state);
    panel.show(task);
    bar.show({
      tool: task.tool.name,
      hidden: modes.isHidden(),
      queries: task.queries,
      canUndo: past.length > 0,
      canRedo: future.length > 0,
    });
    ask();
    phase = task.phase;
  }

  function ask() {
    notice.ask(...asking({ t, task, caps, act }));
  }

  function showHandles() {
    const wanted =
      task.selected && !isDrawing(task.tool) && !modes.isHidden() && !task.isCertain('geometry');
    stage.select(wanted ? (hand.pulled() ?? rectOf(task.selected)) : null);
  }

  /** Goes to the selected box unless it can be looked at where it is. */
  function comfort() {
    const box = task.selected;
    if (!box) {
      return;
    }
    const shown = toScreen(stage.view(), box);
    const roomy = Math.max(shown.width, shown.height) >= COMFORT;
    if (!(roomy && stage.isStill() && isVisible(box, stage.view(), stage.size()))) {
      stage.focusOn(box);
    }
  }

  /** Keeps the keyboard on the picture, at the selected box, unless it is somewhere else. */
  function focusStage() {
    const active = document.activeElement;
    if (active === null || active === document.body || stage.element.contains(active)) {
      const box = stage.shapes.element(task.state.selected);
      (box ?? stage.element).focus({ preventScroll: true });
    }
  }

  function select(id) {
    task.select(id);
    changed({ follow: 'box', tell: true });
  }

  /** Says what became of a box; gently, if it went too fast for a look. */
  function told(id, result) {
    const there = task.state.boxes.some((box) => box.id === id);
    notice.say(there ? name(id) : t('say.deleted'));
    if (result.hasty) {
      notice.say(t('say.hasty'), 'warn');
    }
  }

  /** What is not asked about is certain, and stays as it is. */
  function refused({ certain = null }) {
    if (certain !== null) {
      notice.say(t(`say.certain.${certain}`), 'warn');
      render(); // a number that was typed is put back
    }
    return certain !== null;
  }

  /** Notes which boxes are on the screen now. */
  function lookNow() {
    if (task && !modes.isHidden() && stage.isStill() && stage.isInSight()) {
      task.look(now(), stage.view(), stage.size());
    }
  }

  /** The person zoomed or panned. */
  function zoomed() {
    if (task && now() - zoomedAt > ONE_ZOOM) {
      task.zoomed(now());
    }
    zoomedAt = now();
  }

  const desk = {
    ...parts,
    now,
    open,
    close,
    view: () => view,
    task: () => task,
    startTask,
    changed,
    render,
    ask,
    showHandles,
    focusStage,
    select,
    told,
    refused,
    name,
    lookNow,
    zoomed,
    touch: () => task?.touch(now()),
    atLast: () => !task || order(task.state).at(-1) === task.state.selected,
    atFirst: () => !task || order(task.state)[0] === task.state.selected,
  };
  const modes = createModes(desk);
  const hand = createHand(desk, modes);
  const ways = createWays(desk);
  return Object.assign(desk, { modes, hand, ways });
}
