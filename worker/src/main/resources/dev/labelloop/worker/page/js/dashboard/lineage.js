import { el, replace } from '../dom.js';
import { moment, number } from '../i18n.js';
import { table } from '../table.js';
import { bounds } from './figures.js';
import { shortHash } from './marks.js';

/** Every model, what it was made of and what became of it; then who was champion, and when. */
export function showLineage({ node, t, report }) {
  if (report.models.length === 0) {
    replace(node, el('h2', {}, t('lineage.title')), el('p', { class: 'soft' }, t('lineage.none')));
    return;
  }
  const champion = report.champions.at(-1)?.champion.model;
  replace(
    node,
    el('h2', {}, t('lineage.title')),
    el('p', { class: 'soft' }, t('lineage.about')),
    table({ label: t('lineage.title'), rows: report.models, columns: columns(t, report, champion) }),
    report.champions.length > 1
      ? [el('h3', {}, t('lineage.champions')), changes(t, report.champions)]
      : null,
  );
}

function columns(t, report, champion) {
  return [
    {
      head: t('lineage.model'),
      row: true,
      cell: (m) =>
        el(
          'span',
          { class: 'row nowrap' },
          hash(m.model),
          m.model === champion ? el('span', { class: 'badge info' }, t('lineage.champion')) : null,
        ),
    },
    { head: t('round.round'), number: true, cell: (m) => (m.round === 0 ? t('round.initial') : number(m.round)) },
    { head: t('lineage.parent'), cell: (m) => (m.parent ? hash(m.parent) : '–') },
    { head: t('lineage.trainedOn'), cell: (m) => trainedOn(t, m.trainingSet) },
    { head: 'mAP', number: true, cell: (m) => (m.map === null ? '–' : m.map.toFixed(3)) },
    { head: t('round.interval'), cell: (m) => bounds(t, report.intervals[m.model], report) },
    { head: t('lineage.decision'), cell: (m) => decision(t, m, report.verdicts[m.round]) },
  ];
}

function hash(value) {
  return el('code', { title: value }, shortHash(value));
}

function trainedOn(t, set) {
  if (!set) {
    return '–';
  }
  return el(
    'span',
    {},
    el('span', { class: 'nowrap' }, t('lineage.set', { n: set.images, human: set.humanImages, model: set.pseudoImages, boxes: set.boxes })),
    el('br'),
    el('span', { class: 'soft small nowrap' }, t('lineage.setHash'), ' ', hash(set.id)),
  );
}

function decision(t, model, verdict) {
  if (model.promoted === null) {
    return model.round === 0 ? '–' : t('lineage.undecided');
  }
  return el(
    'div',
    { class: 'decision' },
    el(
      'span',
      { class: `badge ${model.promoted ? 'good' : ''}` },
      t(model.promoted ? 'lineage.promoted' : 'lineage.kept'),
    ),
    verdict ? el('span', { class: 'soft small' }, verdict.reason) : null,
  );
}

function changes(t, champions) {
  return table({
    label: t('lineage.champions'),
    rows: champions,
    columns: [
      { head: t('lineage.since'), row: true, cell: (c) => moment(c.when) },
      { head: t('lineage.model'), cell: (c) => hash(c.champion.model) },
      { head: t('round.round'), number: true, cell: (c) => number(c.round) },
      { head: 'mAP', number: true, cell: (c) => c.champion.score.map.toFixed(3) },
      {
        head: t('lineage.how'),
        cell: (c) =>
          el('span', { class: `badge ${c.how === 'ROLLED_BACK' ? 'warn' : ''}` }, t(`how.${c.how}`)),
      },
    ],
  });
}
