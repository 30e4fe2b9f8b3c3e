import { el } from '../dom.js';

/** As many as can be told apart; more classes share them, and their names tell which is which. */
const COLOURS = 8;

/** The CSS class that colours a campaign's class. */
export function classColour(index) {
  return `c${((index % COLOURS) + COLOURS) % COLOURS}`;
}

/** A dot in a class's colour, beside its name. */
export function classMark(index) {
  return el('span', { class: `mark-of ${classColour(index)}`, aria: { hidden: 'true' } });
}

/** Enough of a hash to tell models apart. */
export function shortHash(hash) {
  return hash ? hash.slice(0, 12) : '–';
}
