import { ApiError, path } from '../api.js';
import { createDrafts } from './drafts.js';
import { createLeases } from './leases.js';
import { newEntry, replyOf, waitMs, waits } from './queue.js';
import { createSender } from './sender.js';
import { admit, advance, drop, emptyWindow, interpose, keys, wanted } from './window.js';

/** When there is nothing to do, it is looked again so often: other people's leases run out. */
const LOOK_AGAIN_MS = 15_000;
const SOON_MS = 200;

/** The server takes no longer list. */
const MOST_HELD = 100;
/** Images that a person has left without an answer; before these, they may come again. */
const MOST_PASSED = 60;

/**
 * A person's session of review in one campaign and one tab: which image is open, which are ready, what
 * has been answered and is not stored yet. Knows the protocol and no boxes; what an answer and a draft
 * hold is the editor's business. Without DOM and fetch: everything outside comes through the ports.
 *
 * @typedef {object} Ports
 * @property {object} api as of api.js; a 401 must only be thrown
 * @property {{list: () => Promise<object[]>, write: (puts: object[], deletes: string[]) => Promise<void>}} answers
 *     `write` is atomic, and resolves when a killed browser would still find it
 * @property {{read: Function, write: Function, remove: Function}} drafts synchronous
 * @property {{withLock: Function, tryHold: Function, held: Function}} locks among the tabs of a browser
 * @property {{post: Function, listen: Function}} channel among the same
 * @property {{now: () => number, after: (ms: number, run: Function) => Function}} clock
 * @property {() => number} random in [0, 1)
 * @property {() => string} uuid
 * @property {(view: object) => Promise<*>} preload gets the picture ready
 *
 * @param {object} how
 * @param {Ports} how.ports
 * @param {string} how.campaign
 * @param {string} how.account name of the person who is signed in
 * @param {(opened: {view: object, draft: object|null, unsent: object|null, picture: Promise<*>}|null) => void} how.onImage
 *     opens an image; null: nothing is open. `draft.content` is what `saveDraft` was last given for it;
 *     `unsent` this person's newer answer that is not stored yet, or null
 * @param {(state: object) => void} how.onState see `state()`
 * @param {(mine: object, theirs: object) => object|null} [how.merge] see sender.js
 */
export function createCore({ ports, campaign, account, onImage, onState, merge = () => null }) {
  const { api, locks, clock, random } = ports;
  const holds = new Map(); // key → function that lets this tab's lock on the image go
  const pictures = new Map(); // key → promise of its picture
  const passed = new Set(); // keys that the person left without an answer: not to be opened again unasked
  const settled = new Set(); // keys stored while the server was being asked: its reply may still name them
  let window = emptyWindow();
  let phase = 'starting'; // working, empty, failed
  let left = null;
  let reason = null;
  let lost = null; // {key, message}: the open image went to somebody else
  let signedOut = null; // null, '' or the name of who is signed in instead
  let draftsKept = true;
  let failures = 0;
  let filling = false;
  let disposed = false;
  let cancelLook = () => {};
  let stopListening = () => {};

  const drafts = createDrafts({ drafts: ports.drafts, clock, account, onSaved });
  const sender = createSender({
    ports,
    account,
    merge,
    onChange: tell,
    onStored: ({ key }) => noteStored(key),
    onSignedOut: signOut,
  });
  const leases = createLeases({ ports, held: heldLeases, onLost, onSignedOut: () => signOut('') });

  /** What the page shows beside the image. */
  function state() {
    const entries = sender.entries();
    return {
      phase,
      key: window.current?.key ?? null,
      ready: window.ready.length,
      left,
      reason,
      lost,
      signedOut,
      offline: sender.offline() || failures > 0,
      unsent: entries.filter(waits).length,
      unsaved: sender.unsaved(), // answers that only this page keeps: it must not be closed
      draftsKept,
      refused: entries.filter((entry) => entry.refused),
      conflicts: entries.filter((entry) => entry.conflict?.view),
    };
  }

  function tell() {
    if (!disposed) {
      onState(state());
    }
  }

  async function start() {
    stopListening = ports.channel.listen(heard);
    await sender.refresh();
    sender.entries().forEach(forgetDraft);
    leases.start();
    sender.flush();
    await fill();
  }

  /** The browser died between keeping the answer and forgetting its draft. */
  function forgetDraft({ key, at }) {
    if ((drafts.of(key)?.at ?? Infinity) <= at) {
      drafts.remove(key);
    }
  }

  function heard({ kind, account: who, key, name }) {
    if (kind === 'signed-in') {
      name === account ? resume() : signOut(name);
    } else if (who === account && kind === 'stored') {
      noteStored(key);
    } else if (who === account) {
      sender.refresh();
    }
  }

  /** With nothing in hand, it is told soon how much is left now. */
  function noteStored(key) {
    if (filling) {
      settled.add(key);
    } else if (phase === 'empty') {
      lookAgain(SOON_MS);
    }
  }

  /** Asks for as many images as are missing, one request at a time. */
  async function fill() {
    if (filling || disposed || signedOut !== null || wanted(window) <= 0) {
      return;
    }
    filling = true;
    cancelLook();
    try {
      await ask();
    } finally {
      filling = false;
      settled.clear();
    }
  }

  async function ask() {
    const count = wanted(window);
    let reply;
    try {
      reply = await api.post('/api/review/next', { campaign, holds: await inHand(), count });
    } catch (error) {
      refusedNext(error);
      return;
    }
    failures = 0;
    ({ left, reason } = reply);
    await take(reply.images);
    if (wanted(window) > 0) {
      // Less than was asked for: there is no more. Else another tab was faster with some of them, or
      // an answer was stored meanwhile, and less is left than the reply says.
      const isAll = reply.images.length < count && settled.size === 0;
      lookAgain(isAll ? LOOK_AGAIN_MS : SOON_MS);
    }
    phase = window.current ? 'working' : 'empty';
    tell();
  }

  /** What must not be handed out again: here, in other tabs, on its way, and left on purpose. */
  async function inHand() {
    const elsewhere = await locks.held(lockName(`${campaign}/`));
    const here = elsewhere.map((rest) => `${campaign}/${rest}`);
    const queued = sender.entries().filter((entry) => entry.campaign === campaign);
    const all = [
      ...holds.keys(),
      ...here,
      ...queued.map(({ key }) => key),
      ...[...passed].reverse(),
    ];
    return [...new Set(all)].slice(0, MOST_HELD);
  }

  async function take(views) {
    const mine = [];
    for (const view of views) {
      if (isNew(view.key) && (await hold(view.key))) {
        mine.push(view);
      }
    }
    window = admit(window, window.current ? mine : begunFirst(mine));
    mine.forEach(preload);
    if (!window.current) {
      openNext();
    }
  }

  /** The reply may have been under way while the image was answered, here or in another tab. */
  function isNew(key) {
    return !holds.has(key) && !settled.has(key) && !passed.has(key) && !sender.newestOf(key);
  }

  function pass(key) {
    passed.add(key);
    if (passed.size > MOST_PASSED) {
      passed.delete(passed.values().next().value); // the oldest
    }
  }

  /** After a reload, the image that was being worked on opens first. */
  function begunFirst(views) {
    const begun = (view) => drafts.of(view.key)?.at ?? 0;
    return [...views].sort((a, b) => begun(b) - begun(a));
  }

  function refusedNext(error) {
    const reply = replyOf(error);
    if (reply.kind === 'signedOut') {
      signOut('');
    } else if (reply.kind === 'again') {
      lookAgain(reply.retryAfter === null ? waitMs(failures, random()) : reply.retryAfter * 1000);
      failures += 1;
    } else {
      phase = window.current ? phase : 'failed';
      reason = error.message;
      lookAgain(LOOK_AGAIN_MS);
    }
    tell();
  }

  function lookAgain(ms, look = fill) {
    cancelLook();
    cancelLook = clock.after(ms, look);
  }

  const lockName = (key) => `labelloop.image.${key}`;

  /** Whether this tab may have the image: no other tab of this browser has it. */
  async function hold(key) {
    if (!holds.has(key)) {
      const release = await locks.tryHold(lockName(key));
      if (!release) {
        return false;
      }
      holds.set(key, release);
    }
    return true;
  }

  function letGo(key) {
    holds.get(key)?.();
    holds.delete(key);
    pictures.delete(key);
  }

  function preload(view) {
    if (!pictures.has(view.key)) {
      const picture = ports.preload(view);
      picture.catch(() => {}); // the page that shows it says so
      pictures.set(view.key, picture);
    }
  }

  function openNext() {
    window = advance(window);
    show();
  }

  function show() {
    const view = window.current;
    lost = null;
    phase = view ? 'working' : 'empty';
    if (view) {
      preload(view);
    }
    onImage(view ? opened(view) : null);
    tell();
  }

  function opened(view) {
    return {
      view,
      draft: drafts.of(view.key),
      unsent: sender.newestOf(view.key)?.body ?? null,
      picture: pictures.get(view.key),
    };
  }

  function heldLeases() {
    const open = [...(window.current ? [window.current] : []), ...window.ready];
    const queued = sender.entries().filter(waits);
    return [...open.map(({ key, lease }) => ({ key, lease: lease?.id ?? null })), ...queued];
  }

  function onLost(key, message) {
    if (window.current?.key === key) {
      lost = { key, message };
      tell();
    } else if (keys(window).includes(key)) {
      window = drop(window, key);
      letGo(key);
      fill();
    }
  }

  function onSaved(saved) {
    if (saved !== draftsKept) {
      draftsKept = saved;
      tell();
    }
  }

  /** Nothing is asked or sent until the same person is back; looks for them by itself as well. */
  function signOut(name) {
    signedOut = name;
    sender.halt();
    lookAgain(LOOK_AGAIN_MS, resume);
    tell();
  }

  /** Goes on, if it is still the same person: somebody has signed in, or the network may be back. */
  async function resume() {
    if (disposed || (signedOut !== null && !(await sameAsBefore()))) {
      return;
    }
    failures = 0;
    await Promise.all([sender.poke(), leases.beat(), fill()]);
    tell();
  }

  async function sameAsBefore() {
    try {
      const { name } = await api.get('/api/me');
      if (name === account) {
        signedOut = null;
        return true;
      }
      signOut(name);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      signOut(signedOut); // nobody is signed in, or no reply: still as it was
    }
    return false;
  }

  /**
   * Answers the open image and opens the next one at once. Resolves when the answer is kept by the
   * browser; from then on it reaches the server whatever happens to this page.
   *
   * @param {object} answer outcome, boxes or queries, timing, reason
   * @param {string} [key] of the image that it is for: an error if another is open by now
   */
  async function submit(answer, key = window.current?.key) {
    const view = window.current;
    if (!view || view.key !== key) {
      throw new Error(`image ${key} is not open`);
    }
    const entry = newEntry({
      id: ports.uuid(),
      account,
      campaign,
      view,
      after: sender.newestOf(view.key),
      answer,
      at: clock.now(),
    });
    openNext();
    await sender.add(entry);
    drafts.remove(view.key); // after the answer is kept, never before
    letGo(view.key);
    sender.flush();
    fill();
  }

  /** Leaves the open image without an answer; somebody else may have it. */
  async function next() {
    const view = window.current;
    if (view) {
      drafts.flush();
      pass(view.key);
      openNext();
      letGo(view.key);
      await leases.release(view);
    }
    await fill();
  }

  /**
   * Opens a certain image, such as the one answered before; the one that is open comes after it.
   *
   * @throws {Error} if another tab has it open; {@link ApiError} if the server refuses
   */
  async function open(key) {
    const view = await api.get(path('api', 'review', key));
    if (!(await hold(key))) {
      throw new Error('open in another tab');
    }
    drafts.flush();
    window = interpose(window, view);
    show();
  }

  return {
    start,
    state,
    submit,
    next,
    open,
    resume,
    skip: (why, more = {}) => submit({ ...more, outcome: 'SKIPPED', reason: why }),
    saveDraft: (content) => window.current && drafts.save(window.current, content),
    flushDraft: () => drafts.flush(),
    /** A refused answer: try it again, or let it go. */
    retry: (id) => sender.retry(id),
    discard: (id) => sender.discard(id),
    /** A conflict: this person's answer stands (or the one given here); `discard` leaves the other's. */
    keepMine: (id, answer) => sender.keepMine(id, answer),
    async dispose() {
      disposed = true;
      drafts.flush();
      cancelLook();
      stopListening();
      sender.dispose();
      leases.dispose();
      const open = [...(window.current ? [window.current] : []), ...window.ready];
      [...holds.keys()].forEach(letGo);
      await Promise.all(open.map((view) => leases.release(view)));
    },
  };
}
