import { api, path } from '../api.js';
import { chooseCampaign } from '../choose.js';
import { el, replace } from '../dom.js';
import { campaignOfPage, may, openShell } from '../shell.js';
import { tabs } from '../tabs.js';
import { createAdjudication } from './adjudication.js';
import { createChecks } from './checks.js';
import { showCosts } from './costs.js';
import { showPeople } from './people.js';

const { t, me, main } = await openShell('quality');
const campaign = campaignOfPage();

if (!may(me, 'REVIEWER')) {
  replace(
    main,
    el(
      'div',
      { class: 'page narrow stack' },
      el('h1', {}, t('quality.title')),
      el('p', { class: 'notice warn' }, t('quality.notYours')),
    ),
  );
} else if (campaign === null) {
  await chooseCampaign(main, t);
} else if (may(me, 'OPERATOR')) {
  quality();
} else {
  await secondLooks();
}

/** Whoever answers looks at others' answers; how people do is not theirs to see. */
async function secondLooks() {
  const checks = createChecks({ t, campaign });
  replace(main, el('div', { class: 'page stack' }, title(t('quality.checks')), checks.node));
  await checks.load();
}

function title(words) {
  return el(
    'div',
    { class: 'title' },
    el('div', {}, el('h1', {}, words), el('p', {}, campaign)),
  );
}

function quality() {
  const people = el('div', { class: 'stack' });
  const costs = el('div', { class: 'stack' });
  const adjudication = createAdjudication({ t, campaign });
  const checks = createChecks({ t, campaign });
  const panels = [
    { name: 'people', label: t('quality.people'), panel: people, open: load },
    {
      name: 'disagreements',
      label: t('quality.disagreements'),
      panel: adjudication.node,
      open: adjudication.load,
    },
    { name: 'checks', label: t('quality.checks'), panel: checks.node, open: checks.load },
    { name: 'costs', label: t('quality.costs'), panel: costs, open: load },
  ];
  replace(
    main,
    el('div', { class: 'page stack' }, title(t('quality.title')), tabs(t('quality.title'), panels)),
  );

  async function load() {
    const found = await api.get(`${path('api', 'campaigns', campaign)}/quality`);
    showPeople({ node: people, t, campaign, found, reload: load });
    showCosts({ node: costs, t, found });
  }
}
