/** Dark, light, or as the system has it ('auto'). */
const STORED = 'labelloop.theme';
const ORDER = ['auto', 'light', 'dark'];
const listeners = new Set();

export function theme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

/** The one after the present, for a button that goes round. */
export function nextTheme() {
  return ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
}

/** @param {'auto'|'light'|'dark'} to remembered in this browser */
export function setTheme(to) {
  if (to === 'auto') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(STORED);
  } else {
    document.documentElement.dataset.theme = to;
    localStorage.setItem(STORED, to);
  }
  tell();
}

/** Calls back whenever colours change, by the button or by the system: charts paint themselves anew. */
export function onThemeChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The colour that a variable of base.css has now, as `rgb(…)`, for canvases: `colour('--accent')`. */
export function colour(variable) {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  probe.hidden = true;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function tell() {
  listeners.forEach((listener) => listener());
}

globalThis.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', tell);
