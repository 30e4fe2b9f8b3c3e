/** The selected box: its verdict, its class, and its place in numbers (the way without dragging). */
import { el, freshId } from '../dom.js';
import { tenth } from './geometry.js';
import { icon } from './icons.js';
import { sign } from './list.js';
import { find, order, statusOf } from './model.js';
import { isAsked } from './queries.js';
import { certainty } from './sentences.js';
import { colourOf } from './shapes.js';

/** So many classes have a key and a button of their own. */
export const NUMBERED = 9;

const FIELDS = ['x', 'y', 'width', 'height'];

/**
 * @param {object} how
 * @param {(action: string) => void} how.act
 * @param {(name: string) => void} how.onClass
 * @param {(field: string, value: number) => void} how.onNumber
 */
export function createCard({ t, caps, act, onClass, onNumber }) {
  const place = el('h2', { class: 'card-title' });
  const state = el('span', { class: 'badge' });
  const share = el('span', { class: 'soft number' });
  const chips = el('div', { class: 'chips', role: 'group', aria: { label: t('card.class') } });
  const verdicts = el(
    'div',
    { class: 'verdicts' },
    verdict('accept'),
    verdict('reject'),
    verdict('edit'),
  );
  const inputs = new Map(FIELDS.map((name) => [name, input(name)]));
  const fields = el(
    'div',
    { class: 'numbers', role: 'group', aria: { label: t('card.numbers') } },
    FIELDS.map(field),
  );
  const head = el('div', { class: 'card-head' }, place, share, state);
  const element = el(
    'section',
    { class: 'box-card', aria: { label: t('card.label') } },
    head,
    verdicts,
    chips,
    fields,
  );
  let classes = null;

  function verdict(action) {
    const button = el(
      'button',
      { type: 'button', class: `verdict ${action}`, onclick: () => act(action) },
      icon(action),
      el('span', {}, t(`do.${action}`)),
      caps.cap(action),
    );
    return caps.keyed(button, action);
  }

  function input(name) {
    const made = el('input', {
      type: 'number',
      step: 'any',
      min: 0,
      id: freshId('number'),
      inputmode: 'decimal',
    });
    made.addEventListener('change', () => onNumber(name, made.valueAsNumber));
    return made;
  }

  function field(name) {
    const made = inputs.get(name);
    return el('div', { class: 'field' }, el('label', { for: made.id }, t(`card.${name}`)), made);
  }

  function chip(name, i) {
    const button = el(
      'button',
      { type: 'button', class: 'chip', dataset: { name }, onclick: () => onClass(name) },
      el('span', { class: `swatch ${colourOf(classes, name)}` }),
      el('span', { class: 'class-name' }, name),
      caps.cap(`class.${i + 1}`),
    );
    return caps.keyed(button, `class.${i + 1}`);
  }

  function more() {
    const button = el(
      'button',
      { type: 'button', class: 'chip more', onclick: () => act('classMenu') },
      icon('more'),
      el('span', {}, t('card.moreClasses', { n: classes.length })),
      caps.cap('classMenu'),
    );
    return caps.keyed(button, 'classMenu');
  }

  function showClasses(names) {
    if (names !== classes) {
      classes = names;
      chips.replaceChildren(...names.slice(0, NUMBERED).map(chip));
      if (names.length > NUMBERED) {
        chips.append(more());
      }
    }
  }

  /** @param {object} now state of model.js @param {string} drawClass class of new boxes @param {boolean} editing */
  function show(now, drawClass, editing) {
    showClasses(now.classes);
    const box = find(now, now.selected);
    element.classList.toggle('none', box === null);
    verdicts.lastChild.setAttribute('aria-pressed', editing);
    for (const button of verdicts.children) {
      button.disabled = box === null;
    }
    for (const button of chips.children) {
      button.setAttribute('aria-pressed', button.dataset.name === (box?.class ?? drawClass));
      button.disabled = box !== null && !isAsked(box, 'class') && button.dataset.name !== box.class;
    }
    const fixed = (what) => box !== null && !isAsked(box, what);
    inputs.forEach((made) => (made.disabled = box === null || fixed('geometry')));
    if (box === null) {
      place.textContent = now.boxes.length === 0 ? t('card.noBoxes') : t('card.noSelection');
      share.textContent = t('card.newBoxes', { class: drawClass });
      disable();
    } else {
      const ids = order(now);
      place.textContent = t('card.place', { n: ids.indexOf(box.id) + 1, of: ids.length });
      share.textContent = certainty(t, box);
      const status = statusOf(box);
      state.className = `badge is-${status}`;
      state.replaceChildren(sign(status), t(`state.${status}`));
      numbers(box);
    }
  }

  /** Nothing can be judged, as no picture is there. */
  function showNone() {
    element.classList.add('none');
    place.textContent = t('card.noPicture');
    share.textContent = '';
    disable();
    for (const button of chips.children) {
      button.setAttribute('aria-pressed', 'false');
      button.disabled = true;
    }
  }

  /** No box is there to be judged. */
  function disable() {
    state.replaceChildren();
    verdicts.lastChild.setAttribute('aria-pressed', 'false');
    for (const made of [...verdicts.children, ...inputs.values()]) {
      made.disabled = true;
    }
    inputs.forEach((made) => (made.value = ''));
  }

  /** During a drag, before it is done. */
  function numbers(rect) {
    for (const [name, made] of inputs) {
      if (document.activeElement !== made || made.value === '') {
        made.value = tenth(rect[name]);
      }
    }
  }

  showNone();
  return { element, show, showNone, preview: numbers };
}
