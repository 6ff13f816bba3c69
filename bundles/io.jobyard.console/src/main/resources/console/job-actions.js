// SPDX-License-Identifier: Apache-2.0
// What may be done to a job as it stands, by who looks at it: nothing else has a button.
import { html, nothing } from 'lit';
import { patch, part, post } from './api.js';
import { changed, doing, question } from './dialogs.js';
import { jobLink } from './parts.js';

const TIMES = ['time', 'retry', 'rate limited'];
const STARTABLE = ['waiting', 'queued'];

/** @typedef {{text: string, when: (job: any) => boolean, own: string, others: string, danger?: boolean, ask?: (job: any) => any, deed: (at: string, values: any) => Promise<any>, done: (job: any, answer: any) => unknown}} Action */

/** @param {string} text what was typed @returns {unknown} as JSON, or as a text */
function value(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const told = (word) => (_job, answer) => changed(answer, `The job is ${word}.`);

/** @type {Action[]} */
const ACTIONS = [
  {
    text: 'Cancel', when: (job) => ['waiting', 'queued', 'running'].includes(job.status), own: 'cancel', others: 'cancel:all', danger: true,
    ask: (job) => ({ title: 'Cancel this job?', text: job.status === 'running' ? 'It runs: its handler is asked to end.' : 'It will not start.', action: 'Cancel it', danger: true }),
    deed: (at) => post(`${at}/cancel`), done: told('cancelled, or asked to end'),
  },
  { text: 'Retry', when: (job) => ['failed', 'cancelled'].includes(job.status), own: 'retry', others: 'retry:all', deed: (at) => post(`${at}/retry`), done: told('given another life') },
  { text: 'Run now', when: (job) => job.status === 'waiting' && TIMES.includes(job.reason), own: 'submit', others: 'operate', deed: (at) => post(`${at}/run-now`), done: told('ready') },
  {
    text: 'Pause', when: (job) => STARTABLE.includes(job.status) && job.reason !== 'paused', own: 'operate', others: 'operate',
    ask: () => ({ title: 'Pause this job', action: 'Pause it', fields: [{ name: 'reason', label: 'Why', hint: 'for whoever asks' }, { name: 'until', label: 'Until', hint: 'an instant, or such as 2h; until it is resumed if left out' }] }),
    deed: (at, { reason, until }) => post(`${at}/pause`, { ...(reason && { reason }), ...(until && { until }) }), done: told('paused'),
  },
  { text: 'Resume', when: (job) => job.status === 'waiting' && job.reason === 'paused', own: 'operate', others: 'operate', deed: (at) => post(`${at}/resume`), done: told('resumed') },
  {
    text: 'Change level', when: (job) => STARTABLE.includes(job.status), own: 'submit', others: 'operate',
    ask: (job) => ({ title: 'Change the level', action: 'Change it', fields: [{ name: 'priority', label: 'Level, 1 first', type: 'number', value: String(job.priority), required: true }] }),
    deed: (at, { priority }) => patch(at, { priority: Number(priority) }), done: told('changed'),
  },
  {
    text: 'Signal', when: (job) => job.status === 'waiting' && job.reason === 'signal', own: 'signal', others: 'signal:all',
    ask: (job) => ({
      title: 'Give it the signal that it waits for', action: 'Give it',
      fields: [{ name: 'name', label: 'Signal', required: true, value: (job.steps ?? []).find((step) => step.kind === 'signal' && !step.endedAt)?.name ?? '' }, { name: 'value', label: 'Value, as JSON', type: 'json', value: 'true' }],
    }),
    deed: (at, { name, value: text }) => post(`${at}/signal/${part(name)}`, { value: value(text) }), done: told('told'),
  },
];

/** @param {import('./screen.js').Screen} screen @param {any} job */
export function actions(screen, job) {
  const at = `/jobs/${part(job.id)}`;
  const possible = ACTIONS.filter((action) => action.when(job) && screen.mayFor(job, action.own, action.others));
  const act = async (action) => {
    const values = action.ask ? await question(action.ask(job)) : {};
    if (values) await doing(() => action.deed(at, values), (answer) => action.done(job, answer));
    screen.refresh();
  };
  const clone = () => doing(() => post(`${at}/clone`, {}), (answer) => html`Submitted ${jobLink(answer.id, 'a job like it')}.`);
  const mayClone = screen.may('submit') && !job.hidden;
  return possible.length || mayClone
    ? html`<p class="buttons">${possible.map((action) => html`<button class=${action.danger ? 'danger' : ''} @click=${() => act(action)}>${action.text}</button> `)}
        ${mayClone ? html`<button @click=${clone}>Submit one like it</button>` : nothing}</p>`
    : nothing;
}
