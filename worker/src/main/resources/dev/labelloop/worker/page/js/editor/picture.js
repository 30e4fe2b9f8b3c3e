/**
 * The picture under the boxes. It lies in a layer as large as the image and is scaled with it: first a
 * preview, and over it the whole file once the preview is stretched and the file is decoded.
 */
import { el } from '../dom.js';
import { decoded } from '../image.js';

/** Pixels of a preview's longer side. */
export const PREVIEW_SIDE = 2048;

/** The whole file is fetched when a preview's pixel covers more than this many of the screen. */
const STRETCH = 1.25;

/** What to load first: a preview of a large image, else the file. */
export function previewUrl(view) {
  return longer(view) > PREVIEW_SIDE ? `${view.file}?side=${PREVIEW_SIDE}` : view.file;
}

const longer = (view) => Math.max(view.width, view.height);

export function createPicture() {
  const layer = el('div', { class: 'picture', aria: { hidden: 'true' } });
  let view = null;
  let whole = 'none'; // none, coming, there

  function clear() {
    view = null;
    whole = 'none';
    layer.replaceChildren();
  }

  /** Shows the image of this view as soon as it is decoded; resolves then, to false if it is too late. */
  async function open(next, coming) {
    clear();
    view = next;
    layer.style.width = `${next.width}px`;
    layer.style.height = `${next.height}px`;
    const image = await coming;
    if (view !== next) {
      return false;
    }
    show(image, 'preview');
    return true;
  }

  function show(image, name) {
    image.className = name;
    image.alt = '';
    image.draggable = false;
    layer.append(image);
  }

  const stretches = (scale) => scale * devicePixelRatio * longer(view) > STRETCH * PREVIEW_SIDE;

  /** The whole file is scaled only where it is seen: 48 million pixels cost too much in every frame. */
  function move({ scale, x, y }) {
    layer.style.transform = `matrix(${scale}, 0, 0, ${scale}, ${x}, ${y})`;
    if (whole === 'there') {
      layer.lastChild.hidden = !stretches(scale);
    }
  }

  /** Fetches the whole file if the preview no longer does at this scale. */
  async function sharpen(scale) {
    const shown = view;
    const fits = !shown || longer(shown) <= PREVIEW_SIDE || !stretches(scale);
    if (fits || whole !== 'none' || !layer.firstChild) {
      return;
    }
    whole = 'coming';
    try {
      const image = await decoded(shown.file);
      if (view === shown) {
        show(image, 'whole');
        whole = 'there';
      }
    } catch (error) {
      console.warn(`the whole image ${shown.file} cannot be shown, the preview stays`, error);
    }
  }

  return { layer, open, clear, move, sharpen };
}
