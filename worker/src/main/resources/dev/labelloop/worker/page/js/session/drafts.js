/** At most so much work is lost when the browser is killed; a reload or a closed tab loses none. */
const PAUSE_MS = 150;

/**
 * What a person has done on an image that is not answered yet, one draft an image and account.
 *
 * @param {object} parts
 * @param {{read: Function, write: Function, remove: Function}} parts.drafts synchronous storage by name,
 *     because a page that is being closed has no time to wait
 * @param {object} parts.clock
 * @param {string} parts.account
 * @param {(saved: boolean) => void} parts.onSaved false: the storage is full or switched off
 */
export function createDrafts({ drafts, clock, account, onSaved }) {
  let pending = null; // {view, content}
  let cancel = () => {};
  const name = (key) => `${account}|${key}`;

  function flush() {
    cancel();
    if (pending) {
      const { view, content } = pending;
      pending = null;
      onSaved(drafts.write(name(view.key), { version: view.version, content, at: clock.now() }));
    }
  }

  return {
    /** Saves soon; the newest counts. */
    save(view, content) {
      if (pending && pending.view.key !== view.key) {
        flush();
      }
      const first = pending === null;
      pending = { view, content };
      if (first) {
        cancel = clock.after(PAUSE_MS, flush);
      }
    },
    flush,
    /** `{version, content, at}` or null; a draft of another version was made on an older answer. */
    of: (key) =>
      pending?.view.key === key
        ? { version: pending.view.version, content: pending.content, at: clock.now() }
        : drafts.read(name(key)),
    remove(key) {
      if (pending?.view.key === key) {
        cancel();
        pending = null;
      }
      drafts.remove(name(key));
    },
  };
}
