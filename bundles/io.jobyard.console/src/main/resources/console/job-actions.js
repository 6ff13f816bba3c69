// SPDX-License-Identifier: Apache-2.0
// Actions that the user may perform on a job in its current state. Other actions have no button. Each button shows its permission.
import { html, nothing } from 'lit';
import { patch, part, post } from './api.js';
import { changeable, changes, declared } from './declared.js';
import { changed, doing, given, question } from './dialogs.js';

const TIMES = ['time', 'retry', 'rate limited'];
const STARTABLE = ['waiting', 'queued'];
const ENDED_BADLY = ['failed', 'cancelled'];

/** @typedef {{text: string, when: (job: any) => boolean, own: string, others: string, danger?: boolean, ask?: (job: any) => any, deed: (at: string, values: any, job: any) => Promise<any>, done: string}} Action */

/** @param {string} text the input @returns {unknown} parsed JSON, or the text */
function value(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const waitsFor = (job, reason) => job.status === 'waiting' && job.reason === reason;
/** Returns the name of the awaited signal. The wait is called "signal NAME", and "signal NAME 2" the second time. */
const awaited = (job) =>
  (job.steps ?? []).find((step) => step.kind === 'signal' && !step.endedAt && !step.droppedAfter)?.name.split(' ')[1] ?? '';

/** Returns the dialog of a change. @param {any} job */
const changeOf = async (job) => ({
  title: 'Change this job',
  action: 'Change job',
  fields: changeable(await declared('changeJobBody'), job),
});

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
      text: job.status === 'running' ? 'The job is running: its handler is interrupted.' : 'The job will not start.',
      action: 'Cancel job',
      danger: true,
    }),
    deed: (at) => post(`${at}/cancel`),
    done: 'Job cancelled, or cancellation requested.',
  },
  {
    text: 'Retry',
    when: (job) => ENDED_BADLY.includes(job.status),
    own: 'retry',
    others: 'retry:all',
    deed: (at) => post(`${at}/retry`),
    done: 'Job retried.',
  },
  {
    text: 'Retry with dependents',
    when: (job) => ENDED_BADLY.includes(job.status) && job.tookAlong,
    own: 'retry',
    others: 'retry:all',
    deed: (at) => post(`${at}/retry`, { withDependents: true }),
    done: 'Job and dependents retried.',
  },
  {
    text: 'Run now',
    when: (job) => job.status === 'waiting' && TIMES.includes(job.reason),
    own: 'submit',
    others: 'operate',
    deed: (at) => post(`${at}/run-now`),
    done: 'Job ready to run.',
  },
  {
    text: 'Pause',
    when: (job) => STARTABLE.includes(job.status) && job.reason !== 'paused',
    own: 'operate',
    others: 'operate',
    ask: async () => ({ title: 'Pause this job', action: 'Pause job', fields: await declared('pauseJobBody') }),
    deed: (at, values) => post(`${at}/pause`, given(values)),
    done: 'Job paused.',
  },
  {
    text: 'Resume',
    when: (job) => waitsFor(job, 'paused'),
    own: 'operate',
    others: 'operate',
    deed: (at) => post(`${at}/resume`),
    done: 'Job resumed.',
  },
  {
    text: 'Change …',
    when: (job) => STARTABLE.includes(job.status),
    own: 'submit',
    others: 'operate',
    ask: changeOf,
    deed: async (at, typed, job) => patch(at, changes((await changeOf(job)).fields, typed)),
    done: 'Job changed.',
  },
  {
    text: 'Signal',
    when: (job) => waitsFor(job, 'signal'),
    own: 'signal',
    others: 'signal:all',
    ask: (job) => ({
      title: 'Send a signal',
      action: 'Send signal',
      fields: [
        { name: 'name', label: 'Signal', required: true, value: awaited(job) },
        { name: 'value', label: 'Value, as JSON', type: 'json', value: 'true' },
      ],
    }),
    deed: (at, { name, value: text }) => post(`${at}/signal/${part(name)}`, { value: value(text) }),
    done: 'Signal sent.',
  },
];

/** A callback requires only its token. */
const CALLBACK = {
  ask: () => ({
    title: 'Answer a callback',
    action: 'Answer callback',
    fields: [
      { name: 'token', label: 'Token', required: true, hint: 'from the handler' },
      { name: 'value', label: 'Value, as JSON', type: 'json', value: 'true' },
      { name: 'error', label: 'Error', hint: 'instead of a value' },
    ],
  }),
  deed: (_at, { token, value: text, error }) => post(`/callbacks/${part(token.trim())}`, error ? { error } : { value: value(text) }),
  done: 'Callback answered.',
};

async function act(screen, job, { ask, deed, done }) {
  const at = `/jobs/${part(job.id)}`;
  const values = ask ? await question(await ask(job)) : {};
  if (values) {
    await doing(
      () => deed(at, values, job),
      (answer) => changed(answer, done),
    );
  }
  screen.refresh();
}

/** Returns the permission for an own job or for a job of another submitter. */
const needed = (screen, job, { own, others }) => (job.submitter === screen.me.name ? own : others);

/** @param {import('./screen.js').Screen} screen @param {any} job */
export function actions(screen, job) {
  const possible = ACTIONS.filter((action) => action.when(job) && screen.may(needed(screen, job, action)));
  const mayClone = screen.may('submit') && !job.hidden;
  const answers = waitsFor(job, 'callback');
  return possible.length || mayClone || answers
    ? html`<p class="buttons">${possible.map((action) => html`<button class=${action.danger ? 'danger' : ''} title="requires the permission ${needed(screen, job, action)}" @click=${() => act(screen, job, action)}>${action.text}</button> `)}
        ${answers ? html`<button title="requires the token of the callback" @click=${() => act(screen, job, CALLBACK)}>Answer callback</button>` : nothing}
        ${mayClone ? html`<a class="button" href="#/submit/${part(job.type)}?like=${job.id}" title="requires the permission submit">Submit a copy …</a>` : nothing}</p>`
    : nothing;
}

const AGAIN = { own: 'retry', others: 'retry:all' };

/** Returns a button that retries a failed job from a step, repeating all later steps. @param {import('./screen.js').Screen} screen @param {any} job @param {{name: string, droppedAfter: number|null}} step */
export function retryFrom(screen, job, step) {
  const permission = needed(screen, job, AGAIN);
  if (step.droppedAfter || !ENDED_BADLY.includes(job.status) || !screen.may(permission)) return nothing;
  return html`<button title="requires the permission ${permission}" aria-label="Retry from ${step.name}" @click=${() =>
    act(screen, job, {
      ask: () => ({
        title: `Retry from ${step.name}?`,
        text: 'Repeats this step and all later steps. Their earlier values remain readable.',
        action: 'Retry job',
      }),
      deed: (at) => post(`${at}/retry`, { fromStep: step.name }),
      done: 'Job retried.',
    })}>Retry from here</button>`;
}
