import { el } from '../dom.js';
import { createEditor } from '../editor/editor.js';
import { createKeys } from '../editor/keys.js';
import { loaded, previewUrl } from '../editor/picture.js';
import { loadStrings } from '../i18n.js';

/**
 * Opens one person's answer in the box editor, over the whole page.
 *
 * @returns {Promise<object|null>} the mended answer; null if the person leaves
 */
export async function arbitrate({ t, item, answer }) {
  const strings = await loadStrings('review');
  return new Promise((resolve) => {
    let result = null;
    const room = el('div', { class: 'room' });
    const leave = el('button', { type: 'button', onclick: () => dialog.close() }, t('do.cancel'));
    const title = t('quality.mendOf', { name: answer.reviewer });
    const dialog = el(
      'dialog',
      { class: 'arbiter', aria: { label: title } },
      el('div', { class: 'row between' }, el('h2', {}, title), leave),
      room,
    );
    const editor = createEditor(room, {
      strings,
      keys: createKeys(localStorage),
      onFinish(given) {
        result = given;
        dialog.close();
      },
    });
    const onkeydown = (event) => editor.key(event);
    document.addEventListener('keydown', onkeydown);
    dialog.addEventListener('close', () => {
      document.removeEventListener('keydown', onkeydown);
      editor.dispose();
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    editor.open(asView(item, answer), { picture: loaded(previewUrl(item)) });
  });
}

/** As if the image were reviewed again, beginning with this answer. */
function asView({ key, file, width, height, classes }, { boxes }) {
  const proposals = boxes.map((box) => ({ ...box, confidence: 1, sure: true }));
  return { key, file, width, height, classes, proposals, answer: null, version: 0, queries: null };
}
