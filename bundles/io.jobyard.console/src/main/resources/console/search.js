// SPDX-License-Identifier: Apache-2.0
// Converts the text of the search field to the address of a screen.

export const FILTERS = ['status', 'reason', 'type', 'queue', 'submitter', 'label', 'since', 'until', 'error', 'schedule', 'group'];

/** Filters that may have several values. A job matches with any of them. */
const SEVERAL = ['status', 'reason', 'type', 'queue', 'submitter'];

/** Splits the input for a filter at commas if the filter may have several values. @param {string} name @param {string} text @returns {string[]} */
export const valuesOf = (name, text) =>
  (SEVERAL.includes(name) ? text.split(',').map((value) => value.trim()) : [text]).filter((value) => value);

/** Returns the values of a filter as input text. @param {string} name @param {URLSearchParams} query @returns {string} */
export const typed = (name, query) => (SEVERAL.includes(name) ? query.getAll(name).join(',') : (query.get(name) ?? ''));

const ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** @param {string} text for example "status:failed label:run=night timed out" @returns {string} */
export function toAddress(text) {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word);
  if (words.length === 1 && ID.test(words[0])) return `#/jobs/${words[0]}`;
  const query = new URLSearchParams();
  const rest = [];
  for (const word of words) {
    const colon = word.indexOf(':');
    const name = word.slice(0, colon);
    if (colon > 0 && FILTERS.includes(name)) valuesOf(name, word.slice(colon + 1)).forEach((value) => query.append(name, value));
    else rest.push(word);
  }
  if (rest.length) query.set('error', rest.join(' '));
  return `#/jobs?${query}`;
}
