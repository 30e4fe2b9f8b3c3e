/**
 * The history of every box of an image, out of what models and people said about the image: pure.
 *
 * What is said at one time is an event with boxes. A box of an event continues the history of the box
 * of before that it overlaps most, by IoU of at least one half, whatever class it has: so a history
 * shows that a class was changed. Of boxes that only a model saw, and that people were never shown,
 * there is none.
 */
const SAME_IOU = 0.5;
const SHOWN_FROM = 0.3;

/** In which order things are said within a round. */
const KINDS = ['predicted', 'answered', 'annotated', 'pseudo', 'suspected'];

/** Everything that was said, in its order. `boxes` is null where a label was taken back. */
export function eventsOf(history) {
  const late = Number.MAX_SAFE_INTEGER; // the holdout is predicted by every model, label or not
  const events = [
    ...history.predictions.map((p) => ({ ...p, kind: 'predicted', round: p.round ?? late, of: p.round })),
    ...history.answers.map((a) => ({ ...a, kind: 'answered', of: a.round })),
    ...history.annotations.map((a) => ({ ...a, kind: 'annotated', of: a.round })),
    ...history.pseudoLabels.map((p) => ({ ...p, kind: 'pseudo', of: p.round })),
    ...history.suspicions.map((s) => ({ ...s, kind: 'suspected', of: s.round, suspicion: s.kind, boxes: [s.label ?? s.instead] })),
  ];
  return events
    .map((event, index) => ({ ...event, index }))
    .sort(
      (a, b) =>
        a.round - b.round ||
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        (a.version ?? 0) - (b.version ?? 0) ||
        a.index - b.index,
    );
}

/**
 * A history for each box.
 *
 * @returns {Array<{steps: Array<{event: object, box: object}>, box: object, present: boolean}>} `box` as it
 *     is now or was last, `present` whether it is in the label that stands
 */
export function tracksOf(events) {
  const tracks = [];
  const label = standing(events);
  for (const event of events) {
    const free = new Set(tracks);
    for (const box of byConfidence(event.boxes ?? [])) {
      const track = nearest(free, box) ?? begun(tracks);
      free.delete(track);
      track.steps.push({ event, box });
      track.last = box;
    }
  }
  return tracks
    .filter((track) => track.steps.some(({ event, box }) => event.kind !== 'predicted' || box.confidence >= SHOWN_FROM))
    .map((track) => {
      const now = track.steps.find(({ event }) => event === label);
      return { steps: track.steps, box: now?.box ?? track.last, present: now !== undefined };
    })
    .sort((a, b) => Number(b.present) - Number(a.present) || a.box.x - b.box.x || a.box.y - b.box.y);
}

/** The label that stands: what people said last, else the newest pseudo-label. */
export function standing(events) {
  const said = events.filter((event) => event.kind === 'annotated').at(-1);
  return said?.boxes ? said : (events.filter((event) => event.kind === 'pseudo').at(-1) ?? null);
}

function byConfidence(boxes) {
  return [...boxes].sort((a, b) => (b.confidence ?? 1) - (a.confidence ?? 1));
}

function begun(tracks) {
  const track = { steps: [], last: null };
  tracks.push(track);
  return track;
}

function nearest(tracks, box) {
  let best = null;
  let most = SAME_IOU;
  for (const track of tracks) {
    const overlap = iou(track.last, box);
    if (overlap >= most) {
      best = track;
      most = overlap;
    }
  }
  return best;
}

export function iou(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) {
    return 0;
  }
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
