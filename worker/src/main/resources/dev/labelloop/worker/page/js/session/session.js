import { stayingApi } from '../api.js';
import { decoded } from '../image.js';
import { browserChannel } from './channel.js';
import { createCore } from './core.js';
import { browserLocks } from './locks.js';
import { browserStorage } from './storage.js';

/**
 * A session of review in this tab: {@link createCore} with the browser's clock, storage, locks and
 * channel. Beyond the core it hears of the network, the keyboard's return, and the page's end.
 *
 * @param {object} how
 * @param {string} how.campaign
 * @param {string} how.account `me.name`
 * @param {Function} how.onImage see core.js
 * @param {Function} how.onState see core.js
 * @param {Function} [how.merge] see sender.js
 * @param {(view: object) => string} [how.imageUrl] what is preloaded; the file itself if missing
 * @param {object} [how.api]
 * @param {{answers: object, drafts: object}} [how.storage]
 */
export function createSession({
  campaign,
  account,
  onImage,
  onState,
  merge,
  imageUrl = (view) => view.file,
  api = stayingApi,
  storage = browserStorage(),
}) {
  const ports = {
    api,
    answers: storage.answers,
    drafts: storage.drafts,
    locks: browserLocks(),
    channel: browserChannel(),
    clock: browserClock,
    random: Math.random,
    uuid: () => crypto.randomUUID(),
    preload: (view) => decoded(imageUrl(view)),
  };
  const core = createCore({ ports, campaign, account, onImage, onState, merge });
  const stopWatching = watch(core);
  return {
    ...core,
    dispose() {
      stopWatching();
      return core.dispose();
    },
  };
}

const browserClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Saves the draft when the page is left, and tries again at once when there is new hope. */
function watch(core) {
  const leaving = new AbortController();
  const on = (target, name, run) => target.addEventListener(name, run, { signal: leaving.signal });
  const hopeful = () => {
    const { signedOut, offline } = core.state();
    if (signedOut !== null || offline) {
      core.resume();
    }
  };
  on(globalThis, 'pagehide', core.flushDraft);
  on(globalThis, 'online', core.resume);
  on(globalThis, 'focus', hopeful);
  on(document, 'visibilitychange', () => (document.hidden ? core.flushDraft() : hopeful()));
  on(globalThis, 'beforeunload', (event) => {
    if (core.state().unsaved > 0) {
      event.preventDefault(); // answers that only this page has: ask before they are lost
    }
  });
  return () => leaving.abort();
}
