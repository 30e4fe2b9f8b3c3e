import { api, path } from '../api.js';
import { el, replace, svg } from '../dom.js';
import { choice, field } from '../form.js';
import { percent } from '../i18n.js';
import { icon } from '../icons.js';
import { announce } from '../say.js';
import { ORDERS, SOURCES, counted, filtersOf, queryOf } from './filters.js';
import { classColour, classMark } from './marks.js';
import { toCampaign, toGallery, toImage } from './routes.js';

const LIMIT = 60;

/** The campaign's images with their present labels, filtered, in pages. */
export async function showGallery({ node, t, at, isShown }) {
  const base = path('api', 'campaigns', at.campaign);
  const { spec, round } = await api.get(base);
  const rounds = Array.from({ length: round + 1 }, (none, index) => index);
  const filters = filtersOf(at.query, { classes: spec.classes, rounds });
  const tiles = el('ul', { class: 'plain tiles' });
  const more = el('button', { type: 'button', class: 'more', onclick: () => load() }, t('do.more'));
  const empty = el('p', { class: 'card empty', hidden: true }, t('gallery.empty'));
  let next = null;
  replace(
    node,
    head(t, at.campaign),
    filterForm({ t, spec, rounds, filters, change }),
    legend(spec.classes, t),
    empty,
    tiles,
    el('div', { class: 'row center' }, more),
  );
  more.hidden = true;
  await load();

  async function load() {
    more.setAttribute('aria-busy', 'true');
    const page = await api.get(`${base}/gallery?${queryOf(filters, next, LIMIT)}`);
    more.removeAttribute('aria-busy');
    if (!isShown()) {
      return;
    }
    const first = next !== null ? page.images[0] : null;
    next = page.next;
    more.hidden = next === null;
    const made = page.images.map((image) => tile(t, at.campaign, image, spec.classes));
    tiles.append(...made);
    empty.hidden = tiles.childElementCount > 0;
    if (first) {
      made[0].querySelector('a').focus({ preventScroll: true });
    }
    announce(t('gallery.shown', { n: tiles.childElementCount }));
  }

  function change(values) {
    location.hash = toGallery(at.campaign, values);
  }
}

function head(t, campaign) {
  return el(
    'div',
    { class: 'title' },
    el(
      'div',
      {},
      el('a', { href: toCampaign(campaign), class: 'small back' }, icon('back'), campaign),
      el('h1', {}, t('gallery.title')),
    ),
  );
}

/** Each change is shown at once; the address keeps it. */
function filterForm({ t, spec, rounds, filters, change }) {
  const any = [['', t('gallery.any')]];
  const named = (list, key) => list.map((value) => [value, t(`${key}.${value}`)]);
  const parts = {
    class: choice({
      label: t('gallery.class'),
      options: [...any, ...spec.classes.map((name) => [name, name])],
      value: filters.class,
    }),
    source: choice({
      label: t('gallery.source'),
      options: [...any, ...named(SOURCES, 'source')],
      value: filters.source,
    }),
    round: choice({
      label: t('gallery.round'),
      options: [...any, ...rounds.map((n) => [String(n), n === 0 ? t('round.before') : String(n)])],
      value: filters.round,
    }),
    from: share(t('gallery.from'), filters.from),
    to: share(t('gallery.to'), filters.to),
    order: choice({
      label: t('gallery.order'),
      options: ORDERS.map((value) => [value === 'id' ? '' : value, t(`order.${value}`)]),
      value: filters.order,
    }),
  };
  const disagreement = el('input', { type: 'checkbox', checked: filters.disagreement === '1' });
  const form = el(
    'form',
    { class: 'card filters', role: 'search', aria: { label: t('gallery.filters') } },
    Object.values(parts).map((part) => part.node),
    el('label', { class: 'choice' }, disagreement, t('gallery.disagreement')),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () =>
    change({
      ...Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.input.value])),
      disagreement: disagreement.checked ? '1' : '',
    }),
  );
  return form;
}

function share(label, value) {
  return field({ label, type: 'number', min: 0, max: 1, step: 0.05, value, placeholder: '–' });
}

function legend(classes, t) {
  return el(
    'div',
    { class: 'row between small soft' },
    el('ul', { class: 'plain row classes' }, classes.map((name, index) => el('li', { class: 'row tight' }, classMark(index), name))),
    el(
      'ul',
      { class: 'plain row legend' },
      ['sure', 'guess'].map((key) => el('li', { class: `row ${key}` }, el('span', { class: 'swatch', aria: { hidden: 'true' } }), t(`gallery.${key}`))),
    ),
  );
}

function tile(t, campaign, image, classes) {
  return el(
    'li',
    { class: 'tile' },
    el(
      'a',
      { href: toImage(campaign, image.id) },
      el(
        'span',
        { class: 'frame' },
        el('img', { src: `${image.file}?side=256`, alt: words(t, image, classes), loading: 'lazy', decoding: 'async' }),
        drawn(image, classes),
        note(t, image),
      ),
      el('span', { class: 'row between caption small' }, marks(t, image)),
    ),
  );
}

/** Lies over the picture exactly: both fit into the frame by the same rule. */
function drawn(image, classes) {
  const guess = image.source === 'none' || image.source === 'model';
  return svg(
    'svg',
    {
      viewBox: `0 0 ${image.width} ${image.height}`,
      preserveAspectRatio: 'xMidYMid meet',
      class: guess ? 'boxes guess' : 'boxes',
      aria: { hidden: 'true' },
    },
    image.boxes.map((box) =>
      svg('rect', {
        class: classColour(classes.indexOf(box.class)),
        x: box.x,
        y: box.y,
        width: box.width,
        height: box.height,
      }),
    ),
  );
}

function marks(t, image) {
  return [
    el(
      'span',
      { class: `badge ${image.holdout ? '' : image.source}` },
      t(image.holdout ? 'tile.holdout' : `tile.${image.source}`),
    ),
    image.certainty === null
      ? null
      : el(
          'span',
          { class: 'soft number', title: t('tile.certainty') },
          percent(image.certainty, 0),
        ),
  ];
}

/** Where people and models were not of one mind. */
function note(t, image) {
  if (!(image.touched > 0) && image.suspicions === 0) {
    return null;
  }
  const said = image.touched > 0 ? t('tile.touched', { n: image.touched }) : t('tile.doubted');
  return el('span', { class: 'badge note' }, said);
}

function words(t, image, classes) {
  const things = counted(image.boxes, classes).map(([name, n]) => `${n} ${name}`);
  return t('tile.alt', {
    name: image.name,
    things: things.length > 0 ? things.join(', ') : t('tile.nothing'),
    source: t(image.holdout ? 'source.holdout' : `source.${image.source}`),
  });
}
