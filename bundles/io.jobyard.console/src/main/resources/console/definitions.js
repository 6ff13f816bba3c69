// SPDX-License-Identifier: Apache-2.0
// Adds, changes and removes limits and queues while hosts run. Definitions in files must be changed in the files.
import { html, nothing } from 'lit';
import { Problem, part, patch, remove } from './api.js';
import { note, question } from './dialogs.js';

const KEYS = {
  limit: [
    'running.max = 2',
    'rate.requests = 60/m burst 10',
    'budget.usd = 50/month warn 80%',
    'budget.zone = Europe/Berlin',
    'key = payload.model',
    'keys.max = 10000',
  ],
  queue: [
    'running.max = 4',
    'rate = 60/m burst 10',
    'types = mail,report-*',
    'paused = true',
    'backlog.alert.ready.max = 10000',
    'backlog.alert.oldest.seconds = 600',
  ],
};
const NAMES = { limit: 'Limit', queue: 'Queue' };
const LOST = { limit: 'Jobs that use the limit wait until it exists again.', queue: 'Jobs stay in the queue, without limits.' };

/** @param {string} text one line for each key */
function settings(text) {
  const wrong = text.split('\n').find((line) => line.trim() && line.indexOf('=') < 1);
  if (wrong) throw new Problem(400, { message: `“${wrong.trim()}” is not a setting`, fix: 'use KEY = VALUE, one per line' });
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => {
        const sign = line.indexOf('=');
        return [line.slice(0, sign).trim(), line.slice(sign + 1).trim()];
      }),
  );
}

/** @param {'limit'|'queue'} kind @param {any} [thing] the definition to change; adds a new one by default */
export async function define(kind, thing) {
  const name = { name: 'name', label: 'Name', required: true };
  const done = await question({
    title: thing ? `Set keys of ${kind} ${thing.name}` : `Create a ${kind}`,
    action: thing ? 'Set keys' : `Create ${kind}`,
    text: html`<p>Takes effect at once, on all hosts of the database. ${thing ? html`Other keys stay unchanged; <code>KEY =</code> removes a key.` : nothing}</p>
      <p>Examples: ${KEYS[kind].map((key, at) => html`${at ? ', ' : ''}<code>${key}</code>`)}.</p>`,
    fields: [...(thing ? [] : [name]), { name: 'settings', label: 'Keys, one per line', type: 'lines', required: true }],
    deed: (values) => patch(`/${kind}s/${part(thing?.name ?? values.name.trim())}`, { settings: settings(values.settings) }),
  });
  if (done) note(`${NAMES[kind]} ${done.name} saved.`);
}

/** @param {'limit'|'queue'} kind @param {string} name */
export async function forget(kind, name) {
  const done = await question({
    title: `Remove the ${kind} ${name}?`,
    text: LOST[kind],
    action: `Remove ${kind}`,
    danger: true,
    deed: () => remove(`/${kind}s/${part(name)}`),
  });
  if (done) note(`${NAMES[kind]} ${name} removed.`);
}
