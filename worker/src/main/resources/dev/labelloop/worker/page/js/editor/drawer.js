/** Where the window is narrow, the list of boxes is a drawer that this button opens (see review.css). */
import { el } from '../dom.js';
import { icon } from './icons.js';

/**
 * @param {Function} t
 * @param {HTMLElement} host of the editor
 * @param {string} list id of what is opened
 */
export function createDrawer(t, host, list) {
  const name = t('list.title');
  const button = el(
    'button',
    {
      type: 'button',
      class: 'quiet icon tool',
      title: name,
      aria: { label: name, expanded: 'false', controls: list },
      onclick: () => button.setAttribute('aria-expanded', host.classList.toggle('listing')),
    },
    icon('list'),
  );
  return button;
}
