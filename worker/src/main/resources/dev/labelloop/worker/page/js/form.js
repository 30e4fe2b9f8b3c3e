import { ApiError } from './api.js';
import { el, freshId } from './dom.js';

/**
 * An input with its label, and a hint if given. `props` go to the input.
 *
 * @returns {{node: HTMLElement, input: HTMLElement}}
 */
export function field({ label, hint = null, ...props }) {
  return labelled(label, hint, (own) =>
    el('input', { type: 'text', autocapitalize: 'none', spellcheck: 'false', ...own, ...props }),
  );
}

/** A choice of one: `options` are pairs of value and words. */
export function choice({ label, hint = null, options, value, ...props }) {
  return labelled(label, hint, (own) =>
    el(
      'select',
      { ...own, ...props },
      options.map(([key, words]) => el('option', { value: key, selected: key === value }, words)),
    ),
  );
}

/** Room for some sentences. */
export function textArea({ label, hint = null, ...props }) {
  return labelled(label, hint, (own) => el('textarea', { rows: 3, ...own, ...props }));
}

function labelled(label, hint, make) {
  const id = freshId('field');
  const described = hint ? { describedby: `${id}-hint` } : {};
  const input = make({ id, aria: described });
  const node = el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    input,
    hint ? el('span', { class: 'hint', id: `${id}-hint` }, hint) : null,
  );
  return { node, input };
}

/**
 * A form that sends once at a time and shows the server's sentence if it refuses.
 *
 * @param {object} what
 * @param {Array} what.content
 * @param {string} what.action words of the button
 * @param {() => Promise<*>} what.send
 * @param {(error: ApiError) => string} [what.words] for a refusal; the server's own if missing
 * @param {boolean} [what.wide] the button as wide as the form
 */
export function form({ content, action, send, words = (error) => error.message, wide = false }) {
  const trouble = el('div', { class: 'notice bad', role: 'alert', hidden: true });
  const button = el('button', { class: 'primary', type: 'submit' }, action);
  const row = wide ? el('div', { class: 'stack' }, button) : el('div', { class: 'row' }, button);
  const node = el('form', { class: 'stack', novalidate: false }, content, trouble, row);
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-busy') === 'true') {
      return;
    }
    trouble.hidden = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await send(node);
    } catch (error) {
      show(trouble, error, words);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
  return node;
}

function show(trouble, error, words) {
  if (!(error instanceof ApiError)) {
    throw error;
  }
  trouble.textContent = words(error);
  trouble.hidden = false;
}
