/**
 * The desk: the open image, and everything that shows it. Every change of the task ends in
 * `changed()`, which brings stage, card, list and buttons up to date.
 */
import { snap, snapMove, move, resize, tidy, rectOf } from './geometry.js';
import { showHelp } from './help.js';
import { order } from './model.js';
import { loaded, previewUrl } from './picture.js';
import { asking } from './question.js';
import { context } from './queries.js';
import { describe, describeAll } from './sentences.js';
import { openSettings } from './settings.js';
import { askReason } from './skip.js';
import { createSketch } from './sketch.js';
import { Task } from './task.js';
import { SELECT, finished, isComplete, isDrawing, preview, withPoint } from './tools.js';
import { isVisible, toScreen } from './viewport.js';

/** Edges this near to the image's border, in screen pixels, are put onto it. */
const SNAP = 6;

/** A box whose longer side has so many screen pixels is looked at where it is. */
const COMFORT = 72;

/** A second undo within this time goes back to the image before. */
const BACK_MS = 4_000;

export function createDesk(parts) {
  const { t, stage, notice, card, list, bar, panel, keys, caps, act, onFinish } = parts;
  const { onChange = () => {}, onBack = null, canGoBack = () => onBack !== null } = parts;
  const sketch = createSketch(stage.sketch);
  let task = null;
  let ready = false;
  let editing = false;
  let hidden = false;
  let panning = false;
  let pulled = null; // rectangle of the selected box during a drag
  let zoomEvent = -Infinity;
  let backAsked = -Infinity;
  let said = null;

  const now = () => performance.now();
  const classes = stage.element.classList;

  async function open(view, { picture = loaded(previewUrl(view)), draft = null } = {}) {
    reset();
    const opening = { view };
    current = opening;
    const shown = await stage.picture.open(view, picture).catch((error) => {
      if (current === opening) {
        notice.say(t('say.noPicture', { error: error.message }), 'bad');
      }
      return false;
    });
    if (!shown || current !== opening) {
      return;
    }
    task = new Task(view, { now: now(), openedAt: new Date().toISOString(), draft });
    ready = true;
    begin();
  }
  let current = null;

  function begin() {
    stage.begin(task.view, task.queries ? context(task.view) : []);
    classes.remove('loading');
    list.clear();
    render();
    if (task.selected && task.phase === 'judge') {
      stage.focusOn(task.selected, { atOnce: true });
    } else {
      stage.fit({ atOnce: true });
    }
    greet();
    focusStage();
  }

  function greet() {
    const { selected, phase } = task;
    if (selected && phase === 'judge') {
      notice.speak(name(selected.id));
    }
  }

  function reset() {
    task = null;
    ready = false;
    pulled = null;
    editing = false;
    said = null;
    backAsked = -Infinity;
    classes.remove('editing', 'drawing');
    classes.add('loading');
    notice.quiet();
    notice.ask(null);
    sketch.clear();
    setHidden(false);
  }

  function close() {
    reset();
    current = null;
    stage.picture.clear();
    stage.shapes.clear();
    stage.select(null);
    list.clear();
  }

  function name(id) {
    return id === null ? '' : describe(t, task.state, id);
  }

  /** Brings everything up to date. `follow`: to the selected `box`, or what the `phase` asks for. */
  function changed({ follow = null, said: tell = false } = {}) {
    const before = said;
    render();
    if (editing && task.selected?.id !== editing) {
      setEditing(false);
    }
    if (task.phase !== 'judge' && before !== task.phase && follow) {
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
    stage.shapes.show(task.state, describeAll(t, task.state));
    stage.shapes.fitWords(stage.view().scale);
    stage.select(isDrawing(task.tool) || hidden ? null : task.selected && shownRect());
    stage.element.classList.toggle('passing', task.phase === 'pass');
    card.show(task.state, task.drawClass);
    list.show(task.state);
    panel.show(task);
    bar.show({ tool: task.tool.name, hidden, queries: task.queries, canUndo: task.history.past.length > 0, canRedo: task.history.future.length > 0 });
    notice.ask(...asking({ t, task, caps, act }));
    said = task.phase;
  }

  const shownRect = () => pulled ?? rectOf(task.selected);

  /** Goes to the selected box unless it can be looked at where it is. */
  function comfort() {
    const box = task.selected;
    if (!box) {
      return;
    }
    const shown = toScreen(stage.view(), box);
    const roomy = Math.max(shown.width, shown.height) >= COMFORT;
    if (!(roomy && isVisible(box, stage.view(), stage.size()) && stage.isStill())) {
      stage.focusOn(box);
    }
  }

  /** Keeps the keyboard on the picture: on the selected box, if it was there or nowhere. */
  function focusStage() {
    const active = document.activeElement;
    if (active === document.body || active === null || stage.element.contains(active)) {
      (stage.shapes.element(task.state.selected) ?? stage.element).focus({ preventScroll: true });
    }
  }

  function select(id) {
    task.select(id);
    changed({ follow: 'box', said: true });
  }

  function told(id, { changed: did, hasty }) {
    const known = task.state.boxes.some((box) => box.id === id);
    notice.say(known ? name(id) : t('say.deleted'));
    if (did && hasty) {
      notice.say(t('say.hasty'), 'warn');
    }
  }

  function settled() {
    lookNow();
  }

  function lookNow() {
    if (ready && !hidden && stage.isStill()) {
      task.look(now(), stage.view(), stage.size());
    }
  }

  /** A zoom or pan by the person; many in a row are one event. */
  function zoomed(run = () => {}) {
    run();
    if (ready && now() - zoomEvent > 500) {
      task.zoomed(now());
    }
    zoomEvent = now();
  }

  function setTool(tool) {
    const { points } = tool;
    task.take(now(), tool);
    editing = false;
    reveal();
    classes.toggle('drawing', isDrawing(tool));
    classes.remove('editing');
    sketch.show(stage.view(), points, null);
    changed();
  }

  function drawn(rect) {
    const result = task.draw(now(), rect);
    setTool(SELECT);
    told(task.state.selected, result);
    changed();
    focusStage();
  }

  function drawPoint(point) {
    const { image } = task.state;
    const tool = withPoint(task.tool, point, image);
    if (!isComplete(tool)) {
      task.tool = tool;
      sketch.show(stage.view(), tool.points, null);
      notice.ask(...asking({ t, task, caps, act }));
      return;
    }
    const rect = finished(tool, image, SNAP / stage.view().scale);
    task.tool = { ...tool, points: [] };
    if (rect) {
      drawn(rect);
    } else {
      sketch.clear();
      notice.say(t('say.tooSmall'), 'warn');
    }
  }

  function setEditing(on) {
    if (on && !task.selected) {
      notice.say(t('say.noSelection'));
      return;
    }
    editing = on ? task.selected.id : false;
    classes.toggle('editing', on);
    if (on) {
      stage.focusOn(task.selected);
      notice.say(t('say.editing', { box: name(editing) }));
    } else {
      notice.say(t('say.edited'));
    }
    render();
  }

  function setHidden(on) {
    hidden = on;
    classes.toggle('hidden-boxes', on);
    if (task) {
      notice.say(t(on ? 'say.hidden' : 'say.shown'));
      render();
    }
  }

  function reveal() {
    if (hidden) {
      setHidden(false);
    }
  }

  function setPanning(on) {
    panning = on;
    classes.toggle('panning', on);
  }

  function escape() {
    if (!ready) {
      return false;
    }
    if (isDrawing(task.tool)) {
      setTool(SELECT);
    } else if (editing) {
      setEditing(false);
    } else if (task.selected && stage.element.contains(document.activeElement)) {
      stage.element.focus();
      return false;
    }
    return true;
  }

  function drag(handle, dx, dy) {
    const box = rectOf(task.selected);
    const { image } = task.state;
    const reach = SNAP / stage.view().scale;
    pulled = handle
      ? snap(resize(box, handle, dx, dy, image), image, reach)
      : snapMove(move(box, dx, dy, image), image, reach);
    classes.add('pulling');
    stage.shapes.preview(task.selected.id, pulled);
    stage.select(pulled);
    card.preview(pulled);
  }

  function drop(keep) {
    const rect = pulled;
    pulled = null;
    classes.remove('pulling');
    sketch.clear();
    if (rect && keep) {
      const box = task.selected;
      const result = task.place(now(), tidy(rect));
      told(box.id, result);
    } else if (rect) {
      stage.shapes.preview(task.selected.id, task.selected);
    }
    if (ready) {
      changed({ follow: 'phase' });
    }
  }

  const hand = {
    took: () => ready && focusStage(),
    tool: () => task?.tool ?? SELECT,
    boxes: () => (ready && !hidden ? task.state.boxes : []),
    selected: () => (ready && !hidden ? task.selected : null),
    mayDrag: (type) => type !== 'touch' || editing !== false,
    isPanning: () => panning || !ready,
    click: (id) => ready && (id === null ? stage.element.focus() : select(id)),
    hover(point) {
      if (ready && isDrawing(task.tool)) {
        sketch.show(stage.view(), task.tool.points, preview(task.tool, point, task.state.image), point);
      }
    },
    drag,
    dragEnd: () => drop(true),
    dragCancel: () => drop(false),
    drawPoint,
    drawMove: (point) => hand.hover(point),
    zoomed: () => zoomed(),
  };

  /** A dialog takes the keyboard, and gives it back. */
  async function modal(run) {
    const result = await run();
    if (ready) {
      focusStage();
    }
    return result;
  }

  return {
    t,
    stage,
    notice,
    hand,
    open,
    close,
    task: () => task,
    isReady: () => ready,
    isOpen: () => current !== null,
    touch: () => task?.touch(now()),
    changed,
    told,
    name,
    select,
    settled,
    lookNow,
    zoomed,
    setTool,
    drawn,
    isEditing: () => editing !== false,
    setEditing,
    isHidden: () => hidden,
    setHidden,
    reveal,
    setPanning,
    escape,
    modal,
    atLast: () => !ready || order(task.state).at(-1) === task.state.selected,
    atFirst: () => !ready || order(task.state)[0] === task.state.selected,
    finish: onFinish,
    canGoBack,
    wantsBack: () => {
      const wants = canGoBack() && now() - backAsked < BACK_MS;
      backAsked = now();
      return wants;
    },
    back: () => onBack(),
    async skip() {
      const skipped = current;
      const reason = await modal(() => askReason(t));
      if (reason !== null && current === skipped) {
        onFinish((task ?? new Task(skipped.view, { now: now(), openedAt: new Date().toISOString() })).skipped(now(), reason));
      }
    },
    async help() {
      if ((await modal(() => showHelp(t, keys.map()))) === 'settings') {
        await modal(() => openSettings({ t, keys }));
      }
    },
    settings: () => modal(() => openSettings({ t, keys })),
  };
}
