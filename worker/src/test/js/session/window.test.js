import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  admit,
  advance,
  drop,
  emptyWindow,
  interpose,
  keys,
  wanted,
} from '../../../main/resources/dev/labelloop/worker/page/js/session/window.js';

const view = (key) => ({ key });
const of = (...names) => admit(emptyWindow(), names.map(view));

test('wants one to open and three ahead', () => {
  assert.equal(wanted(emptyWindow()), 4);
  assert.equal(wanted(advance(of('a', 'b', 'c', 'd'))), 0);
});

test('takes no image twice', () => {
  assert.deepEqual(keys(admit(of('a', 'b'), [view('b'), view('c')])), ['a', 'b', 'c']);
});

test('has nothing open when nothing is ready', () => {
  assert.equal(advance(emptyWindow()).current, null);
});

test('puts the open image behind one that is opened between', () => {
  const window = interpose(advance(of('a', 'b')), view('z'));
  assert.deepEqual(keys(window), ['z', 'a', 'b']);
});

test('moves an image that was ready when it is opened before its turn', () => {
  assert.deepEqual(keys(interpose(advance(of('a', 'b', 'c')), view('c'))), ['c', 'a', 'b']);
});

test('drops the open image as well as one that is ready', () => {
  const window = advance(of('a', 'b', 'c'));
  assert.deepEqual(keys(drop(window, 'a')), ['b', 'c']);
  assert.deepEqual(keys(drop(window, 'c')), ['a', 'b']);
});
