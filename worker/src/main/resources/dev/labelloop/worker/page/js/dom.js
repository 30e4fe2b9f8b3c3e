/**
 * Elements made by code. Children are elements or text; text stays text, so a class name such as
 * "<b>" is shown as it is written. There is no way to hand in HTML.
 */

/** Set as properties, because the attribute is only the first value or does not exist. */
const PROPERTIES = new Set([
  'value',
  'checked',
  'indeterminate',
  'disabled',
  'selected',
  'readOnly',
]);

/**
 * An HTML element.
 *
 * @param {string} tag such as 'button'
 * @param {object} [props] attributes by name; `on…` functions are listeners ('onclick'), `dataset` and
 *     `style` are objects (style by CSSOM, as the page's policy forbids style attributes), `aria` an
 *     object of ARIA attributes without their prefix; null, undefined and false are left out
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element; as {@link el}. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Puts these children in place of those that are there, and returns the parent. */
export function replace(parent, ...children) {
  parent.replaceChildren(...flat(children));
  return parent;
}

/** The element with this id; an error that names it if there is none. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no element #${id}`);
  }
  return found;
}

let ids = 0;

/** An id that nothing else on this page has, for labels and descriptions. */
export function freshId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    set(node, name, value);
  }
  node.append(...flat(children));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name.startsWith('on')) {
    node.addEventListener(name.slice(2), value);
  } else if (name === 'dataset' || name === 'style') {
    Object.assign(node[name], value);
  } else if (name === 'aria') {
    for (const [key, word] of Object.entries(value)) {
      if (word !== null && word !== undefined) {
        node.setAttribute(`aria-${key}`, word);
      }
    }
  } else if (PROPERTIES.has(name) && name in node) {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? '' : value);
  }
}

function flat(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}
