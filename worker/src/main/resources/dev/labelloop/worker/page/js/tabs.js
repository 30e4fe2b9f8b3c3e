import { el, freshId } from './dom.js';

/**
 * Tabs by the keyboard's rules: arrows move, Home and End jump, only the chosen tab is in the order of
 * Tab. The chosen one is kept in the address (`#people`), so that a reload comes back to it.
 *
 * @param {string} label of the row
 * @param {Array<{name: string, label: string, panel: HTMLElement, open?: () => void}>} tabs `open` is
 *     called each time that the tab is shown
 */
export function tabs(label, list) {
  const id = freshId('tabs');
  const buttons = list.map(({ name, label: words }) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `${id}-${name}`,
        aria: { controls: `${id}-${name}-panel` },
      },
      words,
    ),
  );
  list.forEach(({ name, panel }) => {
    Object.assign(panel, { id: `${id}-${name}-panel`, tabIndex: 0 });
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `${id}-${name}`);
  });

  function choose(index) {
    list.forEach(({ panel }, i) => {
      panel.hidden = i !== index;
      buttons[i].setAttribute('aria-selected', String(i === index));
      buttons[i].tabIndex = i === index ? 0 : -1;
    });
    history.replaceState(null, '', `#${list[index].name}`);
    list[index].open?.();
  }

  function onkeydown(event) {
    const now = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: list.length - 1 }[
      event.key
    ];
    if (to !== undefined && now >= 0) {
      event.preventDefault();
      const index = (to + list.length) % list.length;
      choose(index);
      buttons[index].focus();
    }
  }

  buttons.forEach((button, index) => button.addEventListener('click', () => choose(index)));
  const node = el(
    'div',
    { class: 'stack' },
    el('div', { class: 'tabs', role: 'tablist', aria: { label }, onkeydown }, buttons),
    list.map(({ panel }) => panel),
  );
  choose(
    Math.max(
      0,
      list.findIndex(({ name }) => `#${name}` === location.hash),
    ),
  );
  return node;
}
