// SPDX-License-Identifier: Apache-2.0
// Changes many jobs after a confirmation that shows their number, and shows the progress.
import { html, nothing } from 'lit';
import { get, part, post } from './api.js';
import { doing, note, question } from './dialogs.js';
import { jobLink, status } from './parts.js';
import { ProgressNote } from './progress-note.js';
import { counted } from './words.js';

const LOOK = 500;
const AT_ONCE = 4;

/** Converts a query of the API to the filter of a bulk operation. @param {Record<string, string[]>} query */
function asFilter(query) {
  const filter = {};
  for (const [name, values] of Object.entries(query)) {
    if (!values.length) continue;
    if (name === 'label') {
      filter.label = Object.fromEntries(values.map((label) => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]));
    } else filter[name] = values.length > 1 ? values : values[0];
  }
  return filter;
}

const verb = (action) => (action === 'cancel' ? 'Cancel' : 'Retry');

/** @param {'cancel'|'retry'} action @param {Record<string, string[]>} query */
export async function bulk(action, query) {
  const filter = asFilter(query);
  const preview = await doing(
    () => post('/bulk/preview', { action, filter }),
    (answer) => html`Found ${counted(answer.jobs, 'job')}; nothing was changed yet.`,
  );
  if (!preview) return;
  const sure = await question({
    title: `${verb(action)} ${preview.all ? '' : 'at least '}${counted(preview.jobs, 'job')}?`,
    text: preview.jobs
      ? html`<p>For example:</p><ul>${preview.first.map((job) => html`<li>${jobLink(job.id)} ${job.type} ${status(job)}</li>`)}</ul>`
      : html`<p>No matching job is in a state that allows this.</p>`,
    action: preview.jobs ? `${verb(action)} them` : undefined,
    danger: action === 'cancel',
  });
  if (!sure) return;
  const begun = await doing(
    () => post('/bulk', { action, filter }),
    (answer) => html`Bulk operation ${answer.number} started.`,
  );
  if (begun) await watch(action, begun, preview);
}

async function watch(action, begun, preview) {
  const at = `/bulk/${begun.number}`;
  const shown = new ProgressNote(`${verb(action)} ${counted(preview.jobs, 'job')}`, () =>
    doing(
      () => post(`${at}/stop`),
      () => 'Bulk operation stopped: it changes no more jobs.',
    ),
  );
  await doing(
    async () => {
      let bulk = begun;
      while (!bulk.endedAt) {
        await new Promise((resolve) => window.setTimeout(resolve, LOOK));
        bulk = await get(at);
        shown.say(bulk.done + bulk.refused, preview.jobs);
      }
      return bulk;
    },
    (bulk) =>
      html`Bulk operation ${bulk.number} finished: ${counted(bulk.done, 'job')} changed${bulk.refused ? html`, ${bulk.refused} refused: ${bulk.refusal}` : nothing}.`,
  );
  shown.over();
}

/** @param {'cancel'|'retry'} action @param {string[]} ids */
export async function several(action, ids) {
  const sure = await question({
    title: `${verb(action)} ${counted(ids.length, 'job')}?`,
    text: html`<ul>${ids.slice(0, 10).map((id) => html`<li>${jobLink(id)}</li>`)}</ul>${ids.length > 10 ? html`<p>and ${ids.length - 10} more</p>` : nothing}`,
    action: `${verb(action)} them`,
    danger: action === 'cancel',
  });
  if (!sure) return;
  const shown = new ProgressNote(`${verb(action)} ${counted(ids.length, 'job')}`);
  const faults = [];
  const left = [...ids];
  const work = async () => {
    for (let id = left.shift(); id && !shown.stopped; id = left.shift()) {
      try {
        const answer = await post(`/jobs/${part(id)}/${action}`);
        faults.push(...(answer.errors ?? []).map((error) => error.message));
      } catch (problem) {
        faults.push(problem.message);
      }
      shown.say(ids.length - left.length, ids.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  shown.over();
  const done = ids.length - left.length - faults.length;
  note(
    html`Done to ${counted(done, 'job')}${faults.length ? html`; refused by ${faults.length}: ${faults[0]}` : nothing}${left.length ? html`; ${left.length} left as they were` : nothing}.`,
  );
}
