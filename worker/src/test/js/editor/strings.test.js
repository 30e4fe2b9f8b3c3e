import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  ACTIONS,
  GROUPS,
} from '../../../main/resources/dev/labelloop/worker/page/js/editor/keymap.js';

const page = new URL('../../../main/resources/dev/labelloop/worker/page/', import.meta.url);
const table = (name) => JSON.parse(readFileSync(new URL(`strings/${name}.json`, page), 'utf8'));
const [english, chinese] = [table('review.en'), table('review.zh')];
const places = (entry) => [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort();

test('both languages have the same keys and the same places', () => {
  assert.deepEqual(Object.keys(chinese), Object.keys(english));
  for (const [key, entry] of Object.entries(english)) {
    const expected = places(entry);
    assert.ok(
      places(chinese[key]).every((place) => expected.includes(place)),
      key,
    );
  }
});

test('every action and group of keys has a name', () => {
  for (const action of ACTIONS.filter((name) => !name.startsWith('class.'))) {
    assert.ok(`do.${action}` in english, action);
  }
  for (const group of Object.keys(GROUPS)) {
    assert.ok(`group.${group}` in english, group);
  }
});

test('every key that the code asks for is there', () => {
  const common = table('common.en');
  for (const folder of ['js/editor/', 'js/review/']) {
    for (const name of readdirSync(new URL(folder, page))) {
      const source = readFileSync(new URL(folder + name, page), 'utf8');
      for (const [, key] of source.matchAll(/\bt\('([\w.]+)'/g)) {
        assert.ok(key in english || key in common, `${name}: ${key}`);
      }
    }
  }
});
