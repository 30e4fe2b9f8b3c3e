import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  asSentence,
  duration,
  percent,
  translator,
} from '../../main/resources/dev/labelloop/worker/page/js/i18n.js';

const FOLDER = new URL('../../main/resources/dev/labelloop/worker/page/strings/', import.meta.url);
const table = (file) => JSON.parse(readFileSync(new URL(file, FOLDER)));

test('puts values in their places', () => {
  const t = translator({ hello: '{name} and {name}, {n}' }, 'en');
  assert.equal(t('hello', { name: '<b>', n: 12345 }), '<b> and <b>, 12,345');
});

test('chooses by number where a language does', () => {
  const english = translator({ left: { one: '{n} image', other: '{n} images' } }, 'en');
  assert.deepEqual(
    [0, 1, 2].map((n) => english('left', { n })),
    ['0 images', '1 image', '2 images'],
  );
  assert.equal(translator({ left: { other: '{n} 张' } }, 'zh')('left', { n: 1 }), '1 张');
});

test('shows the key of a sentence that is missing', (context) => {
  context.mock.method(console, 'error', () => {});
  assert.equal(translator({}, 'en')('no.such'), 'no.such');
  assert.equal(console.error.mock.callCount(), 1);
});

test('says seconds as people do', () => {
  assert.deepEqual([0.84, 42, 89.6, 720, 7_200, 12_000].map(duration), [
    '0.8 sec',
    '42 sec',
    '90 sec',
    '12 min',
    '2 hr',
    '3 hr 20 min',
  ]);
  assert.equal(duration(null), '–');
  assert.equal(percent(0.9134), '91.3%');
});

test('makes one format for each kind of number', (context) => {
  const made = context.mock.method(Intl, 'NumberFormat');
  const t = translator({ left: '{n} images' }, 'en');
  for (const value of [0.111, 0.222, 0.333]) {
    assert.equal(percent(value, 3), `${(100 * value).toFixed(3)}%`);
    t('left', { n: value });
  }
  assert.ok(made.mock.callCount() <= 2, `${made.mock.callCount()} for two kinds`);
});

const PARTS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.en.json'))
  .map((file) => file.slice(0, -'.en.json'.length));

for (const part of PARTS) {
  test(`says the same in both languages: ${part}`, () => {
    const [english, chinese] = [table(`${part}.en.json`), table(`${part}.zh.json`)];
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
    for (const [key, sentence] of Object.entries(english)) {
      assert.deepEqual(places(chinese[key]), places(sentence), `the places of ${key}`);
    }
  });
}

for (const part of PARTS) {
  test(`punctuates Chinese as Chinese is: ${part}`, () => {
    for (const sentence of Object.values(table(`${part}.zh.json`))) {
      assert.doesNotMatch(wordsOf(sentence), /[\u4e00-\u9fff][,:;?!]/);
    }
  });
}

function wordsOf(sentence) {
  return typeof sentence === 'string' ? sentence : sentence.other;
}

function places(sentence) {
  return [...new Set(wordsOf(sentence).match(/\{\w+\}/g) ?? [])].sort();
}

test('begins with a capital where words stand alone', () => {
  assert.equal(asSentence('others are at what is left'), 'Others are at what is left');
  assert.equal(asSentence('暂停'), '暂停');
  assert.equal(asSentence(''), '');
});
