import { api } from '../api.js';
import { el, replace } from '../dom.js';
import { moment } from '../i18n.js';
import { table } from '../table.js';

const PAGE = 50;

/** The log of changes, the newest first, further back on demand. */
export function auditLog(t) {
  const node = el('div', { class: 'stack' });
  let entries = [];

  async function load() {
    entries = await page(null);
    show(entries.length === PAGE);
  }

  async function more() {
    const older = await page(entries.at(-1).id);
    entries = [...entries, ...older];
    show(older.length === PAGE);
  }

  function show(thereIsMore) {
    const columns = [
      { head: t('accounts.at'), cell: ({ at }) => el('span', { class: 'nowrap' }, moment(at)) },
      { head: t('accounts.actor'), cell: ({ actor }) => actor, row: true },
      {
        head: t('accounts.action'),
        cell: ({ action }) => (t.has(`audit.${action}`) ? t(`audit.${action}`) : action),
      },
      { head: t('accounts.subject'), cell: ({ subject }) => subject },
      {
        head: t('accounts.detail'),
        cell: ({ detail }) => el('span', { class: 'soft' }, told(detail)),
      },
    ];
    const button = el('button', { type: 'button', onclick: more }, t('do.more'));
    replace(
      node,
      table({ label: t('accounts.audit'), columns, rows: entries }),
      thereIsMore ? el('div', { class: 'row' }, button) : null,
    );
  }
  return { node, load };
}

async function page(before) {
  const { entries } = await api.get(
    `/api/audit?limit=${PAGE}${before === null ? '' : `&before=${before}`}`,
  );
  return entries;
}

/** `{"role": "ADMIN"}` → "role: ADMIN". */
function told(detail) {
  return Object.entries(detail ?? {})
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
