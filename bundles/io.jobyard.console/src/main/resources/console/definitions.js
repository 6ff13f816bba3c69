// SPDX-License-Identifier: Apache-2.0
// Makes, changes and removes limits and queues while hosts run. Those of files are changed there.
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
const LOST = { limit: 'Jobs that name it wait until there is one again.', queue: 'Its jobs stay in it, without bounds.' };

/** @param {string} text a line for each key */
function settings(text) {
  const wrong = text.split('\n').find((line) => line.trim() && line.indexOf('=') < 1);
  if (wrong) throw new Problem(400, { title: `“${wrong.trim()}” is no setting`, fix: 'write KEY = VALUE, one in a line' });
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

/** @param {'limit'|'queue'} kind @param {any} [thing] that is changed; a new one if left out */
export async function define(kind, thing) {
  const name = { name: 'name', label: 'Name', required: true };
  const done = await question({
    title: thing ? `Set keys of ${kind} ${thing.name}` : `Make a ${kind}`,
    action: thing ? 'Set them' : 'Make it',
    text: html`<p>It counts at once, on all hosts of the database. ${thing ? html`Keys that you do not name stay as they are; <code>KEY =</code> takes one away.` : nothing}</p>
      <p>The keys are such as ${KEYS[kind].map((key, at) => html`${at ? ', ' : ''}<code>${key}</code>`)}.</p>`,
    fields: [...(thing ? [] : [name]), { name: 'settings', label: 'Keys, one in a line', type: 'lines', required: true }],
    deed: (values) => patch(`/${kind}s/${part(thing?.name ?? values.name.trim())}`, { settings: settings(values.settings) }),
  });
  if (done) note(`The ${kind} ${done.name} is set.`);
}

/** @param {'limit'|'queue'} kind @param {string} name */
export async function forget(kind, name) {
  const done = await question({
    title: `Remove the ${kind} ${name}?`,
    text: LOST[kind],
    action: 'Remove it',
    danger: true,
    deed: () => remove(`/${kind}s/${part(name)}`),
  });
  if (done) note(`The ${kind} ${name} is gone.`);
}
