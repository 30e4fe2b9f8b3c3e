/** What is said aloud and written beside boxes. `t` is the translator of i18n.js. */
import { find, order, statusOf } from './model.js';

export const percent = (confidence) => Math.round(confidence * 100);

/** "62 %", or a word for a box that no model proposed. */
export function certainty(t, box) {
  return box.confidence === null ? t('box.byPerson') : t('box.percent', { percent: percent(box.confidence) });
}

/** "box 3 of 7, car, 62 %, accepted": the name of a box, in the order in which boxes are visited. */
export function describe(t, state, id) {
  const box = find(state, id);
  const ids = order(state);
  return t('box.name', {
    n: ids.indexOf(id) + 1,
    of: ids.length,
    class: box.class,
    certainty: certainty(t, box),
    state: t(`state.${statusOf(box)}`),
  });
}

/** The names of all boxes at once (the order is worked out once). */
export function describeAll(t, state) {
  const place = new Map(order(state).map((id, i) => [id, i + 1]));
  return new Map(
    state.boxes.map((box) => [
      box.id,
      t('box.name', {
        n: place.get(box.id),
        of: place.size,
        class: box.class,
        certainty: certainty(t, box),
        state: t(`state.${statusOf(box)}`),
      }),
    ]),
  );
}
