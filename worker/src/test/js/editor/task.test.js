import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  openBoxes,
  statusOf,
} from '../../../main/resources/dev/labelloop/worker/page/js/editor/model.js';
import { Task } from '../../../main/resources/dev/labelloop/worker/page/js/editor/task.js';
import { DRAG, SELECT } from '../../../main/resources/dev/labelloop/worker/page/js/editor/tools.js';
import { boxIn, forSeeds } from './random.js';
import { CLASSES, proposal, view } from './views.js';

const STAGE = { width: 1000, height: 500 };
const WHOLE = { scale: 5, x: 0, y: 0 };
const opened = (v, now = 0) => new Task(v, { now, openedAt: '2026-05-04T12:00:00.000Z' });
const two = (more) =>
  view([proposal(0, 0, { confidence: 0.7 }), proposal(150, 80, { confidence: 0.4 })], more);
const kinds = (task, now) => task.answer(now).timing.events.map((event) => event.kind);

test('one key a box: after each verdict the next open one is selected, the least certain first', () => {
  const task = opened(two());
  assert.equal(task.state.selected, 1);
  task.accept(1_000);
  assert.equal(task.advance(), true);
  assert.equal(task.state.selected, 0);
  task.reject(2_000);
  assert.equal(task.advance(), false);
  assert.equal(task.phase, 'pass');
});

test('the rest is accepted only when every box without a verdict was on the screen', () => {
  const task = opened(two());
  task.look(10, { scale: 5, x: 0, y: 0 }, { width: 300, height: 300 }); // shows box 0 alone
  const step = task.forward(1_000);
  assert.deepEqual(step, { kind: 'unseen', n: 1 });
  assert.equal(task.state.selected, 1, 'the unseen box is gone to');
  assert.equal(openBoxes(task.state).length, 2, 'and nothing is accepted yet');
  task.look(1_200, WHOLE, STAGE);
  assert.deepEqual(task.forward(2_000), { kind: 'pass', hasty: false });
  assert.equal(openBoxes(task.state).length, 0);
});

test('boxes on the screen as specks are not seen', () => {
  const task = opened(two());
  task.look(10, { scale: 0.1, x: 0, y: 0 }, STAGE);
  assert.equal(task.forward(1_000).kind, 'unseen');
});

test('before an opened image is finished, it is looked over once, and not in no time', () => {
  const task = opened(two());
  task.look(10, WHOLE, STAGE);
  assert.equal(task.forward(1_000).kind, 'pass');
  assert.equal(task.forward(1_100).kind, 'soon');
  assert.equal(task.forward(1_400).kind, 'finish');
});

test('an image of certain boxes alone begins with the pass', () => {
  const task = opened(view([proposal(0, 0, { sure: true })]));
  assert.equal(task.phase, 'pass');
  assert.equal(task.forward(100).kind, 'soon');
  assert.equal(task.forward(4_000).kind, 'finish');
  const { outcome, boxes, timing } = task.answer(4_000);
  assert.equal(outcome, 'ACCEPTED');
  assert.equal(boxes.length, 1);
  assert.equal(timing.passMs, 4_000);
});

test('time spent drawing is not time spent looking for what is missing', () => {
  const task = opened(view([]));
  task.take(2_000, DRAG);
  task.draw(5_000, { x: 1, y: 1, width: 20, height: 20 });
  task.take(5_000, SELECT);
  assert.equal(task.answer(6_000).timing.passMs, 3_000);
});

test('what is undone in the pass is judged again, and the pass is made once', () => {
  const task = opened(two());
  task.look(10, WHOLE, STAGE);
  task.forward(1_000);
  task.undo(2_000);
  assert.equal(task.phase, 'judge');
  task.forward(3_000);
  assert.equal(task.forward(3_050).kind, 'finish');
});

test('everything can be undone and done again', () => {
  forSeeds(200, (r) => {
    const proposals = Array.from({ length: r.whole(0, 8) }, () =>
      proposal(r.number(0, 180), r.number(0, 90), {
        confidence: r.number(0, 1),
        sure: r.chance(0.2),
      }),
    );
    const task = opened(view(proposals));
    const states = [task.state.boxes];
    let now = 0;
    for (let i = 0; i < 20; i++) {
      now += 5_000;
      if (act(r, task, now).changed) {
        states.push(task.state.boxes);
      }
    }
    for (const boxes of states.slice(0, -1).reverse()) {
      assert.equal(task.undo((now += 100)).changed, true);
      assert.equal(task.state.boxes, boxes);
    }
    assert.equal(task.undo(now).changed, false);
    for (const boxes of states.slice(1)) {
      assert.equal(task.redo((now += 100)).changed, true);
      assert.equal(task.state.boxes, boxes);
    }
    assert.equal(task.redo(now).changed, false);
  });
});

test('a new change forgets what could be done again', () => {
  const task = opened(two());
  task.accept(1_000);
  task.undo(2_000);
  task.reject(3_000);
  assert.equal(task.redo(4_000).changed, false);
});

test('a run of arrow keys is one step and one event, a pause makes two', () => {
  const task = opened(two());
  const to = (x, now) => task.place(now, { x, y: 80, width: 20, height: 10 }, 'move 1');
  to(151, 1_000);
  to(152, 1_100);
  to(153, 1_200);
  to(154, 5_000);
  task.undo(6_000);
  assert.equal(task.selected.x, 153);
  task.undo(7_000);
  assert.equal(task.selected.x, 150);
  assert.deepEqual(kinds(task, 8_000), ['move', 'move', 'undo', 'undo']);
});

test('verdicts in no time are told as hasty', () => {
  const task = opened(two());
  assert.equal(task.accept(200).hasty, true);
  task.advance();
  assert.equal(task.accept(600).hasty, false);
});

test('the same verdict again changes nothing and is no event', () => {
  const task = opened(two());
  task.accept(1_000);
  assert.deepEqual(task.accept(1_100), { changed: false, hasty: false });
  assert.deepEqual(kinds(task, 2_000), ['accept']);
});

test('events name proposals by their index, and drawings not at all', () => {
  const task = opened(two());
  task.reject(1_000);
  task.draw(2_000, { x: 1, y: 1, width: 20, height: 20 });
  task.reject(3_000);
  const { events } = task.answer(4_000).timing;
  assert.deepEqual(
    events.map(({ kind, box }) => [kind, box]),
    [
      ['reject', 1],
      ['draw', null],
      ['delete', null],
    ],
  );
});

test('the class that a box is given is the class of new boxes; the same class again accepts', () => {
  const task = opened(two());
  task.relabel(1_000, 'bus');
  task.draw(2_000, { x: 1, y: 1, width: 20, height: 20 });
  assert.equal(task.selected.class, 'bus');
  task.select(0);
  task.relabel(3_000, 'car');
  assert.deepEqual(kinds(task, 4_000), ['relabel', 'draw', 'accept']);
});

test('a skipped image says why and has no boxes', () => {
  const { outcome, reason, boxes, timing } = opened(two()).skipped(900, 'too dark');
  assert.deepEqual([outcome, reason, boxes], ['SKIPPED', 'too dark', []]);
  assert.equal(timing.activeMs, 900);
});

test('a draft, stored as JSON and read back, goes on where it was', () => {
  forSeeds(100, (r) => {
    const v = view(
      Array.from({ length: r.whole(1, 6) }, () =>
        proposal(r.number(0, 180), r.number(0, 90), { confidence: r.number(0, 1) }),
      ),
    );
    const task = opened(v);
    let now = 0;
    for (let i = 0; i < 8; i++) {
      act(r, task, (now += 400));
    }
    const draft = JSON.parse(JSON.stringify(task.draft(now)));
    const again = new Task(v, { now: 55, openedAt: '2026-05-05T00:00:00.000Z', draft });
    assert.deepEqual(again.state, task.state);
    assert.deepEqual(again.answer(55), task.answer(now));
  });
});

test('a draft of other proposals is left aside', () => {
  const draft = opened(view([proposal(0, 0)])).draft(100);
  const task = new Task(two(), { now: 0, openedAt: 'now', draft });
  assert.equal(task.state.boxes.length, 2);
});

test('an answer never holds a box outside the image, of no area, or without a known class', () => {
  forSeeds(200, (r) => {
    const task = opened(view([proposal(0, 0), proposal(50, 50)]));
    let now = 0;
    for (let i = 0; i < 15; i++) {
      act(r, task, (now += 500));
    }
    for (const box of task.answer(now).boxes) {
      assert.ok(box.width > 0 && box.height > 0 && box.x >= 0 && box.y >= 0);
      assert.ok(box.x + box.width <= 200 + 1e-9 && box.y + box.height <= 100 + 1e-9);
      assert.ok(CLASSES.includes(box.class));
    }
  });
});

function act(r, task, now) {
  if (task.state.boxes.length > 0) {
    task.select(r.pick(task.state.boxes).id);
  }
  const rect = boxIn(r, task.state.image);
  return r.pick([
    () => task.accept(now),
    () => task.reject(now),
    () => task.relabel(now, r.pick(CLASSES)),
    () => task.place(now, rect),
    () => task.draw(now, rect),
    () => task.noObjects(now),
  ])();
}

test('a box status is one of six words', () => {
  const words = new Set(['open', 'sure', 'accepted', 'edited', 'drawn', 'rejected']);
  forSeeds(50, (r) => {
    const task = opened(two());
    for (let i = 1; i < 10; i++) {
      act(r, task, i * 500);
      task.state.boxes.forEach((box) => assert.ok(words.has(statusOf(box))));
    }
  });
});
