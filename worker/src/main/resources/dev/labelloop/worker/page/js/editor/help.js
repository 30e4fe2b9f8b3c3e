/** All keys on one sheet, as they are at present. */
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { chordText } from './keys.js';
import { GROUPS, isSingle } from './keymap.js';

/** Rows that stand for several actions, so that the sheet stays one sheet. */
const TOGETHER = { 'class.1': 9, 'move.left': 4, 'moveFar.left': 4, 'size.left': 4, 'sizeFar.left': 4 };

/** @returns {Promise<'settings'|null>} whether the person wants to change keys */
export function showHelp(t, map) {
  const sheet = el('div', { class: 'key-sheet' }, Object.entries(GROUPS).map(([name, actions]) => group(t, map, name, actions)));
  return openDialog({
    title: t('help.title'),
    className: 'wide',
    content: [map.single ? null : el('p', { class: 'notice info' }, t('help.off')), el('p', { class: 'soft' }, t('help.text')), sheet].filter(Boolean),
    actions: [
      { label: t('do.settings'), value: 'settings' },
      { label: t('do.close'), value: null, kind: 'primary' },
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
  const caps = all.length > 1
    ? all.map((one) => map.chords[one].find(works)).filter(Boolean)
    : map.chords[action].filter(works);
  const name = all.length > 1 ? t(`help.${action}`) : t(`do.${action}`);
  const shown = caps.length > 0 ? caps.flatMap((chord) => [el('kbd', {}, chordText(t, chord)), ' ']) : '–';
  return el('div', {}, el('dt', {}, name), el('dd', {}, shown));
}
