import { api } from '../api.js';
import { copyField } from '../copy.js';
import { confirmDialog } from '../dialog.js';
import { el, replace } from '../dom.js';
import { choice, field, form } from '../form.js';
import { LANGUAGES, language, moment, switchLanguage } from '../i18n.js';
import { toast } from '../say.js';
import { openShell } from '../shell.js';
import { hiddenHead, table } from '../table.js';
import { setTheme, theme } from '../theme.js';

const DAY_MS = 24 * 3_600_000;
/** Bytes, as the server counts. */
const SHORTEST_PASSWORD = 10;

const { t, me, main } = await openShell('account');
const tokenList = el('div', {});
const newToken = el('div', { aria: { live: 'polite' } });
replace(
  main,
  el(
    'div',
    { class: 'page narrow stack wide' },
    el(
      'div',
      { class: 'title' },
      el(
        'div',
        {},
        el('h1', {}, me.display ?? me.name),
        el('p', {}, `${me.name} · ${t(`role.${me.role}`)}`),
      ),
    ),
    looks(),
    passwordCard(),
    tokenCard(),
  ),
);
await showTokens();

function looks() {
  const languages = choice({
    label: t('shell.language'),
    options: Object.entries(LANGUAGES),
    value: language(),
    onchange: (event) => switchLanguage(event.target.value),
  });
  const themes = choice({
    label: t('account.theme'),
    options: ['auto', 'light', 'dark'].map((name) => [name, t(`account.theme.${name}`)]),
    value: theme(),
    onchange: (event) => setTheme(event.target.value),
  });
  return card(
    t('account.looks'),
    null,
    el('div', { class: 'fields' }, languages.node, themes.node),
  );
}

function passwordCard() {
  const current = field({
    label: t('account.current'),
    hint: t('account.currentHint'),
    type: 'password',
    autocomplete: 'current-password',
  });
  const fresh = field({
    label: t('account.new'),
    hint: t('account.newHint', { n: SHORTEST_PASSWORD }),
    type: 'password',
    autocomplete: 'new-password',
    minlength: SHORTEST_PASSWORD,
    required: true,
  });
  const again = field({
    label: t('account.again'),
    type: 'password',
    autocomplete: 'new-password',
    required: true,
  });
  const compare = () =>
    again.input.setCustomValidity(
      again.input.value === fresh.input.value ? '' : t('account.differ'),
    );
  fresh.input.addEventListener('input', compare);
  again.input.addEventListener('input', compare);
  const name = el('input', {
    type: 'text',
    name: 'username',
    autocomplete: 'username',
    value: me.name,
    hidden: true,
    aria: { hidden: 'true' },
  });
  const change = form({
    content: [name, current.node, el('div', { class: 'fields' }, fresh.node, again.node)],
    action: t('account.change'),
    async send(node) {
      const body = {
        new: fresh.input.value,
        ...(current.input.value ? { current: current.input.value } : {}),
      };
      await api.post('/api/password', body);
      node.reset();
      toast(t('account.changed'), 'good', t('do.close'));
    },
  });
  return card(t('account.password'), null, change);
}

function tokenCard() {
  const label = field({
    label: t('account.tokenLabel'),
    hint: t('account.tokenLabelHint'),
    required: true,
    maxlength: 100,
  });
  const days = choice({
    label: t('account.expires'),
    options: [
      ['30', t('account.days', { n: 30 })],
      ['90', t('account.days', { n: 90 })],
      ['365', t('account.days', { n: 365 })],
      ['', t('account.never')],
    ],
    value: '90',
  });
  const make = form({
    content: [el('div', { class: 'fields' }, label.node, days.node)],
    action: t('account.makeToken'),
    async send(node) {
      const expires = days.input.value
        ? new Date(Date.now() + Number(days.input.value) * DAY_MS).toISOString()
        : null;
      const made = await api.post('/api/tokens', { label: label.input.value.trim(), expires });
      node.reset();
      showOnce(made);
      await showTokens();
    },
  });
  return card(
    t('account.tokens'),
    t('account.tokensWhat'),
    el('div', { class: 'stack' }, newToken, tokenList, make),
  );
}

function showOnce({ label, token }) {
  replace(
    newToken,
    el(
      'div',
      { class: 'notice good' },
      el(
        'div',
        { class: 'grow stack tight' },
        el('p', {}, t('account.once', { label })),
        copyField(t, label, token),
      ),
    ),
  );
}

async function showTokens() {
  const { tokens } = await api.get('/api/tokens');
  if (tokens.length === 0) {
    replace(tokenList, el('p', { class: 'soft' }, t('account.noTokens')));
    return;
  }
  const columns = [
    { head: t('account.tokenLabel'), cell: ({ label }) => label, row: true },
    { head: t('account.made'), cell: ({ made }) => at(made) },
    { head: t('account.used'), cell: ({ used }) => at(used) },
    {
      head: t('account.expires'),
      cell: ({ expires }) => at(expires),
    },
    { head: hiddenHead(t('account.revoke')), cell: revokeButton, number: true },
  ];
  replace(tokenList, table({ label: t('account.tokens'), columns, rows: tokens }));
}

/** A moment in one line; null is never. */
function at(time) {
  return el('span', { class: 'nowrap' }, time ? moment(time) : t('account.never'));
}

function revokeButton(token) {
  const label = t('say.of', { what: t('account.revoke'), who: token.label });
  return el(
    'button',
    { class: 'small danger', type: 'button', aria: { label }, onclick: () => revokeToken(token) },
    t('account.revoke'),
  );
}

async function revokeToken({ id, label }) {
  const sure = await confirmDialog({
    title: t('account.revokeOf', { label }),
    text: t('account.revokeText'),
    yes: t('account.revoke'),
    no: t('do.cancel'),
    danger: true,
  });
  if (sure) {
    await api.del(`/api/tokens/${id}`);
    await showTokens();
  }
}

function card(title, text, ...content) {
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, title),
    text ? el('p', { class: 'soft' }, text) : null,
    content,
  );
}
