/** What the curve is drawn from: pure, so that it can be checked without a picture. */

/** What a round may be set against. */
export const AXES = {
  boxes: (round) => round.boxesTouched,
  time: (round) => round.personSeconds / 3600,
  images: (round) => round.imagesReviewed,
};

/**
 * A point a round, from left to right. Rounds in which people did nothing lie upon each other: of
 * these the last stands.
 *
 * @param {object} report
 * @param {keyof AXES} axis
 */
export function points(report, axis) {
  const all = new Map();
  for (const round of report.rounds) {
    const interval = report.intervals[round.champion];
    all.set(AXES[axis](round), {
      round: round.round,
      x: AXES[axis](round),
      map: round.map,
      ap50: round.ap50,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    });
  }
  return [...all.values()].sort((a, b) => a.x - b.x);
}

/** Words of a scale: as many places after the point as its values have, at least one. */
export function even(values) {
  const exact = (places) => values.every((v) => Math.abs(Number(v.toFixed(places)) - v) < 1e-9);
  const places = [1, 2, 3].find(exact) ?? 4;
  return values.map((value) => value.toFixed(places));
}

/** Places of a scale that may have words, where nothing is counted by halves. */
export function onlyWhole(plot, values) {
  return values.map((value) => (Number.isInteger(value) ? value : null));
}

/** The top of the scale: the next tenth above all that is drawn, so that small curves are not flat. */
export function top(list) {
  const highest = Math.max(0.05, ...list.flatMap((p) => [p.ap50, p.upper ?? p.map]));
  return Math.min(1, Math.ceil(highest * 10 + 0.2) / 10);
}
