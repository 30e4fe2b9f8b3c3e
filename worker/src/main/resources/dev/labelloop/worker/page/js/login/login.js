import { stayingApi } from '../api.js';
import { el, replace } from '../dom.js';
import { field, form } from '../form.js';
import { tellSignedIn } from '../session/channel.js';
import { openShell } from '../shell.js';
import { landing, linkIn, refusalKey } from './landing.js';

const link = linkIn(location.hash);
if (link) {
  // The link lets in once: it must not stay in the address, the history or a bookmark.
  history.replaceState(null, '', location.pathname + location.search);
}
const { t, main } = await openShell('login', { nobody: true });
if (link) {
  await useLink(link);
} else {
  await passThrough();
}

/** Whoever is signed in already has nothing to do here. */
async function passThrough() {
  try {
    enter(await stayingApi.get('/api/me'));
  } catch {
    showPassword(); // nobody is signed in, or no reply: signing in will say which
  }
}

async function useLink(token) {
  replace(main, card(el('p', { role: 'status' }, t('login.opening'))));
  try {
    enter(await stayingApi.post('/api/link', { link: token }));
  } catch (error) {
    showPassword(t(refusalKey(error, 'link'), { error: error.message, n: error.retryAfter ?? 0 }));
  }
}

function showPassword(trouble = null) {
  const name = field({
    label: t('login.name'),
    name: 'name',
    autocomplete: 'username',
    required: true,
  });
  const password = field({
    label: t('login.password'),
    name: 'password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
  });
  const login = form({
    content: [name.node, password.node],
    action: t('login.do'),
    wide: true,
    words: (error) =>
      t(refusalKey(error, 'password'), { error: error.message, n: error.retryAfter ?? 0 }),
    async send() {
      enter(
        await stayingApi.post('/api/login', {
          name: name.input.value.trim(),
          password: password.input.value,
        }),
      );
    },
  });
  const notice = trouble ? el('div', { class: 'notice warn', role: 'alert' }, trouble) : null;
  replace(main, card(notice, login, el('p', { class: 'small soft' }, t('login.forgotten'))));
  name.input.focus();
}

function card(...content) {
  return el(
    'div',
    { class: 'page login' },
    el('section', { class: 'card stack' }, el('h1', {}, t('login.title')), content),
  );
}

function enter(me) {
  tellSignedIn(me.name);
  location.replace(landing(new URLSearchParams(location.search).get('to')));
}
