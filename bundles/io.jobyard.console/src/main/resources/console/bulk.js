// SPDX-License-Identifier: Apache-2.0
// Does something to many jobs, after it has said to which.
import { html, nothing } from 'lit';
import { get, part, post } from './api.js';
import { doing, note, question } from './dialogs.js';
import { jobLink, status } from './parts.js';
import { counted } from './words.js';

const LOOK = 500;

/** The query of the API as the filter of a bulk. @param {Record<string, string[]>} query */
function asFilter(query) {
  const filter = {};
  for (const [name, values] of Object.entries(query)) {
    if (!values.length) continue;
    if (name === 'label') filter.labels = Object.fromEntries(values.map((label) => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]));
    else filter[name] = values[0];
  }
  return filter;
}

/** @param {'cancel'|'retry'} action @param {Record<string, string[]>} query */
export async function bulk(action, query) {
  const filter = asFilter(query);
  const preview = await doing(() => post('/bulk', { action, filter, dryRun: true }), (answer) => html`Counted ${counted(answer.jobs, 'job')}; nothing is changed yet.`);
  if (!preview) return;
  const sure = await question({
    title: `${action === 'cancel' ? 'Cancel' : 'Retry'} ${preview.all ? '' : 'at least '}${counted(preview.jobs, 'job')}?`,
    text: preview.jobs
      ? html`<p>The first of them:</p><ul>${preview.first.map((job) => html`<li>${jobLink(job.id)} ${job.type} ${status(job)}</li>`)}</ul>`
      : html`<p>No job that matches is in a state for it.</p>`,
    action: preview.jobs ? `${action === 'cancel' ? 'Cancel' : 'Retry'} them` : undefined,
    danger: action === 'cancel',
  });
  if (!sure) return;
  const begun = await doing(() => post('/bulk', { action, filter }), (answer) => html`Bulk ${answer.number} has begun.`);
  if (begun) await watch(begun);
}

async function watch(begun) {
  let bulk = begun;
  while (!bulk.endedAt) {
    await new Promise((resolve) => window.setTimeout(resolve, LOOK));
    bulk = await get(`/bulk/${begun.number}`);
  }
  note(html`Bulk ${bulk.number} is over: done to ${counted(bulk.done, 'job')}${bulk.refused ? html`, refused by ${bulk.refused}: ${bulk.refusal}` : nothing}.`);
}

/** @param {'cancel'|'retry'} action @param {string[]} ids */
export async function several(action, ids) {
  const sure = await question({
    title: `${action === 'cancel' ? 'Cancel' : 'Retry'} ${counted(ids.length, 'job')}?`,
    text: html`<ul>${ids.slice(0, 10).map((id) => html`<li>${jobLink(id)}</li>`)}</ul>${ids.length > 10 ? html`<p>and ${ids.length - 10} more</p>` : nothing}`,
    action: action === 'cancel' ? 'Cancel them' : 'Retry them',
    danger: action === 'cancel',
  });
  if (!sure) return;
  const answers = await Promise.allSettled(ids.map((id) => post(`/jobs/${part(id)}/${action}`)));
  const faults = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.message] : (answer.value.errors ?? []).map((error) => error.message)));
  note(html`Done to ${counted(ids.length - faults.length, 'job')}${faults.length ? html`; refused by ${faults.length}: ${faults[0]}` : nothing}.`);
}
