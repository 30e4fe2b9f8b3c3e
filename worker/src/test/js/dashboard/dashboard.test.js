import assert from 'node:assert/strict';
import test from 'node:test';
import {
  even,
  onlyWhole,
  points,
  top,
} from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/curve-points.js';
import {
  counted,
  filtersOf,
  queryOf,
} from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/filters.js';
import { follow } from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/live.js';
import {
  badgeOf,
  progressOf,
} from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/progress.js';
import { route, toGallery } from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/routes.js';
import {
  eventsOf,
  iou,
  standing,
  tracksOf,
} from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/tracks.js';

const round = (number, touched, map, champion) => ({
  round: number,
  boxesTouched: touched,
  personSeconds: 36 * touched,
  imagesReviewed: number,
  map,
  ap50: 2 * map,
  champion,
});

test('the curve has a point a round, with the interval of the champion of then', () => {
  const report = {
    rounds: [round(0, 0, 0.1, 'a'), round(1, 50, 0.2, 'b'), round(2, 80, 0.2, 'b')],
    intervals: { b: { lower: 0.15, upper: 0.25 } },
  };
  const list = points(report, 'boxes');
  assert.deepEqual(list.map((p) => p.x), [0, 50, 80]);
  assert.deepEqual(list.map((p) => p.lower), [null, 0.15, 0.15]); // never invented
  assert.deepEqual(points(report, 'time').map((p) => p.x), [0, 0.5, 0.8]);
});

test('rounds without any work lie upon each other, and the last stands', () => {
  const report = { rounds: [round(0, 0, 0.1, 'a'), round(1, 0, 0.3, 'b')], intervals: {} };
  assert.deepEqual(points(report, 'boxes').map((p) => [p.x, p.map, p.round]), [[0, 0.3, 1]]);
});

test('the scale holds everything that is drawn and ends at 1', () => {
  assert.equal(top([{ map: 0.2, ap50: 0.41, upper: 0.3 }]), 0.5);
  assert.equal(top([{ map: 0.9, ap50: 0.99, upper: 0.95 }]), 1);
  assert.equal(top([{ map: 0, ap50: 0, upper: null }]), 0.1);
});

test('the words of a scale are exact', () => {
  assert.deepEqual(even([0, 0.2, 0.30000000000000004]), ['0.0', '0.2', '0.3']);
  assert.deepEqual(even([0, 0.02, 0.04]), ['0.00', '0.02', '0.04']);
  assert.deepEqual(even([0, 0.025, 0.05]), ['0.000', '0.025', '0.050']);
  assert.deepEqual(even([0]), ['0.0']);
});

test('nothing is counted by halves', () => {
  assert.deepEqual(onlyWhole(null, [0, 0.5, 1]), [0, null, 1]);
});

test('addresses lead to views and back', () => {
  assert.equal(route('').view, 'campaigns');
  assert.equal(route('#/c/road-signs').view, 'campaign');
  assert.deepEqual(
    { ...route('#/c/a%2Fb/image/12'), query: null },
    { view: 'image', campaign: 'a/b', image: '12', query: null },
  );
  const there = route(toGallery('road', { class: 'a & b', from: '', disagreement: '1' }));
  assert.equal(there.view, 'gallery');
  assert.equal(there.query.get('class'), 'a & b');
  assert.equal(there.query.has('from'), false);
});

test('filters that nobody may ask for are left out', () => {
  const known = { classes: ['car', 'bus'], rounds: [0, 1] };
  const asked = new URLSearchParams('class=lorry&source=holdout&round=7&from=2&to=0.5&order=luck');
  assert.deepEqual(filtersOf(asked, known), {
    class: '',
    source: 'holdout',
    round: '',
    from: '',
    to: '0.5',
    disagreement: '',
    order: '',
  });
  assert.equal(
    queryOf(filtersOf(new URLSearchParams('class=bus&round=0'), known), '0.0:ab', 60),
    'class=bus&round=0&after=0.0%3Aab&limit=60',
  );
});

test('boxes are counted in the order of the classes', () => {
  const boxes = [{ class: 'bus' }, { class: 'car' }, { class: 'bus' }];
  assert.deepEqual(counted(boxes, ['car', 'bus', 'tram']), [['car', 1], ['bus', 2]]);
});

test('a review is as far as what is answered, and tells what waits', () => {
  const status = {
    phase: 'AWAITING_REVIEW',
    review: { answered: 8, images: 48, openBatches: 3, batches: 3 },
    waiting: { images: 37, boxes: 90, decisions: 3, answered: 8 },
  };
  assert.equal(progressOf(status).done, 8);
  assert.deepEqual(progressOf(status).notes.at(-1), ['decisionsWait', { n: 3 }]);
  assert.deepEqual(progressOf({ ...status, waiting: null }).notes, [['batchesOpen', { open: 3, all: 3 }]]);
});

test('what is left of a prediction is told by the shards that run', () => {
  const status = {
    phase: 'PREDICTING',
    shards: 10,
    shardsDone: 6,
    running: { prediction: { done: 50, total: 200, imagesPerSecond: 10 }, shards: 2 },
  };
  assert.equal(progressOf(status).left, 35); // 4 shards of 100 less 50, at 10 a second
  assert.equal(progressOf({ phase: 'SELECTING', running: {} }), null);
});

test('a state has one badge, and what holds a campaign comes first', () => {
  assert.equal(badgeOf({ state: 'RUNNING', paused: true, health: { level: 'BLOCKED' } }).key, 'paused');
  assert.equal(badgeOf({ state: 'RUNNING', health: 'BLOCKED' }).key, 'blocked');
  assert.equal(badgeOf({ state: 'RUNNING', health: 'OK' }).key, 'running');
  assert.deepEqual(badgeOf({ state: 'FAILED' }), { key: 'FAILED', kind: 'bad' });
  assert.equal(badgeOf({ state: null }).key, 'unknown');
});

const box = (x, name, confidence) => ({ x, y: 0, width: 10, height: 10, class: name, confidence });

function history(parts) {
  return { predictions: [], answers: [], annotations: [], pseudoLabels: [], suspicions: [], ...parts };
}

test('a box keeps its history when its class and edges change', () => {
  const events = eventsOf(
    history({
      predictions: [{ round: 1, boxes: [box(0, 'car', 0.6), box(50, 'car', 0.4)] }],
      answers: [{ round: 1, version: 1, boxes: [box(1, 'bus')] }],
      annotations: [{ round: 1, version: 1, boxes: [box(1, 'bus')] }],
    }),
  );
  assert.deepEqual(events.map((e) => e.kind), ['predicted', 'answered', 'annotated']);
  const tracks = tracksOf(events);
  assert.equal(tracks.length, 2);
  assert.deepEqual(tracks[0].steps.map((s) => s.box.class), ['car', 'bus', 'bus']);
  assert.equal(tracks[0].present, true);
  assert.equal(tracks[1].present, false); // people took it away
});

test('two boxes never share a history at one time', () => {
  const tracks = tracksOf(
    eventsOf(
      history({
        predictions: [{ round: 1, boxes: [box(0, 'car', 0.9)] }],
        annotations: [{ round: 1, version: 1, boxes: [box(0, 'car'), box(1, 'bus')] }],
      }),
    ),
  );
  assert.equal(tracks.length, 2);
});

test('what a model was too unsure to show has no history of its own', () => {
  const unsure = history({ predictions: [{ round: 1, boxes: [box(0, 'car', 0.1)] }] });
  assert.deepEqual(tracksOf(eventsOf(unsure)), []);
  const drawn = history({ ...unsure, annotations: [{ round: 1, version: 1, boxes: [box(0, 'car')] }] });
  assert.equal(tracksOf(eventsOf(drawn))[0].steps.length, 2); // but it is part of a person's
});

test('a label that was taken back leaves the newest pseudo-label in force', () => {
  const events = eventsOf(
    history({
      annotations: [
        { round: 1, version: 1, boxes: [box(0, 'car')] },
        { round: 1, version: 2, boxes: null },
      ],
      pseudoLabels: [{ round: 2, boxes: [box(0, 'bus')] }],
    }),
  );
  assert.equal(standing(events).kind, 'pseudo');
  assert.equal(tracksOf(events)[0].box.class, 'bus');
});

test('boxes that only touch do not overlap', () => {
  assert.equal(iou(box(0, 'a'), box(10, 'a')), 0);
  assert.equal(iou(box(0, 'a'), box(0, 'b')), 1);
});

/** A browser's event source, as far as it is used, whose connection tests cut. */
class FakeSource extends EventTarget {
  static CLOSED = 2;
  static made = [];

  constructor(url) {
    super();
    this.url = url;
    this.readyState = 1;
    FakeSource.made.push(this);
  }

  say(name, data) {
    this.dispatchEvent(Object.assign(new Event(name), { data: JSON.stringify(data) }));
  }

  lose(forGood) {
    this.readyState = forGood ? FakeSource.CLOSED : 0;
    this.dispatchEvent(new Event('error'));
  }

  close() {
    this.readyState = FakeSource.CLOSED;
    this.closed = true;
  }
}

function following() {
  FakeSource.made = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  const heard = [];
  const timers = [];
  const end = follow(
    '/events',
    {
      status: (status) => heard.push(status.round),
      trouble: (sentence) => heard.push(sentence ?? 'lost'),
    },
    { EventSource: FakeSource, page, later: (work, wait) => timers.push({ work, wait }) },
  );
  return { page, heard, timers, end };
}

test('a stream that the browser gives up is opened again, ever less often', () => {
  const { heard, timers } = following();
  FakeSource.made[0].say('status', { round: 1 });
  FakeSource.made[0].lose(false); // the browser comes back by itself
  assert.equal(timers.length, 0);
  FakeSource.made[0].lose(true);
  timers[0].work();
  FakeSource.made[1].lose(true);
  assert.deepEqual(timers.map((t) => t.wait), [1000, 2000]);
  timers[1].work();
  FakeSource.made[2].say('status', { round: 2 });
  FakeSource.made[2].lose(true);
  assert.equal(timers[2].wait, 1000); // it had worked
  assert.deepEqual(heard, [1, 'lost', 'lost', 'lost', 2, 'lost']);
});

test('nothing is followed while nobody looks', () => {
  const { page, end } = following();
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(FakeSource.made[0].closed, true);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(FakeSource.made.length, 2);
  end();
  assert.equal(FakeSource.made[1].closed, true);
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(FakeSource.made.length, 2);
});
