/**
 * The box editor: one image at a time, in an element of the page. It knows boxes and no server; what a
 * person does comes out as an answer.
 *
 * @typedef {object} Editor
 * @property {(view: object, how?: {picture?: Promise<HTMLImageElement>, draft?: object|null}) => Promise<void>} open
 * @property {() => object} answer  outcome, boxes or queries, timing; as it would be sent now
 * @property {() => string|null} canFinish  null, or what is still to be done
 * @property {() => object|null} draft  all that is needed to go on later; plain JSON
 * @property {(event: KeyboardEvent) => boolean} key  whether the key did something
 * @property {(action: string) => void} act
 * @property {() => void} close  shows no image
 * @property {() => void} dispose
 */
import { el } from '../dom.js';
import { createBar } from './bar.js';
import { createCard } from './card.js';
import { createCommands } from './commands.js';
import { createDesk } from './desk.js';
import { createDrawer } from './drawer.js';
import { createCaps } from './keys.js';
import { actionOf, chordOf } from './keymap.js';
import { createList } from './list.js';
import { createNotice } from './notice.js';
import { openBoxes } from './model.js';
import { createPanel } from './panel.js';
import { createPointer } from './pointer.js';
import { createStage } from './stage.js';
import { isTyping, keepsKey } from './focus.js';

/** Held down, these go on; a verdict is one press. */
const REPEATS = /^(move|moveFar|size|sizeFar|zoomIn|zoomOut|next|previous|undo|redo)(\.|$)/;

/**
 * @param {HTMLElement} host
 * @param {object} how
 * @param {Function} how.strings translator of i18n.js, with the strings of `review`
 * @param {object} how.keys of keys.js
 * @param {(answer: object) => void} how.onFinish the image is answered (or skipped)
 * @param {() => void} [how.onChange] a draft is worth saving
 * @param {(event: {kind: string, box: number|null}) => void} [how.onEvent]
 * @param {(() => void)|null} [how.onBack] goes to the image before, if there is one: `canGoBack()`
 * @param {() => boolean} [how.canGoBack]
 * @returns {Editor}
 */
export function createEditor(host, how) {
  const { strings: t, keys } = how;
  const caps = createCaps(t, keys);
  const notice = createNotice();
  const stage = createStage({
    label: t('stage.label'),
    covered: notice.covers,
    onSettled: () => desk.lookNow(),
  });
  const act = (action) => perform(action);
  const card = createCard({
    t,
    caps,
    act,
    onClass: (c) => use.giveClass(c),
    onNumber: (f, v) => use.giveNumber(f, v),
  });
  const list = createList({ t, onSelect: (id) => desk.select(id) });
  const drawer = createDrawer(t, host, list.element.id);
  const bar = createBar({ t, caps, act, drawer });
  const panel = createPanel({ t, caps, act, card, list });
  const desk = createDesk({ ...how, t, stage, notice, card, list, bar, panel, caps, act });
  const use = createCommands(desk);
  createPointer(stage, desk.hand);

  const well = el('div', { class: 'well' }, stage.element, notice.banner, notice.line);
  host.classList.add('editor');
  host.append(bar.element, well, panel.element);

  function perform(action) {
    if (
      desk.task() ||
      action === 'help' ||
      action === 'settings' ||
      (action === 'skip' && desk.view())
    ) {
      use.commands[action]();
      how.onEvent?.({ kind: action, box: desk.task()?.selected?.proposal ?? null });
    } else {
      notice.say(t('say.notReady'));
    }
  }

  function key(event) {
    if (
      event.defaultPrevented ||
      isTyping(event.target) ||
      document.querySelector('dialog[open]')
    ) {
      return false;
    }
    if (event.key === 'Escape') {
      return desk.modes.escape();
    }
    const action = actionOf(keys.map(), chordOf(event));
    if (action === null || keepsKey(event, action, stage.element, desk)) {
      return false;
    }
    event.preventDefault();
    if (action === 'pan') {
      desk.modes.setPanning(true);
    } else if (!event.repeat || REPEATS.test(action)) {
      perform(action);
    }
    return true;
  }

  function released(event) {
    if (actionOf(keys.map(), chordOf(event)) === 'pan') {
      desk.modes.setPanning(false);
    }
  }

  /** A pointer's click on a button leaves the keyboard on the picture, where the next key belongs. */
  host.addEventListener(
    'mousedown',
    (event) => event.target.closest('button') && event.preventDefault(),
  );

  const leaving = new AbortController();
  const { signal } = leaving;
  document.addEventListener('keyup', released, { signal });
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'wheel']) {
    document.addEventListener(name, () => desk.touch(), { signal, passive: true, capture: true });
  }
  globalThis.addEventListener('blur', () => desk.modes.setPanning(false), { signal });

  return {
    open: desk.open,
    close: desk.close,
    act,
    key,
    answer: () => desk.task().answer(performance.now()),
    draft: () => desk.task()?.draft(performance.now()) ?? null,
    canFinish() {
      const task = desk.task();
      const open = task ? openBoxes(task.state).length : 0;
      return task === null ? t('say.notReady') : open > 0 ? t('say.open', { n: open }) : null;
    },
    panel,
    dispose() {
      leaving.abort();
      stage.dispose();
      host.replaceChildren();
    },
  };
}
