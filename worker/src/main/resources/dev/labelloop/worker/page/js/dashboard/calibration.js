import { el, replace, svg } from '../dom.js';
import { number, percent } from '../i18n.js';
import { table } from '../table.js';

const SIDE = 260;
const LEFT = 36;
const TOP = 8;
const COUNTS = 40;

/** Whether confidence means what it says: the reliability diagram, D-ECE and LaECE. */
export function showCalibration({ node, t, report }) {
  const calibration = report.failures?.calibration;
  if (!calibration || calibration.detections === 0) {
    replace(
      node,
      el('h2', {}, t('calibration.title')),
      el('p', { class: 'soft' }, t('calibration.none')),
    );
    return;
  }
  replace(
    node,
    el('h2', {}, t('calibration.title')),
    el('p', { class: 'soft' }, t('calibration.about', {
      n: calibration.detections,
      from: report.failures.thresholds.shownFrom,
    })),
    el('dl', { class: 'stats' },
      stat('D-ECE', calibration.dece, t('calibration.dece')),
      stat('LaECE', calibration.laece, t('calibration.laece'))),
    diagram(t, calibration.bins),
    legend(t),
    el('details', {}, el('summary', {}, t('calibration.table')), bins(t, calibration.bins), classes(t, calibration.classes)),
  );
}

function stat(name, value, meaning) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value.toFixed(3), el('small', {}, meaning)));
}

const x = (value) => LEFT + value * SIDE;
const y = (value) => TOP + (1 - value) * SIDE;

function diagram(t, list) {
  const most = Math.max(...list.map((bin) => bin.detections));
  const bottom = TOP + SIDE + 8 + COUNTS;
  const height = bottom + 34;
  return svg(
    'svg',
    {
      class: 'reliability',
      viewBox: `0 0 ${LEFT + SIDE + 12} ${height}`,
      role: 'img',
      aria: { label: t('calibration.summary', { n: list.length }) },
    },
    [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((value) => [
      svg('line', { class: 'grid', x1: x(0), x2: x(1), y1: y(value), y2: y(value) }),
      svg('text', { class: 'tick y', x: LEFT - 6, y: y(value) + 4 }, value.toFixed(1)),
      svg('text', { class: 'tick x', x: x(value), y: bottom + 14 }, value.toFixed(1)),
    ]),
    list.map((bin) => column(t, bin, most, bottom)),
    svg('line', { class: 'ideal', x1: x(0), y1: y(0), x2: x(1), y2: y(1) }),
    list.map((bin) =>
      svg('circle', { class: 'quality', cx: (x(bin.from) + x(bin.to)) / 2, cy: y(bin.quality), r: 3 }),
    ),
    svg('text', { class: 'axis', x: LEFT + SIDE / 2, y: height - 4 }, t('calibration.axis', { n: most })),
  );
}

function column(t, bin, most, bottom) {
  const left = x(bin.from) + 0.75;
  const width = x(bin.to) - x(bin.from) - 1.5;
  const tall = (bin.detections / most) * COUNTS;
  return svg(
    'g',
    {},
    svg('title', {}, `${range(bin)}: ${t('calibration.precision')} ${percent(bin.precision, 0)}, ${t('calibration.detections', { n: bin.detections })}`),
    svg('rect', { class: 'precision', x: left, width, y: y(bin.precision), height: y(0) - y(bin.precision) }),
    svg('rect', { class: 'count', x: left, width, y: bottom - tall, height: tall }),
  );
}

function range(bin) {
  return `${bin.from.toFixed(2)}–${bin.to.toFixed(2)}`;
}

function legend(t) {
  return el(
    'ul',
    { class: 'plain row legend small' },
    ['precision', 'quality', 'ideal', 'count'].map((key) =>
      el('li', { class: `row ${key}` }, el('span', { class: 'swatch', aria: { hidden: 'true' } }), t(`calibration.legend.${key}`)),
    ),
  );
}

function bins(t, list) {
  return table({
    label: t('calibration.table'),
    rows: list,
    columns: [
      { head: t('calibration.confidence'), row: true, cell: range },
      { head: t('calibration.count'), number: true, cell: (bin) => number(bin.detections) },
      { head: t('calibration.precision'), number: true, cell: (bin) => percent(bin.precision) },
      { head: t('calibration.quality'), number: true, cell: (bin) => bin.quality.toFixed(2) },
    ],
  });
}

function classes(t, list) {
  return table({
    label: t('calibration.byClass'),
    rows: list,
    columns: [
      { head: t('classes.name'), row: true, cell: (c) => c.name },
      { head: t('calibration.count'), number: true, cell: (c) => number(c.detections) },
      { head: 'D-ECE', number: true, cell: (c) => c.dece.toFixed(3) },
      { head: 'LaECE', number: true, cell: (c) => c.laece.toFixed(3) },
    ],
  });
}
