import { ApiError, api } from '../api.js';
import { openDialog, confirmDialog } from '../dialog.js';
import { el } from '../dom.js';
import { choice, field } from '../form.js';
import { icon } from '../icons.js';
import { toast } from '../say.js';
import { amendment } from './amendment.js';
import { FORMATS } from './formats.js';
import { hasEnded } from './progress.js';

const PARTS = ['all', 'people', 'holdout'];

/**
 * The buttons of an operator. Whatever ends or takes back asks first.
 *
 * @param {(status: object) => void} what.done is told where the campaign is after an order
 */
export function createActions({ t, base, spec, done }) {
  let status = null;
  const pause = button(t('do.pause'), 'pause', () => order('pause', 'paused'));
  const resume = button(t('do.resume'), 'play', () => order('resume', 'resumed'));
  const amend = button(t('do.amend'), null, askAmend);
  const rollback = button(t('do.rollback'), null, askRollback);
  const finish = button(t('do.finish'), null, askFinish, 'danger');
  const take = button(t('do.export'), null, askExport);
  const node = el(
    'div',
    { class: 'row actions', role: 'group', aria: { label: t('campaign.actions') } },
    pause,
    resume,
    amend,
    rollback,
    take,
    finish,
  );

  function show(next) {
    status = next;
    const open = !hasEnded(status);
    pause.hidden = !open || status.paused === true;
    resume.hidden = !open || status.paused !== true;
    amend.hidden = !open;
    finish.hidden = !open;
  }

  async function order(name, said) {
    try {
      done(await api.post(`${base}/${name}`));
      toast(t(`said.${said}`), 'good');
    } catch (error) {
      refused(error);
    }
  }

  async function askFinish() {
    const yes = await confirmDialog({
      title: t('finish.title'),
      text: t('finish.text'),
      yes: t('do.finish'),
      no: t('do.cancel'),
      danger: true,
    });
    if (yes) {
      await order('finish', 'finished');
    }
  }

  async function askRollback() {
    const yes = await confirmDialog({
      title: t('rollback.title'),
      text: t('rollback.text'),
      yes: t('do.rollback'),
      no: t('do.cancel'),
    });
    if (yes) {
      await order('rollback', 'rolledBack');
    }
  }

  async function askAmend() {
    const form = amendForm(t, spec, status);
    const answer = await openDialog({
      title: t('amend.title'),
      content: [el('p', { class: 'soft' }, t('amend.text')), ...form.content],
      actions: [
        { label: t('do.cancel'), value: null },
        { label: t('do.amendNow'), kind: 'primary', value: () => send(form) },
      ],
    });
    if (answer) {
      done(answer);
      toast(t('said.amended'), 'good');
    }
  }

  async function send(form) {
    const value = form.read();
    if (value === null) {
      return null;
    }
    try {
      return await api.post(`${base}/amend`, value);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      form.trouble(error.message);
      return null;
    }
  }

  async function askExport() {
    const format = choice({
      label: t('export.format'),
      options: FORMATS.map((f) => [f, t(`export.${f}`)]),
      value: 'coco',
    });
    const part = choice({
      label: t('export.part'),
      options: PARTS.map((p) => [p, t(`export.part.${p}`)]),
      value: 'all',
    });
    const wanted = await openDialog({
      title: t('export.title'),
      content: [el('div', { class: 'fields' }, format.node, part.node)],
      actions: [
        { label: t('do.cancel'), value: null },
        {
          label: t('do.download'),
          kind: 'primary',
          value: () => `${base}/export?format=${format.input.value}&part=${part.input.value}`,
        },
      ],
    });
    if (wanted) {
      await download(wanted);
    }
  }

  /** As a file of the browser's: what is refused is a sentence here instead of a page of its own. */
  async function download(url) {
    try {
      const { blob, name } = await api.file(url);
      const link = el('a', { href: URL.createObjectURL(blob), download: name ?? 'labels.zip' });
      link.click();
      URL.revokeObjectURL(link.href);
      toast(t('said.exported'), 'good');
    } catch (error) {
      refused(error);
    }
  }

  function refused(error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    toast(error.message, 'bad');
  }

  function button(words, drawing, onclick, kind = '') {
    const made = el(
      'button',
      { type: 'button', class: kind },
      drawing ? icon(drawing) : null,
      words,
    );
    made.addEventListener('click', async () => {
      if (made.getAttribute('aria-busy') === 'true') {
        return;
      }
      made.setAttribute('aria-busy', 'true');
      try {
        await onclick();
      } finally {
        made.removeAttribute('aria-busy');
      }
    });
    return made;
  }

  return { node, show };
}

/** Empty fields change nothing. */
function amendForm(t, spec, status) {
  const amended = status?.amended ?? {};
  const percent = (share) => `${+(100 * share).toFixed(2)} %`;
  const now = {
    budget: percent(amended.budget ?? spec.selection.budget),
    target: amended.target ?? spec.rounds.targetMap ?? t('amend.none'),
    rounds: status?.maxRounds ?? spec.rounds.max,
  };
  const fields = Object.fromEntries(
    ['budget', 'deadline', 'target', 'rounds'].map((name) => [
      name,
      field({
        label: t(`amend.${name}`),
        hint: t(`amend.${name}Hint`, { now: now[name] }),
        inputmode: name === 'rounds' ? 'numeric' : 'decimal',
      }),
    ]),
  );
  const each = Object.entries(fields);
  const notice = el('div', { class: 'notice bad', role: 'alert', hidden: true });

  function trouble(...sentences) {
    notice.textContent = sentences.join(' ');
    notice.hidden = false;
  }

  /** What is to be sent; null if something that was typed cannot be, which is said then. */
  function read() {
    const typed = Object.fromEntries(each.map(([name, { input }]) => [name, input.value]));
    const { value, faults } = amendment(typed);
    const wrong = new Set(faults.map((fault) => fault.field));
    each.forEach(([name, { input }]) => input.setAttribute('aria-invalid', wrong.has(name)));
    if (faults.length > 0) {
      trouble(...faults.map((fault) => t(`amend.${fault.field}Fault`, { typed: fault.typed })));
      fields[faults[0].field].input.focus();
      return null;
    }
    if (Object.keys(value).length === 0) {
      trouble(t('amend.nothing'));
      fields.budget.input.focus();
      return null;
    }
    return value;
  }

  const nodes = each.map(([, { node }]) => node);
  return { content: [el('div', { class: 'fields' }, nodes), notice], read, trouble };
}
