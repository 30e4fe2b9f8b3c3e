import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from '../../../main/resources/dev/labelloop/worker/page/js/editor/viewport.js';
import { boxIn, forSeeds } from './random.js';

const STAGE = { width: 1000, height: 800 };
const near = (a, b, epsilon = 1e-6) => assert.ok(Math.abs(a - b) <= epsilon, `${a} is not ${b}`);

test('a fitted image lies whole and centred on the stage', () => {
  forSeeds(200, (r) => {
    const image = { width: r.whole(1, 9000), height: r.whole(1, 9000) };
    const shown = v.toScreen(v.fit(image, STAGE), { x: 0, y: 0, ...image });
    assert.ok(shown.x >= 0 && shown.y >= 0, JSON.stringify(shown));
    near(shown.x, STAGE.width - shown.x - shown.width);
    near(shown.y, STAGE.height - shown.y - shown.height);
  });
});

test('a point goes to the screen and back', () => {
  const view = { scale: 2.5, x: 10, y: -30 };
  const { x, y } = v.toScreen(view, { x: 7, y: 9, width: 0, height: 0 });
  assert.deepEqual(v.toImage(view, { x, y }), { x: 7, y: 9 });
});

test('a box that is looked at is visible, whatever its size and place', () => {
  forSeeds(500, (r) => {
    const image = { width: r.whole(20, 9000), height: r.whole(20, 9000) };
    const box = r.chance(0.3) ? { ...boxIn(r, image), width: 2, height: 2 } : boxIn(r, image);
    assert.ok(v.isVisible(box, v.focus(box, image, STAGE), STAGE), JSON.stringify({ image, box }));
  });
});

test('looking at a box shows what is around it: it takes a third of the stage at most, or the image is whole', () => {
  forSeeds(300, (r) => {
    const image = { width: r.whole(20, 9000), height: r.whole(20, 9000) };
    const box = boxIn(r, image);
    const view = v.focus(box, image, STAGE);
    const shown = v.toScreen(view, box);
    const third = shown.width <= STAGE.width / 3 && shown.height <= STAGE.height / 3;
    assert.ok(third || view.scale <= v.fit(image, STAGE).scale + 1e-9);
  });
});

test('zooming keeps the point under the pointer', () => {
  const image = { width: 4000, height: 3000 };
  forSeeds(300, (r) => {
    const view = v.fit(image, STAGE);
    const at = { x: r.number(300, 700), y: r.number(250, 550) };
    const to = v.zoomAt(view, r.number(1, 20), at, image, STAGE);
    const [before, after] = [v.toImage(view, at), v.toImage(to, at)];
    near(before.x, after.x, 1e-6);
    near(before.y, after.y, 1e-6);
  });
});

test('however one zooms and pans, some of the image stays and the scale has bounds', () => {
  const image = { width: 4000, height: 3000 };
  forSeeds(200, (r) => {
    let view = v.fit(image, STAGE);
    for (let i = 0; i < 30; i++) {
      const at = { x: r.number(0, 1000), y: r.number(0, 800) };
      view = r.chance(0.5)
        ? v.pan(view, r.number(-3000, 3000), r.number(-3000, 3000), image, STAGE)
        : v.zoomAt(view, r.number(0.05, 20), at, image, STAGE);
      const shown = v.toScreen(view, { x: 0, y: 0, ...image });
      assert.ok(shown.x < STAGE.width && shown.x + shown.width > 0, JSON.stringify(view));
      assert.ok(shown.y < STAGE.height && shown.y + shown.height > 0, JSON.stringify(view));
      assert.ok(view.scale > 0 && view.scale <= v.MAX_SCALE);
    }
  });
});

test('two fingers take the image along, and their distance is the zoom', () => {
  const image = { width: 4000, height: 3000 };
  const view = { scale: 0.5, x: -200, y: -100 };
  const to = v.pinch(
    view,
    { x: 400, y: 400 },
    { x: 600, y: 400 },
    { x: 350, y: 420 },
    { x: 750, y: 420 },
    image,
    STAGE,
  );
  near(to.scale, 1);
  const under = v.toImage(view, { x: 500, y: 400 });
  const now = v.toImage(to, { x: 550, y: 420 });
  near(under.x, now.x);
  near(under.y, now.y);
});

test('a speck is not visible until it is zoomed, and a box beside the stage is not at all', () => {
  const speck = { x: 100, y: 100, width: 5, height: 5 };
  const pole = { x: 100, y: 100, width: 1, height: 90 };
  assert.equal(v.isVisible(pole, { scale: 1, x: 0, y: 0 }, STAGE), true);
  assert.equal(v.isVisible(speck, { scale: 1, x: 0, y: 0 }, STAGE), false);
  assert.equal(v.isVisible(speck, { scale: 4, x: 0, y: 0 }, STAGE), true);
  assert.equal(v.isVisible(speck, { scale: 4, x: 2000, y: 0 }, STAGE), false);
});

test('a box counts as seen from nine tenths of it, or when it fills the stage', () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  assert.equal(v.isVisible(box, { scale: 1, x: -5, y: 0 }, STAGE), true);
  assert.equal(v.isVisible(box, { scale: 1, x: -15, y: 0 }, STAGE), false);
  assert.equal(v.isVisible(box, { scale: 30, x: -500, y: -500 }, STAGE), true);
});

test('the way between two views begins and ends at them', () => {
  const [a, b] = [
    { scale: 1, x: 0, y: 0 },
    { scale: 4, x: -300, y: 80 },
  ];
  assert.deepEqual(v.between(a, b, 0), a);
  assert.deepEqual(v.between(a, b, 1), b);
  assert.equal(v.between(a, b, 0.5).scale, 2);
});
