import { ApiError, api, toLogin } from './api.js';
import { byId, el, replace } from './dom.js';
import { icon } from './icons.js';
import { LANGUAGES, language, loadStrings, switchLanguage } from './i18n.js';
import { announce, toast } from './say.js';
import { nextTheme, setTheme, theme } from './theme.js';

const RANKS = ['VIEWER', 'REVIEWER', 'OPERATOR', 'ADMIN'];
const LAST = 'labelloop.campaign';

/** Whether the signed-in person may do what needs this role. */
export function may(me, role) {
  return RANKS.indexOf(me.role) >= RANKS.indexOf(role);
}

/** The campaign in the address (`?campaign=`), or null. */
export function campaignOfPage() {
  return new URLSearchParams(location.search).get('campaign');
}

/**
 * Opens a page: loads the words of its part, asks who is here, fills the header, names the document.
 * The page has `<header id="shell">` and `<main id="main" tabindex="-1">`.
 *
 * @param {string} part name of the strings file; its key `<part>.title` is the document's title
 * @param {{nobody?: boolean}} [how] nobody: a page for people who are not signed in (login)
 * @returns {Promise<{t: Function, me: object|null, main: HTMLElement}>} `me` as of GET /api/me
 */
export async function openShell(part, { nobody = false } = {}) {
  const asked = nobody ? null : api.get('/api/me');
  asked?.catch(() => {}); // said below, when there are words for it
  const t = await loadStrings(part);
  document.title = `${t(`${part}.title`)} · LabelLoop`;
  const main = byId('main');
  tellOfRefusals(t, part, main);
  const me = await asked;
  document.body.prepend(el('a', { class: 'skip', href: '#main' }, t('shell.skip')));
  const header = byId('shell');
  header.className = 'shell';
  header.append(brand(), me ? navigation(t, me) : '', tools(t, me));
  return { t, me, main };
}

/**
 * What a page asks for and does not get, and nothing on it catches, is said: in place of the page
 * where that is still empty, else in the corner.
 */
function tellOfRefusals(t, part, main) {
  const tell = (error) => {
    if (!(error instanceof ApiError)) {
      return; // a fault of the page, for the console
    }
    const words = t('say.failed', { error: error.message });
    if (main.querySelector('h1')) {
      toast(words, 'bad', t('do.close'));
      return;
    }
    const again = el('button', { type: 'button', onclick: () => location.reload() }, t('do.retry'));
    const notice = el(
      'div',
      { class: 'notice bad', role: 'alert' },
      el('span', { class: 'grow' }, words),
      again,
    );
    replace(
      main,
      el('div', { class: 'page narrow stack' }, el('h1', {}, t(`${part}.title`)), notice),
    );
  };
  addEventListener('unhandledrejection', ({ reason }) => tell(reason));
  addEventListener('error', ({ error }) => tell(error));
}

function brand() {
  return el('a', { class: 'brand', href: '/' }, icon('loop'), 'LabelLoop');
}

function navigation(t, me) {
  const links = entries(me).map(([key, href]) => {
    const current = new URL(href, location.href).pathname === location.pathname ? 'page' : null;
    return el('li', {}, el('a', { href, aria: { current } }, t(key)));
  });
  return el('nav', { aria: { label: t('shell.navigation') } }, el('ul', {}, links));
}

function entries(me) {
  const campaign = rememberedCampaign();
  const of = (page) =>
    campaign ? `/${page}?campaign=${encodeURIComponent(campaign)}` : `/${page}`;
  return [
    ['shell.campaigns', '/', 'VIEWER'],
    ['shell.review', of('review'), 'REVIEWER'],
    ['shell.quality', of('quality'), 'REVIEWER'],
    ['shell.accounts', '/accounts', 'ADMIN'],
  ].filter(([, , role]) => may(me, role));
}

/** The campaign of this page, else the one last looked at: "Review" leads back to it. */
function rememberedCampaign() {
  const here = campaignOfPage();
  if (here) {
    localStorage.setItem(LAST, here);
  }
  return here ?? localStorage.getItem(LAST);
}

function tools(t, me) {
  return el(
    'div',
    { class: 'tools' },
    languageSelect(t),
    themeButton(t),
    me ? person(t, me) : null,
  );
}

function languageSelect(t) {
  const options = Object.entries(LANGUAGES).map(([code, name]) =>
    el('option', { value: code, lang: code, selected: code === language() }, name),
  );
  const onchange = (event) => switchLanguage(event.target.value);
  return el('select', { aria: { label: t('shell.language') }, onchange }, options);
}

function themeButton(t) {
  const button = el('button', { class: 'quiet icon', type: 'button' });
  const show = () => {
    const now = theme();
    button.replaceChildren(icon({ auto: 'half', light: 'sun', dark: 'moon' }[now]));
    button.title = t(`shell.theme.${now}`);
    button.setAttribute('aria-label', button.title);
  };
  button.addEventListener('click', () => {
    setTheme(nextTheme());
    show();
    announce(button.title);
  });
  show();
  return button;
}

function person(t, me) {
  const menu = el(
    'div',
    { id: 'person', popover: 'auto' },
    el(
      'p',
      { class: 'small soft' },
      t('shell.signedIn', { name: me.display ?? me.name, role: t(`role.${me.role}`) }),
    ),
    el('a', { class: 'button quiet', href: '/account' }, t('shell.account')),
    me.method === 'session'
      ? el('button', { class: 'quiet', type: 'button', onclick: signOut }, t('shell.signOut'))
      : null,
  );
  const button = el(
    'button',
    { class: 'quiet who', type: 'button', popovertarget: 'person' },
    icon('person'),
    el('span', {}, me.display ?? me.name),
  );
  return el('div', {}, button, menu);
}

async function signOut() {
  await api.post('/api/logout');
  toLogin();
}
