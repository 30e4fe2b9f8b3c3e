import { el, freshId } from './dom.js';

/**
 * A dialog that waits for an answer; Escape is null.
 *
 * @param {object} what
 * @param {string} what.title
 * @param {Array} [what.content] nodes and text
 * @param {Array<{label: string, value: *, kind?: string}>} what.actions buttons, the first is the way out;
 *     `kind` is a class of buttons ('primary', 'danger'); a function as value is called for the value
 *     (null or a rejected promise keeps the dialog open)
 * @param {string} [what.className] 'wide'
 * @returns {Promise<*>} the value of the button
 */
export function openDialog({ title, content = [], actions, className = '' }) {
  return new Promise((resolve) => {
    const id = freshId('dialog');
    let result = null;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const form = el(
      'form',
      { method: 'dialog' },
      el('h2', { id }, title),
      ...content,
      el(
        'div',
        { class: 'actions' },
        actions.map((action) => actionButton(action, close)),
      ),
    );
    form.addEventListener('keydown', (event) => {
      // Of itself a browser does so only from text fields, and only if there is one alone.
      if (event.key === 'Enter' && event.target.matches('input') && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.querySelector('.actions button.primary, .actions button.danger')?.click();
    });
    const dialog = el('dialog', { class: className, aria: { labelledby: id } }, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Yes or no. */
export async function confirmDialog({ title, text, yes, no, danger = false }) {
  const actions = [
    { label: no, value: false },
    { label: yes, value: true, kind: danger ? 'danger' : 'primary' },
  ];
  return (await openDialog({ title, content: text ? [el('p', {}, text)] : [], actions })) === true;
}

function actionButton({ label, value, kind = '' }, close) {
  const button = el('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', async () => {
    if (typeof value !== 'function') {
      close(value);
      return;
    }
    button.disabled = true;
    try {
      const given = await value();
      if (given !== null) {
        close(given);
      }
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
