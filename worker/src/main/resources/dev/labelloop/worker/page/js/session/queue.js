/**
 * Answers on their way to the server. Pure: what to send next, and what a reply makes of it.
 *
 * An answer leaves the queue only when the server has said that it is stored, or when the person has
 * let it go. It is sent as often as needed under the same submission id, which makes a repetition
 * harmless.
 *
 * @typedef {object} Entry
 * @property {string} id the submission id, a UUID
 * @property {string} account who answered; nobody else's session may send it
 * @property {string} campaign
 * @property {string} key of the image
 * @property {string|null} lease
 * @property {number} version what the person saw: sent as If-Match
 * @property {string|null} after id of an answer of the same person to the same image that must be
 *     stored before; its version becomes this one's
 * @property {object} body as the server wants it
 * @property {number} at when it was given, ms since 1970
 * @property {number} attempts that failed
 * @property {number} notBefore ms since 1970
 * @property {{status: number, message: string}|null} refused the server will not have it
 * @property {{version: number, view: object}|null} conflict somebody answered in between, and a person
 *     must decide
 *
 * @typedef {{kind: 'stored', version: number} | {kind: 'again', retryAfter: number|null, all: boolean}
 *     | {kind: 'refused', status: number, message: string} | {kind: 'conflict', version: number}
 *     | {kind: 'signedOut', name?: string}} Reply
 */

const FIRST_WAIT_MS = 1_000;
/** Long enough to spare a server that is starting, short enough for a person who waits. */
const LONGEST_WAIT_MS = 30_000;

/** Back-off before the next attempt: doubles, and is spread so that fifty browsers do not come at once. */
export function waitMs(failures, random) {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10));
  return Math.round(whole * (0.5 + random / 2));
}

/** @returns {Entry} */
export function newEntry({ id, account, campaign, view, after, answer, at }) {
  return {
    id,
    account,
    campaign,
    key: view.key,
    lease: view.lease?.id ?? null,
    version: view.version,
    after: after?.id ?? null,
    body: { ...answer, submissionId: id, reviewer: account },
    at,
    attempts: 0,
    notBefore: 0,
    refused: null,
    conflict: null,
  };
}

/** Whether it is waiting to be sent, rather than for a person's decision. */
export function waits(entry) {
  return entry.refused === null && entry.conflict === null;
}

/** The next one to send at this time, the oldest first; null if there is none. */
export function due(entries, now) {
  return sendable(entries).find((entry) => entry.notBefore <= now) ?? null;
}

/** When the next one is due, ms since 1970; null if nothing waits to be sent. */
export function dueAt(entries) {
  const times = sendable(entries).map((entry) => entry.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

/** The newest answer to this image that is still on its way. */
export function newestOf(entries, key) {
  return inOrder(entries).findLast((entry) => entry.key === key && entry.refused === null) ?? null;
}

/** What an error of the API means for an answer. @returns {Reply} */
export function replyOf({ status, message, version, retryAfter }) {
  if (status === 401) {
    return { kind: 'signedOut' };
  }
  if (status === 412) {
    return { kind: 'conflict', version };
  }
  if (status === 0 || status === 408 || status === 429 || status >= 500) {
    // 500 is this answer's trouble; the others are the server's or the network's, and hold up all.
    return { kind: 'again', retryAfter, all: status !== 500 };
  }
  return { kind: 'refused', status, message };
}

/**
 * What a reply changes in the queue: entries to put and ids to delete, in one step.
 *
 * @param {Entry} entry that was sent
 * @param {Entry[]} entries the queue it is in
 * @param {Reply} reply
 * @param {number} now ms since 1970
 * @param {number} random in [0, 1)
 * @returns {{puts: Entry[], deletes: string[]}}
 */
export function settle(entry, entries, reply, now, random) {
  switch (reply.kind) {
    case 'stored':
      return { puts: released(entries, entry, reply.version), deletes: [entry.id] };
    case 'again':
      return { puts: [later(entry, reply, now, random)], deletes: [] };
    case 'refused':
      return {
        puts: [{ ...entry, refused: { status: reply.status, message: reply.message } }],
        deletes: [],
      };
    default:
      return { puts: [], deletes: [] }; // it stays as it is, until it is known what came in between
  }
}

/** The person lets an answer go; what was to follow it is sent on what it was built on. */
export function discard(entry, entries) {
  return {
    puts: released(entries, entry, entry.conflict?.version ?? entry.version),
    deletes: [entry.id],
  };
}

/** The person (or a merge) wants this answer to stand over the one that came in between. */
export function override(entry, version, answer = null) {
  return { ...afresh(entry), version, body: { ...entry.body, ...answer } };
}

/** To be sent at once, as if it had never been tried. */
export function afresh(entry) {
  return { ...entry, attempts: 0, notBefore: 0, refused: null, conflict: null };
}

function sendable(entries) {
  const there = new Set(entries.map((entry) => entry.id));
  return inOrder(entries).filter((entry) => waits(entry) && !there.has(entry.after));
}

function inOrder(entries) {
  return [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function released(entries, { id }, version) {
  return entries
    .filter((next) => next.after === id)
    .map((next) => ({ ...next, after: null, version }));
}

function later(entry, { retryAfter }, now, random) {
  const wait = retryAfter === null ? waitMs(entry.attempts, random) : retryAfter * 1000;
  return { ...entry, attempts: entry.attempts + 1, notBefore: now + wait };
}
