// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get } from '../api.js';
import '../chart.js';
import { counts, facts, status, table } from '../parts.js';
import { Screen } from '../screen.js';
import { counted, duration, number } from '../words.js';

const LINES = ['queued', 'running'];
const STATUSES = ['waiting', 'queued', 'running', 'completed', 'failed', 'cancelled'];
const LONG_READY = 60;
const LOOK = 5000;

class Overview extends Screen {
  /** Averages decrease while nothing changes. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Overview';
  }

  async read() {
    const [statistics, doctor] = await Promise.all([get('/statistics'), this.may('operate') ? get('/doctor') : null]);
    return { statistics, findings: doctor?.findings ?? [] };
  }

  /** A pulse contains the statistics. */
  concerns({ statistics }) {
    if (this.data && statistics) this.data = { ...this.data, statistics };
    return !statistics;
  }

  /** Describes the state of the host in one sentence. */
  verdict({ byStatus, oldestReadySeconds, activity }, findings) {
    const failed = activity.perMinute.failed.fifteenMinutes;
    if (findings.length) {
      return [
        'bad',
        html`${counted(findings.length, 'problem')} found, for example “${findings[0].problem}”. <a href="#/problems">Show fixes.</a>`,
      ];
    }
    if (failed > 0.1) {
      return [
        'warn',
        html`Jobs are failing: ${number(failed)} per minute in the last 15 minutes. <a href="#/jobs?status=failed">Show failed jobs.</a>`,
      ];
    }
    if (byStatus.queued && !byStatus.running) {
      return [
        'warn',
        html`${counted(byStatus.queued, 'job')} ready, but none is running. <a href="#/queues">Show what blocks the queues.</a>`,
      ];
    }
    if (oldestReadySeconds > LONG_READY) {
      return ['warn', html`Jobs are waiting: the oldest ready job has waited for ${duration(oldestReadySeconds)}.`];
    }
    if (byStatus.running || byStatus.queued) {
      return ['good', html`No problems: ${counted(byStatus.running, 'job')} running, ${number(byStatus.queued)} ready.`];
    }
    return ['good', html`No problems, and no jobs to run.`];
  }

  points({ load, byStatus }) {
    const times = [...load.map(({ at }) => Date.parse(at)), Date.now()];
    return [times.map((time) => time / 1000), ...LINES.map((line) => [...load, byStatus].map((each) => each[line]))];
  }

  show({ statistics, findings }) {
    const [kind, sentence] = this.verdict(statistics, findings);
    const { activity, byStatus } = statistics;
    return html`
      <p class="notice ${kind}" id="verdict">${sentence}</p>
      <ul class="tiles">${STATUSES.map(
        (name) => html`
        <li><a href="#/jobs?status=${name}"><b>${number(byStatus[name])}</b>${status({ status: name })}</a></li>`,
      )}</ul>
      <section class="card"><h2>Now</h2>
        ${
          statistics.load.length
            ? html`<jobyard-chart .points=${this.points(statistics)} .lines=${LINES} label="Queued and running jobs in the last minutes"></jobyard-chart>`
            : html`<p class="empty">The chart of queued and running jobs appears in a moment.</p>`
        }
        ${facts([
          ['Oldest ready job', statistics.oldestReadySeconds === null ? 'none' : duration(statistics.oldestReadySeconds)],
          ['Wait time, median / 95 %', `${duration(activity.waits.p50Seconds)} / ${duration(activity.waits.p95Seconds)}`],
          ['Run, half / 95 %', `${duration(activity.runs.p50Seconds)} / ${duration(activity.runs.p95Seconds)}`],
        ])}
      </section>
      <section class="card"><h2>Per minute</h2>
        ${table(
          'Jobs per minute',
          ['', 'last minute', '5 minutes', '15 minutes'],
          Object.entries(activity.perMinute).map(
            ([name, rates]) => html`
          <tr><th scope="row">${name}</th><td>${number(rates.oneMinute)}</td><td>${number(rates.fiveMinutes)}</td><td>${number(rates.fifteenMinutes)}</td></tr>`,
          ),
        )}
      </section>
      ${
        statistics.total
          ? html`
        <div class="columns">
          <section class="card"><h2>By type</h2>${counts(statistics.byType, 'type')}</section>
          <section class="card"><h2>By queue</h2>${counts(statistics.byQueue, 'queue')}</section>
          <section class="card"><h2>By submitter</h2>${counts(statistics.bySubmitter, 'submitter')}</section>
        </div>`
          : nothing
      }`;
  }
}

customElements.define('jobyard-overview', Overview);
