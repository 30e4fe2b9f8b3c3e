import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  landing,
  linkIn,
  refusalKey,
} from '../../../main/resources/dev/labelloop/worker/page/js/login/landing.js';

test('finds the token of a one-time link', () => {
  assert.equal(linkIn('#link=Zk3-w9_Q'), 'Zk3-w9_Q');
  assert.equal(linkIn('#people'), null);
  assert.equal(linkIn(''), null);
});

test('leads back to the page that was asked for', () => {
  assert.equal(landing('/review?campaign=street%20one'), '/review?campaign=street%20one');
});

for (const to of [
  null,
  '',
  'review',
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  'https://evil.example',
  'javascript:alert(1)',
  '/ x',
  '/login?to=/login',
]) {
  test(`leads to the first page instead of ${JSON.stringify(to)}`, () => {
    assert.equal(landing(to), '/');
  });
}

test('never says which of name and password was wrong', () => {
  assert.equal(refusalKey({ status: 401 }, 'password'), 'login.wrong');
  assert.equal(refusalKey({ status: 401 }, 'link'), 'login.linkUsed');
  assert.equal(refusalKey({ status: 0 }, 'link'), 'login.noReply');
  assert.equal(refusalKey({ status: 500 }, 'link'), 'say.failed');
});
