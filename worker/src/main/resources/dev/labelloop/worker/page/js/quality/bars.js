import { el } from '../dom.js';

/**
 * Lengths beside names: what share each has of the whole.
 *
 * @param {Array<{name: string, value: number, words: string}>} items
 */
export function bars(items) {
  const most = Math.max(...items.map(({ value }) => value), 0);
  return el(
    'dl',
    { class: 'bars' },
    items.map(({ name, value, words }) => [
      el('dt', {}, name),
      el(
        'dd',
        {},
        el('span', {
          class: 'length',
          style: { width: `${most > 0 ? (100 * value) / most : 0}%` },
          aria: { hidden: 'true' },
        }),
        el('span', { class: 'figure' }, words),
      ),
    ]),
  );
}
