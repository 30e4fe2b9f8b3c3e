import { el, svg } from '../dom.js';

/** Pixels of the longer side of what is shown: enough for a column, and quick to load. */
const SIDE = 1024;
/** More sets than this look alike again; the words beside them tell them apart. */
const SETS = 4;

/**
 * A picture with sets of boxes over it, only to look at. Each set has a colour and a dash of its own.
 *
 * @param {object} what
 * @param {{file: string, width: number, height: number}} what.image
 * @param {Array<{boxes: object[], set?: number}>} what.sets
 * @param {string} what.label what it shows, for those who do not see it
 */
export function overlay({ image, sets, label }) {
  const { width, height, file } = image;
  const large = Math.max(width, height) > SIDE;
  const picture = svg('image', {
    href: large ? `${file}?side=${SIDE}` : file,
    width,
    height,
    preserveAspectRatio: 'none',
  });
  const size = Math.max(width, height) / 45;
  const groups = sets.map(({ boxes, set = 0 }) =>
    svg(
      'g',
      { class: `set-${set % SETS}` },
      boxes.map((box) => drawing(box, size, width)),
    ),
  );
  const drawn = svg(
    'svg',
    { class: 'overlay', viewBox: `0 0 ${width} ${height}`, role: 'img', aria: { label } },
    picture,
    groups,
  );
  return el('div', { class: 'picture-frame' }, drawn);
}

function drawing(box, size, width) {
  const { x, y } = box;
  const edge = { x, y, width: box.width, height: box.height };
  const left = Math.min(x, width - size * 2);
  const name = svg(
    'text',
    { x: left, y: y > size * 1.3 ? y - size * 0.35 : y + box.height + size, 'font-size': size },
    box.class,
  );
  return svg(
    'g',
    {},
    svg('rect', { ...edge, class: 'under' }),
    svg('rect', { ...edge, class: 'line' }),
    name,
  );
}

/** The line of a set, for a legend. */
export function keyLine(set) {
  const line = svg('rect', { class: 'line', x: 2, y: 2, width: 24, height: 4 });
  return svg(
    'svg',
    { class: 'key-line overlay', viewBox: '0 0 28 8', aria: { hidden: 'true' } },
    svg('g', { class: `set-${set % SETS}` }, line),
  );
}
