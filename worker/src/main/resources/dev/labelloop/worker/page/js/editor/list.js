/** The boxes as a list: the same as on the picture, for eyes, keyboards and screen readers. */
import { el, freshId, svg } from '../dom.js';
import { order, statusOf } from './model.js';
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
  const drawing = svg('path');
  const made = svg('svg', { viewBox: '0 0 12 12', aria: { hidden: 'true' } }, drawing);
  setSign(made, status);
  return made;
}

function setSign(sign, status) {
  sign.setAttribute('class', `sign is-${status}`);
  sign.firstChild.setAttribute('d', SIGNS[status]);
}

function createRow() {
  const swatch = el('span');
  const name = el('span', { class: 'class-name' });
  const sure = el('span', { class: 'certainty number' });
  const mark = sign('open');
  const words = document.createTextNode('');
  const status = el('span', { class: 'status' }, mark, words);
  const node = el('li', { role: 'option' }, swatch, name, sure, status);
  return { node, swatch, name, sure, mark, words, box: null };
}

/** @param {{t: Function, onSelect: (id: number) => void}} how */
export function createList({ t, onSelect }) {
  const items = new Map(); // rows by the ids of their boxes
  let spare = []; // rows of the image before
  const list = el('ul', {
    class: 'plain box-list',
    id: freshId('boxes'),
    role: 'listbox',
    tabindex: 0,
    aria: { label: t('list.label') },
  });
  let ids = [];
  let selected = null;
  let revealing = 0;

  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role=option]');
    if (item && ids.length > 0) {
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

  function fill(row, state, box) {
    const status = statusOf(box);
    row.box = box;
    row.node.className = `box-row is-${status}`;
    row.swatch.className = `swatch ${colourOf(state.classes, box.class)}`;
    row.name.textContent = box.class;
    row.sure.textContent = certainty(t, box);
    row.words.data = t(`state.${status}`);
    setSign(row.mark, status);
  }

  function add(id) {
    const row = spare.shift() ?? createRow();
    row.node.id = `row-${id}`;
    row.node.dataset.id = id;
    items.set(id, row);
    return row;
  }

  function show(state) {
    ids = order(state);
    const boxes = new Map(state.boxes.map((box) => [box.id, box]));
    items.forEach(({ node }, id) => boxes.has(id) || (node.remove(), items.delete(id)));
    ids.forEach((id, i) => {
      const row = items.get(id) ?? add(id);
      if (row.box !== boxes.get(id)) {
        fill(row, state, boxes.get(id));
      }
      if (list.children[i] !== row.node) {
        list.insertBefore(row.node, list.children[i] ?? null);
      }
    });
    spare.splice(0).forEach(({ node }) => node.remove());
    list.classList.remove('stale');
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

  /** Nothing is listed; the rows are there for the next image, as making 200 of them takes long. */
  function clear() {
    mark(null);
    const rows = new Map([...spare, ...items.values()].map((row) => [row.node, row]));
    spare = [...list.children].map((node) => rows.get(node));
    items.clear();
    ids = [];
    list.classList.add('stale');
  }

  return { element: list, show, clear };
}
