// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { keyed } from 'lit-html/directives/keyed.js';
import { Problem, ask, get, part } from '../api.js';
import { declared, filled, parsed } from '../declared.js';
import { field, note } from '../dialogs.js';
import { blockers, code, fault, jobLink, time } from '../parts.js';
import { fieldsOf, plain, read, rest } from '../schema-form.js';
import { Screen } from '../screen.js';
import { json } from '../words.js';

/** Fields with their own part of the form, or for several jobs submitted together. */
const ELSEWHERE = ['type', 'name'];
/** Fields that a copy of a job does not take over: they belong to one job, or the host computes them for each. */
const OWN = ['key', 'keyPolicy', 'group', 'endsGroup', 'dependencies', 'notBefore', 'expires', 'deadline', 'estimate'];
const PREFIX = 'option.';

class Submit extends Screen {
  static properties = { preview: { state: true }, wrong: { state: true }, sent: { state: true } };

  heading() {
    return 'Submit a job';
  }

  concerns() {
    return false; // the input stays
  }

  /** Reads the types, and the job to copy if the address names one. */
  async read() {
    const like = this.query.get('like');
    const [{ types }, job, fields] = await Promise.all([
      get('/types'),
      like ? get(`/jobs/${part(like)}`) : null,
      declared('specification', ELSEWHERE),
    ]);
    this.fields = fields;
    return { types: types.filter(({ type, submittable }) => submittable || type === this.path), like: job };
  }

  willUpdate(changes) {
    if (changes.has('path') || changes.has('query')) this.forget();
    super.willUpdate(changes);
  }

  forget() {
    this.preview = undefined;
    this.wrong = undefined;
    this.sent = undefined;
  }

  /** Returns the specification from the form. */
  specification(schema) {
    const form = new FormData(this.querySelector('form.submit'));
    const specification = { type: String(form.get('type')), payload: read(schema, form) };
    for (const each of this.fields) {
      const text = String(form.get(PREFIX + each.name) ?? '').trim();
      if (text) specification[each.name] = parsed(each, text);
    }
    return specification;
  }

  async check(event, schema) {
    event.preventDefault();
    this.forget();
    try {
      const specification = this.specification(schema);
      this.preview = await ask('POST', '/api/v1/jobs/preview', { body: specification });
      this.sent = {
        specification,
        key: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.wrong = problem;
    }
  }

  async submit() {
    try {
      const { specification, key } = this.sent;
      const answer = await ask('POST', '/api/v1/jobs', { body: specification, headers: { 'Idempotency-Key': key } });
      note(html`${answer.duplicate ? 'The key is already in use by' : 'Job submitted:'} ${jobLink(answer.id, answer.id)}`);
      window.location.hash = `#/jobs/${answer.id}`;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.wrong = problem;
    }
  }

  said(preview) {
    if (!preview.valid) {
      return html`<div class="notice bad" role="alert"><strong>The job would be refused.</strong><ul>${preview.errors.map((each) => html`<li>${typeof each === 'string' ? each : json(each)}</li>`)}</ul></div>`;
    }
    return html`<section class="card" role="status"><h2>The job would be accepted</h2>
      ${preview.duplicateOf ? html`<p>The key is in use by ${jobLink(preview.duplicateOf)}, which ${preview.replaces ? 'this job would replace' : 'would be returned'}.</p>` : nothing}
      <p>Status <b>${preview.job.status}</b>, queue <b>${preview.job.queue}</b>, priority ${preview.job.priority}, submitter ${preview.job.submitter}.</p>
      ${preview.blockedBy.length ? html`<p>Blocked by:</p>${blockers(preview.blockedBy)}` : nothing}${preview.startsAt ? html`<p>It would start ${time(preview.startsAt)}.</p>` : preview.earliestStart ? html`<p>It would start no earlier than ${time(preview.earliestStart)}.</p>` : nothing}
      <details><summary>Request</summary>${code(this.sent.specification, 'request')}</details>
      <p class="buttons"><button class="main" @click=${() => this.submit()}>Submit job</button></p></section>`;
  }

  show({ types, like: job }) {
    const type = types.find((each) => each.type === this.path) ?? types[0];
    if (!type) {
      return html`<p class="empty">No type that you may submit has a handler. Copy a bundle with a handler into <code>deploy/</code>, or ask an administrator for a role that includes the type.</p>`;
    }
    const payload = plain(type.schema);
    const like = job?.type === type.type && !job.hidden ? job : null;
    const options = filled(this.fields, like ? Object.fromEntries(Object.entries(like).filter(([name]) => !OWN.includes(name))) : {});
    return html`
      ${like ? html`<p class="notice good">Copied from ${jobLink(like.id)}, without its dependencies and key.</p>` : nothing}
      <form class="submit card" @submit=${(event) => this.check(event, type.schema)} @input=${() => this.forget()}>
        <label>Type <select name="type" @change=${(event) => (window.location.hash = `#/submit/${encodeURIComponent(event.target.value)}`)}>
          ${types.map((each) => html`<option ?selected=${each === type}>${each.type}</option>`)}</select></label>
        <fieldset><legend>Payload</legend>${keyed(
          `${type.type} ${like?.id}`,
          html`${fieldsOf(type.schema, like?.payload)}
          <label>${payload.length ? 'Other payload fields, as JSON' : 'Payload, as JSON'}
            <textarea name="rest" rows=${payload.length ? 3 : 6} spellcheck="false" .value=${like ? json(rest(type.schema, like.payload)) : '{}'}></textarea></label>`,
        )}
          ${type.schema ? html`<details><summary>JSON Schema</summary>${code(type.schema, 'schema')}</details>` : html`<p class="empty">The type has no schema: it accepts any JSON object.</p>`}</fieldset>
        <details ?open=${like !== null}><summary>Job options</summary><div class="fields">${options.map((each) => field({ ...each, name: PREFIX + each.name }))}</div></details>
        <p class="buttons"><button class="main">Check job</button></p>
      </form>
      ${this.wrong ? fault(this.wrong) : nothing}${this.preview ? this.said(this.preview) : nothing}`;
  }
}

customElements.define('jobyard-submit', Submit);
