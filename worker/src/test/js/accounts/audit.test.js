import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../../../../', import.meta.url);
const strings = new URL(
  'worker/src/main/resources/dev/labelloop/worker/page/strings/',
  root,
);

/** The Java sources that note something in the audit log. */
function sources() {
  return ['activities', 'worker'].flatMap((module) => {
    const folder = new URL(`${module}/src/main/java/`, root);
    return readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.java'))
      .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
      .filter(({ text }) => /\b(?:AuditRepository|notes)\.note\(/.test(text));
  });
}

/** What is between the parenthesis that opens at `start` and the one that closes it. */
function inParentheses(text, start) {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) {
      return text.slice(start + 1, i);
    }
  }
  throw new Error('a parenthesis is not closed');
}

/** Actions named in one call; `campaign.` + name stands for every order of its file. */
function actions({ name, text }, call) {
  const words = [...call.matchAll(/"([a-z]+\.[a-z]*)"/g)].map(([, word]) => word);
  assert.ok(words.length > 0, `${name} notes an action that this test cannot read: ${call}`);
  const orders = [...text.matchAll(/\b(?:order|carryOut)\(\s*\w+,\s*"(\w+)"/g)].map(([, o]) => o);
  return words.flatMap((word) => (word.endsWith('.') ? orders.map((o) => word + o) : word));
}

const noted = sources().flatMap((source) =>
  [...source.text.matchAll(/\b(?:AuditRepository|notes)\.note\(/g)].flatMap((match) =>
    actions(source, inParentheses(source.text, match.index + match[0].length - 1)),
  ),
);

test('every action in the audit log has words in both languages', () => {
  assert.ok(['account.add', 'person.resume', 'campaign.rollback'].every((a) => noted.includes(a)));
  for (const language of ['en', 'zh']) {
    const words = JSON.parse(readFileSync(new URL(`accounts.${language}.json`, strings), 'utf8'));
    const missing = [...new Set(noted)].filter((action) => !words[`audit.${action}`]);
    assert.deepEqual(missing, [], language);
  }
});

test('no words are left of an action that nobody notes', () => {
  const words = JSON.parse(readFileSync(new URL('accounts.en.json', strings), 'utf8'));
  const known = Object.keys(words).filter((key) => key.startsWith('audit.'));
  assert.deepEqual(
    known.filter((key) => !noted.includes(key.slice('audit.'.length))),
    [],
  );
});
