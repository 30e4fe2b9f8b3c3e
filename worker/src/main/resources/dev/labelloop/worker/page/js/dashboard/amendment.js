/** What a person types to amend a campaign, and what of it the server takes. Pure. */

/** Ten years: longer ones are slips of the pen, to the server too. */
const MOST_HOURS = 87_600;
const MOST_ROUNDS = 1_000;

const isShare = (number) => number > 0 && number <= 1;

/** People speak of per cent and hours, the server of shares and ISO 8601. */
const FIELDS = {
  budget: {
    read: (text) => text.replace(/\s*%$/, ''),
    fits: (number) => isShare(number / 100),
    sent: (number) => +(number / 100).toFixed(10),
  },
  deadline: {
    fits: (number) => number > 0 && number <= MOST_HOURS,
    sent: (number) => `PT${Math.max(1, Math.round(3600 * number))}S`,
  },
  target: { fits: isShare },
  rounds: {
    fits: (number) => Number.isInteger(number) && number >= 1 && number <= MOST_ROUNDS,
  },
};

/**
 * @param {Object<string, string>} typed by field; an empty one changes nothing
 * @returns {{value: object, faults: {field: string, typed: string}[]}} value: for the server, if there
 *     are no faults
 */
export function amendment(typed) {
  const value = {};
  const faults = [];
  for (const [field, { read = (text) => text, fits, sent = (number) => number }] of Object.entries(
    FIELDS,
  )) {
    const text = typed[field].trim();
    if (text !== '') {
      const plain = read(text).replace(',', '.');
      const number = plain === '' ? NaN : Number(plain);
      fits(number) ? (value[field] = sent(number)) : faults.push({ field, typed: text });
    }
  }
  return { value, faults };
}
