/** Where picture and boxes are seen: one picture layer and one SVG, moved together, once a frame. */
import { el, svg } from '../dom.js';
import { rectOf } from './geometry.js';
import { createHandles } from './handles.js';
import { createPicture } from './picture.js';
import { createShapes } from './shapes.js';
import * as viewport from './viewport.js';

/** A zoom or pan is over when nothing has moved for so long. */
const SETTLED_MS = 120;

/** How long the way to another box takes; people who asked for less motion see none. */
const GLIDE_MS = 140;

/** The share of the stage that must be within the window for boxes on it to be seen. */
const IN_SIGHT = 0.9;

const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @param {object} how
 * @param {string} how.label
 * @param {() => number} how.covered pixels at the top that something lies over
 * @param {() => void} how.onSettled the view has come to rest
 */
export function createStage({ label, covered, onSettled }) {
  const picture = createPicture();
  const shapes = createShapes();
  const handles = createHandles();
  const context = svg('g', { class: 'context', aria: { hidden: 'true' } });
  const sketch = svg('g', { class: 'sketch', aria: { hidden: 'true' } });
  const drawing = svg('svg', { class: 'boxes', role: 'presentation' }, context, shapes.group, handles.group, sketch);
  const element = el(
    'div',
    { class: 'stage', role: 'application', tabindex: -1, aria: { label } },
    picture.layer,
    drawing,
  );
  let size = { width: 1, height: 1 };
  let image = { width: 1, height: 1 };
  let view = { scale: 1, x: 0, y: 0 };
  let fitted = true;
  let frame = 0;
  let rest = 0;
  let glide = null;
  let lettered = null; // the scale that words are drawn for
  let inSight = true;
  let selected = null; // rectangle in the image that has handles

  function paint() {
    frame = 0;
    if (glide) {
      step();
    }
    const { scale, x, y } = view;
    picture.move(view);
    const matrix = `matrix(${scale} 0 0 ${scale} ${x} ${y})`;
    shapes.group.setAttribute('transform', matrix);
    context.setAttribute('transform', matrix);
    const shown = selected && viewport.toScreen(view, selected);
    handles.show(shown);
    if (scale !== lettered) {
      shapes.group.classList.add('zooming');
      stir();
    } else if (shown) {
      shapes.lift(handles.lift(shown));
    }
  }

  /** Words keep their size, which costs too much to be done in every frame: they wait for the rest. */
  function letter() {
    lettered = view.scale;
    shapes.letter(view, size);
    if (selected) {
      shapes.lift(handles.lift(viewport.toScreen(view, selected)));
    }
    shapes.group.classList.remove('zooming');
  }

  function ask() {
    frame ||= requestAnimationFrame(paint);
  }

  function step() {
    const t = Math.min(1, (performance.now() - glide.start) / GLIDE_MS);
    view = viewport.between(glide.from, glide.to, 1 - (1 - t) ** 3);
    if (t < 1) {
      ask();
    } else {
      view = glide.to;
      glide = null;
    }
    stir();
  }

  /** The view moves; after a while without, it has settled. */
  function stir() {
    element.classList.add('moving');
    clearTimeout(rest);
    rest = setTimeout(settle, SETTLED_MS);
  }

  function settle() {
    clearTimeout(rest);
    rest = 0;
    element.classList.remove('moving');
    letter();
    picture.sharpen(view.scale);
    onSettled();
  }

  /** Follows the hand. */
  function set(to) {
    glide = null;
    fitted = false;
    if (!viewport.sameView(view, to)) {
      view = to;
      stir();
      ask();
    }
  }

  /** Goes there by itself: gliding, or at once where nothing should move. */
  function go(to, { atOnce = false } = {}) {
    fitted = false;
    if (atOnce || stillness.matches) {
      glide = null;
      view = to;
      paint();
      settle();
    } else if (!viewport.sameView(target(), to)) {
      glide = { from: view, to, start: performance.now() };
      ask();
    }
  }

  const target = () => glide?.to ?? view;

  const shown = () => ({ ...size, top: Math.min(covered(), size.height / 2) });

  function fit(how) {
    go(viewport.fit(image, shown()), how);
    fitted = true;
  }

  /** Keeps the middle in the middle when the window changes. */
  function resized() {
    const before = size;
    size = { width: element.clientWidth || 1, height: element.clientHeight || 1 };
    if (fitted) {
      fit({ atOnce: true });
    } else if (before.width !== size.width || before.height !== size.height) {
      const [dx, dy] = [(size.width - before.width) / 2, (size.height - before.height) / 2];
      go(viewport.pan(target(), dx, dy, image, size), { atOnce: true });
    }
  }

  const watcher = new ResizeObserver(resized);
  watcher.observe(element);

  /** Where the window is low the page scrolls: what is scrolled away is not seen. */
  const sight = new IntersectionObserver(sighted, { threshold: IN_SIGHT });
  sight.observe(element);

  function sighted(entries) {
    const before = inSight;
    inSight = entries.at(-1).intersectionRatio >= IN_SIGHT;
    if (inSight && !before) {
      onSettled();
    }
  }

  return {
    element,
    drawing,
    picture,
    shapes,
    sketch,
    set,
    fit,
    focusOn: (rect, how) => go(viewport.focus(rect, image, shown()), how),
    zoom: (factor, at) => set(viewport.zoomAt(target(), factor, at ?? viewport.middle(shown()), image, size)),
    pan: (dx, dy) => set(viewport.pan(view, dx, dy, image, size)),
    pinch: (...points) => set(viewport.pinch(view, ...points, image, size)),
    toImage: (point) => viewport.toImage(view, point),
    view: () => view,
    size: shown,
    isStill: () => glide === null,
    isInSight: () => inSight,
    /** Scrolls the page to the stage, if it is scrolled away. */
    reveal: () => inSight || element.scrollIntoView({ block: 'nearest' }),
    /** Where the pointer is, in pixels of the stage. */
    pointOf(event) {
      const { left, top } = drawing.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    },
    /** Another image: nothing of the one before stays. */
    begin(next, others) {
      image = { width: next.width, height: next.height };
      shapes.release();
      context.replaceChildren(...others.map((rect) => svg('rect', rectOf(rect))));
      select(null);
    },
    select,
    /** There is no image. */
    clear() {
      picture.clear();
      shapes.clear();
      context.replaceChildren();
      select(null);
      element.classList.remove('passing');
    },
    setLoading(on) {
      element.classList.toggle('loading', on);
      element.setAttribute('aria-busy', on);
    },
    dispose() {
      watcher.disconnect();
      sight.disconnect();
    },
  };

  function select(rect) {
    selected = rect;
    ask();
  }
}
