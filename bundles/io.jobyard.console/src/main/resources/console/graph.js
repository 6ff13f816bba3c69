// SPDX-License-Identifier: Apache-2.0
// Graph of a job and related jobs, as a drawing from left to right and as a list.
import { html, nothing, svg } from 'lit';
import { jobLink, status, table } from './parts.js';
import { counted, short } from './words.js';

const WIDTH = 168;
const HEIGHT = 44;
const ACROSS = 56;
const DOWN = 12;
const LETTERS = 20;

/** @typedef {{id: string, type: string, status: string, reason: string|null, distance: number, waitsFor: string[]}} GraphJob */

/** Places each job to the right of all jobs that it waits for. @param {GraphJob[]} jobs @returns {GraphJob[][]} */
export function columns(jobs) {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const found = new Map();
  const column = (id) => {
    if (!found.has(id)) found.set(id, Math.max(-1, ...byId.get(id).waitsFor.map(column)) + 1);
    return found.get(id);
  };
  const all = [];
  for (const job of jobs) (all[column(job.id)] ??= []).push(job);
  return all.map((column) => column.sort((a, b) => (a.id < b.id ? -1 : 1)));
}

const cut = (text) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);
const where = (distance) => (distance === 0 ? 'this job' : distance < 0 ? `${-distance} before` : `${distance} after`);

function node(job, { x, y }) {
  return svg`
    <a href="#/jobs/${job.id}" aria-label="${job.type} ${short(job.id)}, ${job.status}${job.reason ? ` (${job.reason})` : ''}, ${where(job.distance)}" aria-current=${job.distance === 0 ? 'true' : nothing}>
      <g class="node ${job.status}${job.distance === 0 ? ' middle' : ''}">
        <title>${job.type} ${job.id}</title>
        <rect x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="5"></rect>
        <text x=${x + 10} y=${y + 18}>${cut(job.type)}</text>
        <text class="small" x=${x + 10} y=${y + 35}>${short(job.id)} <tspan class="state">${job.status}</tspan></text>
      </g>
    </a>`;
}

function line(from, to) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const half = (x2 - x1) / 2;
  return svg`<path class="edge" d="M ${x1} ${y1} C ${x1 + half} ${y1}, ${x2 - half} ${y2}, ${x2} ${y2}"></path>`;
}

/** @param {{jobs: GraphJob[], notShown: number}} graph */
export function graph({ jobs, notShown }) {
  if (jobs.length < 2 && !notShown) return nothing;
  const all = columns(jobs);
  const places = new Map();
  const most = Math.max(...all.map((column) => column.length));
  all.forEach((column, across) =>
    column.forEach((job, down) =>
      places.set(job.id, {
        x: 2 + across * (WIDTH + ACROSS),
        y: 2 + (down + (most - column.length) / 2) * (HEIGHT + DOWN),
      }),
    ),
  );
  const lines = jobs.flatMap((job) => job.waitsFor.map((id) => line(places.get(id), places.get(job.id))));
  return html`<section class="card" id="graph"><h2>Dependencies and dependents</h2>
    <div class="scroll" role="region" aria-label="Graph of dependencies" tabindex="0">
      <svg class="graph" role="group" aria-label="${counted(jobs.length, 'job')}, from left to right in the order in which they can run"
        width=${all.length * (WIDTH + ACROSS) - ACROSS + 4} height=${most * (HEIGHT + DOWN) - DOWN + 4}>${lines}${all.flat().map((job) => node(job, places.get(job.id)))}</svg>
    </div>
    ${notShown ? html`<p class="empty">${counted(notShown, 'more job')} not shown: too many to draw, removed, or not visible to you.</p>` : nothing}
    <details><summary>List</summary>${table(
      'Dependencies',
      ['position', 'id', 'type', 'status', 'waits for'],
      [...jobs]
        .sort((a, b) => a.distance - b.distance)
        .map(
          (job) => html`<tr>
      <td>${where(job.distance)}</td><td>${jobLink(job.id)}</td><td>${job.type}</td><td>${status(job)}</td><td class="long">${job.waitsFor.map((id) => html`${jobLink(id)} `)}</td></tr>`,
        ),
    )}</details>
  </section>`;
}
