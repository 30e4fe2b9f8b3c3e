import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApi, path } from '../../main/resources/dev/labelloop/worker/page/js/api.js';

const replying =
  (status, body, headers = {}) =>
  async () =>
    new Response(body, { status, headers });

test('gives back what the server sent', async () => {
  const api = createApi({ fetch: replying(200, '{"left": 3}') });
  assert.deepEqual(await api.get('/api/x'), { left: 3 });
});

test('gives null for an empty reply', async () => {
  const api = createApi({ fetch: async () => new Response(null, { status: 204 }) });
  assert.equal(await api.get('/api/x'), null);
});

test('marks every write as its own, and no read', async () => {
  const seen = [];
  const api = createApi({ fetch: async (url, how) => (seen.push(how), new Response('{}')) });
  await api.get('/api/x');
  await api.post('/api/x');
  await api.del('/api/x');
  assert.deepEqual(
    seen.map((how) => how.headers['X-LabelLoop']),
    [undefined, '1', '1'],
  );
  assert.equal(seen[1].body, '{}');
  assert.equal(seen[2].body, undefined);
});

test("passes on the server's sentence, the newest version and the wait", async () => {
  const api = createApi({
    fetch: replying(412, '{"error": "somebody was faster", "version": 3}', { 'Retry-After': '9' }),
  });
  await assert.rejects(api.put('/api/x', {}), {
    status: 412,
    message: 'somebody was faster',
    version: 3,
    retryAfter: 9,
  });
});

test('says the status when something in between refuses in words of its own', async () => {
  const api = createApi({ fetch: replying(502, '<html>bad gateway</html>') });
  await assert.rejects(api.get('/api/x'), { status: 502, message: 'the server answered 502' });
});

test('takes a reply that was cut off for none', async () => {
  const api = createApi({ fetch: replying(200, '{"left":') });
  await assert.rejects(api.get('/api/x'), { status: 0 });
});

test('gives a request up that gets no reply', async () => {
  const never = (url, { signal }) =>
    new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const held = setTimeout(() => {}, 5_000); // a timeout signal alone does not keep Node awake
  await assert.rejects(createApi({ fetch: never, patienceMs: 10 }).get('/api/x'), { status: 0 });
  clearTimeout(held);
});

test('leaves the page when nobody is signed in, and troubles it no further', async () => {
  const fetch = replying(401, '{"error": "sign in"}');
  let settled = false;
  await new Promise((left) => {
    const asked = createApi({ fetch, onSignedOut: left }).get('/api/x');
    asked.catch(() => {}).finally(() => (settled = true));
  });
  await new Promise((later) => setTimeout(later, 10));
  assert.equal(settled, false);
});

test('says that nobody is signed in to a page that stays', async () => {
  const api = createApi({ fetch: replying(401, '{"error": "sign in"}') });
  await assert.rejects(api.get('/api/x'), { status: 401, message: 'sign in' });
});

test('takes a file with its name', async () => {
  const named = { 'Content-Disposition': 'attachment; filename="street-coco.zip"' };
  const { blob, name } = await createApi({ fetch: replying(200, 'PK', named) }).file('/api/x');
  assert.equal(await blob.text(), 'PK');
  assert.equal(name, 'street-coco.zip');
});

test('says why there is no file', async () => {
  const api = createApi({ fetch: replying(409, '{"error": "nothing is labelled yet"}') });
  await assert.rejects(api.file('/api/x'), { status: 409, message: 'nothing is labelled yet' });
  const gone = async () => Promise.reject(new TypeError('Failed to fetch'));
  await assert.rejects(createApi({ fetch: gone }).file('/api/x'), { status: 0 });
});

test('keeps the slashes of keys and nothing else', () => {
  assert.equal(path('api', 'review', 'a b/r1/b0/ü?#'), '/api/review/a%20b/r1/b0/%C3%BC%3F%23');
});
