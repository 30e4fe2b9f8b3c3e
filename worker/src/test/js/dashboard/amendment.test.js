import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amendment } from '../../../main/resources/dev/labelloop/worker/page/js/dashboard/amendment.js';

const NOTHING = { budget: '', deadline: '', target: '', rounds: '' };
const typed = (some) => amendment({ ...NOTHING, ...some });

test('per cent and hours become shares and durations', () => {
  const { value, faults } = typed({ budget: '7 %', deadline: '1,5', target: '0.6', rounds: '5' });
  assert.deepEqual(faults, []);
  assert.deepEqual(value, { budget: 0.07, deadline: 'PT5400S', target: 0.6, rounds: 5 });
});

test('empty fields change nothing', () => {
  assert.deepEqual(typed({ rounds: ' 3 ' }).value, { rounds: 3 });
  assert.deepEqual(amendment(NOTHING), { value: {}, faults: [] });
});

test('what cannot be is told as it was typed', () => {
  const wrong = { budget: '150', deadline: '0', target: '60', rounds: '2.5' };
  assert.deepEqual(
    typed(wrong).faults,
    Object.entries(wrong).map(([field, text]) => ({ field, typed: text })),
  );
  assert.deepEqual(typed({ budget: ' %', target: 'high' }).faults, [
    { field: 'budget', typed: '%' },
    { field: 'target', typed: 'high' },
  ]);
});
