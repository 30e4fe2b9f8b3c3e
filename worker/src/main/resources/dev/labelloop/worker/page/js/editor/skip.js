/** Why an image is skipped. */
import { openDialog } from '../dialog.js';
import { el, freshId } from '../dom.js';

const REASONS = ['unclear', 'unsure', 'broken', 'unsuitable'];

/** @returns {Promise<string|null>} the reason; null: not skipped after all */
export async function askReason(t) {
  const group = freshId('reason');
  const other = el('input', {
    type: 'text',
    maxlength: 200,
    id: freshId('other'),
    placeholder: t('skip.placeholder'),
  });
  const radios = REASONS.map((name, i) =>
    el('input', { type: 'radio', name: group, value: t(`skip.${name}`), checked: i === 0 }),
  );
  const labels = radios.map((radio) => el('label', { class: 'choice' }, radio, radio.value));
  const reasons = el(
    'fieldset',
    { class: 'stack tight reasons' },
    el('legend', { class: 'visually-hidden' }, t('skip.reason')),
    labels,
  );
  const content = [
    el('p', { class: 'soft' }, t('skip.text')),
    reasons,
    el('div', { class: 'field' }, el('label', { for: other.id }, t('skip.other')), other),
  ];
  const reason = () => other.value.trim() || radios.find((radio) => radio.checked).value;
  return openDialog({
    title: t('skip.title'),
    content,
    actions: [
      { label: t('do.cancel'), value: null },
      { label: t('do.skipNow'), value: async () => reason(), kind: 'primary' },
    ],
  });
}
