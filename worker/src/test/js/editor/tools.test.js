import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tools from '../../../main/resources/dev/labelloop/worker/page/js/editor/tools.js';

const IMAGE = { width: 200, height: 100 };
const at = (x, y) => ({ x, y });
const clicked = (tool, ...points) =>
  points.reduce((t, point) => tools.withPoint(t, point, IMAGE), tool);

test('a drag makes a box between where it began and ended', () => {
  const tool = clicked(tools.DRAG, at(60, 50), at(10, 20));
  assert.deepEqual(tools.finished(tool, IMAGE, 0), { x: 10, y: 20, width: 50, height: 30 });
});

test('four clicks make a box, three do not', () => {
  const three = clicked(tools.EXTREME, at(30, 5), at(10, 20), at(60, 22));
  assert.equal(tools.finished(three, IMAGE, 0), null);
  assert.equal(tools.isComplete(three), false);
  const four = tools.withPoint(three, at(33, 44), IMAGE);
  assert.deepEqual(tools.finished(four, IMAGE, 0), { x: 10, y: 5, width: 50, height: 39 });
});

test('a point outside the image is put onto its border', () => {
  assert.deepEqual(clicked(tools.EXTREME, at(-50, 500)).points, [at(0, 100)]);
});

test('a finished box snaps to the border', () => {
  const tool = clicked(tools.DRAG, at(2, 20), at(50, 97));
  assert.deepEqual(tools.finished(tool, IMAGE, 4), { x: 0, y: 20, width: 50, height: 80 });
});

test('too small a box is none, though the tool has all its points', () => {
  const tool = clicked(tools.DRAG, at(10, 10), at(11, 11));
  assert.equal(tools.isComplete(tool), true);
  assert.equal(tools.finished(tool, IMAGE, 0), null);
});

test('points are taken back one by one, then the tool is put down', () => {
  const tool = clicked(tools.EXTREME, at(10, 10), at(20, 20));
  const one = tools.withoutPoint(tool);
  assert.equal(one.points.length, 1);
  assert.equal(tools.withoutPoint(tools.withoutPoint(one)), tools.SELECT);
});

test('what would be drawn is shown from the second point on', () => {
  assert.equal(tools.preview(tools.DRAG, at(5, 5), IMAGE), null);
  assert.deepEqual(tools.preview(clicked(tools.DRAG, at(0, 0)), at(10, 10), IMAGE), {
    x: 0,
    y: 0,
    width: 10,
    height: 10,
  });
  assert.deepEqual(
    tools.preview(clicked(tools.EXTREME, at(30, 5), at(10, 20)), at(60, 40), IMAGE),
    { x: 10, y: 5, width: 50, height: 35 },
  );
});
