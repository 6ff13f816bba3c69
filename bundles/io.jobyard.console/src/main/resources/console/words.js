// SPDX-License-Identifier: Apache-2.0
// Times and numbers in words.

const UNITS = [
  ['d', 86400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** @param {number|null|undefined} seconds */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const amount = Math.abs(seconds);
  if (amount < 1) return `${Math.round(amount * 1000)} ms`;
  if (amount < 10) return `${amount.toFixed(1)} s`;
  const first = UNITS.findIndex(([, size]) => amount >= size);
  const [name, size] = UNITS[first];
  const whole = Math.floor(amount / size);
  const next = UNITS[first + 1];
  const rest = next ? Math.floor((amount - whole * size) / next[1]) : 0;
  return rest ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}

/** @param {string} instant */
export function relative(instant) {
  const seconds = (Date.parse(instant) - Date.now()) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(seconds)} ago`;
}

/** @param {string} instant */
export function exact(instant) {
  return `${new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })} (${instant})`;
}

/** Formats a duration for the host. @param {number} seconds */
export const spelled = (seconds) => (Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`);

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
/** @param {number|null|undefined} amount */
export const number = (amount) => (amount === null || amount === undefined ? '–' : NUMBER.format(amount));

/** @param {number} amount @param {string} one @param {string} [many] */
export const counted = (amount, one, many = `${one}s`) => `${number(amount)} ${amount === 1 ? one : many}`;

/** Shortens an id to its end, which differs between jobs. @param {string} id */
export const short = (id) => id.slice(-8);

/** @param {unknown} value */
export const json = (value) => JSON.stringify(value, null, 2);
