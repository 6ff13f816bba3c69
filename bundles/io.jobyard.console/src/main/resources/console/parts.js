// SPDX-License-Identifier: Apache-2.0
// Parts for many screens. All data from the host is inserted as text.
import { html, nothing } from 'lit';
import { exact, json, relative, short } from './words.js';

/** @param {string|null|undefined} instant */
export const time = (instant) => (instant ? html`<time datetime=${instant} title=${exact(instant)}>${relative(instant)}</time>` : '–');

/** @param {{status: string, reason?: string|null}} job */
export const status = (job) =>
  html`<span class="status ${job.status}">${job.status}</span>${job.reason ? html` <span class="reason">${job.reason}</span>` : nothing}`;

/** @param {string} id */
export const jobLink = (id, text = short(id)) => html`<a class="id" href="#/jobs/${id}" title=${id}>${text}</a>`;

/** @param {import('./api.js').Problem} problem */
export const fault = (problem) => html`
  <div class="notice bad" role="alert">
    <strong>${problem.message.replace(/\.?$/, '.')}</strong>
    ${problem.fix ? html`<span> Fix: ${problem.fix}.</span>` : nothing}
    ${problem.errors.length > 1 ? html`<ul>${problem.errors.map((each) => html`<li>${each.message.startsWith(each.field) ? nothing : html`<code>${each.field}</code>: `}${each.message}</li>`)}</ul>` : nothing}
  </div>`;

export const empty = (text, more = nothing) => html`<p class="empty">${text} ${more}</p>`;

/** Table that scrolls on narrow screens. @param {string} label @param {unknown[]} heads @param {unknown} rows */
export const table = (label, heads, rows) => html`
  <div class="scroll" role="region" aria-label=${label} tabindex="0">
    <table>
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`;

/** @param {[string, unknown][]} pairs pairs without a value are omitted */
export const facts = (pairs) => html`
  <dl class="facts">
    ${pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;

export const code = (value, label) =>
  html`<pre tabindex="0" role="region" aria-label=${label}>${typeof value === 'string' ? value : json(value)}</pre>`;

/** @param {{gate: string, detail: string, until: string|null}[]} blockers */
export const blockers = (blockers) =>
  blockers.length
    ? html`<ul class="blockers">${blockers.map(
        (each) => html`
        <li><strong>${each.gate}</strong>: ${each.detail}${each.until ? html` (ends ${time(each.until)})` : nothing}</li>`,
      )}</ul>`
    : nothing;

/** @param {Record<string, string>} labels */
export const labels = (labels) =>
  Object.entries(labels ?? {}).map(
    ([name, value]) => html`<a class="label" href="#/jobs?label=${encodeURIComponent(`${name}=${value}`)}">${name}=${value}</a> `,
  );

/** @param {Record<string, number>} counts @param {string} parameter of the list of jobs */
export const counts = (counts, parameter) => {
  const entries = Object.entries(counts ?? {})
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12);
  const most = Math.max(1, ...entries.map(([, count]) => count));
  return html`<ul class="bars">${entries.map(
    ([name, count]) => html`
    <li><a href="#/jobs?${parameter}=${encodeURIComponent(name)}">${name}</a>
      <meter min="0" max=${most} .value=${count} aria-label="jobs of ${name}"></meter><span>${count.toLocaleString()}</span></li>`,
  )}</ul>`;
};
