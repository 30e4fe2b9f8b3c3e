/**
 * Words in the reader's language. `strings/<part>.<language>.json` maps a key to a sentence with
 * `{name}` places, or to `{"one": …, "other": …}` where the value `n` decides (Intl.PluralRules; a
 * language without a plural, such as Chinese, has only "other").
 */
export const LANGUAGES = { en: 'English', zh: '中文' };
const STORED = 'labelloop.language';

/** 'en' or 'zh', as early.js found it. */
export function language() {
  return globalThis.document?.documentElement.lang === 'zh' ? 'zh' : 'en';
}

/** The language with the region that the browser is set to, if it has one: dates differ by region. */
function locale() {
  const regions = globalThis.navigator?.languages ?? [];
  return regions.find((region) => region.split('-')[0] === language()) ?? language();
}

/** Remembers the language and shows the page in it. */
export function switchLanguage(to) {
  localStorage.setItem(STORED, to);
  location.reload();
}

/** Loads one part's strings and the common ones: `const t = await loadStrings('review')`. */
export async function loadStrings(part) {
  const names = part === 'common' ? ['common'] : [part, 'common'];
  const tables = await Promise.all(names.map((name) => load(name, language())));
  return translator(Object.assign({}, ...tables.reverse()), language());
}

async function load(part, lang) {
  const response = await fetch(`/assets/strings/${part}.${lang}.json`);
  if (!response.ok) {
    throw new Error(`the words of ${part} in ${lang} cannot be loaded: ${response.status}`);
  }
  return response.json();
}

/**
 * `t(key, values)`, over a table. A key that is missing is shown as it is and reported to the
 * console: a wrong word is better than a blank page. `t.has(key)` asks first.
 */
export function translator(table, lang) {
  const rules = new Intl.PluralRules(lang);
  const t = (key, values = {}) => {
    const entry = table[key];
    if (entry === undefined) {
      console.error(`no words for "${key}" in ${lang}`);
      return key;
    }
    return place(chosen(entry, values, rules), values, lang);
  };
  t.has = (key) => key in table;
  t.language = lang;
  return t;
}

function chosen(entry, values, rules) {
  return typeof entry === 'string' ? entry : (entry[rules.select(values.n ?? 0)] ?? entry.other);
}

function place(sentence, values, lang) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? shown(values[name], lang) : whole,
  );
}

function shown(value, lang) {
  return typeof value === 'number' ? numbers(lang, {}).format(value) : String(value);
}

const formats = new Map(); // one per kind: to make one takes longer than to write a thousand numbers

function numbers(locale, options) {
  const kind = `${locale} ${JSON.stringify(options)}`;
  if (!formats.has(kind)) {
    formats.set(kind, new Intl.NumberFormat(locale, options));
  }
  return formats.get(kind);
}

const NONE = '–';

/** A number with at most so many decimals; a dash for null. */
export function number(value, digits = 0) {
  return format(value, { maximumFractionDigits: digits });
}

/** A fraction as per cent: 0.913 → "91.3%". */
export function percent(value, digits = 1) {
  return format(value, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Seconds as people say them: "0.8 s", "42 s", "12 min", "3 h 20 min". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return NONE;
  }
  const unit = (value, name, digits = 0) =>
    format(value, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    });
  if (seconds < 90) {
    return unit(seconds, 'second', seconds < 10 ? 1 : 0);
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return unit(minutes, 'minute');
  }
  const rest = minutes % 60;
  return unit(Math.floor(minutes / 60), 'hour') + (rest === 0 ? '' : ` ${unit(rest, 'minute')}`);
}

/** A moment, from ISO 8601: date and time to the minute, in the reader's zone. */
export function moment(iso) {
  return iso
    ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
        new Date(iso),
      )
    : NONE;
}

function format(value, options) {
  return value === null || value === undefined || Number.isNaN(value)
    ? NONE
    : numbers(locale(), options).format(value);
}

/** What the server said, which begins as if in the middle of a sentence, where it stands alone. */
export const asSentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);
