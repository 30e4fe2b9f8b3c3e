/** Views as the server sends them, showing only what a test is about. */
export const CLASSES = ['car', 'bus', 'truck'];

export const proposal = (x, y, { confidence = 0.5, sure = false, ...more } = {}) => ({
  x,
  y,
  width: 20,
  height: 10,
  class: 'car',
  confidence,
  sure,
  ...more,
});

export const view = (proposals, more = {}) => ({
  key: 'street/r1/b0/a',
  width: 200,
  height: 100,
  classes: CLASSES,
  proposals,
  answer: null,
  version: 0,
  queries: null,
  ...more,
});
