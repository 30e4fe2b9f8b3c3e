/** Over the editor while no image is open, or while the open one is no longer this person's. */
import { el, replace } from '../dom.js';
import { asSentence } from '../i18n.js';

export function createCurtain({ t, onNext }) {
  const element = el('div', { class: 'curtain' });
  let shown = null;
  let open = false;

  /** The same words again are left alone, so that a screen reader is not told twice. */
  function draw(name, title, text, ...controls) {
    element.hidden = name === null;
    if (shown !== name) {
      shown = name;
      const words = title
        ? el(
            'div',
            { class: 'curtain-text', role: 'status' },
            el('h2', {}, title),
            text ? el('p', { class: 'soft' }, text) : '',
            controls,
          )
        : '';
      replace(element, words);
    }
  }

  const home = () => el('a', { class: 'button', href: '/' }, t('page.back'));

  function show({ phase, lost, left, reason }) {
    if (lost) {
      const go = el(
        'button',
        { type: 'button', class: 'primary', onclick: onNext },
        t('page.nextImage'),
      );
      draw('lost', t('page.lost'), t('page.lostText'), go);
    } else if (open) {
      draw(null);
    } else if (phase === 'failed') {
      draw(`failed ${reason}`, t('page.failed'), asSentence(reason), home());
    } else if (phase === 'empty') {
      const usual = () =>
        left > 0 ? t('page.emptyOthers', { n: left }) : t('page.emptyText');
      const text = reason ? asSentence(reason) : usual();
      draw(`empty ${text}`, t('page.empty'), text, home());
    } else {
      draw('loading', t('page.loading'));
    }
  }

  draw('loading', t('page.loading'));
  return {
    element,
    show,
    opened(image) {
      open = image !== null;
      if (open) {
        draw(null);
      }
    },
  };
}
