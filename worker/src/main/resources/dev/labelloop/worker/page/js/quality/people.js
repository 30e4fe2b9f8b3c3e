import { api, path } from '../api.js';
import { openDialog } from '../dialog.js';
import { el, replace } from '../dom.js';
import { textArea } from '../form.js';
import { duration, moment, number, percent } from '../i18n.js';
import { icon } from '../icons.js';
import { toast } from '../say.js';
import { hiddenHead, table } from '../table.js';
import { interval } from './interval.js';

/** How well people answer, and how far proposals pull them. */
export function showPeople({ node, t, campaign, found, reload }) {
  const { people, agreement, pull, bar = null } = found;
  const list =
    people.length === 0
      ? el('p', { class: 'card empty' }, t('quality.nobody'))
      : peopleTable({ t, campaign, people, bar, reload });
  replace(
    node,
    el('div', { class: 'grid' }, agreementCard(t, agreement), pullCard(t, pull)),
    el('h2', {}, t('quality.people')),
    list,
  );
}

function agreementCard(t, agreement) {
  const figures = [
    [
      t('quality.settled'),
      number(agreement.settled),
      t('quality.ofImages', { n: agreement.images }),
    ],
    [t('quality.waiting'), number(agreement.waiting), t('quality.waitingWhat')],
    [t('quality.meanF1'), percent(agreement.meanF1, 0), t('quality.meanF1What')],
    [t('quality.kappa'), number(agreement.kappa, 2), t('quality.kappaWhat')],
  ];
  return el('section', { class: 'card' }, el('h2', {}, t('quality.agreement')), stats(figures));
}

function pullCard(t, { shown, blind, difference, low, high }) {
  const figures = [
    [t('quality.shown'), percent(shown?.f1, 0), t('quality.of', { n: shown?.n ?? 0 })],
    [t('quality.blind'), percent(blind?.f1, 0), t('quality.of', { n: blind?.n ?? 0 })],
    [
      t('quality.difference'),
      percent(difference, 1),
      difference === null || difference === undefined
        ? ''
        : t('quality.range', { low: percent(low, 1), high: percent(high, 1) }),
    ],
  ];
  return el(
    'section',
    { class: 'card' },
    el('h2', {}, t('quality.pull')),
    el('p', { class: 'soft' }, pullWords(t, { difference, low, high })),
    stats(figures),
  );
}

/** What the interval says, and no more. */
function pullWords(t, { difference, low, high }) {
  if (difference === null || difference === undefined) {
    return t('quality.pullUnknown');
  }
  return t(low > 0 ? 'quality.pullTowards' : high < 0 ? 'quality.pullAway' : 'quality.pullNone');
}

export function stats(figures) {
  return el(
    'dl',
    { class: 'stats' },
    figures.map(([name, figure, more]) =>
      el('div', {}, el('dt', {}, name), el('dd', {}, figure, more ? el('small', {}, more) : null)),
    ),
  );
}

function peopleTable({ t, campaign, people, bar, reload }) {
  const columns = [
    { head: t('quality.person'), cell: (person) => nameOf(t, person), row: true },
    {
      head: t('quality.score'),
      cell: ({ f1 }) => interval(t, f1, bar),
      title: t('quality.scoreWhat'),
    },
    {
      head: t('quality.agrees'),
      cell: ({ agreement }) => interval(t, agreement),
      title: t('quality.agreesWhat'),
    },
    {
      head: t('quality.kappa'),
      cell: ({ kappa }) => number(kappa, 2),
      number: true,
      title: t('quality.kappaWhat'),
    },
    { head: t('quality.answers'), cell: ({ answers }) => number(answers), number: true },
    { head: t('quality.boxes'), cell: ({ boxes }) => number(boxes), number: true },
    {
      head: t('quality.perImage'),
      cell: ({ secondsPerImage }) => duration(secondsPerImage),
      number: true,
    },
    {
      head: t('quality.hasty'),
      cell: ({ hasty }) => number(hasty),
      number: true,
      title: t('quality.hastyWhat'),
    },
    {
      head: t('quality.checked'),
      cell: ({ checks }) => checked(t, checks),
      number: true,
      title: t('quality.checkedWhat'),
    },
    {
      head: hiddenHead(t('quality.do')),
      cell: (person) => pauseButton({ t, campaign, person, reload }),
      number: true,
    },
  ];
  return table({ label: t('quality.people'), columns, rows: people });
}

function nameOf(t, { name, paused }) {
  if (!paused) {
    return name;
  }
  const since = t('quality.pausedSince', {
    since: moment(paused.since),
    by: paused.by ?? t('quality.itself'),
  });
  return el(
    'span',
    { class: 'stack tight' },
    el(
      'span',
      { class: 'row' },
      name,
      el('span', { class: 'badge warn' }, icon('pause'), t('quality.paused')),
    ),
    el('span', { class: 'small soft paused-why' }, paused.reason, el('br'), since),
  );
}

function checked(t, checks) {
  const { accepted, returned } = checks ?? { accepted: 0, returned: 0 };
  return accepted + returned === 0
    ? '–'
    : t('quality.checkedFigure', { accepted, n: accepted + returned });
}

function pauseButton({ t, campaign, person, reload }) {
  const { name, paused } = person;
  const key = paused ? 'quality.resume' : 'quality.pause';
  const act = paused
    ? () => send({ t, campaign, name, word: 'resume', body: {}, reload })
    : () => askToPause({ t, campaign, name, reload });
  return el(
    'button',
    {
      class: 'small',
      type: 'button',
      aria: { label: t('say.of', { what: t(key), who: name }) },
      onclick: act,
    },
    icon(paused ? 'play' : 'pause'),
    t(key),
  );
}

async function askToPause({ t, campaign, name, reload }) {
  const reason = textArea({
    label: t('quality.reason'),
    hint: t('quality.reasonHint', { name }),
    required: true,
    maxlength: 500,
  });
  const given = () => (reason.input.reportValidity() ? reason.input.value.trim() : null);
  const answer = await openDialog({
    title: t('quality.pauseOf', { name }),
    content: [reason.node],
    actions: [
      { label: t('do.cancel'), value: null },
      { label: t('quality.pause'), value: async () => given(), kind: 'primary' },
    ],
  });
  if (answer) {
    await send({ t, campaign, name, word: 'pause', body: { reason: answer }, reload });
  }
}

async function send({ t, campaign, name, word, body, reload }) {
  try {
    await api.post(`${path('api', 'campaigns', campaign, 'people', name)}/${word}`, body);
    toast(t(`quality.${word}Done`, { name }), 'good', t('do.close'));
  } catch (error) {
    toast(t('say.failed', { error: error.message }), 'bad', t('do.close'));
  }
  await reload();
}
