import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as q from '../../../main/resources/dev/labelloop/worker/page/js/editor/queries.js';
import { Task } from '../../../main/resources/dev/labelloop/worker/page/js/editor/task.js';
import { proposal, view } from './views.js';

const asked = (more = {}) =>
  view(
    [
      proposal(0, 0, { confidence: 0.9, sure: true }),
      proposal(40, 0, { confidence: 0.4 }),
      proposal(80, 0, { confidence: 0.6 }),
    ],
    {
      queries: [
        { box: 2, ask: ['class', 'geometry'] },
        { box: 1, ask: ['class'] },
        { box: 0, ask: ['geometry'] },
      ],
      ...more,
    },
  );
const opened = (v = asked()) => new Task(v, { now: 0, openedAt: '2026-05-04T12:00:00.000Z' });

test('only asked boxes are shown as questions, even a certain one', () => {
  const task = opened(asked({ queries: [{ box: 0, ask: ['geometry'] }] }));
  assert.deepEqual(
    task.state.boxes.map((box) => [box.id, box.verdict]),
    [[0, 'open']],
  );
  assert.equal(q.context(task.view).length, 2);
});

test('a question asks for what is not certain yet', () => {
  const [both, name, place] = opened().state.boxes;
  assert.deepEqual([both, name, place].map(q.question), ['both', 'class', 'geometry']);
});

test('one key a question; then the image can be finished, without a look at the rest', () => {
  const task = opened();
  task.accept(1_000);
  task.advance();
  task.reject(2_000);
  task.advance();
  task.place(3_000, { x: 1, y: 0, width: 20, height: 10 });
  assert.equal(task.phase, 'done');
  assert.equal(task.forward(3_001).kind, 'finish');
  const { outcome, queries, boxes, timing } = task.answer(4_000);
  assert.equal(outcome, 'CORRECTED');
  assert.equal(boxes, undefined);
  assert.deepEqual(queries, [
    { box: 2, verdict: 'NOT_OBJECT' },
    { box: 1, verdict: 'CORRECT' },
    { box: 0, verdict: 'FIXED', x: 1, y: 0, width: 20, height: 10, class: 'car' },
  ]);
  assert.deepEqual(
    timing.events.map((event) => event.kind),
    ['query', 'query', 'move'],
  );
});

test('an image is accepted when every asked box is correct', () => {
  const task = opened();
  for (const id of [0, 1, 2]) {
    task.select(id);
    task.accept(1_000 * (id + 1));
  }
  assert.equal(task.answer(9_000).outcome, 'ACCEPTED');
});

test('an open question is gone to, and nothing is answered for the person', () => {
  const task = opened();
  task.accept(1_000);
  assert.deepEqual(task.forward(2_000), { kind: 'asked', n: 2 });
  assert.equal(task.selected.verdict, 'open');
});

test('what was answered before is there again', () => {
  const queries = [
    { box: 2, verdict: 'NOT_OBJECT' },
    { box: 1, verdict: 'CORRECT' },
    { box: 0, verdict: 'FIXED', x: 1, y: 2, width: 20, height: 10, class: 'bus' },
  ];
  const task = opened(asked({ answer: { outcome: 'CORRECTED', queries } }));
  assert.deepEqual(task.answer(0).queries, queries);
});

test('a skipped question sends no boxes', () => {
  assert.equal('boxes' in opened().skipped(100, 'unsure'), false);
});

test('what is certain is not asked, and cannot be changed', () => {
  const task = opened();
  task.select(1); // its class is asked
  assert.equal(task.place(1_000, { x: 0, y: 0, width: 9, height: 9 }).certain, 'geometry');
  assert.equal(task.relabel(2_000, 'bus').changed, true);
  task.select(0); // its place is asked
  assert.equal(task.relabel(3_000, 'bus').certain, 'class');
  assert.equal(task.relabel(4_000, 'car').changed, true, 'the same class accepts');
  task.select(2);
  task.reject(5_000);
  assert.deepEqual(
    task.answer(6_000).queries.map((answer) => answer.verdict),
    ['NOT_OBJECT', 'FIXED', 'CORRECT'],
  );
});
