/** What needs a person's decision: signed out, an answer refused, an answer given by two. */
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { toast } from '../say.js';

/** @param {{t: Function, session: () => object, onOpen: (key: string) => void}} how */
export function createTrouble({ t, session, onOpen }) {
  const known = new Set(); // what was asked already
  let asking = Promise.resolve();
  let signedOut = null;

  /** One dialog after the other. */
  function ask(id, dialog) {
    if (!known.has(id)) {
      known.add(id);
      asking = asking.then(dialog).finally(() => known.delete(id));
    }
  }

  function show(state) {
    if (state.signedOut !== null && signedOut === null) {
      ask('signed out', () => signIn(state.signedOut));
    }
    signedOut = state.signedOut;
    state.refused.forEach((entry) => ask(entry.id, () => refused(entry)));
    state.conflicts.forEach((entry) => ask(entry.id, () => conflict(entry)));
    if (!state.draftsKept) {
      ask('drafts', async () => toast(t('page.draftsOff'), 'bad'));
    }
  }

  async function signIn(name) {
    const link = el(
      'a',
      { class: 'button primary', href: '/login', target: '_blank', rel: 'opener' },
      t('page.signIn'),
    );
    await openDialog({
      title: t('page.signedOut'),
      content: [
        el('p', {}, name ? t('page.otherAccount', { name }) : t('page.signedOutText')),
        link,
      ],
      actions: [{ label: t('do.retry'), value: async () => session().resume() ?? true }],
    });
  }

  async function refused(entry) {
    const choice = await openDialog({
      title: t('page.refused', { error: entry.refused.message ?? String(entry.refused) }),
      actions: [
        { label: t('page.discard'), value: 'discard' },
        { label: t('page.openIt'), value: 'open' },
        { label: t('do.retry'), value: 'retry', kind: 'primary' },
      ],
    });
    if (choice === 'open') {
      onOpen(entry.key);
    } else if (choice !== null) {
      await session()[choice](entry.id);
    }
  }

  async function conflict(entry) {
    const mine = await openDialog({
      title: t('page.conflict'),
      content: [el('p', {}, t('page.conflictText'))],
      actions: [
        { label: t('page.keepTheirs'), value: 'theirs' },
        { label: t('page.keepMine'), value: 'mine', kind: 'primary' },
      ],
    });
    if (mine === 'theirs') {
      await session().discard(entry.id);
    } else if (mine === 'mine') {
      await session().keepMine(entry.id);
    }
  }

  /** Something did not work, and the page goes on. */
  function failed(error) {
    console.error(error);
    toast(
      error.message === 'open in another tab'
        ? t('page.busyTab')
        : t('say.failed', { error: error.message }),
      'bad',
    );
  }

  return { show, failed };
}
