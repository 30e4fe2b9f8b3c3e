/**
 * The boxes of one image and what a person has said about them. States and boxes are values: each
 * command returns a new state, or the same one when nothing changed, and shares every box that
 * stayed as it was (so a view redraws only boxes that are another object).
 *
 * @typedef {object} Box
 * @property {number} id        place among all boxes of the image, for good
 * @property {number} x @property {number} y @property {number} width @property {number} height
 *     pixels of the upright image
 * @property {string} class
 * @property {number|null} proposal   index of the proposal it came from; null: drawn by a person
 * @property {object|null} origin     that proposal's rectangle and class
 * @property {number|null} confidence 0 to 1
 * @property {boolean} sure           certain enough to count as accepted without a verdict
 * @property {'open'|'accepted'|'rejected'} verdict
 * @property {boolean} judged         whether the verdict is a person's
 *
 * @typedef {object} State
 * @property {{width: number, height: number}} image
 * @property {string[]} classes
 * @property {Box[]} boxes
 * @property {number|null} selected   id of the selected box
 * @property {number} nextId
 */
import { iou, rectOf, sameRect } from './geometry.js';

/** From here on, an answer's box is a proposal that was moved, not another object. */
const MOVED_IOU = 0.5;

/** A fresh state: the proposals, or what was answered before, related to them again. */
export function createState(view) {
  const boxes = view.proposals.map((proposal, i) => fromProposal(proposal, i));
  const state = stateOf(view, boxes);
  const answered = view.answer && view.answer.outcome !== 'SKIPPED' && view.answer.boxes;
  return selectFirst(answered ? related(state, view.answer.boxes) : state);
}

export const stateOf = (view, boxes) => ({
  image: { width: view.width, height: view.height },
  classes: view.classes,
  boxes,
  selected: null,
  nextId: view.proposals.length,
});

/** The box of proposal i, accepted already if it is certain enough. */
export function fromProposal(proposal, i) {
  const origin = { ...rectOf(proposal), class: proposal.class };
  return {
    id: i,
    ...origin,
    proposal: i,
    origin,
    confidence: proposal.confidence ?? null,
    sure: proposal.sure === true,
    verdict: proposal.sure === true ? 'accepted' : 'open',
    judged: false,
  };
}

/** Greedily one to one, the closest pairs first; a proposal without an answered box was rejected. */
function related(state, answered) {
  const pairs = state.boxes
    .flatMap((box) => answered.map((to, k) => ({ box, k, score: nearness(box, to) })))
    .filter((pair) => pair.score >= MOVED_IOU)
    .sort((a, b) => b.score - a.score || a.box.id - b.box.id || a.k - b.k);
  const boxes = new Map();
  const used = new Set();
  for (const { box, k } of pairs) {
    if (!boxes.has(box.id) && !used.has(k)) {
      used.add(k);
      boxes.set(box.id, {
        ...box,
        ...rectOf(answered[k]),
        class: answered[k].class,
        verdict: 'accepted',
      });
    }
  }
  const kept = state.boxes.map((box) => boxes.get(box.id) ?? { ...box, verdict: 'rejected' });
  const drawn = answered.filter((_, k) => !used.has(k));
  return drawn.reduce((s, box) => draw(s, rectOf(box), box.class), { ...state, boxes: kept });
}

/** Of equal overlap, the pair of one class is the nearer. */
const nearness = (a, b) => iou(a, b) + (a.class === b.class ? 0.001 : 0);

export const find = (state, id) => state.boxes.find((box) => box.id === id) ?? null;
export const selectedBox = (state) => find(state, state.selected);

/** Whether a proposal was moved, resized or given another class. */
export const isChanged = (box) =>
  box.origin !== null && (!sameRect(box, box.origin) || box.class !== box.origin.class);

/** What a box is to a person: `open`, `sure`, `accepted`, `edited`, `drawn` or `rejected`. */
export function statusOf(box) {
  if (box.verdict === 'rejected') {
    return 'rejected';
  }
  if (box.origin === null) {
    return 'drawn';
  }
  if (isChanged(box)) {
    return 'edited';
  }
  if (box.verdict === 'open') {
    return 'open';
  }
  return box.sure && !box.judged ? 'sure' : 'accepted';
}

export const openBoxes = (state) => state.boxes.filter((box) => box.verdict === 'open');

/** Ids, the least certain first; certain ones after them, drawn ones last. It stays for the image. */
export function order(state) {
  const rank = (box) => (box.origin === null ? 2 : box.sure ? 1 : 0);
  return [...state.boxes]
    .sort((a, b) => rank(a) - rank(b) || (a.confidence ?? 0) - (b.confidence ?? 0) || a.id - b.id)
    .map((box) => box.id);
}

export const select = (state, id) => (state.selected === id ? state : { ...state, selected: id });

/** The least certain box without a verdict, else the least certain one at all. */
export function selectFirst(state) {
  const ids = order(state);
  return select(state, ids.find((id) => find(state, id).verdict === 'open') ?? ids[0] ?? null);
}

/**
 * The box `step` (1 or -1) further in the order among those that `wanted` admits, coming round at
 * the end; null if there is none.
 */
export function neighbour(state, step, wanted = () => true) {
  const ids = order(state);
  const at = ids.indexOf(state.selected);
  for (let n = 1; n <= ids.length; n++) {
    const start = at < 0 && step < 0 ? ids.length : at;
    const id = ids[(((start + n * step) % ids.length) + ids.length) % ids.length];
    if (wanted(find(state, id))) {
      return id;
    }
  }
  return null;
}

function change(state, id, values) {
  const box = find(state, id);
  if (!box || Object.entries(values).every(([name, value]) => box[name] === value)) {
    return state;
  }
  const to = { ...box, ...values };
  return { ...state, boxes: state.boxes.map((b) => (b === box ? to : b)) };
}

export const accept = (state, id) => change(state, id, { verdict: 'accepted', judged: true });

/** A proposal is rejected, and stays to be seen as that; a drawn box is gone. */
export function reject(state, id) {
  const box = find(state, id);
  if (!box || box.origin !== null) {
    return change(state, id, { verdict: 'rejected', judged: true });
  }
  const after = neighbour({ ...state, selected: id }, 1, (b) => b.id !== id);
  return { ...state, boxes: state.boxes.filter((b) => b !== box), selected: after };
}

/** Another class, which vouches for the box. */
export const relabel = (state, id, name) =>
  change(state, id, { class: name, verdict: 'accepted', judged: true });

/** Another place or size, which vouches for the box. */
export function place(state, id, rect) {
  const box = find(state, id);
  return box && sameRect(box, rect)
    ? state
    : change(state, id, { ...rectOf(rect), verdict: 'accepted', judged: true });
}

/** A new box, selected. */
export function draw(state, rect, name) {
  const box = {
    id: state.nextId,
    ...rectOf(rect),
    class: name,
    proposal: null,
    origin: null,
    confidence: null,
    sure: false,
    verdict: 'accepted',
    judged: true,
  };
  return { ...state, boxes: [...state.boxes, box], selected: box.id, nextId: box.id + 1 };
}

/** Every box without a verdict is accepted. */
export function acceptRest(state) {
  return openBoxes(state).reduce((s, box) => accept(s, box.id), state);
}

/** There is nothing in the image: proposals are rejected, drawn boxes are gone. */
export function noObjects(state) {
  const standing = state.boxes.filter((box) => box.verdict !== 'rejected');
  return standing.reduce((s, box) => reject(s, box.id), state);
}

/** The boxes that the person vouches for, as they are sent. */
export const vouched = (state) =>
  state.boxes
    .filter((box) => box.verdict === 'accepted')
    .map((box) => ({ ...rectOf(box), class: box.class }));

/** Proposals left as they were, and boxes drawn, moved, relabelled or deleted. */
export function work(state) {
  const touched = (box) => ['rejected', 'drawn', 'edited'].includes(statusOf(box));
  return {
    kept: state.boxes.filter((box) => !touched(box) && box.verdict === 'accepted').length,
    touched: state.boxes.filter(touched).length,
  };
}

/** `ACCEPTED` only for boxes that were shown and stayed as they were; else `CORRECTED`. */
export function outcome(state) {
  const { kept, touched } = work(state);
  return touched === 0 && kept > 0 ? 'ACCEPTED' : 'CORRECTED';
}
