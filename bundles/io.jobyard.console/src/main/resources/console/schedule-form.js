// SPDX-License-Identifier: Apache-2.0
// Form for a new or changed schedule.
import { html, nothing } from 'lit';
import { Problem } from './api.js';
import { declared, filled, parsed } from './declared.js';
import { field } from './dialogs.js';

const KINDS = { cron: 'cron expression', every: 'fixed interval', delay: 'delay after the previous job' };

/** Returns the optional fields. @param {any} schedule the schedule to change; undefined for a new one */
export const moreOf = async (schedule) =>
  filled(await declared('addScheduleBody', ['name', ...Object.keys(KINDS)]), schedule ?? {}).map((each) => ({ ...each, required: false }));

/** @param {{name: string}} field */
const isOfCron = ({ name }) => name === 'syntax' || name === 'zone';

/** @param {string} text @param {string} what */
function object(text, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(400, { message: `${what} is not valid JSON: ${error.message}` });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Problem(400, { message: `${what} is not a JSON object`, fix: 'write it as {"name": …}' });
  }
  return value;
}

/** @param {HTMLFormElement} form @param {any} schedule the schedule to change; undefined for a new one @param {import('./declared.js').Declared[]} more @returns {any} the body of a request */
export function body(form, schedule, more) {
  const values = new FormData(form);
  const text = (name) => String(values.get(name) ?? '').trim();
  const asked = { [text('kind')]: text('times') };
  for (const each of more) {
    const { name, value, schema } = each;
    const typed = text(name);
    if (typed && typed !== value) asked[name] = parsed(each, typed);
    else if (!typed && value && schema.type.includes('null')) asked[name] = null;
  }
  if (!schedule) asked.name = text('name');
  if (!schedule || text('payload')) {
    asked.job = {
      ...object(text('rest') || '{}', 'Other job fields'),
      type: text('type'),
      payload: object(text('payload') || '{}', 'The payload'),
    };
  }
  return asked;
}

/** @param {any} schedule the schedule to change; undefined for a new one @param {{type: string}[]} types @param {import('./declared.js').Declared[]} more */
export function fields(schedule, types, more) {
  const kind = schedule?.every ? 'every' : schedule?.delay ? 'delay' : 'cron';
  const job = html`
    <label>Type <select name="type">${types.map(({ type }) => html`<option ?selected=${type === schedule?.type}>${type}</option>`)}</select></label>
    ${field({ name: 'payload', label: 'Payload, as JSON', type: 'json', value: schedule ? '' : '{}', hint: 'in texts, ${fireAt} is the scheduled time of the job, ${lastCompletedAt} the time of the last completed job' })}
    ${field({ name: 'rest', label: 'Other job fields, as JSON', value: '', hint: 'for example {"queue": "night", "priority": 3}' })}`;
  return html`
    <div class="fields">
      ${schedule ? nothing : field({ name: 'name', label: 'Name', required: true })}
      <label>Times <select name="kind">${Object.entries(KINDS).map(([name, words]) => html`<option value=${name} ?selected=${name === kind}>${words}</option>`)}</select></label>
      ${field({ name: 'times', label: 'When', required: true, value: schedule?.[kind] ?? '', hint: 'cron: for example 0 2 * * * or @daily; otherwise for example 5m or 1d' })}
      ${more.filter(isOfCron).map(field)}
    </div>
    <details><summary>Missed times, overlaps, jitter, start, end and calendars</summary><div class="fields">${more.filter((each) => !isOfCron(each)).map(field)}</div></details>
    ${
      schedule
        ? html`<details><summary>New job (with an empty payload, the job of type ${schedule.type} stays unchanged)</summary>${job}</details>`
        : html`<fieldset><legend>Job</legend>${job}</fieldset>`
    }`;
}
