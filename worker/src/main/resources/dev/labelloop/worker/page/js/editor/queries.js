/**
 * Box queries: a person is asked about single boxes, not about the image. The state is the one of
 * model.js, with the asked boxes alone; the verdict on each is read off it.
 */
import { rectOf } from './geometry.js';
import { find, fromProposal, isChanged, selectFirst, stateOf } from './model.js';

export const isQueries = (view) => Boolean(view.queries);

/** The asked boxes, and nothing else; even a certain one waits for its verdict, since it is asked. */
export function createQueryState(view) {
  const answered = new Map((view.answer?.queries ?? []).map((answer) => [answer.box, answer]));
  const boxes = view.queries.map(({ box: i, ask }) => {
    const box = { ...fromProposal({ ...view.proposals[i], sure: false }, i), ask };
    return answered.has(i) ? withVerdict(box, answered.get(i)) : box;
  });
  return selectFirst(stateOf(view, boxes));
}

function withVerdict(box, answer) {
  if (answer.verdict === 'NOT_OBJECT') {
    return { ...box, verdict: 'rejected', judged: true };
  }
  const fixed = answer.verdict === 'FIXED' ? { ...rectOf(answer), class: answer.class } : {};
  return { ...box, ...fixed, verdict: 'accepted', judged: true };
}

/** The proposals that are not asked about: shown faintly, for orientation. */
export function context(view) {
  const asked = new Set(view.queries.map((query) => query.box));
  return view.proposals.filter((_, i) => !asked.has(i)).map(rectOf);
}

/** Whether a box's `class` or `geometry` may be changed: what is certain is not asked, and stays. */
export const isAsked = (box, what) => box.ask === undefined || box.ask.includes(what);

/** Which question: `both`, `class` or `geometry`. */
export function question(box) {
  return box.ask.length > 1 ? 'both' : box.ask[0];
}

/** `CORRECT`, `FIXED` or `NOT_OBJECT`; null without a verdict. */
export function verdictOf(box) {
  if (box.verdict === 'open') {
    return null;
  }
  if (box.verdict === 'rejected') {
    return 'NOT_OBJECT';
  }
  return isChanged(box) ? 'FIXED' : 'CORRECT';
}

/** The answers as they are sent, in the order asked. */
export function queryAnswers(state, view) {
  return view.queries.map((query) => {
    const box = find(state, query.box);
    const verdict = verdictOf(box);
    return verdict === 'FIXED'
      ? { box: query.box, verdict, ...rectOf(box), class: box.class }
      : { box: query.box, verdict };
  });
}

export const queryOutcome = (state) =>
  state.boxes.every((box) => verdictOf(box) === 'CORRECT') ? 'ACCEPTED' : 'CORRECTED';
