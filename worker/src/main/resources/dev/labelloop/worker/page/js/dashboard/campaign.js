import { api, path } from '../api.js';
import { el, replace } from '../dom.js';
import { icon } from '../icons.js';
import { may } from '../shell.js';
import { createActions } from './actions.js';
import { showCalibration } from './calibration.js';
import { showClasses } from './classes.js';
import { every } from './clock.js';
import { createCurve } from './curve.js';
import { showFigures } from './figures.js';
import { showForecast } from './forecast.js';
import { showHistory } from './changes.js';
import { showLineage } from './lineage.js';
import { follow } from './live.js';
import { showOrigins } from './origins.js';
import { badgeOf, hasEnded } from './progress.js';
import { showPseudoLabels } from './pseudo.js';
import { toGallery, toImage } from './routes.js';
import { createNow } from './now.js';

const FORECAST_MS = 20_000;
const INTERVALS_MS = 4_000;

/** One campaign: what it does now, what it has come to, and what can be done with it. */
export async function showCampaign({ node, t, me, at, isShown }) {
  const name = at.campaign;
  const base = path('api', 'campaigns', name);
  const [first, report] = await Promise.all([api.get(base), api.get(`${base}/report`)]);
  if (!isShown()) {
    return () => {};
  }
  let status = first;
  const badges = el('span', { class: 'row' });
  const now = createNow({ t, report });
  const forecast = el('div');
  const actions = may(me, 'OPERATOR')
    ? createActions({ t, base, spec: first.spec, done: heard })
    : null;
  const results = createResults({ t, name, spec: first.spec });
  replace(node, head(), actions?.node ?? null, now.node, forecast, results.node);
  heard(first);
  results.show(report);

  const ends = [
    follow(`${base}/events`, {
      status: heard,
      trouble: (sentence) => now.trouble(sentence),
      closed: () => api.get('/api/me').catch(() => {}), // who is signed out is sent to sign in
    }),
    every(FORECAST_MS, loadForecast),
    () => results.dispose(),
  ];
  let pending = report.intervalsPending;
  ends.push(every(INTERVALS_MS, () => (pending ? loadReport() : null)));
  return () => ends.forEach((end) => end());

  function heard(next) {
    const before = status;
    status = { ...before, ...next };
    replace(badges, badge(t, status), report.simulated ? simulated(t) : null);
    now.show(status);
    actions?.show(status);
    if (before.round !== status.round || before.state !== status.state || hasResults(before, status)) {
      loadReport();
    }
    if (before === first || before.phase !== status.phase || answered(before) !== answered(status)) {
      loadForecast();
    }
  }

  async function loadReport() {
    const fresh = await api.get(`${base}/report`);
    if (isShown()) {
      pending = fresh.intervalsPending;
      results.show(fresh);
    }
  }

  async function loadForecast() {
    if (status.phase !== 'AWAITING_REVIEW' || hasEnded(status)) {
      replace(forecast);
      return;
    }
    const found = await api.get(`${base}/forecast`);
    if (isShown()) {
      showForecast({
        node: forecast,
        t,
        campaign: name,
        found,
        deadline: status.deadline,
        simulated: report.simulated,
        decides: may(me, 'OPERATOR'),
      });
    }
  }

  function head() {
    const review = `/review?campaign=${encodeURIComponent(name)}`;
    return el(
      'div',
      { class: 'title' },
      el(
        'div',
        {},
        el('a', { href: '#/', class: 'small back' }, icon('back'), t('dashboard.title')),
        el('h1', { class: 'row' }, name, badges),
      ),
      el(
        'div',
        { class: 'row' },
        first.temporal
          ? el(
              'a',
              { class: 'button quiet', href: first.temporal, target: '_blank', rel: 'noreferrer' },
              t('campaign.temporal'),
            )
          : null,
        el('a', { class: 'button', href: toGallery(name) }, t('campaign.gallery')),
        may(me, 'REVIEWER') && !report.simulated
          ? el('a', { class: 'button primary', href: review }, t('campaign.review'))
          : null,
      ),
    );
  }
}

function badge(t, status) {
  const { key, kind } = badgeOf(status);
  return el('span', { class: `badge ${kind}` }, t(`state.${key}`));
}

function simulated(t) {
  return el('span', { class: 'badge', title: t('campaign.simulatedWhy') }, t('campaign.simulated'));
}

/** A champion was measured, taken back, or labels were accepted. */
function hasResults(before, after) {
  return (
    before.champion?.model !== after.champion?.model ||
    (before.phase !== after.phase && ['TRAINING', 'DONE'].includes(after.phase))
  );
}

function answered(status) {
  return status.review?.answered ?? null;
}

/** What changes by the round, not by the second. */
function createResults({ t, name, spec }) {
  const curve = createCurve({ t });
  const parts = {
    figures: el('div'),
    origins: el('section', { class: 'card' }),
    classes: el('section', { class: 'card' }),
    calibration: el('section', { class: 'card' }),
    pseudo: el('section', { class: 'card' }),
    lineage: el('section', { class: 'card' }),
    changes: el('div', { class: 'stack' }),
  };
  const node = el(
    'div',
    { class: 'stack wide' },
    parts.figures,
    curve.node,
    el('div', { class: 'halves' }, parts.origins, parts.classes),
    el('div', { class: 'halves' }, parts.calibration, parts.pseudo),
    parts.lineage,
    parts.changes,
  );
  let last = '';

  function show(report) {
    const text = JSON.stringify(report);
    if (text === last) {
      return;
    }
    last = text;
    const toOf = (filters) => toGallery(name, filters);
    const imageOf = (image) => toImage(name, image);
    showFigures({ node: parts.figures, t, report });
    curve.show(report);
    showOrigins({ node: parts.origins, t, report, toOf });
    showClasses({ node: parts.classes, t, report, toOf });
    showCalibration({ node: parts.calibration, t, report });
    showPseudoLabels({ node: parts.pseudo, t, report });
    showLineage({ node: parts.lineage, t, report });
    showHistory({ node: parts.changes, t, report, imageOf, toOf, spec });
  }

  return { node, show, dispose: curve.dispose };
}
