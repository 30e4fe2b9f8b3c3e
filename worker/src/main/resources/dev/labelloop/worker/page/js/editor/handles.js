/** The eight handles of the selected box, in screen pixels: they stay the same size at any zoom. */
import { svg } from '../dom.js';
import { HANDLES } from './geometry.js';

/** Side of the area that takes the pointer; fingers get more (WCAG 2.5.8 asks for 24). */
const REACH = matchMedia('(pointer: coarse)').matches ? 40 : 24;
const DOT = 9;

export function createHandles() {
  const group = svg('g', { class: 'handles', aria: { hidden: 'true' } });
  const nodes = HANDLES.map((name) => {
    const reach = svg('rect', {
      class: 'reach',
      width: REACH,
      height: REACH,
      x: -REACH / 2,
      y: -REACH / 2,
    });
    const dot = svg('rect', {
      class: 'dot',
      width: DOT,
      height: DOT,
      x: -DOT / 2,
      y: -DOT / 2,
      rx: 2,
    });
    const g = svg('g', { class: `handle ${name}`, dataset: { handle: name } }, reach, dot);
    group.append(g);
    return { name, g };
  });

  /** How far above the box its handles reach, in screen pixels: its words keep clear of them. */
  const lift = (shown) => out(shown.height) + DOT / 2;

  /** @param {object|null} shown the box on the screen; null hides the handles */
  function show(shown) {
    group.classList.toggle('none', shown === null);
    if (shown) {
      nodes.forEach(({ name, g }) => {
        const { x, y } = place(name, shown);
        g.setAttribute('transform', `translate(${x} ${y})`);
      });
    }
  }

  return { group, show, lift };
}

const out = (side) => Math.max(0, (2.6 * REACH - side) / 2);

/** On the edge; of a small box outside it, so that handles leave room for the box and each other. */
function place(name, { x, y, width, height }) {
  const along = (low, side, toLow, toHigh) =>
    toLow ? low - out(side) : toHigh ? low + side + out(side) : low + side / 2;
  return {
    x: along(x, width, name.includes('w'), name.includes('e')),
    y: along(y, height, name.includes('n'), name.includes('s')),
  };
}
