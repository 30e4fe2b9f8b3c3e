/**
 * The boxes as SVG, one `<g role="button">` each, in image pixels inside one scaled group. Only boxes
 * that are another object than before are touched. What must not grow with the zoom (marks, words)
 * is scaled back by the group's CSS variable `--unit`.
 */
import { svg } from '../dom.js';
import { area } from './geometry.js';
import { statusOf } from './model.js';
import { percent } from './sentences.js';
import { toScreen } from './viewport.js';

const COLOURS = 8;

/** Marks on a grid of 12, beside the class name; an open box has none. */
const MARKS = {
  open: '',
  sure: 'M-3 -5 0 -2 5 -9 M3 -4 5 -2 10 -9',
  accepted: 'M1 -5 4 -2 9 -9',
  edited: 'M1 -1 2 -4 8 -10 10 -8 4 -2z',
  drawn: 'M5 -10V-1 M.5 -5.5H9.5',
  rejected: 'M1 -9 9 -1 M9 -9 1 -1',
};

/** On the screen, a box less wide or high than this shows no words. */
const WORDS = { width: 34, height: 12 };

/** Before a view is known, no box has room for words. */
const NOWHERE = { view: { scale: 0, x: 0, y: 0 }, stage: { width: 0, height: 0 } };

export const colourOf = (classes, name) => `k${Math.max(0, classes.indexOf(name)) % COLOURS}`;

export function createShapes() {
  const group = svg('g', { class: 'world' });
  const nodes = new Map(); // of the boxes, by their ids
  let spare = []; // items of the image before, large boxes first: making 200 anew takes longer than a look
  let classes = [];
  let selected = null; // the item that is
  let stop = null; // the item that the tabulator stops at
  let lettered = NOWHERE;

  function item() {
    const halo = svg('rect', { class: 'halo' });
    const line = svg('rect', { class: 'line' });
    const g = svg('g', { role: 'button', tabindex: -1 }, halo, line);
    return { g, halo, line, tag: null, worded: false, selected: false, box: null, name: null };
  }

  /** Mark and words; made when they are first seen, as most of 200 boxes are too small or far off. */
  function tagOf(item) {
    if (item.tag === null) {
      const marks = [svg('path', { class: 'mark-halo' }), svg('path', { class: 'mark' })];
      const words = svg('text', { y: -1 });
      const g = svg('g', { class: 'tag', aria: { hidden: 'true' } }, marks, words);
      item.g.append(g);
      item.tag = { marks, words };
    }
    return item.tag;
  }

  /** Puts a box where it is, or for the time of a drag where the pointer has it. */
  function put({ g, halo, line }, rect) {
    g.setAttribute('transform', `translate(${rect.x} ${rect.y})`);
    for (const part of [halo, line]) {
      part.setAttribute('width', rect.width);
      part.setAttribute('height', rect.height);
    }
  }

  function draw(item, box) {
    put(item, box);
    item.box = box;
    item.status = statusOf(box);
    item.worded = false;
    fitWords(item);
    dress(item);
  }

  function write(item) {
    const { box, status } = item;
    const { marks, words } = tagOf(item);
    marks.forEach((path) => path.setAttribute('d', MARKS[status]));
    words.textContent =
      box.confidence === null ? box.class : `${box.class} ${percent(box.confidence)}`;
    words.setAttribute('x', MARKS[status] ? 13 : 0);
  }

  function dress(item) {
    const names = ['box', `is-${item.status}`, colourOf(classes, item.box.class)];
    const more = [item.worded ? '' : 'wordless', item.selected ? 'selected' : ''];
    item.g.setAttribute('class', [...names, ...more].filter(Boolean).join(' '));
  }

  /** Large boxes lie below small ones, so that each can be clicked. */
  function insert({ g }, box) {
    const smaller = [...nodes.values()].filter((other) => area(other.box) < area(box));
    const above = smaller.sort((a, b) => area(b.box) - area(a.box))[0];
    group.insertBefore(g, above?.g ?? null);
  }

  function show(state, names) {
    classes = state.classes;
    const there = new Set(state.boxes.map((box) => box.id));
    nodes.forEach(({ g }, id) => there.has(id) || (g.remove(), nodes.delete(id)));
    const fresh = state.boxes.filter((box) => !nodes.has(box.id));
    fresh.sort((a, b) => area(b) - area(a)).forEach(add);
    spare.splice(0).forEach(({ g }) => g.remove());
    for (const box of state.boxes) {
      update(nodes.get(box.id), box, names.get(box.id));
    }
    markSelected(nodes.get(state.selected) ?? null);
  }

  /** The items of the image before stand in the order of their sizes, as the new boxes do. */
  function add(box) {
    const made = spare.shift() ?? item();
    if (!made.g.isConnected) {
      insert(made, box);
    }
    made.g.dataset.id = box.id;
    nodes.set(box.id, made);
    draw(made, box);
  }

  function update(item, box, name) {
    if (item.box !== box) {
      draw(item, box);
    }
    if (item.name !== name) {
      item.name = name;
      item.g.setAttribute('aria-label', name);
    }
  }

  function markSelected(item) {
    if (item !== selected) {
      [selected, item].filter(Boolean).forEach((one) => toggle(one, one === item));
      selected = item;
      queueMicrotask(rove);
    }
  }

  /** Where the tabulator stops. The browser measures the page for it: once, when all else is in place. */
  function rove() {
    if (stop !== selected) {
      stop?.g.setAttribute('tabindex', -1);
      selected?.g.setAttribute('tabindex', 0);
      stop = selected;
    }
  }

  function toggle(item, on) {
    item.selected = on;
    item.g.setAttribute('aria-current', on);
    fitWords(item);
    dress(item);
  }

  /** Words and marks for what the stage shows now; boxes too small for words go without. */
  function letter(view, stage) {
    lettered = { view, stage };
    group.style.setProperty('--unit', 1 / view.scale);
    nodes.forEach((item) => fitWords(item) && dress(item));
  }

  /** Tells whether words came or went. */
  function fitWords(item) {
    const wanted = item.selected || hasRoom(item.box);
    if (wanted === item.worded) {
      return false;
    }
    if (wanted) {
      write(item);
    }
    item.worded = wanted;
    return true;
  }

  /** Large enough for words, and on the stage or not far beside it. */
  function hasRoom(box) {
    const { view, stage } = lettered;
    const { x, y, width, height } = toScreen(view, box);
    const near =
      x < 1.5 * stage.width &&
      y < 1.5 * stage.height &&
      x + width > -0.5 * stage.width &&
      y + height > -0.5 * stage.height;
    return near && width >= WORDS.width && height >= WORDS.height;
  }

  /** No box is left; their elements stay for those of the next image. */
  function release() {
    const items = new Map([...spare, ...nodes.values()].map((item) => [item.g, item]));
    spare = [...group.children].map((g) => items.get(g));
    nodes.clear();
    lettered = NOWHERE;
  }

  function clear() {
    nodes.clear();
    spare = [];
    selected = null;
    group.replaceChildren();
  }

  return {
    group,
    show,
    release,
    clear,
    letter,
    /** Words of the selected box keep clear of its handles, so many screen pixels above it. */
    lift: (pixels) => selected?.g.style.setProperty('--lift', pixels),
    preview: (id, rect) => nodes.has(id) && put(nodes.get(id), rect),
    element: (id) => nodes.get(id)?.g ?? null,
  };
}
