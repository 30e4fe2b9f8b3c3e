/** Above the boxes: the campaign, how much is left, whether everything is stored, help and keys. */
import { el } from '../dom.js';
import { icon } from '../editor/icons.js';

export function createStatus({ t, campaign, act }) {
  const left = el('span', { class: 'soft number' });
  const kept = el('span', { class: 'badge' });
  const note = el('p', { class: 'note', hidden: true });
  const tool = (action) =>
    el(
      'button',
      {
        type: 'button',
        class: 'quiet icon small',
        title: t(`do.${action}`),
        aria: { label: t(`do.${action}`) },
        onclick: () => act(action),
      },
      icon(action),
    );
  const element = el(
    'div',
    { class: 'status' },
    el(
      'div',
      { class: 'status-row' },
      el('strong', { class: 'campaign' }, campaign),
      left,
      el('span', { class: 'grow' }),
      kept,
      tool('help'),
      tool('settings'),
    ),
    note,
  );

  function storing({ offline, unsent, refused, conflicts }) {
    const undecided = refused.length + conflicts.length;
    if (undecided > 0) {
      return ['warn', t('page.undecided', { n: undecided })];
    }
    if (offline) {
      return ['warn', unsent > 0 ? t('page.offline', { n: unsent }) : t('page.offlineNone')];
    }
    return unsent > 0 ? ['info', t('page.unsent', { n: unsent })] : ['good', t('page.stored')];
  }

  return {
    element,
    show(state) {
      left.textContent = state.left === null ? '' : t('page.left', { n: state.left });
      const [kind, words] = storing(state);
      kept.className = `badge ${kind}`;
      kept.textContent = words;
    },
    /** What is special about the image that has just opened. */
    opened({ restored, returned }) {
      const words = returned ? back(returned) : restored ? t('page.restored') : null;
      note.hidden = words === null;
      note.className = `note notice small ${returned ? 'warn' : 'info'}`;
      note.textContent = words ?? '';
    },
  };

  function back({ by, comment }) {
    const who = by ? t('page.returned', { name: by }) : t('page.returnedNo');
    return comment ? `${who}: ${comment}` : who;
  }
}
