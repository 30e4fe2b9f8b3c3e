import { el, replace } from '../dom.js';
import { duration, moment, number } from '../i18n.js';

/** When the open batches will be answered, and how that is told; nothing is told from next to nothing. */
export function showForecast({ node, t, found, deadline, simulated }) {
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
      el('p', { class: 'soft small' }, explanation(t, found)),
    ),
  );
}

function headline(t, found, deadline) {
  if (found.left === 0) {
    return t('forecast.nothing');
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
