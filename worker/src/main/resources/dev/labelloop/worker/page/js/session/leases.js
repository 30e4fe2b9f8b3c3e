import { path } from '../api.js';

/** The server forgets a lease after 2 minutes without a word; three beats may get lost. */
export const BEAT_MS = 30_000;

/**
 * Tells the server, every 30 s, which images this person still has in hand.
 *
 * @param {object} parts
 * @param {object} parts.ports see core.js
 * @param {() => Array<{key: string, lease: string|null}>} parts.held
 * @param {(key: string, message: string) => void} parts.onLost the image went to somebody else
 * @param {() => void} parts.onSignedOut
 */
export function createLeases({ ports: { api, clock }, held, onLost, onSignedOut }) {
  let cancel = () => {};

  async function beat() {
    for (const { key, lease } of held()) {
      if (lease) {
        await say(key, lease);
      }
    }
    start();
  }

  async function say(key, lease) {
    try {
      await api.post(place(key), { lease });
    } catch (error) {
      if (error.status === 401) {
        onSignedOut();
      } else if (error.status === 409 || error.status === 404) {
        onLost(key, error.message);
      } // no reply: the next beat says it again, and a lease bears three lost ones
    }
  }

  function start() {
    cancel();
    cancel = clock.after(BEAT_MS, beat);
  }

  return {
    start,
    beat,
    /** Gives an image back before its time; if the word is lost, the lease runs out by itself. */
    async release({ key, lease }) {
      if (lease) {
        await api.del(place(key), { lease: lease.id }, {}, { keepalive: true }).catch(() => {});
      }
    },
    dispose: () => cancel(),
  };
}

function place(key) {
  return `${path('api', 'review', key)}/lease`;
}
