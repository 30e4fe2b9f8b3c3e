import { el, replace } from '../dom.js';
import { openShell } from '../shell.js';
import { announce } from '../say.js';
import { showCampaign } from './campaign.js';
import { showCampaigns } from './campaigns.js';
import { showGallery } from './gallery.js';
import { showImage } from './image.js';
import { route } from './routes.js';

const VIEWS = {
  campaigns: showCampaigns,
  campaign: showCampaign,
  gallery: showGallery,
  image: showImage,
};

/** Where 'Review' and 'Quality' in the header lead. */
const LAST = 'labelloop.campaign';

remember(route(location.hash).campaign);
const { t, me, main } = await openShell('dashboard');
let leave = () => {};
let shown = 0;

addEventListener('hashchange', () => show());
await show(true);

/**
 * Shows the view that the address names. A view is a function that fills its node and returns what is
 * to be done when it is left; what it still waits for then is shown to nobody.
 */
async function show(first = false) {
  const turn = ++shown;
  leave();
  leave = () => {};
  const at = route(location.hash);
  remember(at.campaign);
  const node = el('div', { class: 'page stack wide' }, el('p', { class: 'soft' }, t('say.loading')));
  replace(main, node);
  try {
    const left = await VIEWS[at.view]({ node, t, me, at, isShown: () => turn === shown });
    if (turn === shown) {
      leave = left ?? leave;
      settle(node, at, first);
    } else {
      left?.();
    }
  } catch (error) {
    if (turn === shown) {
      trouble(node, error);
    }
  }
}

function remember(campaign) {
  if (campaign) {
    localStorage.setItem(LAST, campaign);
  }
}

/** A new view is a new page to those who hear it: the title says so, the focus begins there. */
function settle(node, at, first) {
  const title = node.querySelector('h1')?.textContent ?? t('dashboard.title');
  document.title = `${title} · LabelLoop`;
  if (!first && at.view !== 'gallery') {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
    announce(title);
  }
}

function trouble(node, error) {
  const again = el('button', { type: 'button', onclick: () => show() }, t('do.retry'));
  replace(
    node,
    el('h1', { class: 'visually-hidden' }, t('dashboard.title')),
    el(
      'div',
      { class: 'notice bad', role: 'alert' },
      el('span', { class: 'grow' }, error.message),
      again,
    ),
    el('p', {}, el('a', { href: '#/' }, t('dashboard.toCampaigns'))),
  );
  if (!(error.status >= 0)) {
    throw error; // no refusal of the server but a fault of ours: the console shall know
  }
}
