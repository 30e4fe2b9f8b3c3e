import { el, replace } from '../dom.js';
import { moment, number } from '../i18n.js';
import { table } from '../table.js';

/** What is seldom there: pictures that go wrong, labels in doubt, what people amended, files left out. */
export function showHistory({ node, t, report, imageOf, toOf }) {
  replace(
    node,
    worst(t, report, imageOf),
    doubted(t, report, toOf),
    amendments(t, report),
    holdout(t, report),
    quarantine(t, report),
  );
}

const MOST_WORST = 12;

function worst(t, report, imageOf) {
  const pictures = report.failures?.worst ?? [];
  if (pictures.length === 0) {
    return null;
  }
  const campaign = encodeURIComponent(report.campaign);
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, t('worst.title')),
    el('p', { class: 'soft' }, t('worst.about')),
    el(
      'ul',
      { class: 'plain thumbs' },
      pictures.slice(0, MOST_WORST).map(({ image, weight }, index) =>
        el(
          'li',
          {},
          el(
            'a',
            { href: imageOf(image) },
            el('img', {
              src: `/api/images/${campaign}/${image}?side=256`,
              alt: t('worst.alt', { place: index + 1, weight: number(weight, 1) }),
              loading: 'lazy',
            }),
          ),
        ),
      ),
    ),
  );
}

function doubted(t, report, toOf) {
  if (report.doubted.length === 0) {
    return null;
  }
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, t('doubted.title')),
    el('p', { class: 'soft' }, t('doubted.about'), ' ', el('a', { href: toOf({ disagreement: 1 }) }, t('doubted.show'))),
    table({
      label: t('doubted.title'),
      rows: report.doubted,
      columns: [
        { head: t('doubted.kind'), row: true, cell: (d) => t(`kind.${d.kind}`) },
        { head: t('doubted.found'), number: true, cell: (d) => number(d.found) },
        { head: t('doubted.asked'), number: true, cell: (d) => number(d.asked) },
        { head: t('doubted.corrected'), number: true, cell: (d) => number(d.corrected) },
      ],
    }),
  );
}

function amendments(t, report) {
  if (report.amendments.length === 0) {
    return null;
  }
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, t('amended.title')),
    table({
      label: t('amended.title'),
      rows: report.amendments,
      columns: [
        { head: t('amended.when'), row: true, cell: (a) => moment(a.when) },
        { head: t('amended.what'), cell: (a) => amended(t, a.what) },
      ],
    }),
  );
}

function amended(t, what) {
  return Object.entries(what)
    .map(([key, value]) => t(`amended.${key}`, { value: key === 'budget' ? `${+(100 * value).toFixed(2)} %` : value }))
    .join(', ');
}

function holdout(t, report) {
  const { alike, keptOut, doubtful } = report.holdout;
  if (alike + doubtful === 0) {
    return null;
  }
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, t('holdout.title')),
    el(
      'ul',
      { class: 'sentences' },
      alike > 0 ? el('li', {}, t('holdout.alike', { n: alike, out: keptOut })) : null,
      doubtful > 0 ? el('li', {}, t('holdout.doubtful', { n: doubtful })) : null,
    ),
  );
}

function quarantine(t, report) {
  if (report.quarantine.length === 0) {
    return null;
  }
  const all = report.dataset?.quarantined ?? report.quarantine.length;
  return el(
    'details',
    { class: 'card' },
    el('summary', {}, t('quarantine.title', { n: Math.max(all, report.quarantine.length) })),
    table({
      label: t('quarantine.label'),
      rows: report.quarantine,
      columns: [
        { head: t('quarantine.file'), row: true, cell: (q) => q.file },
        { head: t('quarantine.reason'), cell: (q) => q.reason },
      ],
    }),
  );
}
