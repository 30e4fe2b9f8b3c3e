/** Random cases that can be had again by their seed. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    number: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    chance: (share) => next() < share,
  };
}

/** Runs a check for many seeds; a failure names its seed. */
export function forSeeds(count, check) {
  for (let seed = 1; seed <= count; seed++) {
    try {
      check(random(seed), seed);
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}

/** A box that lies in the image. */
export function boxIn(r, image) {
  const width = r.number(2, image.width);
  const height = r.number(2, image.height);
  return {
    x: r.number(0, image.width - width),
    y: r.number(0, image.height - height),
    width,
    height,
  };
}
