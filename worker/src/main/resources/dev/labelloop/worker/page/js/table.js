import { el } from './dom.js';

/**
 * A table that scrolls inside its frame, not with the page.
 *
 * @param {object} what
 * @param {string} what.label said by screen readers
 * @param {Array<{head: string|Node, cell: (row: *) => *, number?: boolean, title?: string, row?: boolean}>} what.columns
 *     `row`: this cell names the row; `number`: set to the right
 * @param {Array} what.rows
 */
export function table({ label, columns, rows }) {
  const heads = columns.map(({ head, number, title }) =>
    el('th', { scope: 'col', class: number ? 'number' : null, title }, head),
  );
  const line = (row) =>
    el(
      'tr',
      {},
      columns.map(({ cell, number, row: names }) =>
        el(
          names ? 'th' : 'td',
          { scope: names ? 'row' : null, class: number ? 'number' : null },
          cell(row),
        ),
      ),
    );
  return el(
    'div',
    { class: 'table-wrap', tabindex: 0, role: 'region', aria: { label } },
    el(
      'table',
      {},
      el('caption', { class: 'visually-hidden' }, label),
      el('thead', {}, el('tr', {}, heads)),
      el('tbody', {}, rows.map(line)),
    ),
  );
}

/** The head of a column of buttons, which needs no words for those who see it. */
export function hiddenHead(words) {
  return el('span', { class: 'visually-hidden' }, words);
}
