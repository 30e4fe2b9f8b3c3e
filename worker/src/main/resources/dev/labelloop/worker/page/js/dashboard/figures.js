import { el, replace } from '../dom.js';
import { duration, number, percent } from '../i18n.js';

/** The figures that people ask for first. */
export function showFigures({ node, t, report }) {
  const last = report.rounds.at(-1);
  const champion = report.champions.at(-1)?.champion;
  if (!last || !champion) {
    replace(node);
    return;
  }
  const interval = report.intervals[champion.model];
  const pool = report.dataset?.poolImages ?? 0;
  replace(
    node,
    el(
      'dl',
      { class: 'stats card' },
      stat(t('figure.map'), champion.score.map.toFixed(3), between(t, interval, report)),
      stat(t('figure.ap50'), champion.score.ap50.toFixed(3)),
      stat(
        t('figure.reviewed'),
        number(last.imagesReviewed),
        pool > 0
          ? t('figure.ofPool', { pool, share: percent(last.imagesReviewed / pool, 0) })
          : null,
      ),
      stat(t('figure.touched'), number(last.boxesTouched)),
      stat(
        report.simulated ? t('figure.simulatedTime') : t('figure.time'),
        duration(last.personSeconds),
        report.perHour === null
          ? null
          : t('figure.cost', { cost: number((last.personSeconds / 3600) * report.perHour, 0) }),
      ),
    ),
  );
}

function stat(name, value, more = null) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value, more ? el('small', {}, more) : null));
}

/** The interval of a model in words; says why there is none. */
export function between(t, interval, report) {
  if (!interval) {
    return report.intervalsPending ? t('interval.pending') : null;
  }
  return interval.lower === null
    ? t('interval.tooFew', { n: interval.clusters })
    : t('interval.between', {
        lower: interval.lower.toFixed(3),
        upper: interval.upper.toFixed(3),
        share: percent(interval.confidence, 0),
      });
}

/** As {@link between}, for a column of its own; the whole sentence where there are no bounds. */
export function bounds(t, interval, report) {
  return interval && interval.lower !== null
    ? el('span', { class: 'nowrap' }, `${interval.lower.toFixed(3)} – ${interval.upper.toFixed(3)}`)
    : (between(t, interval, report) ?? '–');
}
