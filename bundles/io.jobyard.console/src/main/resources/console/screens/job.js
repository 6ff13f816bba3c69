// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part } from '../api.js';
import { copies } from '../copies.js';
import { actions } from '../job-actions.js';
import { blockers, code, empty, facts, jobLink, labels, status, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { counted, duration, number } from '../words.js';

const PIECES = 1000;
const FINAL = ['completed', 'failed', 'cancelled'];

class Job extends Screen {
  /** A run that goes on says more without a change of the job. */
  get every() {
    return this.data?.job.status === 'running' ? 2000 : undefined;
  }

  heading() {
    return this.data ? html`${this.data.job.type} ${status(this.data.job)}` : 'Job';
  }

  concerns(pulse) {
    return pulse.more || pulse.jobs.includes(this.path) || this.data?.job.dependencies.some((id) => pulse.jobs.includes(id));
  }

  async read() {
    const at = `/jobs/${part(this.path)}`;
    const job = await get(at);
    const [history, explanation, log, stream] = await Promise.all([
      get(`${at}/history`), get(`${at}/explain`), get(`${at}/log`), job.hidden ? { pieces: [] } : get(`${at}/stream`, { limit: PIECES }),
    ]);
    return { job, history: history.events, explanation, log: log.lines, pieces: stream.pieces };
  }

  /** The runs, as the history has them. */
  runs(history) {
    const runs = new Map();
    for (const change of history) {
      if (!change.run) continue;
      const run = runs.get(change.run) ?? { number: change.run, host: change.host, version: null, started: null, ended: null, to: null };
      if (change.to === 'running' && change.from !== 'running') Object.assign(run, { started: change.at, host: change.host, version: change.handlerVersion });
      else if (change.from === 'running' && change.to !== 'running') Object.assign(run, { ended: change.at, to: change });
      runs.set(change.run, run);
    }
    return [...runs.values()].filter((run) => run.started);
  }

  progress({ progress, status: now }) {
    if (!progress || now !== 'running') return nothing;
    return html`<section class="card"><h2>Progress</h2>
      <p>${progress.text} ${progress.total ? html`<progress max=${progress.total} .value=${progress.done} aria-label="progress"></progress> ${number(progress.done)} of ${number(progress.total)}` : counted(progress.done, 'unit')}, ${time(progress.at)}</p></section>`;
  }

  timeline(history) {
    return html`<ol class="timeline">${history.map((change) => html`
      <li class=${change.to}><span>${time(change.at)}</span> ${status({ status: change.to, reason: change.reason })} by <b>${change.who}</b>${change.host ? html` on ${change.host}` : nothing}${change.run ? html`, run ${change.run}` : nothing}
        ${change.why ? html`<br>${change.why}` : nothing}
        ${change.stack ? html`<details><summary>Where the handler was</summary>${code(change.stack, 'stack')}</details>` : nothing}</li>`)}</ol>`;
  }

  steps(steps) {
    return table('Steps', ['', 'name', 'kind', 'run', 'began', 'took', 'jobs'], steps.map((step) => html`<tr class=${step.droppedAfter ? 'dropped' : ''}>
      <td>${step.number}</td><td>${step.name}${step.droppedAfter ? ' (dropped by a retry)' : ''}</td><td>${step.kind}</td><td>${step.run}</td><td>${time(step.startedAt)}</td>
      <td>${step.endedAt ? duration(step.tookSeconds) : 'waits'}</td><td>${(step.children ?? []).map((id) => html`${jobLink(id)} `)}</td></tr>`));
  }

  content(job) {
    if (job.hidden) return html`<section class="card"><h2>Payload and result</h2>${empty('They are hidden: your roles do not have the permission payload for what others submit.')}</section>`;
    return html`
      <section class="card"><h2>Payload</h2>${code(job.payload, 'payload')}</section>
      ${FINAL.includes(job.status) ? html`<section class="card"><h2>Result</h2>${job.result === null || job.result === undefined ? empty('It has none.') : code(job.result, 'result')}</section>` : nothing}`;
  }

  show({ job, history, explanation, log, pieces }) {
    const runs = this.runs(history);
    return html`
      <p class="id">${job.id}</p>
      ${actions(this, job)}
      ${job.error ? html`<div class="notice bad"><strong>The latest run that did not complete:</strong> <span class="wrap">${job.error}</span></div>` : nothing}
      ${explanation.blockedBy.length ? html`<section class="card"><h2>Why it waits</h2>${blockers(explanation.blockedBy)}</section>` : nothing}
      ${explanation.detail ? html`<p>It ${FINAL.includes(job.status) ? 'is ' : ''}${explanation.status} ${explanation.detail}.</p>` : nothing}
      ${this.progress(job)}
      <section class="card"><h2>About</h2>${facts([
        ['Submitter', job.submitter], ['Queue', html`<a href="#/queues">${job.queue}</a>`], ['Level', job.priority], ['Created', time(job.createdAt)], ['Ended', job.completedAt && time(job.completedAt)],
        ['Runs', `${job.run}, ${job.attempt} of ${job.maxRetries + 1} attempts`], ['Timeout', duration(job.timeoutSeconds)], ['Host', job.host], ['Schedule', job.schedule], ['Key', job.key],
        ['Group', job.group && html`<a href="#/jobs?group=${encodeURIComponent(job.group)}">${job.group}</a>`], ['Ends the group', job.endsGroup], ['Not before', job.notBefore && time(job.notBefore)],
        ['Expires', job.expires && time(job.expires)], ['Deadline', job.deadline && time(job.deadline)], ['Limits', (job.limits ?? []).join(', ')], ['Labels', Object.keys(job.labels).length ? labels(job.labels) : null],
        ['Used', Object.entries(job.used ?? {}).map(([unit, amount]) => `${number(amount)} ${unit}`).join(', ')],
        ['Depends on', job.dependencies.length ? job.dependencies.map((id) => html`${jobLink(id)} `) : null],
      ])}</section>
      <section class="card"><h2>Timeline</h2>${this.timeline(history)}</section>
      ${runs.length ? html`<section class="card"><h2>Runs</h2>${table('Runs', ['run', 'began', 'took', 'host', 'handler', 'came to'], runs.map((run) => html`<tr>
        <td>${run.number}</td><td>${time(run.started)}</td><td>${run.ended ? duration((Date.parse(run.ended) - Date.parse(run.started)) / 1000) : 'runs'}</td><td>${run.host ?? ''}</td><td>${run.version ?? ''}</td>
        <td>${run.to ? status({ status: run.to.to, reason: run.to.reason }) : ''}</td></tr>`))}</section>` : nothing}
      ${job.steps?.length ? html`<section class="card"><h2>Steps and waits</h2>${this.steps(job.steps)}</section>` : nothing}
      ${this.content(job)}
      ${pieces.length ? html`<section class="card"><h2>Stream</h2>${code(pieces.map((piece) => piece.text).join(''), 'stream')}</section>` : nothing}
      ${log.length ? html`<section class="card"><h2>Log</h2>${code(log.map((line) => `${line.at} [${line.run}] ${line.text}`).join('\n'), 'log')}</section>` : nothing}
      <section class="card"><h2>Copy</h2>${copies(job)}</section>`;
  }
}

customElements.define('jobyard-job', Job);
