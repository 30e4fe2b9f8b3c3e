/** What the login page decides, without a page. */

/** The one-time token of `#link=TOKEN`, or null. */
export function linkIn(hash) {
  return new URLSearchParams(hash.replace(/^#/, '')).get('link');
}

/**
 * Where to go afterwards: a path of this server, whatever the address says. Browsers take `//host` and
 * `/\host` for another server's address.
 */
export function landing(to) {
  return to && /^\/(?![/\\])[^\s\\]*$/.test(to) && !to.startsWith('/login') ? to : '/';
}

/** Which words a refusal gets. @param {'password'|'link'} way */
export function refusalKey({ status }, way) {
  switch (status) {
    case 0:
      return 'login.noReply';
    case 401:
      return way === 'link' ? 'login.linkUsed' : 'login.wrong';
    case 429:
      return 'login.tooOften';
    default:
      return 'say.failed';
  }
}
