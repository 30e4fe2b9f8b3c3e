/** The tools beside the picture: drawing, undo, zoom, and the drawer of the boxes. */
import { el } from '../dom.js';
import { icon } from './icons.js';

const TOOLS = [
  ['drawDrag', 'drawExtreme'],
  ['undo', 'redo'],
  ['fit', 'zoomIn', 'zoomOut', 'hide'],
];

/** @param {{t: Function, caps: object, act: (action: string) => void, drawer: HTMLElement}} how */
export function createBar({ t, caps, act, drawer }) {
  const buttons = new Map();

  function button(action) {
    const name = t(`do.${action}`);
    const made = el(
      'button',
      {
        type: 'button',
        class: 'quiet icon tool',
        aria: { label: name },
        onclick: () => act(action),
      },
      icon(action),
    );
    buttons.set(action, caps.keyed(made, action, name));
    return made;
  }

  const groups = TOOLS.map((actions) => el('div', { class: 'tool-group' }, actions.map(button)));
  const element = el(
    'div',
    { class: 'bar', role: 'toolbar', aria: { label: t('bar.label') } },
    groups,
    el('div', { class: 'tool-group for-list' }, drawer),
  );
  buttons.set('list', drawer);
  element.addEventListener('keydown', walk);

  /** One stop for the tabulator; arrows go from button to button, as toolbars do. */
  function walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = [...buttons.values()].filter((b) => b.getClientRects().length > 0);
    const at = all.indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      all[(at + step + all.length) % all.length].focus();
    }
  }

  function rove(to) {
    buttons.forEach((b) => (b.tabIndex = b === to ? 0 : -1));
  }

  element.addEventListener('focusin', (event) => rove(event.target.closest('button')));
  rove(buttons.get('drawDrag'));

  /** @param {{tool: string, hidden: boolean, canUndo: boolean, canRedo: boolean, queries: boolean}} now */
  function show({ tool, hidden, canUndo, canRedo, queries }) {
    const press = (action, on) => buttons.get(action).setAttribute('aria-pressed', on);
    press('drawDrag', tool === 'drag');
    press('drawExtreme', tool === 'extreme');
    press('hide', hidden);
    buttons.get('undo').setAttribute('aria-disabled', !canUndo);
    buttons.get('redo').setAttribute('aria-disabled', !canRedo);
    for (const action of TOOLS[0]) {
      buttons.get(action).hidden = queries;
    }
    groups[0].hidden = queries;
    if (queries && buttons.get('drawDrag').tabIndex === 0) {
      rove(buttons.get('undo'));
    }
  }

  /** No picture is there. */
  function showNone() {
    show({ tool: 'select', hidden: false, canUndo: false, canRedo: false, queries: false });
  }

  showNone();
  return { element, show, showNone };
}
