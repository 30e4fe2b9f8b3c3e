import { ApiError, api } from '../api.js';
import { openDialog, confirmDialog } from '../dialog.js';
import { el } from '../dom.js';
import { choice, field } from '../form.js';
import { icon } from '../icons.js';
import { toast } from '../say.js';
import { hasEnded } from './progress.js';

const FORMATS = ['coco', 'yolo', 'labelstudio'];
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
    try {
      return await api.post(`${base}/amend`, form.value());
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
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok) {
      const refusal = await response.json().catch(() => null);
      toast(refusal?.error ?? t('say.failed', { error: response.status }), 'bad');
      return;
    }
    const file = await response.blob();
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    const link = el('a', { href: URL.createObjectURL(file), download: name ?? 'labels.zip' });
    link.click();
    URL.revokeObjectURL(link.href);
    toast(t('said.exported'), 'good');
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
  const budget = field({
    label: t('amend.budget'),
    hint: t('amend.budgetHint', { now: percent(amended.budget ?? spec.selection.budget) }),
    inputmode: 'decimal',
  });
  const deadline = field({
    label: t('amend.deadline'),
    hint: t('amend.deadlineHint'),
    type: 'number',
    min: 1,
    step: 1,
  });
  const target = field({
    label: t('amend.target'),
    hint: t('amend.targetHint', {
      now: amended.target ?? spec.rounds.targetMap ?? t('amend.none'),
    }),
    inputmode: 'decimal',
  });
  const rounds = field({
    label: t('amend.rounds'),
    hint: t('amend.roundsHint', { now: status?.maxRounds ?? spec.rounds.max }),
    type: 'number',
    min: 1,
    step: 1,
  });
  const trouble = el('div', { class: 'notice bad', role: 'alert', hidden: true });
  return {
    content: [
      el('div', { class: 'fields' }, budget.node, deadline.node, target.node, rounds.node),
      trouble,
    ],
    value: () =>
      amendment({
        budget: budget.input.value,
        deadline: deadline.input.value,
        target: target.input.value,
        rounds: rounds.input.value,
      }),
    trouble(sentence) {
      trouble.textContent = sentence;
      trouble.hidden = false;
    },
  };
}

/**
 * What the server takes, of what a person typed: the budget in per cent, the deadline in hours. What is
 * no number goes as it is: the server says so.
 */
export function amendment({ budget, deadline, target, rounds }) {
  const share = numeric(budget.replace('%', ''));
  return Object.fromEntries(
    Object.entries({
      budget: typeof share === 'number' ? share / 100 : share,
      deadline: deadline.trim() === '' ? null : `PT${deadline.trim()}H`,
      target: numeric(target),
      rounds: numeric(rounds),
    }).filter(([, value]) => value !== null),
  );
}

function numeric(text) {
  const plain = text.trim().replace(',', '.');
  if (plain === '') {
    return null;
  }
  return Number.isFinite(Number(plain)) ? Number(plain) : text;
}
