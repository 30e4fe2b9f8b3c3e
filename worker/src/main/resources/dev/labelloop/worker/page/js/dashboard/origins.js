import { el, replace } from '../dom.js';
import { number, percent } from '../i18n.js';
import { table } from '../table.js';

/** Where the pool's labels came from: shares of a bar, and the figures. */
export function showOrigins({ node, t, report, toOf }) {
  const all = report.origins.reduce((sum, origin) => sum + origin.boxes, 0);
  if (report.origins.length === 0) {
    replace(node, el('h2', {}, t('origins.title')), el('p', { class: 'soft' }, t('origins.none')));
    return;
  }
  replace(
    node,
    el('h2', {}, t('origins.title')),
    all === 0 ? null : bar(t, report.origins, all),
    table({
      label: t('origins.title'),
      rows: report.origins,
      columns: [
        {
          head: t('origins.maker'),
          row: true,
          cell: (o) =>
            el(
              'a',
              { class: 'row target', href: toOf({ source: o.source.toLowerCase() }) },
              el('span', { class: `swatch ${o.source.toLowerCase()}`, aria: { hidden: 'true' } }),
              o.source === 'PERSON' || o.source === 'FILE' ? o.maker : t(`source.${o.source.toLowerCase()}`),
            ),
        },
        { head: t('origins.images'), number: true, cell: (o) => number(o.images) },
        { head: t('origins.boxes'), number: true, cell: (o) => number(o.boxes) },
        { head: t('origins.share'), number: true, cell: (o) => (all === 0 ? '–' : percent(o.boxes / all)) },
      ],
    }),
  );
}

function bar(t, origins, all) {
  return el(
    'div',
    { class: 'shares', aria: { hidden: 'true' } },
    origins.map((o) =>
      el('span', {
        class: o.source.toLowerCase(),
        title: `${o.maker}: ${percent(o.boxes / all)}`,
        style: { flexGrow: String(o.boxes) },
      }),
    ),
  );
}
