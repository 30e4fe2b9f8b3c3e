import { api, path } from '../api.js';
import { el, replace } from '../dom.js';
import { textArea } from '../form.js';
import { icon } from '../icons.js';
import { announce, toast } from '../say.js';
import { overlay } from './overlay.js';

/** One person looks at another's answer: right, or back to them with a word why. */
export function createChecks({ t, campaign }) {
  const node = el('div', { class: 'stack' });

  async function load() {
    const { check, reason } = await api.post('/api/checks/next', { campaign });
    check === null ? none(reason) : show(check);
  }

  /** @param {string|null} reason why the person gets none; null: there is none */
  function none(reason) {
    replace(
      node,
      el(
        'div',
        { class: 'card empty' },
        el('h2', {}, t('quality.noChecks')),
        el('p', {}, reason ?? t('quality.noChecksWhat')),
      ),
    );
  }

  function show(check) {
    const wrong = new Set();
    const picture = overlay({
      image: check,
      sets: [{ boxes: check.boxes }],
      label: t('quality.answerOf', {
        name: check.reviewer,
        what: t('quality.boxCount', { n: check.boxes.length }),
      }),
    });
    const drawn = [...picture.querySelectorAll('.set-0 > g')];
    const choices = check.boxes.map((box, index) => {
      const tick = el('input', { type: 'checkbox' });
      const mark = (on) => {
        on ? wrong.add(index) : wrong.delete(index);
        tick.checked = on;
        drawn[index].classList.toggle('chosen', on);
      };
      tick.addEventListener('change', () => mark(tick.checked));
      drawn[index].addEventListener('click', () => mark(!tick.checked));
      return el(
        'li',
        {},
        el(
          'label',
          { class: 'choice' },
          tick,
          el('span', {}, t('quality.boxNumber', { number: index + 1, name: box.class })),
        ),
      );
    });
    const comment = textArea({
      label: t('quality.comment'),
      hint: t('quality.commentHint', { name: check.reviewer }),
      maxlength: 1000,
    });
    const decide = (verdict) => send(check, verdict, comment, [...wrong]);
    const accept = el(
      'button',
      { class: 'primary', type: 'button', onclick: () => decide('ACCEPTED') },
      icon('check'),
      t('quality.accept'),
    );
    const back = el(
      'button',
      { class: 'danger', type: 'button', onclick: () => decide('RETURNED') },
      icon('back'),
      t('quality.return'),
    );
    replace(
      node,
      el('p', { class: 'soft' }, t(check.random ? 'quality.checkRandom' : 'quality.checkChosen')),
      el(
        'div',
        { class: 'check' },
        picture,
        el(
          'section',
          { class: 'card stack', aria: { label: t('quality.checks') } },
          el('h2', {}, t('quality.answerBy', { name: check.reviewer })),
          choices.length === 0
            ? el('p', {}, t('quality.noBoxes'))
            : el(
                'fieldset',
                {},
                el('legend', { class: 'soft small' }, t('quality.whichWrong')),
                el('ol', { class: 'plain' }, choices),
              ),
          comment.node,
          el('div', { class: 'row end' }, back, accept),
        ),
      ),
    );
    announce(t('quality.answerBy', { name: check.reviewer }));
  }

  async function send(check, verdict, comment, boxes) {
    const text = comment.input.value.trim();
    if (verdict === 'RETURNED' && text === '' && boxes.length === 0) {
      comment.input.setCustomValidity(t('quality.sayWhy'));
      comment.input.reportValidity();
      comment.input.addEventListener('input', () => comment.input.setCustomValidity(''), {
        once: true,
      });
      return;
    }
    try {
      await api.put(path('api', 'checks', check.key), {
        submissionId: crypto.randomUUID(),
        verdict,
        comment: text || null,
        boxes,
      });
      toast(t(`quality.said.${verdict}`, { name: check.reviewer }), 'good', t('do.close'));
    } catch (error) {
      toast(t('say.failed', { error: error.message }), 'bad', t('do.close'));
    }
    await load();
  }

  return { node, load };
}
