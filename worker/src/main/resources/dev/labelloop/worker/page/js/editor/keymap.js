/**
 * Which key does what. A chord is text such as `a`, `shift+tab`, `alt+arrowleft` or `ctrl+enter`;
 * the command key of a Mac counts as `ctrl`. A keymap is a value: `{single, chords}`, where `single`
 * tells whether keys that write a character act by themselves (WCAG 2.1.4).
 */

const ARROWS = ['left', 'right', 'up', 'down'];
const arrows = (name, modifier) =>
  ARROWS.map((side) => [`${name}.${side}`, [`${modifier}arrow${side}`]]);

/** Actions in groups, as the help and the settings show them, with their keys. */
export const GROUPS = {
  verdict: [
    ['accept', ['a']],
    ['reject', ['x', 'delete']],
    ['edit', ['e']],
    ['next', ['tab']],
    ['previous', ['shift+tab']],
    ['finish', ['enter', 'ctrl+enter']],
    ['noObjects', ['n']],
    ['skip', ['s']],
    ['undo', ['z', 'ctrl+z']],
    ['redo', ['shift+z', 'y', 'ctrl+y', 'ctrl+shift+z']],
  ],
  classes: [
    ...Array.from({ length: 9 }, (_, i) => [`class.${i + 1}`, [`${i + 1}`]]),
    ['classMenu', ['c', '0']],
  ],
  shape: [
    ['drawDrag', ['b']],
    ['drawExtreme', ['q']],
    ...arrows('move', ''),
    ...arrows('moveFar', 'shift+'),
    ...arrows('size', 'alt+'),
    ...arrows('sizeFar', 'alt+shift+'),
  ],
  look: [
    ['fit', ['f']],
    ['zoomIn', ['+', '=']],
    ['zoomOut', ['-']],
    ['pan', ['space']],
    ['hide', ['h']],
    ['help', ['?']],
  ],
};

export const ACTIONS = Object.values(GROUPS)
  .flat()
  .map(([action]) => action);
const DEFAULTS = Object.fromEntries(Object.values(GROUPS).flat());

/** Escape always leads out, and keys that only modify others do nothing. */
const RESERVED = new Set([
  'escape',
  'shift',
  'control',
  'alt',
  'meta',
  'capslock',
  'altgraph',
  'dead',
  'process',
  'unidentified',
]);

export const defaultKeymap = () => ({ single: true, chords: { ...DEFAULTS } });

/**
 * The chord of a keyboard event, or null for keys that cannot be one. Letters are told by what is
 * written, in other scripts by where the key lies; signs such as `?` need no `shift` in their name.
 */
export function chordOf(event) {
  const key = keyName(event);
  if (RESERVED.has(key) || event.isComposing) {
    return null;
  }
  const shift = event.shiftKey && (!isSign(key) || /^[a-z0-9]$/.test(key));
  const parts = [
    (event.ctrlKey || event.metaKey) && 'ctrl',
    event.altKey && 'alt',
    shift && 'shift',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

function keyName({ key, code = '' }) {
  if (key === ' ') {
    return 'space';
  }
  const foreign = key.length === 1 && key > '\u007f';
  const letter = /^(?:Key|Digit)(.)$/.exec(code);
  return (foreign && letter ? letter[1] : key).toLowerCase();
}

const isSign = (key) => [...key].length === 1;

/** Whether a chord writes a character, which speech input may trigger by chance. */
export const isSingle = (chord) =>
  !/^(?:ctrl|alt)\+/.test(chord) && isSign(chord.replace(/^shift\+(?=.)/, ''));

/** The action of a chord, or null. */
export function actionOf(keymap, chord) {
  if (chord === null || (!keymap.single && isSingle(chord))) {
    return null;
  }
  return ACTIONS.find((action) => keymap.chords[action].includes(chord)) ?? null;
}

/** The first key of an action that acts at present, or null. */
export function keyOf(keymap, action) {
  return keymap.chords[action].find((chord) => keymap.single || !isSingle(chord)) ?? null;
}

/** The action that a chord has already, other than `action`; null if it is free. */
export const takenBy = (keymap, action, chord) =>
  ACTIONS.find((other) => other !== action && keymap.chords[other].includes(chord)) ?? null;

/**
 * The keymap with the action's key at `place` replaced (or added, one past the last).
 *
 * @throws {Error} if the key belongs to another action: ask {@link takenBy} first
 */
export function withKey(keymap, action, place, chord) {
  const other = takenBy(keymap, action, chord);
  if (other !== null) {
    throw new Error(`${chord} belongs to ${other}, choose another key for ${action}`);
  }
  const chords = keymap.chords[action].filter((c, i) => c !== chord || i === place);
  chords[Math.min(place, chords.length)] = chord;
  return { ...keymap, chords: { ...keymap.chords, [action]: chords } };
}

export function withoutKey(keymap, action, place) {
  const chords = keymap.chords[action].filter((_, i) => i !== place);
  return { ...keymap, chords: { ...keymap.chords, [action]: chords } };
}

/** As it is stored: only what differs from the defaults. */
export function toStored({ single, chords }) {
  const changed = ACTIONS.filter((action) => chords[action].join() !== DEFAULTS[action].join());
  return JSON.stringify({ single, chords: Object.fromEntries(changed.map((a) => [a, chords[a]])) });
}

/** What was stored, over the defaults; whatever is not a keymap (or contradicts itself) is left out. */
export function fromStored(text) {
  const stored = parsed(text);
  const base = { ...defaultKeymap(), single: stored.single !== false };
  const wanted = Object.entries(stored.chords ?? {}).filter(
    ([action, chords]) =>
      action in DEFAULTS && Array.isArray(chords) && chords.every((c) => typeof c === 'string'),
  );
  const freed = {
    ...base,
    chords: { ...base.chords, ...Object.fromEntries(wanted.map(([a]) => [a, []])) },
  };
  return wanted.reduce(
    (keymap, [action, chords]) =>
      chords
        .filter((chord) => takenBy(keymap, action, chord) === null)
        .reduce((map, chord) => withKey(map, action, map.chords[action].length, chord), keymap),
    freed,
  );
}

function parsed(text) {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {}; // another program's or a broken entry: the keys are the usual ones
  }
}
