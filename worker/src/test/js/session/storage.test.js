import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  draftsIn,
  inLocalStorage,
} from '../../../main/resources/dev/labelloop/worker/page/js/session/storage.js';

/** What a browser's localStorage does, in a map; `room` is how many more items fit. */
function fakeLocalStorage(room = Infinity) {
  const storage = Object.create({
    getItem: (name) => (Object.hasOwn(storage, name) ? storage[name] : null),
    removeItem: (name) => delete storage[name],
    setItem(name, value) {
      if (!Object.hasOwn(storage, name) && Object.keys(storage).length >= room) {
        throw new Error('QuotaExceededError');
      }
      storage[name] = value;
    },
  });
  return storage;
}

test('keeps answers in localStorage where there is no database', async () => {
  const answers = inLocalStorage(fakeLocalStorage());
  await answers.write([{ id: 'a' }, { id: 'b' }], []);
  await answers.write([{ id: 'b', version: 2 }], ['a']);
  assert.deepEqual(await answers.list(), [{ id: 'b', version: 2 }]);
});

test('leaves the old answer when there is no room for the new one', async () => {
  const answers = inLocalStorage(fakeLocalStorage(1));
  await answers.write([{ id: 'a' }], []);
  await assert.rejects(answers.write([{ id: 'b' }], ['a']), /Quota/);
  assert.deepEqual(await answers.list(), [{ id: 'a' }]);
});

test('says when a draft is not kept', () => {
  const drafts = draftsIn(fakeLocalStorage(1));
  assert.equal(drafts.write('a', { at: 1 }), true);
  assert.equal(drafts.write('b', { at: 1 }), false);
  assert.deepEqual(drafts.read('a'), { at: 1 });
  assert.equal(drafts.read('b'), null);
});

test('forgets drafts after a month', () => {
  const storage = fakeLocalStorage();
  const day = 24 * 3_600_000;
  draftsIn(storage).write('old', { at: 0 });
  draftsIn(storage, 0).write('young', { at: 20 * day });
  const drafts = draftsIn(storage, 31 * day);
  assert.equal(drafts.read('old'), null);
  assert.deepEqual(drafts.read('young'), { at: 20 * day });
});
