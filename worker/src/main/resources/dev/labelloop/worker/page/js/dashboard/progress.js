/** How far a campaign is, out of its status: pure, for one place on the page and for the list. */

/** The steps of a round, in their order. */
export const STEPS = [
  'PREDICTING',
  'SELECTING',
  'AWAITING_REVIEW',
  'ACCEPTING',
  'TRAINING',
  'EVALUATING',
];

/**
 * @returns {{done: number, total: number, unit: string, left: number|null, notes: Array}|null} `unit` is a
 *     key of words, `left` seconds to go, `notes` pairs of a key and its values; null where a step has
 *     no measure
 */
export function progressOf(status) {
  const running = status.running ?? {};
  switch (status.phase) {
    case 'PREDICTING':
      return running.registration
        ? registering(running.registration)
        : predicting(status, running.prediction, running.shards);
    case 'AWAITING_REVIEW':
      return status.review ? reviewing(status) : null;
    case 'TRAINING':
      return running.training ? training(running.training) : null;
    case 'EVALUATING':
      return running.prediction ? images(running.prediction) : null;
    default:
      return null;
  }
}

function registering({ done, total, filesPerSecond }) {
  return {
    done,
    total,
    unit: 'files',
    left: filesPerSecond > 0 ? (total - done) / filesPerSecond : null,
    notes: [['filesPerSecond', { n: Math.round(filesPerSecond) }]],
  };
}

/** Shards are equal but for the last, and those that run tell how large one is. */
function predicting(status, running, shards) {
  if (!status.shards) {
    return null;
  }
  const left =
    running && running.imagesPerSecond > 0 && shards > 0
      ? Math.max(
          0,
          ((status.shards - status.shardsDone) * running.total) / shards - running.done,
        ) / running.imagesPerSecond
      : null;
  const notes = running ? [['imagesPerSecond', { n: rounded(running.imagesPerSecond) }]] : [];
  return { done: status.shardsDone, total: status.shards, unit: 'shards', left, notes };
}

function reviewing(status) {
  const { review, waiting } = status;
  const notes = [['batchesOpen', { open: review.openBatches, all: review.batches }]];
  if (waiting) {
    notes.push(['boxesWait', { n: waiting.boxes }]);
    if (waiting.decisions > 0) {
      notes.push(['decisionsWait', { n: waiting.decisions }]);
    }
  }
  return { done: review.answered, total: review.images, unit: 'images', left: null, notes };
}

function training({ step, steps, loss, secondsPerStep }) {
  return {
    done: step,
    total: steps,
    unit: 'steps',
    left: (steps - step) * secondsPerStep,
    notes: [['loss', { loss: loss.toFixed(2) }]],
  };
}

function images({ done, total, imagesPerSecond }) {
  return {
    done,
    total,
    unit: 'images',
    left: imagesPerSecond > 0 ? (total - done) / imagesPerSecond : null,
    notes: [['imagesPerSecond', { n: rounded(imagesPerSecond) }]],
  };
}

function rounded(value) {
  return Math.round(value * 10) / 10;
}

/** Whether the campaign has come to an end, good or bad. */
export function hasEnded(status) {
  return status.state !== 'RUNNING' && status.state !== null;
}

/** The kind of badge that fits a state and a health. */
export function badgeOf({ state, paused, health }) {
  const level = health?.level ?? health;
  if (paused) {
    return { key: 'paused', kind: 'warn' };
  }
  if (state === 'RUNNING') {
    return level === 'BLOCKED'
      ? { key: 'blocked', kind: 'bad' }
      : { key: level === 'DEGRADED' ? 'degraded' : 'running', kind: level === 'DEGRADED' ? 'warn' : 'info' };
  }
  if (state === null || state === undefined) {
    return { key: 'unknown', kind: '' };
  }
  const good = ['COMPLETED', 'TARGET_REACHED', 'FINISHED'].includes(state);
  return { key: state, kind: good ? 'good' : 'bad' };
}
