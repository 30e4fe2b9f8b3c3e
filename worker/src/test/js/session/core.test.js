import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameAnswer } from '../../../main/resources/dev/labelloop/worker/page/js/session/sender.js';
import { createWorld } from './world.js';

const SECOND = 1_000;
const key = (number) => `street/r1/b0/${String(number).padStart(4, '0')}`;
const box = (x) => ({ outcome: 'CORRECTED', boxes: [{ x }] });
const answersTo = (world, number) => world.server.images.get(key(number)).answers;

/** A world without faults, and a tab that has its first image. */
async function opened(how = {}) {
  const world = createWorld(how);
  const tab = world.openTab();
  await world.clock.pass(SECOND);
  return { world, tab };
}

test('opens one image and gets three more ready', async () => {
  const { tab } = await opened();
  assert.equal(tab.open.view.key, key(0));
  assert.equal(tab.state.ready, 3);
  assert.equal(tab.state.phase, 'working');
});

test('opens the next image at once, without a word from the server', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  tab.core.submit(box(1));
  assert.equal(tab.open.view.key, key(1));
});

test('tells soon that nothing is left once the last answer is stored', async () => {
  const { world, tab } = await opened({ images: 2 });
  tab.core.submit(box(1));
  tab.core.submit(box(2));
  await world.clock.pass(3 * SECOND);
  assert.equal(answersTo(world, 1).length, 1);
  assert.equal(tab.state.phase, 'empty');
  assert.equal(tab.state.left, 0);
});

test('refuses an answer to an image that is not open any more', async () => {
  const { tab } = await opened();
  tab.core.submit(box(1), key(0));
  await assert.rejects(tab.core.submit(box(2), key(0)), /not open/);
});

test('sends under the same id until the server has said that it is stored', async () => {
  const { world, tab } = await opened({ faults: {} });
  world.network.faults = { lostReply: 1 };
  tab.core.submit(box(1));
  await world.clock.pass(60 * SECOND);
  assert.equal(tab.state.unsent, 1);
  assert.equal(tab.state.offline, true);
  world.network.faults = {};
  await world.clock.pass(120 * SECOND);
  assert.equal(tab.state.unsent, 0);
  assert.equal(answersTo(world, 0).length, 1);
  assert.ok(world.server.puts > 1, 'the answer was sent more than once');
});

test('waits longer after each failure', async () => {
  const { world, tab } = await opened();
  world.network.faults = { error: 1 };
  const tries = () => world.network.log.length;
  tab.core.submit(box(1));
  world.network.faults = {};
  world.network.down = true;
  const before = tries();
  await world.clock.pass(300 * SECOND);
  assert.equal(tries(), before, 'nothing arrives while the server is down');
  world.network.down = false;
  await world.clock.pass(31 * SECOND);
  assert.equal(answersTo(world, 0).length, 1, 'at the latest half a minute after it is back');
});

test('sends what an earlier page has left behind', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  tab.core.submit(box(1));
  await world.clock.pass(5 * SECOND);
  tab.kill();
  world.network.down = false;
  world.openTab();
  await world.clock.pass(40 * SECOND);
  assert.equal(answersTo(world, 0).length, 1);
});

test('never sends what another person has left behind', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  tab.core.submit(box(1));
  await world.clock.pass(5 * SECOND);
  tab.kill();
  world.network.down = false;
  world.server.session = 'bob';
  const other = world.openTab({ account: 'bob' });
  await world.clock.pass(60 * SECOND);
  assert.equal(answersTo(world, 0).length, 0);
  assert.equal(other.state.unsent, 0);
});

test('opens the image that was begun, with its draft, after a reload', async () => {
  const { world, tab } = await opened();
  tab.core.open(key(2));
  await world.clock.pass(SECOND);
  tab.core.saveDraft({ boxes: 7 });
  tab.core.flushDraft();
  tab.kill();
  const again = world.openTab();
  await world.clock.pass(SECOND);
  assert.equal(again.open.view.key, key(2));
  assert.deepEqual(again.open.draft.content, { boxes: 7 });
});

test('forgets a draft when its answer is kept', async () => {
  const { world, tab } = await opened();
  tab.core.saveDraft({ boxes: 7 });
  await world.clock.pass(SECOND);
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  assert.equal(world.browser.drafts.read(`ann|${key(0)}`), null);
});

test('shows different images in two tabs', async () => {
  const { world, tab } = await opened();
  const second = world.openTab();
  await world.clock.pass(SECOND);
  assert.equal(tab.open.view.key, key(0));
  assert.equal(second.open.view.key, key(4));
});

test('will not open an image that another tab has', async () => {
  const { world, tab } = await opened();
  const second = world.openTab();
  await world.clock.pass(SECOND);
  const refusal = assert.rejects(second.core.open(tab.open.view.key), /another tab/);
  await world.clock.pass(SECOND);
  await refusal;
});

test('takes over the answers of a tab that was closed', async () => {
  const { world, tab } = await opened();
  const second = world.openTab();
  await world.clock.pass(SECOND);
  world.network.down = true;
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  tab.kill();
  assert.equal(second.state.unsent, 1);
  world.network.down = false;
  await world.clock.pass(60 * SECOND);
  assert.equal(answersTo(world, 0).length, 1);
  assert.equal(second.state.unsent, 0);
});

test('keeps its answers and asks to sign in when the session has ended', async () => {
  const { world, tab } = await opened();
  world.server.session = null;
  tab.core.submit(box(1));
  await world.clock.pass(60 * SECOND);
  assert.equal(tab.state.signedOut, '');
  assert.equal(tab.state.unsent, 1);
  world.server.session = 'ann'; // nobody tells the tab
  await world.clock.pass(20 * SECOND);
  assert.equal(tab.state.signedOut, null);
  assert.equal(answersTo(world, 0).length, 1);
});

test('stops when somebody else signs in within the same browser', async () => {
  const { world, tab } = await opened();
  world.server.session = 'bob';
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  assert.equal(tab.state.signedOut, 'bob');
  assert.equal(tab.state.unsent, 1);
  assert.equal(answersTo(world, 0).length, 0);
});

test('says which answers the server refuses, and lets go of them when told', async () => {
  const { world, tab } = await opened();
  world.server.images.get(key(0)).closed = true;
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  const [refused] = tab.state.refused;
  assert.equal(refused.refused.message, 'batch street/r1/b0 is closed');
  assert.equal(tab.open.view.key, key(1));
  tab.core.discard(refused.id);
  await world.clock.pass(SECOND);
  assert.deepEqual(tab.state.refused, []);
});

test('drops its answer when the same one came in between', async () => {
  const { world, tab } = await opened();
  world.server.answer(key(0), { submissionId: 'elsewhere', ...box(1) });
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  assert.equal(tab.state.unsent, 0);
  assert.equal(answersTo(world, 0).length, 1);
});

test('asks when another answer came in between; mine stands if I say so', async () => {
  const { world, tab } = await opened();
  world.server.answer(key(0), { submissionId: 'elsewhere', ...box(9) });
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  const [conflict] = tab.state.conflicts;
  assert.equal(conflict.conflict.view.answer.submissionId, 'elsewhere');
  tab.core.keepMine(conflict.id);
  await world.clock.pass(SECOND);
  assert.deepEqual(tab.state.conflicts, []);
  assert.deepEqual(answersTo(world, 0).at(-1).boxes, [{ x: 1 }]);
});

test('lets the other answer stand if I let mine go', async () => {
  const { world, tab } = await opened();
  world.server.answer(key(0), { submissionId: 'elsewhere', ...box(9) });
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  tab.core.discard(tab.state.conflicts[0].id);
  await world.clock.pass(SECOND);
  assert.equal(tab.state.unsent, 0);
  assert.equal(answersTo(world, 0).at(-1).submissionId, 'elsewhere');
});

test('sends a second answer to the same image after the first', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  tab.core.submit(box(1));
  await world.clock.pass(100);
  world.network.down = false;
  const back = tab.core.open(key(0));
  await world.clock.pass(300);
  await back;
  assert.deepEqual(tab.open.unsent?.boxes, [{ x: 1 }], 'it shows what I said, not what is stored');
  tab.core.submit(box(2));
  await world.clock.pass(60 * SECOND);
  assert.deepEqual(
    answersTo(world, 0).map((row) => row.boxes[0].x),
    [1, 2],
  );
});

test('keeps the lease of an image that takes long', async () => {
  const { world } = await opened();
  await world.clock.pass(600 * SECOND);
  assert.ok(world.server.images.get(key(0)).lease.until > world.clock.now());
});

test('says so when the open image went to somebody else, and goes on', async () => {
  const { world, tab } = await opened();
  world.server.images.get(key(0)).lease = { who: 'bob', id: 'x', until: Infinity };
  await world.clock.pass(31 * SECOND);
  assert.match(tab.state.lost.message, /somebody else/);
  tab.core.next();
  await world.clock.pass(SECOND);
  assert.equal(tab.open.view.key, key(1));
  assert.equal(tab.state.lost, null);
});

test('gives its images back at the end', async () => {
  const { world, tab } = await opened();
  tab.core.dispose();
  await world.clock.pass(SECOND);
  assert.ok([...world.server.images.values()].every((image) => image.lease === null));
});

test('does not show an image again that was left without an answer', async () => {
  const { world, tab } = await opened({ images: 2 });
  tab.core.next();
  await world.clock.pass(SECOND);
  tab.core.submit(box(1));
  await world.clock.pass(60 * SECOND);
  assert.equal(tab.open, null);
  assert.equal(tab.state.phase, 'empty');
});

test('says why there is nothing to do, and goes on when there is', async () => {
  const world = createWorld();
  world.server.paused = 'a person must look at your answers first';
  const tab = world.openTab();
  await world.clock.pass(SECOND);
  assert.equal(tab.state.phase, 'empty');
  assert.match(tab.state.reason, /look at your answers/);
  world.server.paused = null;
  await world.clock.pass(16 * SECOND);
  assert.equal(tab.state.phase, 'working');
});

test('sends what the browser would not keep, and says that it must stay open', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  world.browser.full = true;
  const submitted = tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  await submitted;
  assert.equal(tab.state.unsaved, 1);
  world.network.down = false;
  await world.clock.pass(40 * SECOND);
  assert.equal(answersTo(world, 0).length, 1);
  assert.equal(tab.state.unsaved, 0);
});

test('keeps it as soon as the browser will', async () => {
  const { world, tab } = await opened();
  world.network.down = true;
  world.browser.full = true;
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  world.browser.full = false;
  await world.clock.pass(10 * SECOND); // the next attempt fails, and is noted
  assert.equal(tab.state.unsaved, 0);
  assert.equal(tab.state.unsent, 1);
});

test('counts an answer as on its way from the moment it is given', async () => {
  const { world, tab } = await opened();
  const submitted = tab.core.submit(box(1));
  assert.equal(tab.state.unsent, 1);
  await world.clock.pass(SECOND);
  await submitted;
  assert.equal(tab.state.unsent, 0);
});

test('shows an image again that was sent back', async () => {
  const { world, tab } = await opened({ images: 5 });
  tab.core.submit(box(1));
  await world.clock.pass(SECOND);
  world.server.images.get(key(0)).answers.length = 0; // returned: open once more
  await world.clock.pass(SECOND);
  [1, 2, 3].forEach((x) => tab.core.submit(box(x)));
  await world.clock.pass(20 * SECOND);
  tab.core.submit(box(4));
  await world.clock.pass(20 * SECOND);
  assert.equal(tab.open.view.key, key(0));
});

test('knows the same answer by what it says, not by how it is written', () => {
  const mine = { outcome: 'CORRECTED', boxes: [{ x: 1, class: 'car' }], timing: {} };
  const theirs = { outcome: 'CORRECTED', boxes: [{ class: 'car', x: 1 }], reviewer: 'bob' };
  assert.ok(sameAnswer(mine, theirs));
  assert.ok(!sameAnswer(mine, { ...theirs, boxes: [{ class: 'bus', x: 1 }] }));
  assert.ok(!sameAnswer(mine, null));
});

test('does not send a longer list of what it holds than the server takes', async () => {
  const { world, tab } = await opened({ images: 150 });
  for (let i = 0; i < 110; i += 1) {
    tab.core.next();
    await world.clock.pass(SECOND);
  }
  assert.equal(tab.state.phase, 'working');
});
