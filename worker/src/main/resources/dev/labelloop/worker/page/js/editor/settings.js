/** Keys to choose: any action, any key, no key twice; and whether single keys act at all. */
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { announce } from '../say.js';
import { chordText } from './keys.js';
import { chordOf, GROUPS, takenBy, withKey, withoutKey } from './keymap.js';

export function openSettings({ t, keys }) {
  const problem = el('p', { class: 'notice warn', hidden: true });
  const tables = el('div', { class: 'key-settings' });
  const single = el('input', { type: 'checkbox', checked: keys.map().single });
  let waiting = null; // {action, place, button}

  single.addEventListener('change', () => keys.change({ ...keys.map(), single: single.checked }));

  const name = (action) =>
    action.startsWith('class.')
      ? t('settings.class', { n: Number(action.slice(6)) })
      : t(`do.${action}`);

  function draw() {
    const groups = Object.entries(GROUPS).map(([group, actions]) =>
      el(
        'section',
        {},
        el('h3', {}, t(`group.${group}`)),
        actions.map(([action]) => row(action)),
      ),
    );
    tables.replaceChildren(...groups);
  }

  function row(action) {
    const chords = keys.map().chords[action];
    const buttons = chords.map((chord, place) => keyButton(action, place, chord));
    return el(
      'div',
      { class: 'key-row', role: 'group', aria: { label: name(action) }, dataset: { action } },
      el('span', { class: 'key-name' }, name(action)),
      el('span', { class: 'key-buttons' }, buttons, addButton(action, chords.length)),
    );
  }

  function keyButton(action, place, chord) {
    const text = chordText(t, chord);
    return el(
      'button',
      {
        type: 'button',
        class: 'small key',
        aria: { label: t('settings.change', { key: text, action: name(action) }) },
        onclick: () => wait(action, place),
      },
      text,
    );
  }

  function addButton(action, place) {
    return el(
      'button',
      {
        type: 'button',
        class: 'small quiet icon',
        aria: { label: t('settings.add', { action: name(action) }) },
        onclick: () => wait(action, place),
      },
      '+',
    );
  }

  function wait(action, place) {
    stop();
    waiting = { action, place };
    const button = buttonAt(action, place);
    button.focus();
    button.textContent = t('settings.press');
    button.classList.add('waiting');
    problem.hidden = true;
    announce(t('settings.pressFor', { action: name(action) }));
  }

  function stop() {
    if (waiting) {
      waiting = null;
      draw();
    }
  }

  function buttonAt(action, place) {
    const buttons = tables.querySelectorAll(`[data-action="${action}"] button`);
    return buttons[Math.min(place, buttons.length - 1)];
  }

  /** Takes the next key, whatever it is; Escape keeps the old one, Backspace removes it. */
  function take(event) {
    if (!waiting) {
      return;
    }
    const { action, place } = waiting;
    const chord = chordOf(event);
    if (chord === null && event.key !== 'Escape') {
      return; // Shift alone: the key itself is still to come
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace') {
      keys.change(withoutKey(keys.map(), action, place));
    } else if (chord !== null) {
      assign(action, place, chord);
    }
    stop();
    buttonAt(action, place).focus();
  }

  function assign(action, place, chord) {
    const other = takenBy(keys.map(), action, chord);
    if (other !== null) {
      const sentence = t('settings.taken', { key: chordText(t, chord), action: name(other) });
      problem.textContent = sentence;
      problem.hidden = false;
      announce(sentence);
      return;
    }
    keys.change(withKey(keys.map(), action, place, chord));
    announce(t('settings.set', { key: chordText(t, chord), action: name(action) }));
  }

  tables.addEventListener('keydown', take, true);
  tables.addEventListener(
    'focusout',
    (event) => event.target.classList.contains('waiting') && stop(),
  );
  draw();
  return openDialog({
    title: t('settings.title'),
    className: 'wide',
    content: [
      el('label', { class: 'choice' }, single, t('settings.single')),
      el('p', { class: 'soft small' }, t('settings.text')),
      problem,
      tables,
    ],
    actions: [
      { label: t('settings.reset'), value: async () => reset() },
      { label: t('do.close'), value: null, kind: 'primary' },
    ],
  });

  function reset() {
    keys.reset();
    single.checked = true;
    problem.hidden = true;
    draw();
    announce(t('settings.resetDone'));
    return null; // the dialog stays
  }
}
