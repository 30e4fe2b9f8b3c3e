/** The keymap of this browser, and keys as they are shown. */
import { el } from '../dom.js';
import { defaultKeymap, fromStored, keyOf, toStored } from './keymap.js';

const STORED = 'labelloop.review.keys';

/** @param {Storage} storage localStorage */
export function createKeys(storage) {
  const listeners = new Set();
  let map = fromStored(storage.getItem(STORED));
  return {
    map: () => map,
    change(to) {
      map = to;
      storage.setItem(STORED, toStored(to));
      listeners.forEach((listener) => listener());
    },
    reset() {
      this.change(defaultKeymap());
    },
    onChange: (listener) => listeners.add(listener),
  };
}

/** "Shift + Tab", "A", "↑": a chord for people. */
export function chordText(t, chord) {
  return chord
    .split(/\+(?=.)/)
    .map((part) => keyText(t, part))
    .join(' ');
}

function keyText(t, part) {
  return t.has(`key.${part}`) ? t(`key.${part}`) : part.toUpperCase();
}

/** For `aria-keyshortcuts`: names of UI Events, such as "Control+Enter". */
const ariaChord = (chord) =>
  chord
    .split(/\+(?=.)/)
    .map((part) => (part === 'ctrl' ? 'Control' : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('+');

/** Makes `<kbd>`s and buttons that follow the keymap. */
export function createCaps(t, keys) {
  const refreshers = [];

  function follow(refresh) {
    refreshers.push(refresh);
    refresh();
  }

  keys.onChange(() => refreshers.forEach((refresh) => refresh()));

  /** The present key of an action; hidden if it has none. */
  function cap(action) {
    const kbd = el('kbd', { aria: { hidden: 'true' } });
    follow(() => {
      const chord = keyOf(keys.map(), action);
      kbd.textContent = chord === null ? '' : chordText(t, chord);
      kbd.hidden = chord === null;
    });
    return kbd;
  }

  /** Tells assistive technology the key of a control, and everybody in its tooltip. */
  function keyed(control, action, title = null) {
    follow(() => {
      const chord = keyOf(keys.map(), action);
      if (chord === null) {
        control.removeAttribute('aria-keyshortcuts');
      } else {
        control.setAttribute('aria-keyshortcuts', ariaChord(chord));
      }
      if (title !== null) {
        control.title = chord === null ? title : `${title} (${chordText(t, chord)})`;
      }
    });
    return control;
  }

  return { cap, keyed };
}
