/** All classes, found by typing: for campaigns with more than have a number. */
import { el, freshId } from '../dom.js';
import { colourOf } from './shapes.js';

/** @returns {Promise<string|null>} the chosen class */
export function chooseClass({ t, classes, chosen }) {
  return new Promise((resolve) => {
    const listId = freshId('classes');
    const list = el('ul', {
      class: 'plain class-list',
      role: 'listbox',
      id: listId,
      aria: { label: t('classes.label') },
    });
    const search = el('input', {
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: t('classes.search'),
      aria: {
        label: t('classes.search'),
        controls: listId,
        expanded: 'true',
        autocomplete: 'list',
      },
    });
    const none = el('p', { class: 'soft', hidden: true }, t('classes.none'));
    const dialog = el(
      'dialog',
      { class: 'class-menu', aria: { label: t('classes.title') } },
      search,
      list,
      none,
    );
    let result = null;
    let at = 0;

    const options = () => [...list.children];

    function fill() {
      const words = search.value.trim().toLowerCase();
      const found = classes.filter((name) => name.toLowerCase().includes(words));
      list.replaceChildren(...found.map(option));
      none.hidden = found.length > 0;
      mark(Math.max(0, words === '' ? found.indexOf(chosen) : 0));
    }

    function option(name) {
      return el(
        'li',
        { role: 'option', id: freshId('class'), dataset: { name }, onclick: () => take(name) },
        el('span', { class: `swatch ${colourOf(classes, name)}` }),
        el('span', { class: 'class-name' }, name),
      );
    }

    function mark(to) {
      at = Math.min(Math.max(to, 0), list.children.length - 1);
      options().forEach((node, i) => node.setAttribute('aria-selected', i === at));
      const node = options()[at];
      search.setAttribute('aria-activedescendant', node?.id ?? '');
      node?.scrollIntoView({ block: 'nearest' });
    }

    function take(name) {
      result = name;
      dialog.close();
    }

    search.addEventListener('input', fill);
    search.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        mark(at + step);
      } else if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        if (options()[at]) {
          take(options()[at].dataset.name);
        }
      }
    });
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    fill();
    dialog.showModal();
    search.focus();
  });
}
