import { ApiError } from '../../../main/resources/dev/labelloop/worker/page/js/api.js';
import { createCore } from '../../../main/resources/dev/labelloop/worker/page/js/session/core.js';

/**
 * A small world for the session: one browser with tabs that can be killed at any moment, a clock that
 * only moves when told, a network that loses, repeats and delays, and a server that keeps its promises
 * (docs/review-api.md). Everything random comes from one seed.
 */
export function createWorld({ seed = 1, images = 20, faults = {}, merge } = {}) {
  const random = mulberry(seed);
  const clock = createClock();
  const server = createServer(clock, images);
  const network = createNetwork({ clock, server, random, faults });
  const browser = createBrowser(clock, random);
  const world = { random, clock, server, network, browser, tabs: new Set(), openTab };

  /** A tab of the account's session. `kill()` is a crash: whatever it was waiting for never comes. */
  function openTab({ account = 'ann', campaign = 'street' } = {}) {
    const tab = { alive: true, open: null, state: null, account };
    const while_ = (run) => (tab.alive ? run() : undefined);
    const ports = {
      api: guarded(tab, network.apiOf(tab)),
      answers: guarded(tab, browser.answersOf(tab)),
      drafts: browser.drafts,
      locks: browser.locksOf(tab),
      channel: browser.channelOf(tab),
      clock: { now: clock.now, after: (ms, run) => clock.after(ms, () => while_(run)) },
      random,
      uuid: () => `id-${String((browser.ids += 1)).padStart(5, '0')}`,
      preload: async (view) => view.file,
    };
    const onImage = (opened) => {
      tab.open = opened;
      world.onOpen?.(tab);
    };
    tab.core = createCore({
      ports,
      campaign,
      account,
      merge,
      onImage,
      onState: (s) => (tab.state = s),
    });
    tab.kill = () => {
      tab.alive = false;
      world.tabs.delete(tab);
      browser.bury(tab);
    };
    world.tabs.add(tab);
    tab.started = tab.core.start();
    return tab;
  }
  return world;
}

/** The same functions, whose promises stay open for ever once the tab is dead. */
function guarded(tab, functions) {
  const never = new Promise(() => {});
  const guard =
    (run) =>
    async (...args) => {
      if (!tab.alive) {
        return never;
      }
      try {
        const value = await run(...args);
        return tab.alive ? value : never;
      } catch (error) {
        if (!tab.alive) {
          return never;
        }
        throw error;
      }
    };
  return Object.fromEntries(Object.entries(functions).map(([name, run]) => [name, guard(run)]));
}

export function createClock() {
  let now = 1_700_000_000_000;
  let count = 0;
  const timers = new Map();
  return {
    now: () => now,
    after(ms, run) {
      count += 1;
      const id = count;
      timers.set(id, { at: now + ms, run });
      return () => timers.delete(id);
    },
    /** Lets this much time go by; what is due runs in its order, and promises between. */
    async pass(ms) {
      const until = now + ms;
      await idle();
      for (;;) {
        const due = [...timers]
          .filter(([, t]) => t.at <= until)
          .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (!due) {
          break;
        }
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
        await idle();
      }
      now = until;
    },
  };
}

/** Until every promise that can go on has gone on. */
const idle = () => new Promise((resolve) => setImmediate(resolve));

/** Storage, locks and channel of one browser; they outlive its tabs. */
function createBrowser(clock, random) {
  const stored = new Map();
  const drafts = new Map();
  const locks = new Map(); // name → tab
  const queues = new Map(); // name → [{tab, go}]
  const listeners = new Map(); // tab → hear
  const copy = (value) => JSON.parse(JSON.stringify(value));
  const browser = { stored, drafts: null, ids: 0, full: false };

  browser.answersOf = (tab) => ({
    async list() {
      await null;
      return [...stored.values()].map(copy);
    },
    /** One transaction, which takes its time; a tab that is killed meanwhile takes it along. */
    async write(puts, deletes) {
      if (browser.full) {
        throw new Error('QuotaExceededError');
      }
      const lines = puts.map(copy);
      await new Promise((resolve) => clock.after(random() * 30, resolve));
      if (tab.alive) {
        lines.forEach((entry) => stored.set(entry.id, entry));
        deletes.forEach((id) => stored.delete(id));
      }
    },
  });
  browser.drafts = {
    read: (name) => copy(drafts.get(name) ?? null),
    write: (name, value) => !browser.full && Boolean(drafts.set(name, copy(value))),
    remove: (name) => drafts.delete(name),
  };

  const free = (name) => {
    locks.delete(name);
    const next = (queues.get(name) ?? []).shift();
    if (next) {
      locks.set(name, next.tab);
      next.go();
    }
  };
  browser.locksOf = (tab) => ({
    async withLock(name, run) {
      if (locks.has(name)) {
        const line = queues.get(name) ?? queues.set(name, []).get(name);
        await new Promise((go) => line.push({ tab, go }));
      }
      locks.set(name, tab);
      try {
        return await run();
      } finally {
        free(name);
      }
    },
    async tryHold(name) {
      await null;
      if (!tab.alive || locks.has(name)) {
        return null;
      }
      locks.set(name, tab);
      return () => locks.get(name) === tab && free(name);
    },
    async held(prefix) {
      await null;
      return [...locks.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
    },
  });
  browser.channelOf = (tab) => ({
    post(message) {
      for (const [other, hear] of listeners) {
        if (other !== tab) {
          clock.after(1, () => other.alive && hear(copy(message)));
        }
      }
    },
    listen(hear) {
      listeners.set(tab, hear);
      return () => listeners.delete(tab);
    },
  });
  browser.signedIn = (name) =>
    listeners.forEach((hear, tab) => tab.alive && hear({ kind: 'signed-in', name }));
  browser.bury = (tab) => {
    listeners.delete(tab);
    queues.forEach((line, name) =>
      queues.set(
        name,
        line.filter((other) => other.tab !== tab),
      ),
    );
    [...locks].filter(([, owner]) => owner === tab).forEach(([name]) => free(name));
  };
  return browser;
}

const LEASE_MS = 120_000;

/** The server's half of the protocol, for one campaign with one seat an image. */
export function createServer(clock, count) {
  const images = new Map();
  for (let i = 0; i < count; i += 1) {
    const key = `street/r1/b0/${String(i).padStart(4, '0')}`;
    images.set(key, { key, closed: false, lease: null, answers: [] });
  }
  const server = { images, session: 'ann', puts: 0, paused: null };
  const version = (image) => image.answers.length;
  const answered = (image) => image.answers.length > 0;
  const leasedByOther = (image) =>
    image.lease !== null && image.lease.until > clock.now() && image.lease.who !== server.session;

  const view = (image) => ({
    key: image.key,
    file: `/api/images/street/${image.key}`,
    answer: image.answers.at(-1) ?? null,
    version: version(image),
    lease: image.lease && image.lease.who === server.session ? { id: image.lease.id } : null,
  });

  function next({ holds, count }) {
    if (holds.length > 100) {
      return [400, { error: 'holds: send a list of 100 keys at most' }];
    }
    if (server.paused) {
      return [200, { images: [], left: 0, reason: server.paused }];
    }
    const open = [...images.values()].filter(
      (image) => !answered(image) && !image.closed && !leasedByOther(image),
    );
    const given = open.filter((image) => !holds.includes(image.key)).slice(0, count);
    given.forEach((image) => {
      image.lease = {
        who: server.session,
        id: `lease-${image.key}`,
        until: clock.now() + LEASE_MS,
      };
    });
    return [200, { images: given.map(view), left: open.length, reason: null }];
  }

  function put(image, body, ifMatch) {
    server.puts += 1;
    const stored = image.answers.findIndex((answer) => answer.submissionId === body.submissionId);
    if (stored >= 0) {
      return [200, { key: image.key, version: stored + 1, repeated: true }];
    }
    if (body.reviewer !== server.session) {
      return [403, { error: "answers are given in one's own name" }];
    }
    if (image.closed) {
      return [409, { error: 'batch street/r1/b0 is closed' }];
    }
    if (leasedByOther(image)) {
      return [409, { error: `${image.key} went to somebody else` }];
    }
    if (ifMatch !== `"${version(image)}"`) {
      return [412, { error: 'somebody answered in between', version: version(image) }];
    }
    image.answers.push(body);
    return [200, { key: image.key, version: version(image), repeated: false }];
  }

  function beat(image) {
    if (image.closed || leasedByOther(image)) {
      return [409, { error: `${image.key} went to somebody else` }];
    }
    image.lease = { who: server.session, id: `lease-${image.key}`, until: clock.now() + LEASE_MS };
    return [200, { until: new Date(image.lease.until).toISOString() }];
  }

  /** @returns {[number, object]} status and body */
  server.handle = (method, path, body, headers = {}) => {
    if (server.session === null) {
      return [401, { error: 'nobody is signed in' }];
    }
    if (path === '/api/me') {
      return [200, { name: server.session }];
    }
    if (path === '/api/review/next') {
      return next(body);
    }
    const [, key, lease] = /^\/api\/review\/(.*?)(\/lease)?$/.exec(path);
    const image = images.get(key);
    if (!image) {
      return [404, { error: `there is no image ${key}` }];
    }
    if (lease) {
      if (method === 'DELETE') {
        image.lease = null;
        return [204, null];
      }
      return beat(image);
    }
    return method === 'PUT' ? put(image, body, headers['If-Match']) : [200, view(image)];
  };
  server.rows = () => [...images.values()].flatMap((image) => image.answers);
  server.answer = (key, body) => images.get(key).answers.push(body);
  return server;
}

/** After so long the page gives a request up. */
const PATIENCE_MS = 20_000;

/**
 * Between the two. `faults` are shares of the requests: `lostRequest`, `lostReply`, `twice` (arrives
 * again, up to a minute later), `slow` (up to a minute on the way), `error` (500).
 */
function createNetwork({ clock, server, random, faults }) {
  const network = { down: false, faults, log: [], sending: new Set(), onCrossing: () => {} };
  const delay = (ms) => new Promise((resolve) => clock.after(ms, resolve));
  const happens = (name) => random() < (network.faults[name] ?? 0);

  function arrive(request) {
    const [status, body] = server.handle(...request);
    network.log.push(`${request[0]} ${request[1]} ${status}`);
    return { status, body: JSON.parse(JSON.stringify(body)) };
  }

  async function journey(request) {
    await delay(happens('slow') ? random() * 60_000 : 5 + random() * 40);
    if (network.down) {
      throw new ApiError(0, 'the server does not answer');
    }
    if (happens('lostRequest')) {
      return new Promise(() => {});
    }
    if (happens('error')) {
      return { status: 500, body: { error: 'it failed here' } };
    }
    if (happens('twice')) {
      clock.after(random() * 60_000, () => network.down || arrive(request));
    }
    const reply = arrive(request);
    await delay(5 + random() * 40);
    return happens('lostReply') ? new Promise(() => {}) : reply;
  }

  async function send(...request) {
    const copy = JSON.parse(JSON.stringify(request));
    const patience = delay(PATIENCE_MS).then(() => {
      throw new ApiError(0, 'the server does not answer');
    });
    const { status, body } = await Promise.race([journey(copy), patience]);
    if (status >= 400) {
      throw new ApiError(status, body.error, { version: body.version ?? null });
    }
    return body;
  }
  async function put(tab, path, body, headers) {
    network.sending.forEach((other) => other !== tab && other.alive && network.onCrossing());
    network.sending.add(tab);
    try {
      return await send('PUT', path, body, headers);
    } finally {
      network.sending.delete(tab);
    }
  }

  network.apiOf = (tab) => ({
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body, headers) => put(tab, path, body, headers),
    del: (path, body) => send('DELETE', path, body),
  });
  return network;
}

/** A small generator of random numbers in [0, 1), the same for the same seed. */
export function mulberry(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
