/** What is said aloud and written beside boxes. `t` is the translator of i18n.js. */
import { order, statusOf } from './model.js';

export const percent = (confidence) => Math.round(confidence * 100);

/** "62 %", or a word for a box that no model proposed. */
export function certainty(t, box) {
  // As text: of 200 boxes, formatting numbers by locale would take longer than drawing them.
  return box.confidence === null
    ? t('box.byPerson')
    : t('box.percent', { percent: String(percent(box.confidence)) });
}

/**
 * The name of every box by id, such as "box 3 of 7, car, 62 %, accepted": its number is its place in
 * the order in which boxes are visited.
 */
export function describeAll(t, state) {
  const ids = order(state);
  const place = new Map(ids.map((id, i) => [id, String(i + 1)]));
  const of = String(ids.length);
  return new Map(state.boxes.map((box) => [box.id, nameOf(t, box, place.get(box.id), of)]));
}

function nameOf(t, box, n, of) {
  const state = t(`state.${statusOf(box)}`);
  return t('box.name', { n, of, class: box.class, certainty: certainty(t, box), state });
}
