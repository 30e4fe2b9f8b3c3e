/** Who a key belongs to: the editor, or the control that has the focus. */

const WORDS = new Set(['text', 'search', 'email', 'password', 'url', 'number']);

/** Whether keys write into this element. */
export function isTyping(target) {
  if (!(target instanceof Element)) {
    return false;
  }
  const input = target.closest('input');
  return (
    (input !== null && WORDS.has(input.type)) ||
    target.closest('textarea, select, [contenteditable]') !== null
  );
}

/**
 * Whether the focused control needs the key itself: buttons and links their Enter and space, and every
 * control the tabulator, so that nobody is trapped. On the picture the tabulator goes from box to box,
 * and out of it after the last.
 */
export function keepsKey(event, action, stage, desk) {
  const { target, key } = event;
  const onStage = target === document.body || stage.contains(target);
  if (key === 'Tab') {
    return (
      !onStage || (action === 'next' && desk.atLast()) || (action === 'previous' && desk.atFirst())
    );
  }
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return (
    plain &&
    !onStage &&
    (key === 'Enter' || key === ' ') &&
    target.closest('button, a, summary, [popover]') !== null
  );
}
