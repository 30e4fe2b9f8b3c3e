/**
 * Locks among the tabs of this browser. The browser lets a tab's locks go when the tab ends, however
 * that happens. Without Web Locks (a page that is neither on this machine nor over HTTPS) each tab is
 * on its own: answers are still stored once, but two tabs may show the same image.
 */
export function browserLocks(locks = globalThis.navigator?.locks) {
  return locks ? webLocks(locks) : noLocks();
}

function webLocks(locks) {
  return {
    withLock: (name, run) => locks.request(name, run),
    /** A function that lets it go, or null if another tab has it. */
    tryHold: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { ifAvailable: true }, (lock) =>
            lock ? new Promise((letGo) => resolve(letGo)) : resolve(null),
          )
          .catch(reject);
      }),
    /** What follows the prefix in the names of all locks that are held, by any tab. */
    async held(prefix) {
      const { held } = await locks.query();
      return held
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ name }) => name.slice(prefix.length));
    },
  };
}

function noLocks() {
  let last = Promise.resolve();
  return {
    withLock(name, run) {
      const result = last.then(run);
      last = result.catch(() => {}); // the caller of `result` hears of it
      return result;
    },
    tryHold: async () => () => {},
    held: async () => [],
  };
}
