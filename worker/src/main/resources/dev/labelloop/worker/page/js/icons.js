import { svg } from './dom.js';

/** Line drawings on a grid of 24; always beside or inside something that has a name. */
const PATHS = {
  loop: 'M4 9V6a2 2 0 0 1 2-2h3 M15 4h3a2 2 0 0 1 2 2v3 M20 15v3a2 2 0 0 1-2 2h-3 M9 20H6a2 2 0 0 1-2-2v-3 M12 8a4 4 0 1 0 4 4 M12 5.5 14.5 8 12 10.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8 M12 2v2 M12 20v2 M4.9 4.9l1.4 1.4 M17.7 17.7l1.4 1.4 M2 12h2 M20 12h2 M4.9 19.1l1.4-1.4 M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5',
  half: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18 M12 3v18 M12 7h6.5 M12 11h9 M12 15h8 M12 19h4.5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8 M4 21c0-4 3.6-6 8-6s8 2 8 6',
  check: 'M4 12.5 9.5 18 20 6.5',
  cross: 'M6 6l12 12 M18 6 6 18',
  pause: 'M8 5v14 M16 5v14',
  play: 'M7 5l12 7-12 7z',
  copy: 'M9 9h11v11H9z M15 9V4H4v11h5',
  plus: 'M12 5v14 M5 12h14',
  back: 'M10 5l-7 7 7 7 M3 12h18',
  warning: 'M12 4 2.5 20h19z M12 10v4.5 M12 17v.5',
};

export function icon(name) {
  return glyph(PATHS[name]);
}

/** @param {string} path what is drawn, on the same grid */
export function glyph(path) {
  const drawing = svg('path', {
    d: path,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.9,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  return svg('svg', { class: 'glyph', viewBox: '0 0 24 24', aria: { hidden: 'true' } }, drawing);
}
