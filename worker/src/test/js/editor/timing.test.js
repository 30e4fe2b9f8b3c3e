import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../../main/resources/dev/labelloop/worker/page/js/editor/timing.js';
import { forSeeds } from './random.js';

const OPENED = '2026-05-04T12:00:00.000Z';
const opened = (now = 0) => c.createTiming(now, OPENED);

test('a pause of more than half a minute is not work', () => {
  const timing = opened();
  c.touch(timing, 10_000);
  c.touch(timing, 10_000 + 30_001);
  c.touch(timing, 45_000);
  const { activeMs, idleMs } = c.report(timing, 45_000);
  assert.deepEqual([activeMs, idleMs], [14_999, 30_001]);
});

test('exactly half a minute still is', () => {
  const timing = opened();
  c.touch(timing, c.IDLE_MS);
  assert.equal(c.report(timing, c.IDLE_MS).activeMs, c.IDLE_MS);
});

test('work and pauses add up to the whole, and the pass is a part of the work', () => {
  forSeeds(300, (r) => {
    const start = r.whole(0, 1e6);
    const timing = opened(start);
    let now = start;
    for (let i = 0; i < 40; i++) {
      now += r.pick([r.whole(0, 2_000), r.whole(0, 90_000)]);
      r.chance(0.2) ? c.setPass(timing, now, r.chance(0.5)) : c.touch(timing, now);
    }
    const { activeMs, idleMs, passMs } = c.report(timing, now);
    assert.equal(activeMs + idleMs, now - start);
    assert.ok(passMs <= activeMs);
  });
});

test('the first action is the first that is not looking around', () => {
  const timing = opened(100);
  c.record(timing, 150, 'seen', 0);
  c.record(timing, 900, 'zoom');
  assert.equal(c.report(timing, 1000).firstActionMs, null);
  c.record(timing, 1100, 'accept', 3);
  assert.equal(c.report(timing, 1200).firstActionMs, 1000);
});

test('events are told in ms since the image opened', () => {
  const timing = opened(5_000);
  c.record(timing, 6_200.4, 'accept', 3);
  assert.deepEqual(c.report(timing, 7_000).events, [{ t: 1200, kind: 'accept', box: 3 }]);
});

test('a verdict within 300 ms of what was done before, or of the opening, is hasty', () => {
  const timing = opened();
  assert.equal(c.record(timing, 299, 'accept', 0), true);
  assert.equal(c.record(timing, 599, 'reject', 1), false);
  assert.equal(c.record(timing, 700, 'move', 1), false, 'a move is no verdict');
  assert.equal(c.record(timing, 950, 'accept-rest'), true);
});

test('a box that comes on the screen is not the person’s doing', () => {
  const timing = opened();
  c.record(timing, 900, 'seen', 0);
  assert.equal(c.record(timing, 1_000, 'accept', 0), false);
});

test('looking around never crowds out verdicts, and there are never more than 5,000 events', () => {
  const timing = opened();
  for (let i = 0; i < 6_000; i++) {
    c.record(timing, i, 'zoom');
  }
  c.record(timing, 6_000, 'accept', 0);
  const { events } = c.report(timing, 6_000);
  assert.equal(events.at(-1).kind, 'accept');
  for (let i = 0; i < 6_000; i++) {
    c.record(timing, 6_001 + i, 'accept', 0);
  }
  assert.equal(c.report(timing, 12_001).events.length, c.MAX_EVENTS);
});

test('after a reload the time goes on, and the time between does not count', () => {
  const before = opened(1_000);
  c.record(before, 5_000, 'accept', 0);
  const after = c.createTiming(70, '2026-05-04T13:00:00.000Z', c.report(before, 6_000));
  c.record(after, 1_070, 'reject', 1);
  const { openedAt, activeMs, idleMs, events } = c.report(after, 1_070);
  assert.equal(openedAt, OPENED);
  assert.deepEqual([activeMs, idleMs], [6_000, 0]);
  assert.deepEqual(
    events.map((event) => event.t),
    [4_000, 6_000],
  );
});
