/**
 * The boxes as SVG, one `<g role="button">` each, in image pixels inside one scaled group. Only boxes
 * that are another object than before are touched. What must not grow with the zoom (marks, words)
 * is scaled back by the group's CSS variable `--unit`.
 */
import { svg } from '../dom.js';
import { area } from './geometry.js';
import { statusOf } from './model.js';
import { percent } from './sentences.js';

const COLOURS = 8;

/** Marks on a grid of 12, beside the class name; an open box has none. */
const MARKS = {
  open: '',
  sure: 'M1 -5 4 -2 9 -9',
  accepted: 'M1 -5 4 -2 9 -9',
  edited: 'M1 -1 2 -4 8 -10 10 -8 4 -2z',
  drawn: 'M5 -10V-1 M.5 -5.5H9.5',
  rejected: 'M1 -9 9 -1 M9 -9 1 -1',
};

/** On the screen, a box less wide or high than this shows no words. */
const WORDS = { width: 34, height: 12 };

export const colourOf = (classes, name) => `k${Math.max(0, classes.indexOf(name)) % COLOURS}`;

export function createShapes() {
  const group = svg('g', { class: 'world' });
  let nodes = new Map();
  let classes = [];
  let focusable = null;

  function node(box) {
    const halo = svg('rect', { class: 'halo' });
    const line = svg('rect', { class: 'line' });
    const mark = svg('path', { class: 'glyph-mark' });
    const words = svg('text', { y: -1 });
    const note = svg('g', { class: 'tag', aria: { hidden: 'true' } }, mark, words);
    const g = svg('g', { role: 'button', tabindex: -1, dataset: { id: box.id } }, halo, line, note);
    return { g, halo, line, mark, words, box: null, name: null };
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
    const status = statusOf(box);
    put(item, box);
    item.status = status;
    item.mark.setAttribute('d', MARKS[status]);
    const share = box.confidence === null ? '' : ` ${percent(box.confidence)}`;
    item.words.textContent = `${box.class}${share}`;
    item.words.setAttribute('x', MARKS[status] ? 13 : 0);
    item.box = box;
    dress(item);
  }

  function dress(item) {
    const names = ['box', `is-${item.status}`, colourOf(classes, item.box.class)];
    item.g.setAttribute('class', names.concat(item.wordless ? 'wordless' : [], item.selected ? 'selected' : []).join(' '));
  }

  /** Large boxes lie below small ones, so that each can be clicked. */
  function insert(item, box) {
    const smaller = [...nodes.values()].filter((other) => area(other.box) < area(box));
    const above = smaller.sort((a, b) => area(b.box) - area(a.box))[0];
    group.insertBefore(item.g, above?.g ?? null);
  }

  function show(state, names) {
    classes = state.classes;
    const kept = new Map();
    for (const box of state.boxes) {
      const item = nodes.get(box.id) ?? node(box);
      if (item.box !== box) {
        draw(item, box);
      }
      if (item.name !== names.get(box.id)) {
        item.name = names.get(box.id);
        item.g.setAttribute('aria-label', item.name);
      }
      kept.set(box.id, item);
    }
    nodes.forEach((item, id) => kept.has(id) || item.g.remove());
    const fresh = [...kept].filter(([id]) => !nodes.has(id)).map(([, item]) => item);
    fresh.sort((a, b) => area(b.box) - area(a.box)).forEach((item) => insert(item, item.box));
    nodes = kept;
    markSelected(state.selected);
  }

  function markSelected(id) {
    if (focusable !== id) {
      toggle(focusable, false);
      toggle(id, true);
      focusable = id;
    }
  }

  function toggle(id, selected) {
    const item = nodes.get(id);
    if (item) {
      item.selected = selected;
      item.g.setAttribute('tabindex', selected ? 0 : -1);
      item.g.setAttribute('aria-current', selected ? 'true' : 'false');
      dress(item);
    }
  }

  /** After a zoom: boxes too small for words go without. */
  function fitWords(scale) {
    for (const item of nodes.values()) {
      const wordless = item.box.width * scale < WORDS.width || item.box.height * scale < WORDS.height;
      if (wordless !== Boolean(item.wordless)) {
        item.wordless = wordless;
        dress(item);
      }
    }
  }

  function clear() {
    nodes.forEach((item) => item.g.remove());
    nodes = new Map();
    focusable = null;
  }

  return {
    group,
    show,
    clear,
    fitWords,
    preview: (id, rect) => nodes.has(id) && put(nodes.get(id), rect),
    element: (id) => nodes.get(id)?.g ?? null,
  };
}
