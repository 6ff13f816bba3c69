// SPDX-License-Identifier: Apache-2.0
// What may be done to a job as it stands, by who looks at it: nothing else has a button, and each button says which permission it takes.
import { html, nothing } from 'lit';
import { patch, part, post } from './api.js';
import { changed as told, doing, question } from './dialogs.js';
import { changeOf, changed } from './job-change.js';

const TIMES = ['time', 'retry', 'rate limited'];
const STARTABLE = ['waiting', 'queued'];
const ENDED_BADLY = ['failed', 'cancelled'];

/** @typedef {{text: string, when: (job: any) => boolean, own: string, others: string, danger?: boolean, ask?: (job: any) => any, deed: (at: string, values: any, job: any) => Promise<any>, done: string}} Action */

/** @param {string} text what was typed @returns {unknown} as JSON, or as a text */
function value(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const waitsFor = (job, reason) => job.status === 'waiting' && job.reason === reason;
/** The signal that it waits for: the wait is called "signal NAME", and "signal NAME 2" the second time. */
const awaited = (job) =>
  (job.steps ?? []).find((step) => step.kind === 'signal' && !step.endedAt && !step.droppedAfter)?.name.split(' ')[1] ?? '';

/** @type {Action[]} */
const ACTIONS = [
  {
    text: 'Cancel',
    when: (job) => ['waiting', 'queued', 'running'].includes(job.status),
    own: 'cancel',
    others: 'cancel:all',
    danger: true,
    ask: (job) => ({
      title: 'Cancel this job?',
      text: job.status === 'running' ? 'It runs: its handler is asked to end.' : 'It will not start.',
      action: 'Cancel it',
      danger: true,
    }),
    deed: (at) => post(`${at}/cancel`),
    done: 'The job is cancelled, or asked to end.',
  },
  {
    text: 'Retry',
    when: (job) => ENDED_BADLY.includes(job.status),
    own: 'retry',
    others: 'retry:all',
    deed: (at) => post(`${at}/retry`),
    done: 'The job is given another life.',
  },
  {
    text: 'Retry with what ended because of it',
    when: (job) => ENDED_BADLY.includes(job.status) && job.tookAlong,
    own: 'retry',
    others: 'retry:all',
    deed: (at) => post(`${at}/retry`, { withDependents: true }),
    done: 'The job, and those that ended because of it, are given another life.',
  },
  {
    text: 'Run now',
    when: (job) => job.status === 'waiting' && TIMES.includes(job.reason),
    own: 'submit',
    others: 'operate',
    deed: (at) => post(`${at}/run-now`),
    done: 'The job is ready.',
  },
  {
    text: 'Pause',
    when: (job) => STARTABLE.includes(job.status) && job.reason !== 'paused',
    own: 'operate',
    others: 'operate',
    ask: () => ({
      title: 'Pause this job',
      action: 'Pause it',
      fields: [
        { name: 'reason', label: 'Why', hint: 'for whoever asks' },
        { name: 'until', label: 'Until', hint: 'an instant, or such as 2h; until it is resumed if left out' },
      ],
    }),
    deed: (at, { reason, until }) => post(`${at}/pause`, { ...(reason && { reason }), ...(until && { until }) }),
    done: 'The job is paused.',
  },
  {
    text: 'Resume',
    when: (job) => waitsFor(job, 'paused'),
    own: 'operate',
    others: 'operate',
    deed: (at) => post(`${at}/resume`),
    done: 'The job is resumed.',
  },
  {
    text: 'Change …',
    when: (job) => STARTABLE.includes(job.status),
    own: 'submit',
    others: 'operate',
    ask: changeOf,
    deed: async (at, typed, job) => patch(at, changed(job, typed)),
    done: 'The job is changed.',
  },
  {
    text: 'Signal',
    when: (job) => waitsFor(job, 'signal'),
    own: 'signal',
    others: 'signal:all',
    ask: (job) => ({
      title: 'Give it the signal that it waits for',
      action: 'Give it',
      fields: [
        { name: 'name', label: 'Signal', required: true, value: awaited(job) },
        { name: 'value', label: 'Value, as JSON', type: 'json', value: 'true' },
      ],
    }),
    deed: (at, { name, value: text }) => post(`${at}/signal/${part(name)}`, { value: value(text) }),
    done: 'The job is told.',
  },
];

/** Whoever has its token may answer a callback: that is all that it takes. */
const CALLBACK = {
  ask: () => ({
    title: 'Answer the callback that it waits for',
    action: 'Answer it',
    fields: [
      { name: 'token', label: 'Token', required: true, hint: 'as the handler gave it away' },
      { name: 'value', label: 'Value, as JSON', type: 'json', value: 'true' },
      { name: 'error', label: 'Or what went wrong', hint: 'in place of a value' },
    ],
  }),
  deed: (_at, { token, value: text, error }) => post(`/callbacks/${part(token.trim())}`, error ? { error } : { value: value(text) }),
  done: 'The callback is answered.',
};

async function act(screen, job, { ask, deed, done }) {
  const at = `/jobs/${part(job.id)}`;
  const values = ask ? await question(ask(job)) : {};
  if (values) {
    await doing(
      () => deed(at, values, job),
      (answer) => told(answer, done),
    );
  }
  screen.refresh();
}

/** Those of one job, of its submitter or of another. */
const needed = (screen, job, { own, others }) => (job.submitter === screen.me.name ? own : others);

/** @param {import('./screen.js').Screen} screen @param {any} job */
export function actions(screen, job) {
  const possible = ACTIONS.filter((action) => action.when(job) && screen.may(needed(screen, job, action)));
  const mayClone = screen.may('submit') && !job.hidden;
  const answers = waitsFor(job, 'callback');
  return possible.length || mayClone || answers
    ? html`<p class="buttons">${possible.map((action) => html`<button class=${action.danger ? 'danger' : ''} title="takes the permission ${needed(screen, job, action)}" @click=${() => act(screen, job, action)}>${action.text}</button> `)}
        ${answers ? html`<button title="takes the token of the callback" @click=${() => act(screen, job, CALLBACK)}>Answer callback</button>` : nothing}
        ${mayClone ? html`<a class="button" href="#/submit/${part(job.type)}?like=${job.id}" title="takes the permission submit">Submit one like it …</a>` : nothing}</p>`
    : nothing;
}

const AGAIN = { own: 'retry', others: 'retry:all' };

/** Has a job that ended badly do a step and all behind it again. @param {import('./screen.js').Screen} screen @param {any} job @param {{name: string, droppedAfter: number|null}} step */
export function retryFrom(screen, job, step) {
  const permission = needed(screen, job, AGAIN);
  if (step.droppedAfter || !ENDED_BADLY.includes(job.status) || !screen.may(permission)) return nothing;
  return html`<button title="takes the permission ${permission}" aria-label="Retry from ${step.name}" @click=${() =>
    act(screen, job, {
      ask: () => ({
        title: `Retry from ${step.name}?`,
        text: 'This step, and all behind it, are done again. What they gave is kept, to be read.',
        action: 'Retry it',
      }),
      deed: (at) => post(`${at}/retry`, { fromStep: step.name }),
      done: 'The job is given another life.',
    })}>Retry from here</button>`;
}
