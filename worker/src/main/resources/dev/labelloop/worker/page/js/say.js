import { el } from './dom.js';

/** Sentences for everybody: read out by screen readers, and shown for a while where that helps. */
const SHOWN_MS = 6_000;

/** Read out, not shown: one sentence per action. */
export function announce(sentence) {
  const region = liveRegion();
  region.textContent = ''; // the same sentence twice is two sentences
  requestAnimationFrame(() => (region.textContent = sentence));
}

/** Shown in the corner and read out. @param {'good'|'warn'|'bad'|'info'} [kind] 'bad' stays until closed */
export function toast(sentence, kind = 'info', closeLabel = '✕') {
  const box = el('div', { class: `notice ${kind}` }, el('span', { class: 'grow' }, sentence));
  const close = el(
    'button',
    { class: 'quiet small', type: 'button', onclick: () => box.remove() },
    closeLabel,
  );
  box.append(close);
  corner().append(box);
  announce(sentence);
  if (kind !== 'bad') {
    setTimeout(() => box.remove(), SHOWN_MS);
  }
}

function liveRegion() {
  return (
    document.getElementById('live') ??
    added(
      el('div', { id: 'live', class: 'visually-hidden', role: 'status', aria: { live: 'polite' } }),
    )
  );
}

/** A status of its own, but silent: what it shows has been said by the live region. */
function corner() {
  return (
    document.getElementById('toasts') ??
    added(el('div', { id: 'toasts', role: 'status', aria: { live: 'off' } }))
  );
}

function added(node) {
  document.body.append(node);
  return node;
}
