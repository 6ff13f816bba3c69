// SPDX-License-Identifier: Apache-2.0
// Creates files from displayed data.

/** A spreadsheet would treat a text with this beginning as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** @param {unknown} value */
function cell(value) {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string[]} heads @param {unknown[][]} rows */
export const csv = (heads, rows) => [heads, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** @param {unknown[]} values */
export const lines = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** @param {string} name @param {string} type @param {string} text */
export function save(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
