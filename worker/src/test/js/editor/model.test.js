import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as m from '../../../main/resources/dev/labelloop/worker/page/js/editor/model.js';
import { boxIn, forSeeds } from './random.js';
import { CLASSES, proposal, view } from './views.js';

const three = () =>
  view([
    proposal(0, 0, { confidence: 0.8 }),
    proposal(40, 0, { confidence: 0.4 }),
    proposal(80, 0, { confidence: 0.95, sure: true }),
  ]);
const statuses = (state) => state.boxes.map(m.statusOf);

test('the least certain box is selected first, and certain ones need nothing', () => {
  const state = m.createState(three());
  assert.equal(state.selected, 1);
  assert.deepEqual(m.order(state), [1, 0, 2]);
  assert.deepEqual(statuses(state), ['open', 'open', 'sure']);
});

test('boxes of equal certainty keep the order of the proposals', () => {
  const state = m.createState(view([proposal(0, 0), proposal(30, 0), proposal(60, 0)]));
  assert.deepEqual(m.order(state), [0, 1, 2]);
});

test('the next box comes round at the end, and can be asked to be an open one', () => {
  const state = m.createState(three());
  assert.equal(m.neighbour(state, 1), 0);
  assert.equal(m.neighbour(state, -1), 2);
  const open = (box) => box.verdict === 'open';
  assert.equal(m.neighbour(m.accept(state, 0), 1, open), 1);
  assert.equal(m.neighbour(m.acceptRest(state), 1, open), null);
});

test('an accepted box is as it was, a moved or relabelled one is corrected', () => {
  let state = m.createState(three());
  state = m.accept(state, 0);
  state = m.relabel(state, 1, 'bus');
  state = m.place(state, 2, { x: 81, y: 0, width: 20, height: 10 });
  assert.deepEqual(statuses(state), ['accepted', 'edited', 'edited']);
  assert.deepEqual(m.work(state), { kept: 1, touched: 2 });
});

test('a box put back where it was is not touched', () => {
  let state = m.createState(three());
  state = m.place(state, 0, { x: 5, y: 0, width: 20, height: 10 });
  state = m.place(state, 0, { x: 0, y: 0, width: 20, height: 10 });
  assert.equal(m.statusOf(state.boxes[0]), 'accepted');
  assert.equal(m.work(state).touched, 0);
});

test('a rejected proposal stays to be seen and is not sent; a rejected drawing is gone', () => {
  let state = m.createState(three());
  state = m.reject(state, 0);
  state = m.draw(state, { x: 100, y: 50, width: 9, height: 9 }, 'bus');
  assert.equal(state.selected, 3);
  state = m.reject(state, 3);
  assert.deepEqual(statuses(state), ['rejected', 'open', 'sure']);
  assert.notEqual(state.selected, 3);
  assert.deepEqual(
    m.vouched(state).map((box) => box.x),
    [80],
  );
});

test('a rejected box comes back by accepting it', () => {
  const state = m.accept(m.reject(m.createState(three()), 0), 0);
  assert.equal(m.statusOf(state.boxes[0]), 'accepted');
});

test('an image is accepted only if every proposal stayed as it was', () => {
  const all = m.acceptRest(m.createState(three()));
  assert.equal(m.outcome(all), 'ACCEPTED');
  assert.equal(m.outcome(m.reject(all, 1)), 'CORRECTED');
  assert.equal(m.outcome(m.draw(all, { x: 1, y: 50, width: 5, height: 5 }, 'car')), 'CORRECTED');
});

test('an image without proposals and boxes is answered as corrected: nothing was shown to accept', () => {
  assert.equal(m.outcome(m.createState(view([]))), 'CORRECTED');
});

test('no objects rejects proposals, sure ones too, and takes drawings away', () => {
  const drawn = m.draw(m.createState(three()), { x: 1, y: 50, width: 5, height: 5 }, 'car');
  const state = m.noObjects(drawn);
  assert.deepEqual(statuses(state), ['rejected', 'rejected', 'rejected']);
  assert.deepEqual(m.vouched(state), []);
});

test('what was answered before is related to the proposals again', () => {
  const answer = {
    outcome: 'CORRECTED',
    boxes: [
      { x: 0, y: 0, width: 20, height: 10, class: 'car' },
      { x: 43, y: 0, width: 20, height: 10, class: 'bus' },
      { x: 150, y: 60, width: 20, height: 20, class: 'truck' },
    ],
  };
  const state = m.createState({ ...three(), answer });
  assert.deepEqual(statuses(state), ['accepted', 'edited', 'rejected', 'drawn']);
  assert.deepEqual(m.vouched(state), answer.boxes);
});

test('a skipped image starts from its proposals', () => {
  const state = m.createState({ ...three(), answer: { outcome: 'SKIPPED', boxes: [] } });
  assert.deepEqual(statuses(state), ['open', 'open', 'sure']);
});

test('an answer read back gives the same boxes, whatever was done', () => {
  forSeeds(200, (r) => {
    const v = view(
      Array.from({ length: r.whole(0, 8) }, () => ({
        ...boxIn(r, { width: 200, height: 100 }),
        class: r.pick(CLASSES),
        confidence: r.number(0, 1),
      })),
    );
    const state = m.acceptRest(randomWork(r, m.createState(v)));
    const again = m.createState({
      ...v,
      answer: { outcome: 'CORRECTED', boxes: m.vouched(state) },
    });
    const sorted = (s) =>
      m
        .vouched(s)
        .map((box) => JSON.stringify(box))
        .sort();
    assert.deepEqual(sorted(again), sorted(state));
    assert.equal(m.openBoxes(again).length, 0);
  });
});

test('the work adds up: each proposal is kept or touched, each drawing touched', () => {
  forSeeds(300, (r) => {
    const proposals = Array.from({ length: r.whole(0, 10) }, () =>
      proposal(r.number(0, 180), r.number(0, 90), {
        confidence: r.number(0, 1),
        sure: r.chance(0.3),
      }),
    );
    const state = m.acceptRest(randomWork(r, m.createState(view(proposals))));
    const { kept, touched } = m.work(state);
    assert.equal(kept + touched, state.boxes.length);
    assert.ok(kept <= proposals.length);
    assert.equal(new Set(state.boxes.map((box) => box.id)).size, state.boxes.length);
    assert.ok(state.selected === null || m.find(state, state.selected) !== null);
  });
});

test('a change leaves every other box the same object, and nothing at all if nothing changed', () => {
  const state = m.createState(three());
  const to = m.accept(state, 0);
  assert.equal(to.boxes[1], state.boxes[1]);
  assert.equal(to.boxes[2], state.boxes[2]);
  assert.equal(m.accept(to, 0), to);
  assert.equal(m.place(to, 0, to.boxes[0]), to);
});

function randomWork(r, start) {
  let state = start;
  for (let i = 0; i < r.whole(0, 25); i++) {
    const id = state.boxes.length > 0 ? r.pick(state.boxes).id : -1;
    const rect = boxIn(r, state.image);
    state = r.pick([
      () => m.accept(state, id),
      () => m.reject(state, id),
      () => m.relabel(state, id, r.pick(CLASSES)),
      () => m.place(state, id, rect),
      () => m.draw(state, rect, r.pick(CLASSES)),
      () => m.noObjects(state),
      () => m.acceptRest(state),
      () => m.select(state, id === -1 ? null : id),
    ])();
  }
  return state;
}
