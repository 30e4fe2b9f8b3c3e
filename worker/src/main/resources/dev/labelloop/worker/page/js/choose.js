import { api } from './api.js';
import { el, replace } from './dom.js';

/** For `/review` and `/quality` without `?campaign=`: the campaigns as links to the same page. */
export async function chooseCampaign(main, t) {
  const { campaigns } = await api.get('/api/campaigns');
  const links = campaigns.map(({ name, waiting }) =>
    el(
      'li',
      {},
      el(
        'a',
        {
          class: 'card choice-card row between',
          href: `${location.pathname}?campaign=${encodeURIComponent(name)}`,
        },
        el('strong', {}, name),
        waiting
          ? el('span', { class: 'soft number' }, t('choose.waiting', { n: waiting.images }))
          : null,
      ),
    ),
  );
  const list =
    links.length > 0
      ? el('ul', { class: 'plain stack' }, links)
      : el('p', { class: 'empty' }, t('choose.none'));
  replace(
    main,
    el('div', { class: 'page narrow stack wide' }, el('h1', {}, t('choose.title')), list),
  );
}
