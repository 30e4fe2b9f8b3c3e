import { glyph } from '../icons.js';

/** Line drawings of the editor on a grid of 24, beside the pages' own in icons.js. */
const PATHS = {
  accept: 'M4 12.5 9.5 18 20 6.5',
  reject: 'M6 6l12 12 M18 6 6 18',
  edit: 'M4 20l1-4L16.5 4.5l3 3L8 19z M14 7l3 3',
  select: 'M6 3l13 8.5-6 1.2L10 19z',
  drawDrag: 'M5 9V5h4 M15 5h4v4 M19 15v4h-4 M9 19H5v-4 M12 9v6 M9 12h6',
  drawExtreme: 'M12 4v.01 M4 11v.01 M20 13v.01 M12 20v.01 M7 7h10v10H7z',
  undo: 'M8 5 4 9l4 4 M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M16 5l4 4-4 4 M20 9H10a6 6 0 0 0 0 12h3',
  fit: 'M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5',
  zoomIn: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14 M16 16l5 5 M11 8v6 M8 11h6',
  zoomOut: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14 M16 16l5 5 M8 11h6',
  hide: 'M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7 M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6 M4 4l16 16',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18 M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8 M12 16.8v.01',
  settings: 'M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4 M4 12h16',
  previous: 'M14 6l-6 6 6 6',
  next: 'M10 6l6 6-6 6',
  noObjects: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18 M5.6 5.6l12.8 12.8',
  skip: 'M5 5l8 7-8 7z M18 5v14',
  list: 'M9 6h11 M9 12h11 M9 18h11 M4 6h.01 M4 12h.01 M4 18h.01',
  more: 'M5 12h.01 M12 12h.01 M19 12h.01',
};

export function icon(name) {
  return glyph(PATHS[name]);
}
