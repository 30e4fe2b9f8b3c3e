import { el, replace } from '../dom.js';
import { number } from '../i18n.js';
import { table } from '../table.js';
import { classMark } from './marks.js';

const SOURCES = ['PERSON', 'SIMULATED', 'FILE', 'MODEL'];

/** Each class: what the champion scores on it, and what there is of it, by source. */
export function showClasses({ node, t, report, toOf }) {
  const sources = SOURCES.filter((source) =>
    report.perClass.some((row) => (row.labels[source] ?? 0) > 0),
  );
  replace(
    node,
    el('h2', {}, t('classes.title')),
    el('p', { class: 'soft' }, t('classes.about')),
    table({
      label: t('classes.title'),
      rows: report.perClass.map((row, index) => ({ ...row, index })),
      columns: [
        {
          head: t('classes.name'),
          row: true,
          cell: (row) =>
            el('a', { class: 'row target', href: toOf({ class: row.name }) }, classMark(row.index), row.name),
        },
        { head: t('classes.ap'), number: true, cell: (row) => ap(row) },
        { head: t('classes.objects'), number: true, cell: (row) => number(row.objects) },
        ...sources.map((source) => ({
          head: t(`classes.by.${source.toLowerCase()}`),
          number: true,
          cell: (row) => number(row.labels[source] ?? 0),
        })),
      ],
    }),
  );
}

function ap(row) {
  if (row.ap === null) {
    return '–';
  }
  return el(
    'span',
    { class: 'with-bar' },
    el('span', { class: 'bar', aria: { hidden: 'true' }, style: { width: `${(48 * row.ap).toFixed(1)}px` } }),
    row.ap.toFixed(3),
  );
}
