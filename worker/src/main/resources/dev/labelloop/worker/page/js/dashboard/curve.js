import uPlot from '../../lib/uplot.js';
import { el, freshId, replace } from '../dom.js';
import { duration, number } from '../i18n.js';
import { announce } from '../say.js';
import { table } from '../table.js';
import { colour, onThemeChange } from '../theme.js';
import { AXES, even, onlyWhole, points, top } from './curve-points.js';
import { bounds } from './figures.js';

const HEIGHT = 300;
const NARROW = 280;

/** Of a scale without any work on it yet. */
const LEAST = { boxes: 10, time: 1, images: 10 };

/** mAP on the holdout against what it cost people, with intervals; the same as a table below. */
export function createCurve({ t }) {
  const host = el('div', { class: 'plot', tabindex: 0, role: 'group' });
  const said = el('p', { class: 'readout small', aria: { hidden: 'true' } });
  const figures = el('div');
  const absent = el('p', { class: 'soft small' });
  const group = freshId('axis');
  const choices = Object.keys(AXES).map((axis) => radio(axis));
  const node = el(
    'section',
    { class: 'card curve' },
    el('h2', {}, t('curve.title')),
    el('p', { class: 'soft' }, t('curve.about')),
    el(
      'div',
      { class: 'row between' },
      el('fieldset', { class: 'row' }, el('legend', { class: 'visually-hidden' }, t('curve.axis')), choices),
      legend(t),
    ),
    host,
    said,
    absent,
    el('details', {}, el('summary', {}, t('curve.table')), figures),
  );
  let report = null;
  let axis = 'boxes';
  let plot = null;
  let list = [];
  let at = -1;

  const size = new ResizeObserver(() => plot?.setSize({ width: width(), height: HEIGHT }));
  size.observe(host);
  const unthemed = onThemeChange(draw);
  host.addEventListener('keydown', walk);

  function radio(value) {
    const input = el('input', {
      type: 'radio',
      name: group,
      value,
      checked: value === 'boxes',
      onchange: () => {
        axis = value;
        draw();
      },
    });
    return el('label', { class: 'choice' }, input, t(`curve.axis.${value}`));
  }

  function show(next) {
    report = next;
    node.hidden = report.rounds.length === 0;
    absent.textContent = report.random === null ? t('curve.noRandom') : '';
    replace(figures, roundTable(t, report));
    draw();
  }

  function draw() {
    if (!report || report.rounds.length === 0) {
      return;
    }
    list = points(report, axis);
    at = -1;
    plot?.destroy();
    host.setAttribute('aria-label', summary());
    plot = new uPlot(options(), data(list), host);
    tell(list.length - 1, false);
  }

  function width() {
    return Math.max(NARROW, host.clientWidth);
  }

  function options() {
    const ink = colour('--text-soft');
    const line = colour('--line');
    const scale = {
      stroke: ink,
      grid: { stroke: line, width: 1 },
      ticks: { stroke: line, width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const most = Math.max(LEAST[axis], ...list.map((p) => p.x));
    return {
      width: width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 9 } },
      scales: {
        x: { time: false, range: [-most * 0.02, most * 1.03] },
        y: { range: [0, top(list)] },
      },
      axes: [
        {
          ...scale,
          label: t(`curve.label.${axis}`),
          labelSize: 22,
          labelFont: '13px system-ui, sans-serif',
          filter: axis === 'time' ? undefined : onlyWhole,
        },
        { ...scale, size: 44, values: (plotted, values) => even(values) },
      ],
      series: [
        {},
        series(colour('--chart-map'), []),
        series(colour('--chart-ap50'), [6, 4]),
      ],
      hooks: { draw: [whiskers], setCursor: [pointed] },
    };
  }

  function whiskers(plotted) {
    const context = plotted.ctx;
    const half = 4 * devicePixelRatio;
    context.save();
    context.strokeStyle = colour('--chart-map');
    context.lineWidth = 1.5 * devicePixelRatio;
    context.beginPath();
    for (const p of list.filter(({ lower }) => lower !== null)) {
      const x = plotted.valToPos(p.x, 'x', true);
      const low = plotted.valToPos(p.lower, 'y', true);
      const high = plotted.valToPos(p.upper, 'y', true);
      context.moveTo(x, low);
      context.lineTo(x, high);
      for (const y of [low, high]) {
        context.moveTo(x - half, y);
        context.lineTo(x + half, y);
      }
    }
    context.stroke();
    context.restore();
  }

  function pointed(plotted) {
    const index = plotted.cursor.idx;
    if (index !== null && index !== undefined && index !== at) {
      tell(index, false);
    }
  }

  /** Arrows go from round to round, and each is said. */
  function walk(event) {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];
    if (to !== undefined && list.length > 0) {
      event.preventDefault();
      const index = Math.max(0, Math.min(list.length - 1, to));
      tell(index, true);
      plot.setCursor({
        left: plot.valToPos(list[index].x, 'x'),
        top: plot.valToPos(list[index].map, 'y'),
      });
    }
  }

  function tell(index, aloud) {
    at = index;
    const p = list[index];
    if (!p) {
      return;
    }
    const sentence = t(p.lower === null ? 'curve.point' : 'curve.pointBetween', {
      round: p.round,
      where: t(`curve.at.${axis}`, { n: Math.round(p.x), time: duration(p.x * 3600) }),
      map: p.map.toFixed(3),
      ap50: p.ap50.toFixed(3),
      lower: p.lower?.toFixed(3),
      upper: p.upper?.toFixed(3),
    });
    said.textContent = sentence;
    if (aloud) {
      announce(sentence);
    }
  }

  function summary() {
    const last = list.at(-1);
    return t('curve.summary', {
      label: t(`curve.label.${axis}`),
      n: list.length,
      first: list[0].map.toFixed(3),
      last: last.map.toFixed(3),
    });
  }

  function dispose() {
    size.disconnect();
    unthemed();
    plot?.destroy();
    plot = null;
  }

  return { node, show, dispose };
}

function data(list) {
  return [list.map((p) => p.x), list.map((p) => p.map), list.map((p) => p.ap50)];
}

function series(stroke, dash) {
  return { stroke, width: 2, dash, points: { show: true, size: 7, stroke, fill: stroke } };
}

function legend(t) {
  return el(
    'ul',
    { class: 'plain row legend small' },
    ['map', 'ap50', 'interval'].map((key) =>
      el('li', { class: `row ${key}` }, el('span', { class: 'swatch', aria: { hidden: 'true' } }), t(`curve.legend.${key}`)),
    ),
  );
}

function roundTable(t, report) {
  return table({
    label: t('curve.table'),
    rows: report.rounds,
    columns: [
      { head: t('round.round'), row: true, cell: (r) => (r.round === 0 ? t('round.initial') : number(r.round)) },
      { head: t('round.reviewed'), number: true, cell: (r) => number(r.imagesReviewed) },
      { head: t('round.touched'), number: true, cell: (r) => number(r.boxesTouched) },
      { head: t('round.time'), number: true, cell: (r) => duration(r.personSeconds) },
      { head: t('round.pseudo'), number: true, cell: (r) => number(r.pseudoBoxes) },
      { head: 'mAP', number: true, cell: (r) => r.map.toFixed(3) },
      {
        head: t('round.interval'),
        cell: (r) => bounds(t, report.intervals[r.champion], report),
      },
      { head: 'AP50', number: true, cell: (r) => r.ap50.toFixed(3) },
    ],
  });
}
