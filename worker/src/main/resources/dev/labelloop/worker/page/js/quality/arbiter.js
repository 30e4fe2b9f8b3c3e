import { byId, el } from '../dom.js';
import { createEditor } from '../editor/editor.js';
import { createKeys } from '../editor/keys.js';
import { previewUrl } from '../editor/picture.js';
import { decoded } from '../image.js';
import { loadStrings } from '../i18n.js';

/**
 * Opens one person's answer in the box editor, over the whole page. Not a dialog, because the editor
 * opens dialogs of its own (help, reasons) and leaves the keyboard to them.
 *
 * @returns {Promise<object|null>} the mended answer; null if the person leaves
 */
export async function arbitrate({ t, item, answer }) {
  const strings = await loadStrings('review');
  return new Promise((resolve) => {
    const before = document.activeElement;
    const beneath = [byId('shell'), byId('main')];
    const room = el('div', { class: 'room' });
    const title = t('quality.mendOf', { name: answer.reviewer });
    const leave = el('button', { type: 'button', onclick: () => close(null) }, t('do.cancel'));
    const cover = el(
      'section',
      { class: 'arbiter', tabindex: -1, aria: { label: title } },
      el('div', { class: 'row between' }, el('h2', {}, title), leave),
      room,
    );
    const keys = createKeys(localStorage);
    const editor = createEditor(room, { strings, keys, onFinish: close });

    function close(given) {
      document.removeEventListener('keydown', editor.key);
      editor.dispose();
      cover.remove();
      beneath.forEach((part) => (part.inert = false));
      before?.focus();
      resolve(given);
    }

    document.addEventListener('keydown', editor.key);
    beneath.forEach((part) => (part.inert = true));
    document.body.append(cover);
    cover.focus();
    editor.open(asView(item, answer), { picture: decoded(previewUrl(item)) });
  });
}

/** As if the image were reviewed again, beginning with this answer. */
function asView({ key, file, width, height, classes }, { boxes }) {
  const proposals = boxes.map((box) => ({ ...box, confidence: 1, sure: true }));
  return { key, file, width, height, classes, proposals, answer: null, version: 0, queries: null };
}
