/**
 * Does something again and again while somebody looks at the page, one after the other. What it
 * throws is not lost: it is tried again, and the console knows.
 *
 * @returns {() => void} ends it
 */
export function every(milliseconds, work) {
  let ended = false;
  let busy = false;

  async function turn() {
    if (ended || busy || document.hidden) {
      return;
    }
    busy = true;
    try {
      await work();
    } catch (error) {
      console.warn('asked again soon:', error);
    } finally {
      busy = false;
    }
  }

  const timer = setInterval(turn, milliseconds);
  document.addEventListener('visibilitychange', turn);
  return () => {
    ended = true;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turn);
  };
}
