import { ApiError, path } from '../api.js';
import {
  afresh,
  discard,
  due,
  dueAt,
  newestOf,
  override,
  replyOf,
  settle,
  waitMs,
} from './queue.js';

/**
 * Brings the stored answers of one account to the server, whichever tab they were given in. Under the
 * lock, one tab at a time sends; the queue lies in the storage, so that a tab that is closed loses
 * nothing and the next one to start goes on.
 *
 * @param {object} parts
 * @param {object} parts.ports see core.js
 * @param {string} parts.account
 * @param {(mine: object, theirs: object) => object|null} parts.merge the answer to send instead of
 *     `mine` when `theirs` (a view with its `answer`) came in between; null: a person must decide
 * @param {() => void} parts.onChange the queue, or whether the server can be reached, has changed
 * @param {(entry: object) => void} parts.onStored before it leaves the queue
 * @param {(name: string) => void} parts.onSignedOut name: who is signed in instead, '' if nobody
 */
export function createSender({ ports, account, merge, onChange, onStored, onSignedOut }) {
  const { api, answers, locks, clock, random } = ports;
  const unsaved = new Map(); // answers that the storage has not taken (yet): only this page keeps them
  let entries = [];
  let failures = 0; // requests in a row without a usable reply
  let blockedUntil = 0;
  let stopped = false;
  let running = null;
  let cancelTimer = () => {};

  async function read() {
    const stored = (await answers.list()).filter((entry) => entry.account === account);
    const byId = new Map([...stored, ...unsaved.values()].map((entry) => [entry.id, entry]));
    entries = [...byId.values()];
    return entries;
  }

  async function write({ puts, deletes }) {
    deletes.forEach((id) => unsaved.delete(id));
    try {
      await answers.write(puts, deletes);
      puts.forEach(({ id }) => unsaved.delete(id));
    } catch (cause) {
      puts.forEach((entry) => unsaved.set(entry.id, entry));
      console.error('the browser does not store answers', cause);
    }
    await refresh();
    ports.channel.post({ kind: 'queue', account });
  }

  /** Looks at the queue anew, and sends what is due: the tab that put it there may be gone by then. */
  async function refresh() {
    await read();
    onChange();
    wakeLater();
  }

  /** Sends what is due; one run at a time in all tabs. */
  function flush() {
    running ??= locks
      .withLock(`labelloop.send.${account}`, sendAll)
      .finally(() => (running = null))
      .then(wakeLater);
    return running;
  }

  async function sendAll() {
    for (;;) {
      await read();
      const entry = stopped || clock.now() < blockedUntil ? null : due(entries, clock.now());
      if (!entry) {
        return;
      }
      await sendOne(entry);
    }
  }

  async function sendOne(entry) {
    const reply = await attempt(entry);
    note(reply);
    if (reply.kind === 'signedOut') {
      halt(reply.name);
    } else if (reply.kind === 'conflict') {
      await consider(entry);
    } else {
      if (reply.kind === 'stored') {
        onStored(entry);
        ports.channel.post({ kind: 'stored', account, key: entry.key });
      }
      await write(settle(entry, entries, reply, clock.now(), random()));
    }
  }

  async function attempt(entry) {
    try {
      const version = { 'If-Match': `"${entry.version}"` };
      const stored = await api.put(path('api', 'review', entry.key), entry.body, version);
      return { kind: 'stored', version: stored.version };
    } catch (error) {
      return error.status === 403 ? forbidden(error) : replyOf(error);
    }
  }

  /** A 403 may only mean that another person has signed in within this browser. */
  async function forbidden(error) {
    try {
      const { name } = await api.get('/api/me');
      return name === account ? replyOf(error) : { kind: 'signedOut', name };
    } catch (unknown) {
      return replyOf(unknown);
    }
  }

  function note(reply) {
    if (reply.kind !== 'again') {
      failures = 0;
    } else if (reply.all) {
      const wait = reply.retryAfter === null ? waitMs(failures, random()) : reply.retryAfter * 1000;
      failures += 1;
      blockedUntil = clock.now() + wait;
    }
  }

  /**
   * Looks at what came in between: the same answer, one that merges, or one to ask about. Until that
   * is known the answer waits as it is, and the next attempt meets the same 412 and looks again.
   */
  async function consider(entry) {
    try {
      const view = await api.get(path('api', 'review', entry.key));
      await write(resolved(entry, view));
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      const reply = replyOf(error);
      note(reply);
      if (reply.kind === 'signedOut') {
        halt();
      } else {
        await write(settle(entry, entries, reply, clock.now(), random()));
      }
    }
  }

  function resolved(entry, view) {
    if (sameAnswer(entry.body, view.answer)) {
      return discard({ ...entry, conflict: { version: view.version } }, entries);
    }
    const merged = merge(entry.body, view);
    const next = merged
      ? override(entry, view.version, merged)
      : { ...entry, conflict: { version: view.version, view } };
    return { puts: [next], deletes: [] };
  }

  function wakeLater() {
    cancelTimer();
    const at = dueAt(entries);
    if (at !== null && !stopped) {
      cancelTimer = clock.after(Math.max(0, Math.max(at, blockedUntil) - clock.now()), flush);
    }
  }

  function halt(name = '') {
    stopped = true;
    onSignedOut(name);
  }

  const find = (id) => entries.find((entry) => entry.id === id);

  return {
    refresh,
    flush,
    /** Keeps an answer; resolves when the storage has it (or has refused, see `unsaved`). */
    add(entry) {
      unsaved.set(entry.id, entry);
      entries = [...entries, entry];
      onChange();
      return write({ puts: [entry], deletes: [] });
    },
    entries: () => entries,
    newestOf: (key) => newestOf(entries, key),
    offline: () => failures > 0,
    unsaved: () => unsaved.size,
    halt: () => (stopped = true),
    /** Tries at once: the network is back, or somebody has signed in. */
    poke() {
      stopped = false;
      blockedUntil = 0;
      return flush();
    },
    async retry(id) {
      await write({ puts: [afresh(find(id))], deletes: [] });
      return flush();
    },
    discard: (id) => write(discard(find(id), entries)),
    async keepMine(id, answer = null) {
      const entry = find(id);
      await write({ puts: [override(entry, entry.conflict.version, answer)], deletes: [] });
      return flush();
    },
    dispose() {
      stopped = true;
      cancelTimer();
    },
  };
}

/** Whether the answer that is there says the same; who gave it and how long it took does not count. */
export function sameAnswer(mine, theirs) {
  const said = ({ outcome, boxes, queries }) => inOrder([outcome, boxes ?? [], queries ?? []]);
  return Boolean(theirs) && said(mine) === said(theirs);
}

/** JSON whose fields stand in the order of their names. */
function inOrder(value) {
  const sorted = (fields) => Object.fromEntries(Object.entries(fields).sort());
  const plain = (item) => item !== null && typeof item === 'object' && !Array.isArray(item);
  return JSON.stringify(value, (name, item) => (plain(item) ? sorted(item) : item));
}
