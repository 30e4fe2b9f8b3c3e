/** The boxes as a list: the same as on the picture, for eyes, keyboards and screen readers. */
import { el, svg } from '../dom.js';
import { find, order, statusOf } from './model.js';
import { certainty } from './sentences.js';
import { colourOf } from './shapes.js';

const SIGNS = {
  open: 'M6 2.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  sure: 'M2 6.5 5 9.5 10 3',
  accepted: 'M2 6.5 5 9.5 10 3',
  edited: 'M2 10l.8-2.4L8.5 2l1.6 1.6-5.7 5.6z',
  drawn: 'M6 2v8 M2 6h8',
  rejected: 'M2.5 2.5l7 7 M9.5 2.5l-7 7',
};

export function sign(status) {
  const drawing = svg('path', { d: SIGNS[status] });
  return svg(
    'svg',
    { class: `sign is-${status}`, viewBox: '0 0 12 12', aria: { hidden: 'true' } },
    drawing,
  );
}

/** @param {{t: Function, onSelect: (id: number) => void}} how */
export function createList({ t, onSelect }) {
  const items = new Map(); // id → {node, box}
  const list = el('ul', {
    class: 'plain box-list',
    role: 'listbox',
    tabindex: 0,
    aria: { label: t('list.label') },
  });
  let ids = [];
  let selected = null;
  let revealing = 0;

  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role=option]');
    if (item) {
      onSelect(Number(item.dataset.id));
    }
  });
  list.addEventListener('keydown', (event) => {
    const at = ids.indexOf(selected);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      if (ids[to] !== undefined) {
        onSelect(ids[to]);
      }
    }
  });

  function fill(node, state, box) {
    const status = statusOf(box);
    node.className = `box-row is-${status}`;
    node.replaceChildren(
      el('span', { class: `swatch ${colourOf(state.classes, box.class)}` }),
      el('span', { class: 'class-name' }, box.class),
      el('span', { class: 'certainty number' }, certainty(t, box)),
      el('span', { class: 'status' }, sign(status), t(`state.${status}`)),
    );
  }

  function show(state) {
    ids = order(state);
    for (const [id, item] of items) {
      if (!find(state, id)) {
        item.node.remove();
        items.delete(id);
      }
    }
    ids.forEach((id, i) => {
      const box = find(state, id);
      const item = items.get(id) ?? {
        node: el('li', { role: 'option', id: `row-${id}`, dataset: { id } }),
        box: null,
      };
      if (item.box !== box) {
        fill(item.node, state, box);
        item.box = box;
      }
      if (list.children[i] !== item.node) {
        list.insertBefore(item.node, list.children[i] ?? null);
      }
      items.set(id, item);
    });
    mark(state.selected);
  }

  function mark(id) {
    items.get(selected)?.node.setAttribute('aria-selected', 'false');
    selected = id;
    const node = items.get(id)?.node;
    if (node) {
      node.setAttribute('aria-selected', 'true');
      list.setAttribute('aria-activedescendant', node.id);
      revealing ||= requestAnimationFrame(reveal);
    } else {
      list.removeAttribute('aria-activedescendant');
    }
  }

  /** Scrolls the list alone, never the page; once a frame, as it has to measure. */
  function reveal() {
    revealing = 0;
    const node = items.get(selected)?.node;
    if (!node) {
      return;
    }
    const top = node.offsetTop - list.offsetTop;
    if (top < list.scrollTop) {
      list.scrollTop = top;
    } else if (top + node.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top + node.offsetHeight - list.clientHeight;
    }
  }

  function clear() {
    items.clear();
    list.replaceChildren();
    list.removeAttribute('aria-activedescendant');
    ids = [];
    selected = null;
  }

  return { element: list, show, clear };
}
