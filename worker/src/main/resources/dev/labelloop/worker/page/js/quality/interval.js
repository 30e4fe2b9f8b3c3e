import { el, svg } from '../dom.js';
import { percent } from '../i18n.js';

const WIDTH = 96;
const MARGIN = 4;
const HEIGHT = 16;
const at = (value) => MARGIN + Math.min(1, Math.max(0, value)) * (WIDTH - 2 * MARGIN);

/**
 * A share with its interval, in words and drawn on a line from 0 to 1.
 *
 * @param {Function} t
 * @param {{value: number, low: number, high: number, n: number}|null} score
 * @param {number|null} [bar] under which a person pauses
 */
export function interval(t, score, bar = null) {
  if (!score || score.value === null || score.value === undefined) {
    return el('span', { class: 'soft' }, t('quality.notYet'));
  }
  const { value, low, high, n } = score;
  const y = HEIGHT / 2;
  const under = bar !== null && high < bar;
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, aria: { hidden: 'true' } },
    svg('line', { class: 'track', x1: MARGIN, x2: WIDTH - MARGIN, y1: y, y2: y }),
    bar === null
      ? null
      : svg('line', { class: 'bar', x1: at(bar), x2: at(bar), y1: 1, y2: HEIGHT - 1 }),
    svg('line', { class: under ? 'span low' : 'span', x1: at(low), x2: at(high), y1: y, y2: y }),
    svg('circle', { class: 'point', cx: at(value), cy: y, r: 3.5 }),
  );
  const range = t('quality.span', { low: percent(low, 0), high: percent(high, 0) });
  return el(
    'span',
    { class: 'interval', title: t('quality.of', { n: n ?? 0 }) },
    el(
      'span',
      { class: 'number nowrap' },
      percent(value, 0),
      ' ',
      el('span', { class: 'soft small' }, range),
    ),
    drawing,
  );
}
