/**
 * Where the image lies on the screen: `screen = image × scale + (x, y)`, in CSS pixels of the stage.
 * A viewport is a value; every function returns a new one.
 *
 * @typedef {{scale: number, x: number, y: number}} Viewport
 * @typedef {{width: number, height: number, top?: number}} Stage  top: so much is covered at the top
 */
import { centre, clampNumber, intersection, area } from './geometry.js';

/** Screen pixels to one image pixel at most. */
export const MAX_SCALE = 40;

/** A box that is looked at takes this share of the stage at most: the rest shows what is around it. */
const FOCUS_SHARE = 0.3;

/** Beyond this, a small object is only blurred further. */
const FOCUS_SCALE = 4;

/** Room around a fitted image, in screen pixels. */
const MARGIN = 16;

/** Longer side of a box, in screen pixels, from which it counts as visible: a pole may be thin. */
const VISIBLE_SIDE = 16;

/** From here on even the smallest box counts as visible. */
const VISIBLE_SCALE = 4;

/** Share of a box (or of the stage, for boxes larger than that) that must be on the screen. */
const VISIBLE_SHARE = 0.9;

/** The whole image, centred. Small images are enlarged, fourfold at most. */
export function fit(image, stage) {
  const wide = Math.max(1, stage.width - 2 * MARGIN) / image.width;
  const high = Math.max(1, free(stage).height - 2 * MARGIN) / image.height;
  return around(centre({ x: 0, y: 0, ...image }), Math.min(wide, high, 4), stage);
}

/** A box in the middle with its surroundings; never less than the whole image shows. */
export function focus(rect, image, stage) {
  const wanted = FOCUS_SHARE * Math.min(stage.width / rect.width, free(stage).height / rect.height);
  const least = fit(image, stage).scale;
  const scale = clampNumber(wanted, least, Math.max(least, FOCUS_SCALE));
  return inside(around(centre(rect), scale, stage), image, stage);
}

/** What of the stage is not covered. */
const free = ({ width, height, top = 0 }) => ({ x: 0, y: top, width, height: height - top });

/** The middle of what is not covered. */
export const middle = (stage) => centre(free(stage));

function around(point, scale, stage) {
  const { x, y } = middle(stage);
  return { scale, x: x - point.x * scale, y: y - point.y * scale };
}

/** No empty space beside an image that is larger than the stage; a smaller one is centred. */
function inside(view, image, stage) {
  const { y, height } = free(stage);
  const along = (offset, length, start, room) =>
    length <= room
      ? start + (room - length) / 2
      : clampNumber(offset, start + room - length, start);
  return {
    scale: view.scale,
    x: along(view.x, image.width * view.scale, 0, stage.width),
    y: along(view.y, image.height * view.scale, y, height),
  };
}

/** Zoomed by a factor; the image point under `at` (screen) stays where it is. */
export function zoomAt(view, factor, at, image, stage) {
  const least = Math.min(fit(image, stage).scale / 2, 1);
  const scale = clampNumber(view.scale * factor, least, MAX_SCALE);
  const k = scale / view.scale;
  return keep(
    { scale, x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k },
    image,
    stage,
  );
}

export const pan = (view, dx, dy, image, stage) =>
  keep({ ...view, x: view.x + dx, y: view.y + dy }, image, stage);

/** Two fingers that went from (a0, b0) to (a1, b1): the image follows both. */
export function pinch(view, a0, b0, a1, b1, image, stage) {
  const distance = (p, q) => Math.max(1, Math.hypot(p.x - q.x, p.y - q.y));
  const middle = (p, q) => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 });
  const from = middle(a0, b0);
  const to = middle(a1, b1);
  const moved = pan(view, to.x - from.x, to.y - from.y, image, stage);
  return zoomAt(moved, distance(a1, b1) / distance(a0, b0), to, image, stage);
}

/** The image cannot be pushed off the stage: a strip of it always remains. */
function keep(view, image, stage) {
  const strip = (room) => Math.min(64, room / 4);
  return {
    scale: view.scale,
    x: clampNumber(
      view.x,
      strip(stage.width) - image.width * view.scale,
      stage.width - strip(stage.width),
    ),
    y: clampNumber(
      view.y,
      strip(stage.height) - image.height * view.scale,
      stage.height - strip(stage.height),
    ),
  };
}

export const toImage = (view, point) => ({
  x: (point.x - view.x) / view.scale,
  y: (point.y - view.y) / view.scale,
});

export const toScreen = (view, rect) => ({
  x: rect.x * view.scale + view.x,
  y: rect.y * view.scale + view.y,
  width: rect.width * view.scale,
  height: rect.height * view.scale,
});

/** Whether a person could see this box: nearly all of it on the stage, and not as a speck. */
export function isVisible(rect, view, stage) {
  const shown = toScreen(view, rect);
  const side = Math.max(shown.width, shown.height);
  if (side < VISIBLE_SIDE && view.scale < VISIBLE_SCALE) {
    return false;
  }
  const part = intersection(shown, free(stage));
  return part !== null && area(part) >= VISIBLE_SHARE * Math.min(area(shown), area(free(stage)));
}

/** Of two viewports, the one at `t` of the way (0 to 1); scale goes geometrically. */
export function between(a, b, t) {
  const scale = a.scale * (b.scale / a.scale) ** t;
  const k = a.scale === b.scale ? t : (scale - a.scale) / (b.scale - a.scale);
  return { scale, x: a.x + (b.x - a.x) * k, y: a.y + (b.y - a.y) * k };
}

export const sameView = (a, b) => a.scale === b.scale && a.x === b.x && a.y === b.y;
