/**
 * How a person's time on one image went. Pure: the caller tells the time, in milliseconds of any
 * clock that never goes back. `activeMs + idleMs` is always the time since the image opened.
 */

/** A gap longer than this is a pause, not work. */
export const IDLE_MS = 30_000;

/** A verdict that follows sooner than this on what was done before cannot rest on a look. */
export const HASTY_MS = 300;

export const MAX_EVENTS = 5_000;

/** Looking around goes unrecorded sooner, so that verdicts always find room. */
const MAX_LOOKS = 4_000;

const LOOKS = new Set(['zoom', 'seen']);
const VERDICTS = new Set(['accept', 'reject', 'relabel', 'query', 'accept-rest', 'no-objects']);

/**
 * @param {number} now
 * @param {string} openedAt ISO time
 * @param {object|null} earlier an earlier {@link report}, to go on where an earlier page stopped
 */
export function createTiming(now, openedAt, earlier = null) {
  const start = { openedAt, activeMs: 0, idleMs: 0, passMs: 0, firstActionMs: null, events: [] };
  const known = { ...start, ...earlier };
  return {
    ...known,
    events: [...known.events],
    zero: now - (known.activeMs + known.idleMs),
    last: now,
    inPass: false,
    lastDone: now,
  };
}

/** The person did something, if only moving the pointer. */
export function touch(timing, now) {
  const gap = Math.max(0, now - timing.last);
  if (gap > IDLE_MS) {
    timing.idleMs += gap;
  } else {
    timing.activeMs += gap;
    timing.passMs += timing.inPass ? gap : 0;
  }
  timing.last = Math.max(timing.last, now);
}

/** From here on (or no longer) the person looks for objects that have no box. */
export function setPass(timing, now, inPass) {
  if (timing.inPass !== inPass) {
    touch(timing, now);
    timing.inPass = inPass;
  }
}

/** Records an event; tells whether it is a verdict that came hastily. */
export function record(timing, now, kind, box = null) {
  touch(timing, now);
  const t = Math.round(now - timing.zero);
  const look = LOOKS.has(kind);
  if (!look && timing.firstActionMs === null) {
    timing.firstActionMs = t;
  }
  if (timing.events.length < (look ? MAX_LOOKS : MAX_EVENTS)) {
    timing.events.push({ t, kind, box });
  }
  const hasty = VERDICTS.has(kind) && now - timing.lastDone < HASTY_MS;
  timing.lastDone = kind === 'seen' ? timing.lastDone : now; // not the person's doing
  return hasty;
}

/** As it is sent with an answer. */
export function report(timing, now) {
  touch(timing, now);
  const { openedAt, firstActionMs, events } = timing;
  const ms = (name) => Math.round(timing[name]);
  return {
    openedAt,
    firstActionMs,
    activeMs: ms('activeMs'),
    idleMs: ms('idleMs'),
    passMs: Math.min(ms('passMs'), ms('activeMs')),
    events: [...events],
  };
}
