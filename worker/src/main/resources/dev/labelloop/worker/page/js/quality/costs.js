import { el, replace } from '../dom.js';
import { duration, language, number } from '../i18n.js';
import { table } from '../table.js';
import { bars } from './bars.js';
import { stats } from './people.js';

/** What the work has cost, and how long people take for each kind of it. */
export function showCosts({ node, t, found: { ledger, time } }) {
  const parts = [
    [
      'quality.byPurpose',
      ledger.byPurpose,
      (name) => (t.has(`purpose.${name}`) ? t(`purpose.${name}`) : name),
    ],
    ['quality.byReviewer', ledger.byReviewer, (name) => name],
    ['quality.byRound', ledger.byRound, (name) => t('quality.round', { round: name })],
  ];
  const cards = parts.map(([title, shares, naming]) =>
    el('section', { class: 'card' }, el('h2', {}, t(title)), shareBars(t, shares, naming)),
  );
  replace(node, whole(t, ledger), el('div', { class: 'grid' }, cards), times(t, time));
}

function whole(t, { seconds, money, perHour }) {
  const figures = [[t('quality.time'), duration(seconds), null]];
  if (money !== null && money !== undefined) {
    figures.push([
      t('quality.money'),
      amount(money),
      t('quality.perHour', { money: amount(perHour) }),
    ]);
  }
  const hint =
    money === null || money === undefined
      ? el('p', { class: 'soft small' }, t('quality.noRate'))
      : null;
  return el(
    'section',
    { class: 'card stack' },
    el('h2', {}, t('quality.costs')),
    stats(figures),
    hint,
  );
}

/** Money has no currency here: the rate was given without one. */
function amount(money) {
  return new Intl.NumberFormat(language(), {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(money);
}

function shareBars(t, shares, naming) {
  const items = Object.entries(shares ?? {}).map(([name, value]) => ({
    name: naming(name),
    value: secondsOf(value),
    words: duration(secondsOf(value)),
  }));
  return items.length === 0 ? el('p', { class: 'soft' }, t('quality.notYet')) : bars(items);
}

/** A share is seconds, or seconds with money. */
function secondsOf(share) {
  return typeof share === 'number' ? share : (share?.seconds ?? 0);
}

function times(t, time) {
  if (!time) {
    return null;
  }
  const rows = Object.keys(time.base ?? {});
  const columns = [
    {
      head: t('quality.work'),
      cell: (kind) => (t.has(`work.${kind}`) ? t(`work.${kind}`) : kind),
      row: true,
    },
    { head: t('quality.assumed'), cell: (kind) => seconds(time.base[kind]), number: true },
    { head: t('quality.fitted'), cell: (kind) => seconds(time.fitted?.[kind]), number: true },
  ];
  const perClass = Object.entries(time.perClass ?? {});
  const classColumns = [
    { head: t('quality.class'), cell: ([name]) => name, row: true },
    { head: t('quality.fitted'), cell: ([, value]) => seconds(secondsOf(value)), number: true },
  ];
  return el(
    'section',
    { class: 'stack' },
    el('h2', {}, t('quality.timeModel')),
    el('p', { class: 'soft' }, t('quality.timeModelWhat', { n: time.images ?? 0 })),
    el(
      'div',
      { class: 'grid' },
      table({ label: t('quality.timeModel'), columns, rows }),
      perClass.length > 0
        ? table({ label: t('quality.class'), columns: classColumns, rows: perClass })
        : null,
    ),
  );
}

function seconds(value) {
  return value === null || value === undefined ? '–' : `${number(value, 2)} s`;
}
