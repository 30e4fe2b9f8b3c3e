import { el, replace } from '../dom.js';
import { duration, moment, number } from '../i18n.js';
import { announce } from '../say.js';
import { STEPS, hasEnded, progressOf } from './progress.js';

/** What a campaign does now: the round's steps, how far this one is, what is in its way. */
export function createNow({ t }) {
  const steps = el('ol', { class: 'steps', aria: { label: t('live.steps') } });
  const line = el('p', { class: 'live small soft', role: 'status' });
  const bar = el('div', { class: 'measure' });
  const words = el('p', { class: 'soft small notes' });
  const notices = el('div', { class: 'stack tight' });
  const heading = el('h2');
  const node = el(
    'section',
    { class: 'card present' },
    el('div', { class: 'row between' }, heading, line),
    notices,
    steps,
    bar,
    words,
  );
  let phase = null;
  let over = false;

  function show(status) {
    const ended = hasEnded(status);
    over = ended;
    heading.textContent = headline(t, status, ended);
    replace(line, ended ? null : [el('span', { class: 'dot' }), t('live.on')]);
    line.classList.remove('lost');
    replace(notices, noticesOf(t, status));
    steps.hidden = ended;
    replace(steps, ended ? null : STEPS.map((step) => stepOf(t, status, step)));
    measure(status, ended);
    if (phase !== null && phase !== status.phase && !ended) {
      announce(`${heading.textContent}: ${t(`phase.${status.phase}`)}`);
    }
    phase = status.phase;
  }

  function measure(status, ended) {
    const progress = ended ? null : progressOf(status);
    bar.hidden = progress === null;
    if (progress === null) {
      replace(words, ended && status.started ? t('live.lastRun', { when: moment(status.started) }) : null);
      return;
    }
    const { done, total, unit, left, notes } = progress;
    const text = t(`unit.${unit}`, { done, n: total });
    replace(
      bar,
      el('progress', { max: Math.max(1, total), value: done, aria: { label: t(`phase.${status.phase}`) } }),
      el('strong', { class: 'number' }, text),
    );
    const all = notes.map(([key, values]) => t(`note.${key}`, values));
    if (left !== null && left > 0) {
      all.unshift(t('note.left', { time: duration(left) }));
    }
    words.textContent = all.join(' · ');
  }

  /** Of a campaign that has ended there is nothing more to tell, and no line to lose. */
  function trouble(sentence) {
    if (over) {
      return;
    }
    line.classList.add('lost');
    replace(line, el('span', { class: 'dot' }), sentence ?? t('live.lost'));
  }

  return { node, show, trouble };
}

function headline(t, status, ended) {
  if (ended) {
    return t(`ended.${status.state}`, { round: status.round });
  }
  if (status.round === 0) {
    return t('live.prepare');
  }
  return status.maxRounds
    ? t('list.round', { round: status.round, rounds: status.maxRounds })
    : t('live.round', { round: status.round });
}

function stepOf(t, status, step) {
  const now = STEPS.indexOf(status.phase);
  const index = STEPS.indexOf(step);
  const before = status.round > 0 && index < now; // of a campaign being prepared, no step is done
  const where = before ? 'done' : index === now ? 'now' : 'next';
  return el(
    'li',
    { class: `step ${where}`, aria: { current: where === 'now' ? 'step' : null } },
    el('span', { class: 'mark', aria: { hidden: 'true' } }),
    t(`phase.${step}`),
  );
}

function noticesOf(t, status) {
  const notices = [];
  const level = status.health?.level;
  if (status.failure) {
    notices.push(notice('bad', status.failure));
  } else if (status.paused) {
    notices.push(notice('warn', t('live.paused')));
  } else if (level && level !== 'OK' && status.health.reason) {
    notices.push(notice(level === 'BLOCKED' ? 'bad' : 'warn', status.health.reason));
  }
  (status.retrying ?? []).forEach((work) =>
    notices.push(
      notice(
        'warn',
        t('live.retrying', {
          what: work.summary ?? work.activity,
          attempt: number(work.attempt),
          why: work.lastFailure,
        }),
      ),
    ),
  );
  return notices;
}

function notice(kind, sentence) {
  return el('div', { class: `notice ${kind}` }, el('span', {}, sentence));
}
