/** What a gallery is filtered by, between the address, the form and the server: pure. */

export const SOURCES = ['person', 'simulated', 'model', 'none', 'file', 'holdout'];
export const ORDERS = ['id', 'certainty', 'disagreement'];
const KEYS = ['class', 'source', 'round', 'from', 'to', 'disagreement', 'order'];

/** The filters of an address; what nobody may ask for is left out. */
export function filtersOf(query, { classes, rounds }) {
  const found = Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? '']));
  return {
    class: classes.includes(found.class) ? found.class : '',
    source: SOURCES.includes(found.source) ? found.source : '',
    round: rounds.includes(Number(found.round)) && found.round !== '' ? found.round : '',
    from: isShare(found.from) ? found.from : '',
    to: isShare(found.to) ? found.to : '',
    disagreement: found.disagreement === '1' ? '1' : '',
    order: ORDERS.includes(found.order) && found.order !== 'id' ? found.order : '',
  };
}

function isShare(text) {
  return text !== '' && Number(text) >= 0 && Number(text) <= 1;
}

/** The query of the server's page. */
export function queryOf(filters, after, limit) {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    if (filters[key]) {
      query.set(key, filters[key]);
    }
  }
  if (after) {
    query.set('after', after);
  }
  query.set('limit', String(limit));
  return query.toString();
}

/** How many boxes of each class, in the campaign's order: `[['car', 2]]`. */
export function counted(boxes, classes) {
  const counts = new Map();
  boxes.forEach((box) => counts.set(box.class, (counts.get(box.class) ?? 0) + 1));
  return classes.filter((name) => counts.has(name)).map((name) => [name, counts.get(name)]);
}
