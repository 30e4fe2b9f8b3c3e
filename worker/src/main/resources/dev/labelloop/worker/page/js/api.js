/**
 * The server's JSON interface. Every refusal is an {@link ApiError}, whose message is the server's one
 * sentence; a request that got no reply at all is one too, with status 0.
 */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 if there was no reply
   * @param {string} message one sentence
   * @param {{version?: number, retryAfter?: number, cause?: *}} [more] version: the newest, of a 412;
   *     retryAfter: seconds to wait, of a 429 or 503
   */
  constructor(status, message, { version = null, retryAfter = null, cause } = {}) {
    super(message, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.version = version;
    this.retryAfter = retryAfter;
  }
}

/** A reply that takes longer is as good as lost; the longest that the server plans for is 10 s. */
const PATIENCE_MS = 20_000;

/** A file is made while it comes. */
const FILE_PATIENCE_MS = 600_000;

/**
 * @param {object} [how]
 * @param {typeof fetch} [how.fetch]
 * @param {(() => void)|null} [how.onSignedOut] leaves the page on a 401, and the request
 *     is then never answered, as nobody is there to hear of it; null: it is thrown
 * @param {number} [how.patienceMs]
 */
export function createApi({
  fetch = (...request) => globalThis.fetch(...request),
  onSignedOut = null,
  patienceMs = PATIENCE_MS,
} = {}) {
  async function send(method, path, body, headers = {}, { read = parsed, ...options } = {}) {
    const response = await reply(fetch, method, path, body, headers, { patienceMs, ...options });
    if (response.ok) {
      return read(response);
    }
    if (response.status === 401 && onSignedOut !== null) {
      onSignedOut();
      return new Promise(() => {});
    }
    throw refusal(response, await parsed(response));
  }
  return {
    get: (path, headers, options) => send('GET', path, undefined, headers, options),
    post: (path, body, headers, options) => send('POST', path, body ?? {}, headers, options),
    put: (path, body, headers, options) => send('PUT', path, body ?? {}, headers, options),
    patch: (path, body, headers, options) => send('PATCH', path, body ?? {}, headers, options),
    del: (path, body, headers, options) => send('DELETE', path, body, headers, options),
    /** A file: its content, and its name or null. */
    file: (path) =>
      send('GET', path, undefined, {}, { read: fileOf, patienceMs: FILE_PATIENCE_MS }),
  };
}

/** The pages' own: who is not signed in is sent to sign in, and comes back afterwards. */
export const api = createApi({ onSignedOut: toLogin });

/** The same without being sent away, for pages that must not be left (an open image). */
export const stayingApi = createApi();

/** Goes to the login page, which leads back here. */
export function toLogin() {
  const here = location.pathname + location.search;
  location.assign(`/login?to=${encodeURIComponent(here)}`);
}

/** A path of segments, each encoded: `path('api', 'campaigns', name)`; keys with '/' keep them. */
export function path(...segments) {
  return (
    '/' + segments.map((s) => String(s).split('/').map(encodeURIComponent).join('/')).join('/')
  );
}

async function reply(fetch, method, url, body, headers, { patienceMs, keepalive = false, signal }) {
  const write = method !== 'GET';
  const waiting = AbortSignal.timeout(patienceMs);
  try {
    return await fetch(url, {
      method,
      keepalive,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, waiting]) : waiting,
      headers: {
        Accept: 'application/json',
        ...(write ? { 'X-LabelLoop': '1' } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw noReply(cause);
  }
}

async function parsed(response) {
  const text = await whole(response.text());
  if (text === '') {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (response.ok) {
      throw new ApiError(0, 'the reply was cut off or is not JSON', { cause });
    }
    return null; // something in between refused, in words of its own; the status says enough
  }
}

async function fileOf(response) {
  const blob = await whole(response.blob());
  const disposition = response.headers.get('Content-Disposition') ?? '';
  return { blob, name: /filename="([^"]+)"/.exec(disposition)?.[1] ?? null };
}

/** A reply may break off. */
async function whole(body) {
  try {
    return await body;
  } catch (cause) {
    throw noReply(cause);
  }
}

function noReply(cause) {
  return new ApiError(0, 'the server does not answer', { cause });
}

function refusal(response, value) {
  const wait = Number(response.headers.get('Retry-After') ?? NaN);
  return new ApiError(response.status, value?.error ?? `the server answered ${response.status}`, {
    version: value?.version ?? null,
    retryAfter: Number.isFinite(wait) ? wait : null,
  });
}
