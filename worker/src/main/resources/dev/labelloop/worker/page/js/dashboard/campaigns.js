import { api } from '../api.js';
import { el, replace } from '../dom.js';
import { moment } from '../i18n.js';
import { may } from '../shell.js';
import { table } from '../table.js';
import { every } from './clock.js';
import { decisionsOf } from './decisions.js';
import { badgeOf, hasEnded } from './progress.js';
import { toCampaign } from './routes.js';

const EVERY_MS = 5_000;

/** All campaigns, the newest first, asked anew while somebody looks. */
export async function showCampaigns({ node, t, me, isShown }) {
  let last = '';

  async function load() {
    const found = await api.get('/api/campaigns');
    const text = JSON.stringify(found);
    if (isShown() && text !== last) {
      last = text; // what has not changed is not made anew: nobody loses their place
      replace(node, title(t), found.trouble ? trouble(found.trouble) : null, list(t, found.campaigns, may(me, 'OPERATOR')));
    }
  }

  await load();
  return every(EVERY_MS, load);
}

function title(t) {
  return el(
    'div',
    { class: 'title' },
    el('div', {}, el('h1', {}, t('dashboard.title')), el('p', {}, t('dashboard.subtitle'))),
  );
}

function trouble(sentence) {
  return el('div', { class: 'notice warn', role: 'status' }, sentence);
}

function list(t, campaigns, decides) {
  if (campaigns.length === 0) {
    return el(
      'div',
      { class: 'card empty' },
      el('h2', {}, t('list.none')),
      el('p', {}, t('list.begin')),
      el('p', {}, el('code', {}, 'labelloop campaign start SPEC.yaml')),
    );
  }
  return table({
    label: t('dashboard.title'),
    rows: campaigns,
    columns: [
      { head: t('list.name'), row: true, cell: (c) => name(t, c) },
      { head: t('list.state'), cell: (c) => state(t, c) },
      { head: t('list.where'), cell: (c) => where(t, c) },
      {
        head: t('list.map'),
        number: true,
        cell: (c) => (c.map === null ? '–' : c.map.toFixed(3)),
      },
      { head: t('list.waiting'), number: true, cell: (c) => waiting(t, c, decides) },
      { head: t('list.since'), cell: (c) => el('span', { class: 'nowrap soft' }, moment(c.started)) },
    ],
  });
}

function name(t, campaign) {
  return el(
    'span',
    { class: 'row' },
    el('a', { href: toCampaign(campaign.name), class: 'target' }, campaign.name),
    campaign.simulated ? el('span', { class: 'badge' }, t('campaign.simulated')) : null,
  );
}

function state(t, campaign) {
  const { key, kind } = badgeOf(campaign);
  return el('span', { class: `badge ${kind}`, title: campaign.reason }, t(`state.${key}`));
}

function where(t, campaign) {
  const round = t('list.round', { round: campaign.round, rounds: campaign.maxRounds });
  if (hasEnded(campaign) || !campaign.phase) {
    return campaign.round > 0 ? round : '–';
  }
  return `${campaign.round === 0 ? t('live.prepare') : round} · ${t(`phase.${campaign.phase}`)}`;
}

function waiting(t, { name: campaign, waiting: { images, boxes, decisions } }, decides) {
  const parts = [
    images > 0 ? toReview(t, campaign, images, boxes) : null,
    decisionsOf({ t, campaign, decisions, decides }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? '–' : el('span', { class: 'stack' }, parts);
}

function toReview(t, campaign, images, boxes) {
  const href = `/review?campaign=${encodeURIComponent(campaign)}`;
  return el(
    'a',
    { class: 'target', href, title: t('list.boxes', { n: boxes }) },
    t('choose.waiting', { n: images }),
  );
}
