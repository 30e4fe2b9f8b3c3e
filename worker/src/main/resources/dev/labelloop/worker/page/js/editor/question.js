/** What the banner over the picture asks for, if anything. */
import { el } from '../dom.js';
import { asSentence } from '../i18n.js';
import { icon } from './icons.js';
import { openBoxes, order } from './model.js';
import { question } from './queries.js';
import { isDrawing } from './tools.js';

/** @returns {[string|null, () => object]} name of the banner (a new name is a new banner), and its parts */
export function asking({ t, task, caps, act }) {
  if (isDrawing(task.tool)) {
    const { name, points } = task.tool;
    const n = points.length;
    const sentence = () => (name === 'extreme' ? t(`ask.extreme.${n}`) : t('ask.drag'));
    return [
      `drawing ${name} ${n} ${task.drawClass}`,
      () => ({ sentence: sentence(), hint: t('ask.drawHint', { class: task.drawClass }) }),
    ];
  }
  if (task.queries) {
    return queries(t, task, caps, act);
  }
  if (task.phase === 'pass') {
    const empty = !task.state.boxes.some((box) => box.verdict === 'accepted');
    const name = empty ? 'ask.empty' : 'ask.pass';
    return [
      `pass ${name}`,
      () => ({
        sentence: t(name),
        hint: t('ask.passHint'),
        controls: [button('drawDrag'), button('finish', 'primary', 'way.short')],
      }),
    ];
  }
  return [null];

  function button(action, kind = '', words = `do.${action}`) {
    return el(
      'button',
      { type: 'button', class: `small ${kind}`, onclick: () => act(action) },
      el('span', {}, t(words)),
      caps.cap(action),
    );
  }
}

/** In place of a picture that cannot be shown: why, and what can be done. */
export function missing({ t, reason, again, act }) {
  const way = (words, onclick) =>
    el('button', { type: 'button', class: 'small', onclick }, el('span', {}, t(words)));
  return {
    sentence: t('ask.noPicture'),
    hint: asSentence(reason),
    controls: [way('do.retry', again), way('do.skip', () => act('skip'))],
  };
}

function queries(t, task, caps, act) {
  const { state, selected } = task;
  const open = openBoxes(state).length;
  if (open === 0) {
    return [
      'asked done',
      () => ({
        sentence: t('ask.done'),
        hint: t('ask.doneHint'),
        controls: [answer('finish', 'primary', 'way.short')],
      }),
    ];
  }
  const n = order(state).indexOf(selected.id) + 1;
  const kind = question(selected);
  return [
    `asked ${selected.id} ${selected.class} ${kind}`,
    () => ({
      sentence: t(`ask.${kind}`, { class: selected.class }),
      hint: t('ask.place', { n, of: state.boxes.length }),
      controls: [
        answer('accept', 'primary', 'ask.yes'),
        answer('edit', '', 'ask.fix'),
        answer('reject', '', 'ask.no'),
      ],
    }),
  ];

  function answer(action, kind2, words) {
    return el(
      'button',
      { type: 'button', class: kind2, onclick: () => act(action) },
      action === 'finish' ? '' : icon(action),
      el('span', {}, t(words)),
      caps.cap(action),
    );
  }
}
