/** What leaves the editor of a task: its answer (who and when is the session's), and its draft. */
import { outcome, vouched, work } from './model.js';
import { queryAnswers, queryOutcome } from './queries.js';
import { report } from './timing.js';

/** The answer as it is sent. */
export function answerOf({ state, view, queries, timing }, now) {
  const spent = report(timing, now);
  return queries
    ? { outcome: queryOutcome(state), queries: queryAnswers(state, view), timing: spent }
    : { outcome: outcome(state), boxes: vouched(state), ...work(state), timing: spent };
}

export function skippedOf({ queries, timing }, now, reason) {
  const answer = { outcome: 'SKIPPED', reason, timing: report(timing, now) };
  return queries ? answer : { ...answer, boxes: [] };
}

/** All that is needed to go on after a reload, as plain JSON. */
export function draftOf({ state, view, seen, drawClass, timing }, now) {
  const { boxes, selected, nextId } = state;
  return {
    proposals: view.proposals.length,
    state: { boxes, selected, nextId },
    timing: report(timing, now),
    seen: [...seen],
    drawClass,
  };
}
