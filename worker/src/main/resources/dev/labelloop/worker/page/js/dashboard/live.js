/**
 * Follows a campaign by server-sent events. The browser comes back by itself after a short loss; where
 * it gives up, this asks again, ever less often. Nothing is followed while nobody looks: a browser
 * has six connections to a server, for all of its tabs.
 */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * @param {string} url
 * @param {object} on
 * @param {(status: object) => void} on.status
 * @param {(trouble: string|null) => void} on.trouble a sentence; null where only the line is gone
 * @param {() => void} [on.closed] before asking again, for whoever may find out why
 * @param {object} [how] for tests
 * @returns {() => void} ends it
 */
export function follow(
  url,
  { status, trouble, closed = () => {} },
  { EventSource = globalThis.EventSource, page = globalThis.document, later = setTimeout } = {},
) {
  let source = null;
  let wait = FIRST_WAIT_MS;
  let ended = false;
  let timer = null;

  function open() {
    timer = null;
    if (ended || page.hidden || source) {
      return;
    }
    source = new EventSource(url);
    source.addEventListener('status', (event) => {
      wait = FIRST_WAIT_MS;
      status(JSON.parse(event.data));
    });
    source.addEventListener('trouble', (event) => trouble(JSON.parse(event.data).error));
    source.addEventListener('error', lost);
  }

  function lost() {
    trouble(null);
    if (source?.readyState === EventSource.CLOSED) {
      close();
      closed();
      timer ??= later(open, wait);
      wait = Math.min(LONGEST_WAIT_MS, 2 * wait);
    }
  }

  function close() {
    source?.close();
    source = null;
  }

  function look() {
    if (page.hidden) {
      close();
    } else {
      open();
    }
  }

  page.addEventListener('visibilitychange', look);
  open();
  return () => {
    ended = true;
    page.removeEventListener('visibilitychange', look);
    close();
  };
}
