import { el } from '../dom.js';
import { toDecisions } from './routes.js';

/** How many images wait for a decision between people: for who may decide, the way there; null for none. */
export function decisionsOf({ t, campaign, decisions, decides }) {
  if (!decisions) {
    return null;
  }
  const words = t('decisions.wait', { n: decisions });
  return decides
    ? el('a', { class: 'target', href: toDecisions(campaign) }, words)
    : el('span', { class: 'soft' }, words);
}
