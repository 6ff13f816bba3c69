// SPDX-License-Identifier: Apache-2.0
// What a form says of a schedule, new or changed.
import { html, nothing } from 'lit';
import { Problem } from './api.js';
import { field } from './dialogs.js';

const KINDS = { cron: 'by the clock (cron)', every: 'every so often', delay: 'so long after the end of the job before' };

/** What may be left out, in the words of the API. @param {any} schedule */
const more = (schedule) => [
  { name: 'zone', label: 'Time zone of cron', value: schedule?.zone ?? '', hint: 'such as Europe/Berlin; UTC if left out' },
  {
    name: 'missed',
    label: 'Missed times',
    value: schedule?.missed ?? '',
    hint: 'skip, last (one job for all of them), or all:N; last if left out',
  },
  {
    name: 'overlap',
    label: 'While an earlier job goes on',
    type: 'select',
    options: ['', 'skip', 'allow', 'queue', 'cancel'],
    value: schedule?.overlap ?? '',
  },
  {
    name: 'grace',
    label: 'Not missed until so late',
    value: schedule ? `${schedule.graceSeconds}s` : '',
    hint: 'such as 5m; 1m if left out',
  },
  {
    name: 'jitter',
    label: 'Jitter',
    value: schedule?.jitterSeconds ? `${schedule.jitterSeconds}s` : '',
    hint: 'by how much a job may be later, such as 30s',
  },
  { name: 'start', label: 'No times before', value: schedule?.start ?? '', hint: 'an instant, or such as 2h from now' },
  { name: 'end', label: 'No times from then on', value: schedule?.end ?? '', hint: 'told alike' },
];

/** @param {string} text @param {string} what */
function object(text, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(400, { title: `${what} is no JSON`, detail: `${what} is no JSON: ${error.message}` });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Problem(400, { title: `${what} is no object`, fix: 'write it as {"name": …}' });
  }
  return value;
}

/** @param {HTMLFormElement} form @param {any} schedule that is changed; undefined for a new one @returns {any} the body of a request */
export function body(form, schedule) {
  const values = new FormData(form);
  const text = (name) => String(values.get(name) ?? '').trim();
  const asked = { [text('kind')]: text('times') };
  for (const { name } of more(schedule)) {
    if (text(name)) asked[name] = text(name);
    else if (schedule && ['start', 'end'].includes(name)) asked[name] = null;
  }
  if (!schedule) asked.name = text('name');
  if (!schedule || text('payload')) {
    asked.job = {
      ...object(text('rest') || '{}', 'The rest of the job'),
      type: text('type'),
      payload: object(text('payload') || '{}', 'The payload'),
    };
  }
  return asked;
}

/** @param {any} schedule that is changed; undefined for a new one @param {{type: string}[]} types */
export function fields(schedule, types) {
  const kind = schedule?.every ? 'every' : schedule?.delay ? 'delay' : 'cron';
  const job = html`
    <label>Type <select name="type">${types.map(({ type }) => html`<option ?selected=${type === schedule?.type}>${type}</option>`)}</select></label>
    ${field({ name: 'payload', label: 'Payload, as JSON', type: 'json', value: schedule ? '' : '{}', hint: '${fireAt} in a text stands for the time of the job, ${lastCompletedAt} for when one last completed' })}
    ${field({ name: 'rest', label: 'What else a submit may say, as JSON', value: '', hint: 'such as {"queue": "night", "priority": 3}' })}`;
  return html`
    <div class="fields">
      ${schedule ? nothing : field({ name: 'name', label: 'Name', required: true })}
      <label>Times <select name="kind">${Object.entries(KINDS).map(([name, words]) => html`<option value=${name} ?selected=${name === kind}>${words}</option>`)}</select></label>
      ${field({ name: 'times', label: 'When', required: true, value: schedule?.[kind] ?? '', hint: 'such as 0 2 * * * or @daily for cron, 5m or 1d for the others' })}
      ${more(schedule).slice(0, 1).map(field)}
    </div>
    <details><summary>Missed times, overlaps, jitter, beginning and end</summary><div class="fields">${more(schedule).slice(1).map(field)}</div></details>
    ${
      schedule
        ? html`<details><summary>Another job (it stays ${schedule.type} as it is if the payload is left empty)</summary>${job}</details>`
        : html`<fieldset><legend>Its jobs</legend>${job}</fieldset>`
    }`;
}
