import { el, replace } from './dom.js';
import { openShell } from './shell.js';

const { t, main } = await openShell('missing', { nobody: true });
replace(
  main,
  el(
    'div',
    { class: 'page narrow empty' },
    el('h1', {}, t('missing.title')),
    el('p', {}, t('missing.text', { path: location.pathname })),
    el('p', {}, el('a', { class: 'button', href: '/' }, t('missing.home'))),
  ),
);
