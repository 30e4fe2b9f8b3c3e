/**
 * Addresses of the dashboard: `#/`, `#/c/NAME`, `#/c/NAME/gallery?class=car`, `#/c/NAME/image/ID`.
 * Everything that is shown can be linked to.
 */

/** @returns {{view: string, campaign: string|null, image: string|null, query: URLSearchParams}} */
export function route(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const [, c, name, view, image] = path.split('/').map(decoded);
  const campaign = c === 'c' && name ? name : null;
  return {
    view: campaign === null ? 'campaigns' : viewOf(view, image),
    campaign,
    image: image ?? null,
    query: new URLSearchParams(query),
  };
}

function viewOf(view, image) {
  if (view === 'image' && image) {
    return 'image';
  }
  return view === 'gallery' ? 'gallery' : 'campaign';
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // written by hand; the server says what it thinks of it
  }
}

export function toCampaign(campaign) {
  return `#/c/${encodeURIComponent(campaign)}`;
}

/** Where an operator decides between people. */
export function toDecisions(campaign) {
  return `/quality?campaign=${encodeURIComponent(campaign)}#disagreements`;
}

/** @param {Object<string, string|number|null>} [filters] empty ones are left out */
export function toGallery(campaign, filters = {}) {
  const query = new URLSearchParams(
    Object.entries(filters).filter(([, value]) => value !== null && value !== '' && value !== false),
  ).toString();
  return `${toCampaign(campaign)}/gallery${query ? `?${query}` : ''}`;
}

export function toImage(campaign, image) {
  return `${toCampaign(campaign)}/image/${image}`;
}
