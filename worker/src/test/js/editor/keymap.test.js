import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as k from '../../../main/resources/dev/labelloop/worker/page/js/editor/keymap.js';
import { forSeeds } from './random.js';

const press = (key, more = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});
const action = (event, map = k.defaultKeymap()) => k.actionOf(map, k.chordOf(event));

test('each usual key does what the list of keys says', () => {
  const expected = [
    [press('a'), 'accept'],
    [press('A', { shiftKey: false }), 'accept'], // caps lock
    [press('x'), 'reject'],
    [press('e'), 'edit'],
    [press('7'), 'class.7'],
    [press('Tab'), 'next'],
    [press('Tab', { shiftKey: true }), 'previous'],
    [press('Enter'), 'finish'],
    [press('Enter', { ctrlKey: true }), 'finish'],
    [press('Enter', { metaKey: true }), 'finish'],
    [press('n'), 'noObjects'],
    [press('s'), 'skip'],
    [press('b'), 'drawDrag'],
    [press('q'), 'drawExtreme'],
    [press('ArrowLeft'), 'move.left'],
    [press('ArrowLeft', { shiftKey: true }), 'moveFar.left'],
    [press('ArrowDown', { altKey: true }), 'size.down'],
    [press('z'), 'undo'],
    [press('Z', { shiftKey: true }), 'redo'],
    [press('y'), 'redo'],
    [press('f'), 'fit'],
    [press('+', { shiftKey: true }), 'zoomIn'],
    [press('-'), 'zoomOut'],
    [press(' '), 'pan'],
    [press('h'), 'hide'],
    [press('?', { shiftKey: true }), 'help'],
  ];
  for (const [event, wanted] of expected) {
    assert.equal(action(event), wanted, event.key);
  }
});

test('in another script, a letter is told by where its key lies', () => {
  assert.equal(action(press('ф', { code: 'KeyA' })), 'accept');
});

test('keys that only modify, Escape and unfinished characters are no keys', () => {
  for (const key of ['Shift', 'Control', 'Alt', 'Meta', 'Escape', 'Dead', 'Process']) {
    assert.equal(k.chordOf(press(key)), null, key);
  }
  assert.equal(k.chordOf(press('a', { isComposing: true })), null);
});

test('keys of the browser are left to it', () => {
  assert.equal(action(press('a', { ctrlKey: true })), null);
  assert.equal(action(press('+', { ctrlKey: true, shiftKey: true })), null);
});

test('single keys can be switched off; keys with a modifier and named keys remain', () => {
  const map = { ...k.defaultKeymap(), single: false };
  for (const key of ['a', 'x', '1', '+', '?', 'Z']) {
    assert.equal(action(press(key), map), null, key);
  }
  assert.equal(action(press('Enter'), map), 'finish');
  assert.equal(action(press('z', { ctrlKey: true }), map), 'undo');
  assert.equal(action(press('ArrowUp'), map), 'move.up');
  assert.equal(k.keyOf(map, 'accept'), null);
  assert.equal(k.keyOf(map, 'undo'), 'ctrl+z');
});

test('no key stands for two actions', () => {
  const all = Object.values(k.defaultKeymap().chords).flat();
  assert.equal(new Set(all).size, all.length);
});

test('a key of another action is refused, and the message says what to do', () => {
  const map = k.defaultKeymap();
  assert.equal(k.takenBy(map, 'accept', 'x'), 'reject');
  assert.throws(
    () => k.withKey(map, 'accept', 0, 'x'),
    /x belongs to reject, choose another key for accept/,
  );
});

test('a key can be changed, added and removed', () => {
  let map = k.withKey(k.defaultKeymap(), 'accept', 0, 'g');
  map = k.withKey(map, 'accept', 1, 'ctrl+g');
  assert.deepEqual(map.chords.accept, ['g', 'ctrl+g']);
  assert.equal(action(press('a'), map), null);
  assert.deepEqual(k.withoutKey(map, 'accept', 0).chords.accept, ['ctrl+g']);
});

test('the same key twice for one action is one key', () => {
  assert.deepEqual(k.withKey(k.defaultKeymap(), 'accept', 1, 'a').chords.accept, ['a']);
});

test('what is stored is read back, and only differences are stored', () => {
  assert.equal(k.toStored(k.defaultKeymap()), '{"single":true,"chords":{}}');
  const map = { ...k.withKey(k.defaultKeymap(), 'accept', 0, 'g'), single: false };
  assert.deepEqual(k.fromStored(k.toStored(map)), map);
});

test('keys swapped between two actions are read back', () => {
  let map = k.withoutKey(k.withoutKey(k.defaultKeymap(), 'reject', 0), 'reject', 0);
  map = k.withKey(map, 'accept', 0, 'x');
  map = k.withKey(map, 'reject', 0, 'a');
  assert.deepEqual(k.fromStored(k.toStored(map)), map);
});

test('whatever lies in the storage, the keymap works and no key stands for two actions', () => {
  const bad = [
    null,
    '',
    'x',
    'null',
    '[]',
    '7',
    '{"chords":{"accept":"a"}}',
    '{"chords":{"nothing":["a"]}}',
    '{"chords":{"accept":["x"],"reject":["x"]}}',
  ];
  for (const text of bad) {
    const { chords } = k.fromStored(text);
    const all = Object.values(chords).flat();
    assert.equal(new Set(all).size, all.length, text);
    assert.equal(Object.keys(chords).length, k.ACTIONS.length);
  }
});

test('however keys are changed, what is stored is read back', () => {
  forSeeds(200, (r) => {
    let map = k.defaultKeymap();
    for (let i = 0; i < 15; i++) {
      const name = r.pick(k.ACTIONS);
      const chord = r.pick(['a', 'g', 'j', 'ctrl+j', 'alt+x', 'f2', 'shift+q', 'x', '/']);
      if (r.chance(0.3)) {
        map = k.withoutKey(map, name, 0);
      } else if (k.takenBy(map, name, chord) === null) {
        map = k.withKey(map, name, r.whole(0, 2), chord);
      }
    }
    assert.deepEqual(k.fromStored(k.toStored(map)), map);
  });
});
