/** Beside the picture: the selected box, all boxes, and the ways to the next image. */
import { el } from '../dom.js';
import { icon } from './icons.js';
import { openBoxes } from './model.js';

export function createPanel({ t, caps, act, card, list }) {
  const head = el('div', { class: 'panel-head' });
  const count = el('span', { class: 'soft number' });
  const finish = el('button', {
    type: 'button',
    class: 'primary finish',
    onclick: () => act('finish'),
  });
  const words = el('span');
  finish.append(words, caps.cap('finish'));
  caps.keyed(finish, 'finish');
  const none = button('noObjects');
  const skip = button('skip');
  const boxes = el(
    'section',
    { class: 'boxes-section', aria: { label: t('list.title') } },
    el('div', { class: 'section-head' }, el('h2', {}, t('list.title')), count),
    list.element,
  );
  const ways = el('div', { class: 'ways' }, el('div', { class: 'ways-other' }, none, skip), finish);
  const element = el(
    'aside',
    { class: 'panel', aria: { label: t('panel.label') } },
    head,
    card.element,
    boxes,
    ways,
  );

  function button(action) {
    const made = el(
      'button',
      { type: 'button', onclick: () => act(action) },
      icon(action),
      el('span', {}, t(`do.${action}`)),
      caps.cap(action),
    );
    return caps.keyed(made, action);
  }

  /** @param {object} task the open image */
  function show(task) {
    const all = task.state.boxes.length;
    const open = openBoxes(task.state).length;
    count.textContent = t('list.count', { done: all - open, of: all });
    words.textContent = t(wayOn(task, open));
    none.hidden = task.queries;
    none.disabled = false;
    finish.disabled = false;
    finish.classList.toggle('ready', open === 0);
  }

  /** There is no picture to answer for: the only way on is to skip it. */
  function showNone() {
    count.textContent = '';
    words.textContent = t('way.next');
    none.disabled = true;
    finish.disabled = true;
    finish.classList.remove('ready');
  }

  function wayOn(task, open) {
    if (task.queries) {
      return open > 0 ? 'way.asked' : 'way.next';
    }
    return open > 0
      ? 'way.rest'
      : task.state.boxes.some((b) => b.verdict === 'accepted')
        ? 'way.pass'
        : 'way.empty';
  }

  showNone();
  return { element, head, show, showNone };
}
