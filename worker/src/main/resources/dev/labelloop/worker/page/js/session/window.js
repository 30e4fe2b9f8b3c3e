/**
 * The images that this tab holds: the one that is open, and those after it that are ready. Pure; a
 * window is never changed, every function gives a new one.
 *
 * @typedef {{current: object|null, ready: object[]}} Window views as of the server, `key` is their name
 */

/** So many images are ready beside the open one, so that the next is there when its turn comes. */
export const AHEAD = 3;

/** @returns {Window} */
export function emptyWindow() {
  return { current: null, ready: [] };
}

/** How many more images to ask the server for. */
export function wanted(window) {
  return AHEAD + 1 - keys(window).length;
}

export function keys({ current, ready }) {
  return [...(current ? [current] : []), ...ready].map((view) => view.key);
}

/** Takes in views that are not there yet, in their order. */
export function admit(window, views) {
  const there = new Set(keys(window));
  const fresh = views.filter((view) => !there.has(view.key));
  return { ...window, ready: [...window.ready, ...fresh] };
}

/** The first that is ready becomes the open one; nothing is open if none is. */
export function advance({ ready: [first = null, ...rest] }) {
  return { current: first, ready: rest };
}

/** Without this image; nothing is open if it was the open one. */
export function drop({ current, ready }, key) {
  return {
    current: current?.key === key ? null : current,
    ready: ready.filter((view) => view.key !== key),
  };
}

/** Opens this view; the one that was open is the first of those that are ready. */
export function interpose(window, view) {
  const rest = drop(window, view.key);
  return { current: view, ready: [...(rest.current ? [rest.current] : []), ...rest.ready] };
}
