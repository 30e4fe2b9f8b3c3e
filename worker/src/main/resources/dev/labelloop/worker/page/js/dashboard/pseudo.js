import { el, replace } from '../dom.js';
import { number, percent } from '../i18n.js';
import { table } from '../table.js';

/** From which confidence on a model labels by itself, and on what sample that rests. */
export function showPseudoLabels({ node, t, report }) {
  const { mode, threshold, precision, certified, results } = report.pseudoLabels;
  const title = el(
    'h2',
    { class: 'row' },
    t('pseudo.title'),
    mode === 'off' ? null : badge(t, certified),
  );
  if (mode === 'off') {
    replace(node, title, el('p', { class: 'soft' }, t('pseudo.off')));
    return;
  }
  const rows = Object.entries(results).map(([round, result]) => ({ round: Number(round), ...result }));
  replace(
    node,
    title,
    el('p', { class: 'soft' }, t('pseudo.about', { threshold, precision: percent(precision, 0) })),
    rows.length === 0
      ? el('p', { class: 'soft' }, t('pseudo.none'))
      : table({ label: t('pseudo.title'), rows, columns: columns(t) }),
    el('p', { class: 'soft small' }, t('pseudo.estimated')),
  );
}

function badge(t, certified) {
  return el(
    'span',
    { class: certified ? 'badge good' : 'badge warn' },
    t(certified ? 'pseudo.isCertified' : 'pseudo.isEstimated'),
  );
}

function columns(t) {
  return [
    { head: t('round.round'), row: true, cell: (r) => number(r.round) },
    { head: t('pseudo.sample'), number: true, cell: (r) => number(r.verified) },
    {
      head: t('pseudo.precision'),
      number: true,
      cell: (r) => (r.precision === null ? '–' : percent(r.precision)),
    },
    {
      head: t('pseudo.decision'),
      cell: (r) =>
        el(
          'div',
          { class: 'decision' },
          el(
            'span',
            { class: `badge ${r.accepted ? 'good' : ''}` },
            t(r.accepted ? 'pseudo.accepted' : 'pseudo.refused'),
          ),
          el('span', { class: 'soft small' }, r.reason),
        ),
    },
    { head: t('pseudo.boxes'), number: true, cell: (r) => number(r.pseudoBoxes) },
  ];
}
