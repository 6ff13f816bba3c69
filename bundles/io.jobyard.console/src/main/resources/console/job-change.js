// SPDX-License-Identifier: Apache-2.0
// Changes the priority, queue, time, timeout, labels or limits of a job that has not started.
import { Problem } from './api.js';
import { spelled } from './words.js';

const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line);

/** @param {Record<string, string>} labels */
const asLines = (labels) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

/** Returns the dialog. @param {any} job */
export const changeOf = (job) => ({
  title: 'Change this job',
  action: 'Change job',
  fields: [
    { name: 'priority', label: 'Priority (1 is highest)', type: 'number', value: String(job.priority), required: true },
    { name: 'queue', label: 'Queue', value: job.queue, hint: 'default: the queue of the type' },
    {
      name: 'notBefore',
      label: 'Not before',
      value: job.notBefore ?? '',
      hint: 'an instant, or a duration from now, for example 2h; empty: now',
    },
    { name: 'timeout', label: 'Timeout', value: spelled(job.timeoutSeconds), hint: 'for example 90s or 5m', required: true },
    { name: 'limits', label: 'Limits', value: (job.limits ?? []).join(', '), hint: 'names, separated by commas' },
    { name: 'labels', label: 'Labels', type: 'lines', value: asLines(job.labels), hint: 'NAME=VALUE, one per line' },
  ],
});

/** @param {Record<string, string>} before @param {string} text */
function labels(before, text) {
  const after = Object.fromEntries(
    lines(text).map((line) => {
      const equals = line.indexOf('=');
      if (equals < 1) throw new Problem(400, { message: `“${line}” is not a label`, fix: 'use NAME=VALUE, one per line' });
      return [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
  const gone = Object.keys(before)
    .filter((name) => !(name in after))
    .map((name) => [name, null]);
  return Object.fromEntries([...Object.entries(after).filter(([name, value]) => before[name] !== value), ...gone]);
}

/** Returns only the changed fields. @param {any} job @param {Record<string, string>} typed @returns {Record<string, unknown>} */
export function changed(job, typed) {
  const before = Object.fromEntries(changeOf(job).fields.map((field) => [field.name, field.value]));
  const differs = (name) => typed[name].trim() !== before[name];
  const change = {};
  if (differs('priority')) change.priority = Number(typed.priority);
  if (differs('queue')) change.queue = typed.queue.trim() || null;
  if (differs('notBefore')) change.notBefore = typed.notBefore.trim() || null;
  if (differs('timeout')) change.timeout = typed.timeout.trim();
  if (differs('limits')) {
    change.limits = typed.limits
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name);
  }
  const marks = labels(job.labels, typed.labels);
  if (Object.keys(marks).length) change.labels = marks;
  return change;
}
