import { el, replace } from '../dom.js';
import { duration, moment, number } from '../i18n.js';
import { decisionsOf } from './decisions.js';

/**
 * When the open batches will be answered, and how that is told; nothing is told from next to nothing.
 *
 * @param {boolean} decides whether the person may decide between others
 */
export function showForecast({ node, t, campaign, found, deadline, simulated, decides }) {
  if (simulated) {
    replace(node);
    return;
  }
  replace(
    node,
    el(
      'section',
      { class: 'card' },
      el('h2', {}, t('forecast.title')),
      el('p', { class: 'forecast' }, headline(t, found, deadline)),
      found.decisions > 0
        ? el('p', {}, decisionsOf({ t, campaign, decisions: found.decisions, decides }))
        : null,
      found.left > 0 ? el('p', { class: 'soft small' }, explanation(t, found)) : null,
    ),
  );
}

function headline(t, found, deadline) {
  if (found.left === 0) {
    return t(found.decisions > 0 ? 'forecast.answered' : 'forecast.nothing');
  }
  const left = t('forecast.left', { n: found.left });
  if (found.doneBy === null) {
    return [left, ' ', t('forecast.notEnough')];
  }
  const late = deadline !== null && new Date(found.doneBy) > new Date(deadline);
  return [
    left,
    ' ',
    el('strong', {}, t('forecast.doneBy', { when: moment(found.doneBy) })),
    deadline
      ? el(
          'span',
          { class: `badge ${late ? 'warn' : 'good'}` },
          t(late ? 'forecast.late' : 'forecast.inTime', { when: moment(deadline) }),
        )
      : null,
  ];
}

function explanation(t, found) {
  const words = [];
  if (found.perHour === null) {
    words.push(t('forecast.few', { n: found.answers, least: found.least }));
  } else {
    words.push(
      t('forecast.how', {
        n: found.answers,
        since: moment(found.since),
        pace: number(found.perHour, 1),
      }),
      t('forecast.people', { n: found.people }),
    );
  }
  if (found.lastAnswer) {
    words.push(
      t('forecast.lastHour', { n: found.lastHour, when: moment(found.lastAnswer) }),
      t('forecast.work', {
        each: duration(found.secondsPerImage),
        all: duration(found.workLeft),
      }),
    );
  }
  return words.join(' ');
}
