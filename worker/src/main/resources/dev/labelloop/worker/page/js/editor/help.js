/** All keys on one sheet, as they are at present. */
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { chordText } from './keys.js';
import { GROUPS, isSingle } from './keymap.js';

/** Rows that stand for several actions, so that the sheet stays one sheet. */
const TOGETHER = {
  'class.1': 9,
  'move.left': 4,
  'moveFar.left': 4,
  'size.left': 4,
  'sizeFar.left': 4,
};

/** @returns {Promise<'settings'|null>} whether the person wants to change keys */
export function showHelp(t, map) {
  const sheet = el(
    'div',
    { class: 'key-sheet' },
    Object.entries(GROUPS).map(([name, actions]) => group(t, map, name, actions)),
  );
  return openDialog({
    title: t('help.title'),
    className: 'wide',
    content: [
      map.single ? null : el('p', { class: 'notice info' }, t('help.off')),
      el('p', { class: 'soft' }, t('help.text')),
      sheet,
    ].filter(Boolean),
    actions: [
      { label: t('do.close'), value: null, kind: 'primary' },
      { label: t('help.change'), value: 'settings' },
    ],
  });
}

function group(t, map, name, actions) {
  const shown = new Set();
  const rows = [];
  actions.forEach(([action], i) => {
    if (!shown.has(action)) {
      const all = actions.slice(i, i + (TOGETHER[action] ?? 1)).map(([one]) => one);
      all.forEach((one) => shown.add(one));
      rows.push(row(t, map, action, all));
    }
  });
  return el('section', {}, el('h3', {}, t(`group.${name}`)), el('dl', {}, rows));
}

function row(t, map, action, all) {
  const works = (chord) => map.single || !isSingle(chord);
  const several = all.length > 1;
  const chords = several
    ? all.map((one) => map.chords[one].find(works)).filter(Boolean)
    : map.chords[action].filter(works);
  const texts = chords.map((chord) => chordText(t, chord));
  const shown = several ? inOne(texts) : texts;
  const name = several ? t(`help.${action}`) : t(`do.${action}`);
  return el(
    'div',
    {},
    el('dt', {}, name),
    el('dd', {}, shown.length > 0 ? shown.map((text) => el('kbd', {}, text)) : '–'),
  );
}

/** "Shift ←", "Shift →" are one "Shift ← →". */
function inOne(texts) {
  const held = texts.map((text) => text.split(' ').slice(0, -1).join(' '));
  const alike = held.every((text) => text === held[0]);
  return alike && texts.length > 0
    ? [[held[0], ...texts.map((text) => text.split(' ').at(-1))].join(' ').trim()]
    : texts;
}
