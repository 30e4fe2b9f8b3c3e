/** What a drawing tool has so far: points, and the box that they would make. In screen pixels. */
import { svg } from '../dom.js';
import { toScreen } from './viewport.js';

const ARM = 7;

export function createSketch(group) {
  function clear() {
    group.replaceChildren();
  }

  /** @param {object|null} pointer where the pointer is in the image: lines through it help to aim */
  function show(view, points, rect, pointer = null) {
    const parts = points.map((point) => cross(toScreen(view, { ...point, width: 0, height: 0 })));
    if (pointer) {
      const { x, y } = toScreen(view, { ...pointer, width: 0, height: 0 });
      parts.unshift(svg('path', { class: 'aim', d: `M${x} -9999V9999 M-9999 ${y}H9999` }));
    }
    if (rect) {
      parts.push(svg('rect', { class: 'halo', ...toScreen(view, rect) }));
      parts.push(svg('rect', { class: 'line', ...toScreen(view, rect) }));
    }
    group.replaceChildren(...parts);
  }

  return { show, clear };
}

const cross = ({ x, y }) =>
  svg('path', { class: 'point', d: `M${x - ARM} ${y}h${2 * ARM} M${x} ${y - ARM}v${2 * ARM}` });
