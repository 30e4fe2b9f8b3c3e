import { api, path } from '../api.js';
import { el, replace, svg } from '../dom.js';
import { duration, moment, percent } from '../i18n.js';
import { icon } from '../icons.js';
import { announce } from '../say.js';
import { classColour, classMark, shortHash } from './marks.js';
import { toGallery } from './routes.js';
import { eventsOf, standing, tracksOf } from './tracks.js';

/** Pictures that are no larger are shown as they are. */
const SCALED = [1024, 2048];
const SHOWN_FROM = 0.3;

/** One image: its boxes at any time, and the history of each. */
export async function showImage({ node, t, at }) {
  const base = path('api', 'campaigns', at.campaign);
  const [{ spec }, history] = await Promise.all([
    api.get(base),
    api.get(`${base}/images/${encodeURIComponent(at.image)}`),
  ]);
  const classes = spec.classes;
  const events = eventsOf(history);
  const tracks = tracksOf(events);
  const picture = createPicture({ t, history, classes });
  let chosen = standing(events) ?? events.at(-1) ?? null;

  const timeline = el('ol', { class: 'plain timeline' });
  const boxes = el('ul', { class: 'plain tracks' });
  replace(
    node,
    head(t, at.campaign, history),
    history.quarantine ? el('div', { class: 'notice warn' }, history.quarantine) : null,
    el(
      'div',
      { class: 'detail' },
      el('section', { class: 'card stage' }, picture.node),
      el(
        'div',
        { class: 'stack' },
        el('section', { class: 'card' }, el('h2', {}, t('image.timeline')), timeline),
        el('section', { class: 'card' }, el('h2', {}, t('image.boxes')), boxes),
      ),
    ),
  );
  replace(timeline, events.length === 0 ? el('li', { class: 'soft' }, t('image.nothing')) : events.map(eventItem));
  replace(boxes, tracks.length === 0 ? el('li', { class: 'soft' }, t('image.noBoxes')) : tracks.map(trackItem));
  choose(chosen, false);

  function eventItem(event) {
    const button = el(
      'button',
      { type: 'button', class: 'event', onclick: () => choose(event, true) },
      el('strong', {}, eventTitle(t, event)),
      el('span', { class: 'soft small' }, eventWords(t, event)),
    );
    event.button = button;
    return el('li', { class: event.kind }, button);
  }

  function choose(event, aloud) {
    chosen = event;
    events.forEach((other) => other.button.setAttribute('aria-pressed', String(other === event)));
    picture.show(event);
    if (aloud && event) {
      announce(t('image.shown', { what: eventTitle(t, event), n: event.boxes?.length ?? 0 }));
    }
  }

  function trackItem(track) {
    const index = classes.indexOf(track.box.class);
    const details = el(
      'details',
      {},
      el(
        'summary',
        {},
        classMark(index),
        el('strong', {}, track.box.class),
        el('span', { class: 'soft small number' }, `${Math.round(track.box.width)} × ${Math.round(track.box.height)}`),
        track.present ? null : el('span', { class: 'badge' }, t('image.gone')),
      ),
      el(
        'ol',
        { class: 'steps-of' },
        track.steps.map(({ event, box }) => el('li', {}, eventTitle(t, event), ' ', el('span', { class: 'soft' }, boxWords(t, event, box)))),
      ),
    );
    const light = (on) => () => picture.highlight(on ? track.box : null);
    details.addEventListener('toggle', () => picture.highlight(details.open ? track.box : null));
    details.addEventListener('pointerenter', light(true));
    details.addEventListener('pointerleave', light(false));
    return el('li', {}, details);
  }
}

function head(t, campaign, history) {
  return el(
    'div',
    { class: 'title' },
    el(
      'div',
      {},
      el('a', { href: toGallery(campaign), class: 'small back' }, icon('back'), t('gallery.title')),
      el('h1', { class: 'row' }, history.name, history.holdout ? el('span', { class: 'badge' }, t('source.holdout')) : null),
      el('p', { class: 'number' }, t('image.size', { width: history.width, height: history.height }), ' · ', el('code', { title: history.id }, shortHash(history.id))),
    ),
    el('a', { class: 'button', href: history.file, target: '_blank', rel: 'noreferrer' }, t('image.file')),
  );
}

function createPicture({ t, history, classes }) {
  const longest = Math.max(history.width, history.height);
  const side = SCALED.find((size) => longest <= size) ?? SCALED.at(-1);
  const unit = longest / 640; // letters are of one size on all pictures
  const marked = svg('g');
  const lit = svg('g');
  const drawing = svg(
    'svg',
    { class: 'boxes', viewBox: `0 0 ${history.width} ${history.height}`, preserveAspectRatio: 'xMidYMid meet', aria: { hidden: 'true' } },
    marked,
    lit,
  );
  const image = el('img', {
    src: longest <= SCALED[0] ? history.file : `${history.file}?side=${side}`,
    width: history.width,
    height: history.height,
    alt: history.name,
  });
  const caption = el('p', { class: 'soft small', aria: { live: 'off' } });
  const gone = el('div', { class: 'notice warn', hidden: true }, t('image.unreadable'));
  image.addEventListener('error', () => (gone.hidden = false));
  const node = el('div', { class: 'stack tight' }, gone, el('span', { class: 'frame large' }, image, drawing), caption);

  function show(event) {
    const boxes = (event?.boxes ?? []).filter((box) => box.confidence === undefined || box.confidence >= SHOWN_FROM);
    const hidden = (event?.boxes ?? []).length - boxes.length;
    drawing.setAttribute('class', event && ['predicted', 'pseudo'].includes(event.kind) ? 'boxes guess' : 'boxes');
    replace(marked, boxes.map(draw), (event?.ignore ?? []).map((box) => rectangle(box, 'ignore')));
    caption.textContent = event ? t('image.caption', { what: eventTitle(t, event), n: boxes.length }) + (hidden > 0 ? ` ${t('image.unsure', { n: hidden })}` : '') : '';
  }

  function draw(box) {
    const words = box.confidence === undefined ? box.class : `${box.class} ${percent(box.confidence, 0)}`;
    const above = box.y > 16 * unit;
    return svg(
      'g',
      { class: classColour(classes.indexOf(box.class)) },
      rectangle(box),
      svg('text', { x: box.x + 2 * unit, y: above ? box.y - 4 * unit : box.y + 13 * unit, 'font-size': 12 * unit }, words),
    );
  }

  function rectangle(box, kind = null) {
    return svg('rect', { class: kind, x: box.x, y: box.y, width: box.width, height: box.height });
  }

  function highlight(box) {
    replace(lit, box ? rectangle(box, 'lit') : null);
  }

  return { node, show, highlight };
}

function eventTitle(t, event) {
  switch (event.kind) {
    case 'predicted':
      return event.of === null ? t('event.holdout') : t('event.predicted', { round: event.of });
    case 'answered':
      return t('event.answered', { round: event.of, who: event.reviewer });
    case 'annotated':
      return t(event.boxes === null ? 'event.withdrawn' : 'event.annotated', { version: event.version, who: event.maker });
    case 'pseudo':
      return t('event.pseudo', { round: event.of });
    default:
      return t('event.suspected', { round: event.of, kind: t(`kind.${event.suspicion}`) });
  }
}

function eventWords(t, event) {
  switch (event.kind) {
    case 'predicted':
      return [
        event.model ? t('event.by', { model: shortHash(event.model) }) : null,
        event.certainty === null ? null : t('event.certainty', { share: percent(event.certainty, 0) }),
        t('event.boxes', { n: event.boxes.filter((box) => box.confidence >= SHOWN_FROM).length }),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'answered':
      return [
        moment(event.at),
        isEmpty(event) ? t('event.empty') : t(`outcome.${event.outcome}`),
        t('event.seconds', { time: duration(event.seconds) }),
        work(t, event),
        event.purpose ? t(`purpose.${event.purpose}`) : null,
      ]
        .filter(Boolean)
        .join(' · ');
    case 'annotated':
      return [event.at ? moment(event.at) : null, event.boxes ? t('event.boxes', { n: event.boxes.length }) : null]
        .filter(Boolean)
        .join(' · ');
    case 'pseudo':
      return [t('event.by', { model: shortHash(event.model) }), t('event.boxes', { n: event.boxes.length })].join(' · ');
    default:
      return t('event.score', { score: event.score.toFixed(2), instead: event.instead.class });
  }
}

/** Nothing was proposed, and the person found nothing either. */
const isEmpty = ({ outcome, kept, touched }) => outcome !== 'SKIPPED' && kept === 0 && touched === 0;

function work(t, event) {
  if (event.outcome === 'SKIPPED') {
    return event.reason;
  }
  return isEmpty(event) ? null : t('event.work', { kept: event.kept, touched: event.touched });
}

function boxWords(t, event, box) {
  const confidence = box.confidence === undefined ? '' : ` ${percent(box.confidence, 0)}`;
  return `${box.class}${confidence}`;
}
