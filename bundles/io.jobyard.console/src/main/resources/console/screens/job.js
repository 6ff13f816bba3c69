// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part } from '../api.js';
import { copies } from '../copies.js';
import { FollowedJob } from '../follow-job.js';
import { graph } from '../graph.js';
import { actions, retryFrom } from '../job-actions.js';
import { aboutGroup, runsOf } from '../job-parts.js';
import { blockers, code, empty, facts, jobLink, labels, status, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { counted, duration, number } from '../words.js';

const FINAL = ['completed', 'failed', 'cancelled'];
const WAITS = ['waiting', 'queued'];
const EXPLAIN = 10000;
const STEPS = 5000;
const LOOK = 15000;
const MEMBERS = 20;

/** Returns the job's data without the progress of its run. */
const standing = (job) => JSON.stringify({ ...job, progress: null });

class Job extends Screen {
  static properties = { now: { state: true }, hasLog: { state: true }, hasStream: { state: true } };

  /** Blockers and finished steps can change without a change of the job, and a finished job can be retried. */
  get every() {
    const now = this.data?.job.status;
    return now === 'running' ? STEPS : WAITS.includes(now) ? EXPLAIN : LOOK;
  }

  heading() {
    return this.data ? html`${this.data.job.type} ${status(this.data.job)}` : 'Job';
  }

  /** Ignores pulses about the job itself, which has its own stream. */
  concerns(pulse) {
    const job = this.data?.job;
    return Boolean(job && [...job.dependencies, ...(FINAL.includes(job.status) ? [job.id] : [])].some((id) => pulse.jobs.includes(id)));
  }

  willUpdate(changes) {
    if (changes.has('path')) this.follow();
    super.willUpdate(changes);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.followed?.stop();
  }

  follow() {
    this.followed?.stop();
    this.data = undefined;
    this.now = undefined;
    this.told = undefined;
    const followed = (this.followed = new FollowedJob(this.path, (job) => this.hear(job)));
    this.hasLog = false;
    this.hasStream = false;
    followed.log.addEventListener('more', () => (this.hasLog = true));
    followed.log.addEventListener('other', () => (this.hasLog = followed.log.text !== ''));
    followed.stream.addEventListener('more', () => (this.hasStream = true));
  }

  hear(job) {
    const before = this.told;
    this.now = job;
    this.told = standing(job);
    if (this.fault || (this.told !== before && (before || this.data?.job.changedAt !== job.changedAt))) this.refresh();
  }

  async read() {
    const at = `/jobs/${part(this.path)}`;
    const job = await this.found(at);
    const [history, explanation, around, group, members] = await Promise.all([
      get(`${at}/history`),
      get(`${at}/explain`),
      get(`${at}/graph`),
      job.group ? get(`/groups/${part(job.group)}`, { submitter: job.submitter }) : null,
      job.group ? get('/jobs', { group: job.group, submitter: job.submitter, limit: MEMBERS }) : null,
    ]);
    if (this.data && FINAL.includes(this.data.job.status) && !FINAL.includes(job.status)) this.followed.goOn();
    job.tookAlong = around.jobs.some((other) => other.distance === 1 && other.reason === 'dependency');
    return { job, history: history.events, explanation, graph: around, group, members: members?.jobs ?? [] };
  }

  /** Stops following a job that cannot be read. */
  async found(at) {
    try {
      return await get(at);
    } catch (problem) {
      if ([400, 403, 404].includes(problem.status)) this.followed.stop();
      throw problem;
    }
  }

  /** Reads only data that can change without a change of the job. */
  async readAgain() {
    const at = `/jobs/${part(this.path)}`;
    if (FINAL.includes(this.data.job.status)) return (await get(at)).changedAt === this.data.job.changedAt ? this.data : this.read();
    if (this.data.job.status !== 'running') return { ...this.data, explanation: await get(`${at}/explain`) };
    const { steps } = await get(`${at}/steps`);
    return { ...this.data, job: { ...this.data.job, steps } };
  }

  progress() {
    const job = this.now ?? this.data.job;
    const { progress } = job;
    if (!progress || job.status !== 'running') return nothing;
    return html`<section class="card"><h2>Progress</h2>
      <p>${progress.text} ${progress.total ? html`<progress max=${progress.total} .value=${progress.done} aria-label="progress"></progress> ${number(progress.done)} of ${number(progress.total)}` : counted(progress.done, 'unit')}, ${time(progress.at)}</p></section>`;
  }

  timeline(history) {
    return html`<ol class="timeline">${history.map(
      (change) => html`
      <li class=${change.to}><span>${time(change.at)}</span> ${status({ status: change.to, reason: change.reason })} by <b>${change.who}</b>${change.host ? html` on ${change.host}` : nothing}${change.run ? html`, run ${change.run}` : nothing}
        ${change.why ? html`<br>${change.why}` : nothing}
        ${change.stack ? html`<details><summary>Stack trace</summary>${code(change.stack, 'stack')}</details>` : nothing}</li>`,
    )}</ol>`;
  }

  steps(job) {
    return table(
      'Steps',
      ['', 'name', 'kind', 'run', 'began', 'took', 'jobs', html`<span class="hidden">action</span>`],
      job.steps.map(
        (step) => html`<tr class=${step.droppedAfter ? 'dropped' : ''}>
      <td>${step.number}</td><td>${step.name}${step.droppedAfter ? ' (dropped by a retry)' : ''}${step.timedOut ? ' (timed out)' : ''}</td><td>${step.kind}</td><td>${step.run}</td><td>${time(step.startedAt)}</td>
      <td>${step.endedAt ? duration(step.tookSeconds) : 'waits'}</td><td class="long">${(step.children ?? []).map((id) => html`${jobLink(id)} `)}</td><td>${retryFrom(this, job, step)}</td></tr>`,
      ),
    );
  }

  content(job) {
    if (job.hidden) {
      return html`<section class="card"><h2>Payload and result</h2>${empty('Hidden: your roles do not include the permission payload for jobs of other users.')}</section>`;
    }
    return html`
      <section class="card"><h2>Payload</h2>${code(job.payload, 'payload')}</section>
      ${FINAL.includes(job.status) ? html`<section class="card"><h2>Result</h2>${job.result === null || job.result === undefined ? empty('No result.') : code(job.result, 'result')}</section>` : nothing}`;
  }

  about(job) {
    return facts([
      ['Submitter', job.submitter],
      ['Queue', html`<a href="#/queues">${job.queue}</a>`],
      ['Level', job.priority],
      ['Created', time(job.createdAt)],
      ['Ended', job.completedAt && time(job.completedAt)],
      ['Runs', `${job.run}, ${job.attempt} of ${job.maxRetries + 1} attempts`],
      ['Handler version', job.begunWith],
      ['Timeout', duration(job.timeoutSeconds)],
      ['Host', job.host],
      ['Schedule', job.schedule],
      ['Key', job.key],
      ['Group', job.group && html`<a href="#/jobs?group=${encodeURIComponent(job.group)}">${job.group}</a>`],
      ['Ends group', job.endsGroup],
      ['Not before', job.notBefore && time(job.notBefore)],
      ['Expires', job.expires && time(job.expires)],
      ['Deadline', job.deadline && time(job.deadline)],
      ['Limits', (job.limits ?? []).join(', ')],
      ['Labels', Object.keys(job.labels).length ? labels(job.labels) : null],
      [
        'Used',
        Object.entries(job.used ?? {})
          .map(([unit, amount]) => `${number(amount)} ${unit}`)
          .join(', '),
      ],
    ]);
  }

  show(data) {
    const { job, history, explanation } = data;
    const runs = runsOf(history);
    return html`
      <p class="id">${job.id}</p>
      ${actions(this, job)}
      ${job.error ? html`<div class="notice bad"><strong>Latest error:</strong> <span class="wrap">${job.error}</span></div>` : nothing}
      ${explanation.blockedBy.length ? html`<section class="card"><h2>Blocked by</h2>${blockers(explanation.blockedBy)}</section>` : nothing}
      ${explanation.detail ? html`<p>${explanation.status}: ${explanation.detail}.</p>` : nothing}
      ${this.progress()}
      <section class="card"><h2>Details</h2>${this.about(job)}</section>
      ${graph(data.graph)}
      ${data.group ? aboutGroup(job, data.group, data.members) : nothing}
      <section class="card"><h2>Timeline</h2>${this.timeline(history)}</section>
      ${
        runs.length
          ? html`<section class="card"><h2>Runs</h2>${table(
              'Runs',
              ['run', 'began', 'took', 'host', 'handler', 'outcome'],
              runs.map(
                (run) => html`<tr>
        <td>${run.number}</td><td>${time(run.started)}</td><td>${run.ended ? duration((Date.parse(run.ended) - Date.parse(run.started)) / 1000) : 'running'}</td><td>${run.host ?? ''}</td><td>${run.version ?? ''}</td>
        <td>${run.to ? status({ status: run.to.to, reason: run.to.reason }) : ''}</td></tr>`,
              ),
            )}</section>`
          : nothing
      }
      ${job.steps?.length ? html`<section class="card"><h2>Steps and waits</h2>${this.steps(job)}</section>` : nothing}
      ${this.content(job)}
      <section class="card" ?hidden=${!this.hasStream}><h2>Stream</h2><jobyard-growing-text label="stream" .source=${this.followed.stream}></jobyard-growing-text></section>
      <section class="card" ?hidden=${!this.hasLog}><h2>Log</h2><jobyard-growing-text label="log" .source=${this.followed.log}></jobyard-growing-text></section>
      <section class="card"><h2>Copy</h2>${copies(job)}</section>`;
  }
}

customElements.define('jobyard-job', Job);
