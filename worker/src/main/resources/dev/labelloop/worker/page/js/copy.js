import { el } from './dom.js';
import { icon } from './icons.js';
import { announce } from './say.js';

/** A text that is only shown, and a button that puts it on the clipboard. */
export function copyField(t, label, text) {
  const shown = el('input', {
    type: 'text',
    class: 'mono',
    readonly: true,
    value: text,
    aria: { label },
  });
  shown.addEventListener('focus', () => shown.select());
  const words = el('span', {}, t('do.copy'));
  const button = el('button', { type: 'button' }, icon('copy'), words);
  button.addEventListener('click', async () => {
    await copy(shown);
    words.textContent = t('do.copied');
    announce(t('do.copied'));
  });
  return el('div', { class: 'copy row' }, el('div', { class: 'grow' }, shown), button);
}

async function copy(input) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(input.value);
  } else {
    input.select(); // neither on this machine nor over HTTPS: the browser leaves it to the person
    document.execCommand('copy');
  }
}
