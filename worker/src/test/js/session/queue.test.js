import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  discard,
  due,
  dueAt,
  newEntry,
  override,
  replyOf,
  settle,
  waitMs,
} from '../../../main/resources/dev/labelloop/worker/page/js/session/queue.js';

const NOW = 1_000_000;

const entry = (id, more = {}) => ({
  ...newEntry({
    id,
    account: 'ann',
    campaign: 'street',
    view: { key: 'k', version: 0 },
    after: null,
    answer: { outcome: 'ACCEPTED' },
    at: NOW,
  }),
  ...more,
});

test("sends under the person's own name and the id of the answer", () => {
  assert.deepEqual(entry('a').body, { outcome: 'ACCEPTED', submissionId: 'a', reviewer: 'ann' });
});

test('sends the oldest first', () => {
  assert.equal(
    due([entry('b', { at: 2 }), entry('a', { at: 3 }), entry('c', { at: 1 })], NOW).id,
    'c',
  );
});

test('holds back what follows an answer that is not stored', () => {
  const queue = [entry('a', { notBefore: NOW + 5 }), entry('b', { after: 'a' })];
  assert.equal(due(queue, NOW), null);
  assert.equal(dueAt(queue), NOW + 5);
});

test('gives what follows the version that its predecessor has got', () => {
  const [a, b] = [entry('a'), entry('b', { after: 'a' })];
  const { puts, deletes } = settle(a, [a, b], { kind: 'stored', version: 4 }, NOW, 0.5);
  assert.deepEqual(deletes, ['a']);
  assert.deepEqual(
    puts.map(({ id, after, version }) => ({ id, after, version })),
    [{ id: 'b', after: null, version: 4 }],
  );
});

test('waits a second at first, never more than half a minute, and never less than half of it', () => {
  assert.equal(waitMs(0, 1), 1_000);
  assert.equal(waitMs(0, 0), 500);
  assert.equal(waitMs(3, 1), 8_000);
  assert.equal(waitMs(99, 1), 30_000);
});

test('waits as long as the server asks', () => {
  const { puts } = settle(entry('a'), [], { kind: 'again', retryAfter: 7, all: true }, NOW, 0.1);
  assert.equal(puts[0].notBefore, NOW + 7_000);
});

for (const [status, kind] of [
  [0, 'again'],
  [408, 'again'],
  [429, 'again'],
  [500, 'again'],
  [503, 'again'],
  [401, 'signedOut'],
  [412, 'conflict'],
  [400, 'refused'],
  [403, 'refused'],
  [404, 'refused'],
  [409, 'refused'],
  [413, 'refused'],
]) {
  test(`takes ${status} as ${kind}`, () => {
    assert.equal(replyOf({ status, message: '', version: null, retryAfter: null }).kind, kind);
  });
}

test('does not let one answer that fails hold up the others', () => {
  assert.equal(replyOf({ status: 500, retryAfter: null }).all, false);
  assert.equal(replyOf({ status: 503, retryAfter: null }).all, true);
});

test('does not send what was refused', () => {
  const refused = settle(
    entry('a'),
    [],
    { kind: 'refused', status: 409, message: 'closed' },
    NOW,
    0,
  ).puts[0];
  assert.equal(due([refused], NOW), null);
  assert.equal(due([override(refused, 3)], NOW).version, 3);
});

test('lets what follows go on from the version that is there when an answer is let go', () => {
  const a = entry('a', { conflict: { version: 6, view: {} } });
  const { puts } = discard(a, [a, entry('b', { after: 'a' })]);
  assert.equal(puts[0].version, 6);
});
