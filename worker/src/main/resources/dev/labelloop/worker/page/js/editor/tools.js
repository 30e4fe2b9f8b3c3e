/**
 * The drawing tools as values: `select` draws nothing; `drag` makes a box between the point where
 * the pointer went down and where it went up; `extreme` makes one from four clicked points, topmost,
 * leftmost, lowest and rightmost in any order.
 *
 * @typedef {{name: 'select'|'drag'|'extreme', points: {x: number, y: number}[]}} Tool points in the image
 */
import { clampNumber, fromCorners, fromExtremes, snap, tidy } from './geometry.js';

export const SELECT = { name: 'select', points: [] };
export const DRAG = { name: 'drag', points: [] };
export const EXTREME = { name: 'extreme', points: [] };

export const isDrawing = (tool) => tool.name !== 'select';

const within = (point, image) => ({
  x: clampNumber(point.x, 0, image.width),
  y: clampNumber(point.y, 0, image.height),
});

/** Another click (`extreme`) or the start of a drag; at most four points are kept. */
export function withPoint(tool, point, image) {
  return tool.points.length >= 4
    ? tool
    : { ...tool, points: [...tool.points, within(point, image)] };
}

/** The last point taken back; a tool without points is put down. */
export function withoutPoint(tool) {
  return tool.points.length === 0 ? SELECT : { ...tool, points: tool.points.slice(0, -1) };
}

/** What would be drawn if the pointer were released or clicked at `point`; null if nothing would. */
export function preview(tool, point, image) {
  const points = point ? [...tool.points, within(point, image)] : tool.points;
  if (points.length < 2) {
    return null;
  }
  return tool.name === 'drag'
    ? fromCorners(points[0], points.at(-1), image)
    : fromExtremes(points, image);
}

/**
 * The finished box, snapped to the image's border within `reach` pixels; null while points are
 * missing, or when it would be smaller than a box may be (`isComplete` tells these apart).
 */
export function finished(tool, image, reach) {
  const rect = isComplete(tool) ? preview(tool, null, image) : null;
  return rect && tidy(snap(rect, image, reach));
}

export const isComplete = (tool) => tool.points.length === (tool.name === 'drag' ? 2 : 4);
