import { api, path } from '../api.js';
import { copyField } from '../copy.js';
import { confirmDialog, openDialog } from '../dialog.js';
import { el, replace } from '../dom.js';
import { choice, field, form } from '../form.js';
import { icon } from '../icons.js';
import { moment } from '../i18n.js';
import { toast } from '../say.js';
import { openShell } from '../shell.js';
import { hiddenHead, table } from '../table.js';
import { auditLog } from './audit.js';

const ROLES = ['VIEWER', 'REVIEWER', 'OPERATOR', 'ADMIN'];

const { t, me, main } = await openShell('accounts');
const list = el('div', {}, el('p', { class: 'soft' }, t('say.loading')));
const log = auditLog(t);
const add = el(
  'button',
  { class: 'primary', type: 'button', onclick: addPerson },
  icon('plus'),
  t('accounts.add'),
);
replace(
  main,
  el(
    'div',
    { class: 'page stack wide' },
    el(
      'div',
      { class: 'title' },
      el('div', {}, el('h1', {}, t('accounts.title')), el('p', {}, t('accounts.what'))),
      add,
    ),
    list,
    el('section', { class: 'stack' }, el('h2', {}, t('accounts.audit')), log.node),
  ),
);
await Promise.all([showPeople(), log.load()]);

async function showPeople() {
  const { accounts } = await api.get('/api/accounts');
  const columns = [
    { head: t('accounts.name'), cell: nameOf, row: true },
    { head: t('accounts.role'), cell: roleChoice },
    { head: t('accounts.state'), cell: state },
    { head: t('accounts.made'), cell: ({ made }) => el('span', { class: 'nowrap' }, moment(made)) },
    { head: hiddenHead(t('accounts.do')), cell: buttons, number: true },
  ];
  replace(list, table({ label: t('accounts.title'), columns, rows: accounts }));
}

function nameOf({ name, display }) {
  return display && display !== name ? [display, ' ', el('span', { class: 'soft' }, name)] : name;
}

function roleChoice(account) {
  const select = el(
    'select',
    {
      class: 'role',
      aria: { label: t('accounts.roleOf', { name: account.name }) },
      disabled: !account.active,
    },
    ROLES.map((role) =>
      el('option', { value: role, selected: role === account.role }, t(`role.${role}`)),
    ),
  );
  select.addEventListener('change', () =>
    change(
      account,
      { role: select.value },
      t('accounts.roleChanged', { name: account.name, role: t(`role.${select.value}`) }),
    ),
  );
  return select;
}

function state({ active, password }) {
  if (!active) {
    return el('span', { class: 'badge' }, icon('pause'), t('accounts.inactive'));
  }
  return password
    ? el('span', { class: 'badge good' }, icon('check'), t('accounts.active'))
    : el('span', { class: 'badge info' }, t('accounts.linkOnly'));
}

function buttons(account) {
  const of = (key) => ({ label: t('say.of', { what: t(key), who: account.name }) });
  const link = el(
    'button',
    {
      class: 'small',
      type: 'button',
      aria: of('accounts.link'),
      onclick: () => makeLink(account.name),
    },
    t('accounts.link'),
  );
  const off = el(
    'button',
    {
      class: 'small danger',
      type: 'button',
      aria: of('accounts.deactivate'),
      onclick: () => deactivate(account),
    },
    t('accounts.deactivate'),
  );
  const on = el(
    'button',
    {
      class: 'small',
      type: 'button',
      aria: of('accounts.activate'),
      onclick: () =>
        change(account, { active: true }, t('accounts.activated', { name: account.name })),
    },
    t('accounts.activate'),
  );
  const shown = account.active ? [link, account.name === me.name ? null : off] : [on];
  return el('div', { class: 'row end' }, shown);
}

/** Sends a change; whatever comes of it, what is shown is what the server has. */
async function change({ name }, body, done) {
  try {
    await api.patch(path('api', 'accounts', name), body);
    toast(done, 'good', t('do.close'));
  } catch (error) {
    toast(t('say.failed', { error: error.message }), 'bad', t('do.close'));
  }
  await Promise.all([showPeople(), log.load()]);
}

async function deactivate(account) {
  const sure = await confirmDialog({
    title: t('accounts.deactivateOf', { name: account.name }),
    text: t('accounts.deactivateText'),
    yes: t('accounts.deactivate'),
    no: t('do.cancel'),
    danger: true,
  });
  if (sure) {
    await change(account, { active: false }, t('accounts.deactivated', { name: account.name }));
  }
}

async function makeLink(name) {
  const { link, until } = await api.post(`${path('api', 'accounts', name)}/link`);
  await showLink(name, link, until);
  await log.load();
}

function showLink(name, link, until) {
  return openDialog({
    title: t('accounts.linkOf', { name }),
    content: [
      el(
        'div',
        { class: 'stack' },
        el('p', {}, t('accounts.linkText', { name, until: moment(until) })),
        copyField(t, t('accounts.linkOf', { name }), link),
      ),
    ],
    actions: [{ label: t('do.close'), value: null, kind: 'primary' }],
  });
}

async function addPerson() {
  const name = field({
    label: t('accounts.name'),
    hint: t('accounts.nameHint'),
    required: true,
    maxlength: 64,
    autocomplete: 'off',
  });
  const display = field({
    label: t('accounts.display'),
    hint: t('accounts.displayHint'),
    maxlength: 100,
    autocomplete: 'off',
    autocapitalize: 'words',
  });
  const role = choice({
    label: t('accounts.role'),
    options: ROLES.map((r) => [r, t(`role.${r}`)]),
    value: 'REVIEWER',
    hint: t('accounts.roleHint'),
  });
  let close;
  const content = form({
    content: [name.node, display.node, role.node],
    action: t('accounts.addAndLink'),
    async send() {
      const body = { name: name.input.value.trim(), role: role.input.value };
      const shown = display.input.value.trim();
      await api.post('/api/accounts', shown ? { ...body, display: shown } : body);
      close();
      await showPeople();
      await makeLink(body.name);
    },
  });
  close = openForm(t('accounts.add'), content);
}

/** A dialog around a form of its own. @returns {() => void} closes it */
function openForm(title, content) {
  const heading = el('h2', { id: 'form-title' }, title);
  const dialog = el('dialog', { aria: { labelledby: 'form-title' } }, heading, content);
  const cancel = el('button', { type: 'button', onclick: () => dialog.close() }, t('do.cancel'));
  const row = content.querySelector('.row:last-child');
  row.classList.add('end');
  row.prepend(cancel);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}
