import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as g from '../../../main/resources/dev/labelloop/worker/page/js/editor/geometry.js';
import { boxIn, forSeeds } from './random.js';

const IMAGE = { width: 200, height: 100 };
const EPSILON = 1e-9;
const box = (x, y, width, height) => ({ x, y, width, height });

function assertInside(rect, image = IMAGE) {
  assert.ok(rect.x >= -EPSILON && rect.y >= -EPSILON, JSON.stringify(rect));
  assert.ok(g.right(rect) <= image.width + EPSILON, JSON.stringify(rect));
  assert.ok(g.bottom(rect) <= image.height + EPSILON, JSON.stringify(rect));
}

test('boxes that touch do not overlap, and equal ones overlap wholly', () => {
  assert.equal(g.iou(box(0, 0, 10, 10), box(10, 0, 10, 10)), 0);
  assert.equal(g.iou(box(3, 4, 10, 10), box(3, 4, 10, 10)), 1);
  // 5 × 10 shared of 10 × 10 + 10 × 10 − 50
  assert.equal(g.iou(box(0, 0, 10, 10), box(5, 0, 10, 10)), 50 / 150);
});

test('a moved box stops at the border and keeps its size', () => {
  assert.deepEqual(g.move(box(10, 10, 50, 20), -30, 500, IMAGE), box(0, 80, 50, 20));
  assert.deepEqual(g.move(box(10, 10, 50, 20), 3, 4, IMAGE), box(13, 14, 50, 20));
});

test('a handle moves its edges and leaves the opposite ones', () => {
  assert.deepEqual(g.resize(box(10, 10, 50, 20), 'nw', 5, 5, IMAGE), box(15, 15, 45, 15));
  assert.deepEqual(g.resize(box(10, 10, 50, 20), 'e', 5, 99, IMAGE), box(10, 10, 55, 20));
  assert.deepEqual(g.resize(box(10, 10, 50, 20), 's', 99, -5, IMAGE), box(10, 10, 50, 15));
});

test('a box is never turned inside out: an edge stops two pixels before the other', () => {
  assert.deepEqual(g.resize(box(10, 10, 50, 20), 'w', 500, 0, IMAGE), box(58, 10, 2, 20));
  assert.deepEqual(g.resize(box(10, 10, 50, 20), 'se', -500, -500, IMAGE), box(10, 10, 2, 2));
});

test('a proposal smaller than two pixels can be resized without growing first', () => {
  assert.deepEqual(g.resize(box(10, 10, 1, 1), 'e', -5, 0, IMAGE), box(10, 10, 1, 1));
  assert.deepEqual(g.resize(box(10, 10, 1, 1), 'e', 5, 0, IMAGE), box(10, 10, 6, 1));
});

test('whatever is done by hand, a box stays in the image and not under two pixels', () => {
  forSeeds(500, (r) => {
    let rect = boxIn(r, IMAGE);
    for (let i = 0; i < 20; i++) {
      const [dx, dy] = [r.number(-150, 150), r.number(-150, 150)];
      const handle = r.pick([...g.HANDLES, null, 'number']);
      if (handle === 'number') {
        rect = g.withNumber(
          rect,
          r.pick(['x', 'y', 'width', 'height']),
          r.number(-300, 300),
          IMAGE,
        );
      } else if (handle) {
        rect = g.snap(g.resize(rect, handle, dx, dy, IMAGE), IMAGE, r.number(0, 3));
      } else {
        rect = g.snapMove(g.move(rect, dx, dy, IMAGE), IMAGE, r.number(0, 3));
      }
      assertInside(rect);
      assert.ok(
        rect.width >= g.MIN_SIDE - EPSILON && rect.height >= g.MIN_SIDE - EPSILON,
        JSON.stringify(rect),
      );
    }
  });
});

test('a resize moves no edge that its handle does not hold', () => {
  forSeeds(300, (r) => {
    const rect = boxIn(r, IMAGE);
    const handle = r.pick(g.HANDLES);
    const to = g.resize(rect, handle, r.number(-99, 99), r.number(-99, 99), IMAGE);
    const near = (a, b) => assert.ok(Math.abs(a - b) < EPSILON);
    handle.includes('w') || near(to.x, rect.x);
    handle.includes('n') || near(to.y, rect.y);
    handle.includes('e') || near(g.right(to), g.right(rect));
    handle.includes('s') || near(g.bottom(to), g.bottom(rect));
  });
});

test('edges near the border are put onto it, others stay', () => {
  assert.deepEqual(g.snap(box(2, 10, 50, 88), IMAGE, 3), box(0, 10, 52, 90));
  assert.deepEqual(g.snap(box(4, 10, 50, 80), IMAGE, 3), box(4, 10, 50, 80));
});

test('a moved box that snaps keeps its size', () => {
  assert.deepEqual(g.snapMove(box(2, 10, 50, 88), IMAGE, 3), box(0, 12, 50, 88));
});

test('a drawn box may start anywhere, and is cut at the border', () => {
  assert.deepEqual(g.fromCorners({ x: 60, y: 50 }, { x: 10, y: 20 }, IMAGE), box(10, 20, 50, 30));
  assert.deepEqual(
    g.fromCorners({ x: 190, y: 90 }, { x: 999, y: 999 }, IMAGE),
    box(190, 90, 10, 10),
  );
});

test('a box of less than two pixels is not drawn', () => {
  assert.equal(g.fromCorners({ x: 10, y: 10 }, { x: 11.5, y: 60 }, IMAGE), null);
});

test('four extreme points make the box around them, in any order', () => {
  const points = [
    { x: 30, y: 5 },
    { x: 10, y: 20 },
    { x: 33, y: 44 },
    { x: 60, y: 22 },
  ];
  forSeeds(20, (r) => {
    const shuffled = [...points].sort(() => r.number(-1, 1));
    assert.deepEqual(g.fromExtremes(shuffled, IMAGE), box(10, 5, 50, 39));
  });
});

test('numbers set by hand move or resize, and are brought into range', () => {
  const rect = box(10, 10, 50, 20);
  assert.deepEqual(g.withNumber(rect, 'x', 180, IMAGE), box(150, 10, 50, 20));
  assert.deepEqual(g.withNumber(rect, 'width', 9999, IMAGE), box(10, 10, 190, 20));
  assert.deepEqual(g.withNumber(rect, 'height', 0, IMAGE), box(10, 10, 50, 2));
  assert.equal(g.withNumber(rect, 'y', NaN, IMAGE), rect);
  assert.throws(() => g.withNumber(rect, 'left', 1, IMAGE), /use x, y, width or height/);
});

test('tidying rounds to tenths and never leaves the image', () => {
  assert.deepEqual(g.tidy(box(1.04, 2.06, 10.02, 3)), box(1, 2.1, 10.1, 3));
  forSeeds(300, (r) => {
    const rect = g.tidy(boxIn(r, IMAGE));
    assertInside(rect);
    for (const value of Object.values(rect)) {
      assert.equal(value, g.tenth(value));
    }
  });
});
