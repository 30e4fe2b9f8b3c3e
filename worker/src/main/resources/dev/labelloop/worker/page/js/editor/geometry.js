/**
 * Rectangles in pixels of the upright image: `{x, y, width, height}`, top-left corner, continuous
 * edges, no "+1". Nothing here knows the screen; every function returns a new rectangle.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 * @typedef {{width: number, height: number}} Size
 * @typedef {{x: number, y: number}} Point
 */

/** The least width and height of a box that a person makes, in image pixels. */
export const MIN_SIDE = 2;

/** The eight handles: which edges each of them moves. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

export const clampNumber = (value, low, high) =>
  Math.min(Math.max(value, low), Math.max(low, high));

/** Tenths of a pixel: finer than any hand, and numbers that can be read. */
export const tenth = (value) => Math.round(value * 10) / 10;

export const right = (rect) => rect.x + rect.width;
export const bottom = (rect) => rect.y + rect.height;
export const area = (rect) => rect.width * rect.height;
export const centre = (rect) => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });

export const sameRect = (a, b) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

export const rectOf = ({ x, y, width, height }) => ({ x, y, width, height });

/** From edges in any order. */
export function fromEdges(x1, y1, x2, y2) {
  const x = Math.min(x1, x2);
  const y = Math.min(y1, y2);
  return { x, y, width: Math.max(x1, x2) - x, height: Math.max(y1, y2) - y };
}

export function intersection(a, b) {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(right(a), right(b)) - x;
  const height = Math.min(bottom(a), bottom(b)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Intersection over union: 0 when the boxes only touch, 1 when equal. */
export function iou(a, b) {
  const both = intersection(a, b);
  return both ? area(both) / (area(a) + area(b) - area(both)) : 0;
}

/** The box moved by (dx, dy), kept whole inside the image: it stops at the border, its size stays. */
export function move(rect, dx, dy, image) {
  return {
    ...rect,
    x: clampNumber(rect.x + dx, 0, image.width - rect.width),
    y: clampNumber(rect.y + dy, 0, image.height - rect.height),
  };
}

/**
 * The box with the handle's edges moved by (dx, dy). An edge stops at the image's border and
 * {@link MIN_SIDE} before the opposite edge (which never moves); a box never turns inside out.
 */
export function resize(rect, handle, dx, dy, image) {
  const across = edges(
    rect.x,
    right(rect),
    handle.includes('w'),
    handle.includes('e'),
    dx,
    image.width,
  );
  const down = edges(
    rect.y,
    bottom(rect),
    handle.includes('n'),
    handle.includes('s'),
    dy,
    image.height,
  );
  return { x: across[0], y: down[0], width: across[1] - across[0], height: down[1] - down[0] };
}

function edges(low, high, movesLow, movesHigh, delta, limit) {
  const least = Math.min(MIN_SIDE, high - low);
  if (movesLow) {
    return [clampNumber(low + delta, Math.min(0, low), high - least), high];
  }
  if (movesHigh) {
    return [low, clampNumber(high + delta, low + least, Math.max(limit, high))];
  }
  return [low, high];
}

/** Edges that lie within `reach` pixels of the image's border are put onto it. */
export function snap(rect, image, reach) {
  const x1 = Math.abs(rect.x) <= reach ? 0 : rect.x;
  const y1 = Math.abs(rect.y) <= reach ? 0 : rect.y;
  const x2 = Math.abs(image.width - right(rect)) <= reach ? image.width : right(rect);
  const y2 = Math.abs(image.height - bottom(rect)) <= reach ? image.height : bottom(rect);
  return { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
}

/** As {@link snap}, for a box that is moved: its size stays. */
export function snapMove(rect, image, reach) {
  const to = { ...rect };
  if (Math.abs(rect.x) <= reach) {
    to.x = 0;
  } else if (Math.abs(image.width - right(rect)) <= reach) {
    to.x = image.width - rect.width;
  }
  if (Math.abs(rect.y) <= reach) {
    to.y = 0;
  } else if (Math.abs(image.height - bottom(rect)) <= reach) {
    to.y = image.height - rect.height;
  }
  return to;
}

/** The part of the rectangle that lies in the image, or null when less than a box is left. */
export function clip(rect, image) {
  const inside = intersection(rect, { x: 0, y: 0, ...image });
  return inside && inside.width >= MIN_SIDE && inside.height >= MIN_SIDE ? inside : null;
}

/** The box between two corners, or null if it would be smaller than {@link MIN_SIDE}. */
export const fromCorners = (a, b, image) => clip(fromEdges(a.x, a.y, b.x, b.y), image);

/**
 * The box of an object whose four extreme points were clicked, in any order (Papadopoulos et al.,
 * "Extreme clicking for efficient object annotation", ICCV 2017); null if it would be too small.
 */
export function fromExtremes(points, image) {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  return clip(fromEdges(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)), image);
}

/** Edges rounded to tenths of a pixel; edges that coincide still do afterwards. */
export function tidy(rect) {
  const x = tenth(rect.x);
  const y = tenth(rect.y);
  return { x, y, width: tenth(tenth(right(rect)) - x), height: tenth(tenth(bottom(rect)) - y) };
}

/**
 * The box with one number set by hand: `x` and `y` move it, `width` and `height` move its right and
 * lower edge. Out of range is brought into range; not a number changes nothing.
 */
export function withNumber(rect, field, value, image) {
  if (!Number.isFinite(value)) {
    return rect;
  }
  switch (field) {
    case 'x':
      return move(rect, value - rect.x, 0, image);
    case 'y':
      return move(rect, 0, value - rect.y, image);
    case 'width':
      return { ...rect, width: clampNumber(value, MIN_SIDE, image.width - rect.x) };
    case 'height':
      return { ...rect, height: clampNumber(value, MIN_SIDE, image.height - rect.y) };
    default:
      throw new Error(`field is ${field}, use x, y, width or height`);
  }
}
