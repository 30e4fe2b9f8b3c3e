import { api, path } from '../api.js';
import { el, replace } from '../dom.js';
import { createTiming, report, touch } from '../editor/timing.js';
import { percent } from '../i18n.js';
import { toast } from '../say.js';
import { arbitrate } from './arbiter.js';
import { keyLine, overlay } from './overlay.js';

/** Images whose answers differ too much: an operator sees them side by side and decides. */
export function createAdjudication({ t, campaign }) {
  const node = el('div', { class: 'stack' });
  let items = [];
  let open = null; // key
  let timed = null; // key, and how long the person has been at it

  for (const kind of ['pointermove', 'pointerdown', 'wheel', 'keydown']) {
    document.addEventListener(kind, worked, { capture: true, passive: true });
  }

  /** Within the images, or in the editor that lies above them. */
  function worked() {
    if (timed !== null && node.isConnected && node.closest('[hidden]') === null) {
      touch(timed.timing, performance.now());
    }
  }

  async function load() {
    ({ items } = await api.get(`${path('api', 'campaigns', campaign)}/adjudication`));
    show();
  }

  function show() {
    const item = items.find(({ key }) => key === open) ?? items[0] ?? null;
    open = item?.key ?? null;
    if (timed?.key !== open) {
      const timing = createTiming(performance.now(), new Date().toISOString());
      timed = open === null ? null : { key: open, timing };
    }
    if (item === null) {
      replace(
        node,
        el(
          'div',
          { class: 'card empty' },
          el('h2', {}, t('quality.allAgree')),
          el('p', {}, t('quality.allAgreeWhat')),
        ),
      );
      return;
    }
    replace(
      node,
      el('p', { class: 'soft' }, t('quality.disagreementsWhat')),
      el('div', { class: 'queue' }, list(), detail(item)),
    );
  }

  function list() {
    const buttons = items.map(({ key, image, agreement }, index) =>
      el(
        'button',
        {
          type: 'button',
          aria: { current: key === open ? 'true' : null },
          onclick: () => choose(key),
        },
        el(
          'span',
          {},
          t('quality.imageNumber', { number: index + 1 }),
          ' ',
          el('span', { class: 'soft mono small' }, image.slice(0, 6)),
        ),
        el('span', { class: 'badge warn' }, percent(agreement, 0)),
      ),
    );
    return el('nav', { class: 'list', aria: { label: t('quality.disagreements') } }, buttons);
  }

  function choose(key) {
    open = key;
    show();
    node.querySelector('.list [aria-current]').focus();
  }

  function detail(item) {
    const together = item.answers.map(({ boxes }, set) => ({ boxes, set }));
    return el(
      'section',
      {
        class: 'stack',
        aria: { label: t('quality.answersOf', { image: item.image.slice(0, 6) }) },
      },
      el('p', {}, t('quality.agreeBy', { share: percent(item.agreement, 0) })),
      el(
        'div',
        { class: 'answers' },
        item.answers.map((answer, set) => side(item, answer, set)),
      ),
      el(
        'details',
        {},
        el('summary', {}, t('quality.together')),
        overlay({ image: item, sets: together, label: t('quality.together') }),
      ),
    );
  }

  function side(item, answer, set) {
    const who = answer.reviewer;
    const what =
      answer.outcome === 'SKIPPED'
        ? t('quality.skipped')
        : t('quality.boxCount', { n: answer.boxes.length });
    const pick = el(
      'button',
      {
        class: 'primary',
        type: 'button',
        aria: { label: t('say.of', { what: t('quality.take'), who }) },
        onclick: () => settle(item, answer.outcome, answer.boxes),
      },
      t('quality.take'),
    );
    const edit = el(
      'button',
      {
        type: 'button',
        aria: { label: t('say.of', { what: t('quality.mend'), who }) },
        onclick: () => mend(item, answer),
      },
      t('quality.mend'),
    );
    return el(
      'figure',
      { class: 'card' },
      el(
        'figcaption',
        {},
        el('span', { class: 'row' }, keyLine(set), el('strong', {}, who)),
        el('span', { class: 'soft' }, what),
      ),
      overlay({
        image: item,
        sets: [{ boxes: answer.boxes, set }],
        label: t('quality.answerOf', { name: who, what }),
      }),
      el('div', { class: 'row end' }, edit, pick),
    );
  }

  async function mend(item, answer) {
    const mended = await arbitrate({ t, item, answer });
    if (mended) {
      await settle(item, mended.outcome, mended.boxes);
    }
  }

  async function settle(item, outcome, boxes) {
    const given =
      outcome === 'SKIPPED' ? { outcome } : { outcome: 'CORRECTED', boxes: boxes.map(bare) };
    try {
      await api.put(path('api', 'adjudication', item.key), {
        submissionId: crypto.randomUUID(),
        ...given,
        seconds: report(timed.timing, performance.now()).activeMs / 1000,
      });
      timed = null;
      toast(t('quality.decided'), 'good', t('do.close'));
    } catch (error) {
      toast(t('say.failed', { error: error.message }), 'bad', t('do.close'));
    }
    await load();
  }

  return { node, load };
}

function bare({ x, y, width, height, class: name }) {
  return { x, y, width, height, class: name };
}
