/**
 * Undo and redo of states. A run of changes under one `run` name (arrow keys that nudge one box) is
 * undone as one step, as long as no more than {@link RUN_MS} lie between two of them.
 */
const RUN_MS = 1000;

export function createHistory(present) {
  return { past: [], present, future: [], run: null, at: 0 };
}

/** The history after a change; unchanged states leave it as it is. */
export function commit(history, state, { run = null, at = 0 } = {}) {
  if (state.boxes === history.present.boxes) {
    return withPresent(history, state);
  }
  const goesOn = run !== null && run === history.run && at - history.at <= RUN_MS;
  const past = goesOn ? history.past : [...history.past, history.present];
  return { past, present: state, future: [], run, at };
}

/** A change that is not undone by itself, such as a selection. */
export const withPresent = (history, state) =>
  state === history.present ? history : { ...history, present: state };

export const canUndo = (history) => history.past.length > 0;
export const canRedo = (history) => history.future.length > 0;

export function undo(history) {
  if (!canUndo(history)) {
    return history;
  }
  return {
    past: history.past.slice(0, -1),
    present: history.past.at(-1),
    future: [history.present, ...history.future],
    run: null,
    at: 0,
  };
}

export function redo(history) {
  if (!canRedo(history)) {
    return history;
  }
  return {
    past: [...history.past, history.present],
    present: history.future[0],
    future: history.future.slice(1),
    run: null,
    at: 0,
  };
}
