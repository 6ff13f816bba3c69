// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post, remove } from '../api.js';
import { declared } from '../declared.js';
import { define, forget } from '../definitions.js';
import { doing, given, note, question } from '../dialogs.js';
import { blockers, empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { duration, number } from '../words.js';

class Queues extends Screen {
  heading() {
    return 'Queues and limits';
  }

  async read() {
    const [queues, limits] = await Promise.all([get('/queues'), get('/limits')]);
    return { ...queues, limits: limits.limits };
  }

  /** @param {string} target as the API names it @param {string} words */
  async pause(target, words) {
    const done = await question({
      title: `Pause ${words}?`,
      text: 'None of these jobs starts until you resume them. Running jobs continue.',
      action: 'Pause',
      fields: await declared('pauseQueueBody'),
      deed: (values) => post('/pauses', { target, ...given(values) }),
    });
    if (done) note(`Paused: ${words}.`);
    this.refresh();
  }

  async pauseOthers() {
    const done = await question({
      title: 'Pause jobs',
      action: 'Pause jobs',
      fields: await declared('pauseJobsBody'),
      deed: (values) => post('/pauses', given(values)),
    });
    if (done) note(`Paused: ${done.kind} ${done.name}.`);
    this.refresh();
  }

  async resume(target) {
    await doing(
      () => remove(`/pauses/${part(target)}`),
      () => `Resumed: ${target}.`,
    );
    this.refresh();
  }

  async change(deed) {
    await deed;
    this.refresh();
  }

  held({ pause, blockedBy }) {
    return html`${pause ? html`Paused by <b>${pause.by}</b> ${time(pause.since)}${pause.reason ? html`: ${pause.reason}` : nothing}${pause.until ? html`; ends ${time(pause.until)}` : nothing}` : nothing}
      ${blockers((blockedBy ?? []).filter((each) => !pause || each.gate !== 'paused'))}`;
  }

  queue(queue) {
    return html`<tr>
      <th scope="row"><a href="#/jobs?queue=${encodeURIComponent(queue.name)}">${queue.name}</a></th><td><span class="status ${queue.state}">${queue.state}</span></td>
      <td>${number(queue.queued)}</td><td>${duration(queue.oldestReadySeconds)}</td><td>${number(queue.running)}${queue.runningMax === null ? nothing : html` of ${queue.runningMax}`}</td><td>${queue.rate ?? '–'}</td>
      <td class="long">${this.held(queue)}</td>
      ${this.acts('queue', queue, queue.pause ? queue.name : null, queue.name)}</tr>`;
  }

  /** Returns whether any action is possible for any of the queues. */
  get mayAct() {
    return this.may('operate') || this.may('admin');
  }

  acts(kind, thing, paused, target) {
    if (!this.mayAct) return nothing;
    return html`<td class="acts">
      ${
        !this.may('operate')
          ? nothing
          : paused
            ? html`<button aria-label="resume ${kind} ${thing.name}" @click=${() => this.resume(paused)}>Resume</button>`
            : html`<button aria-label="pause ${kind} ${thing.name}" @click=${() => this.pause(target, `the jobs of ${kind} ${thing.name}`)}>Pause</button>`
      }
      ${this.may('admin') && thing.source !== 'file' ? html`<button aria-label="set ${kind} ${thing.name}" @click=${() => this.change(define(kind, thing))}>Set</button>` : nothing}
      ${this.may('admin') && thing.source === 'stored' ? html`<button class="danger" aria-label="remove ${kind} ${thing.name}" @click=${() => this.change(forget(kind, thing.name))}>Remove</button>` : nothing}</td>`;
  }

  rate(rate) {
    return html`<li>${rate.unit}: ${number(rate.remaining)} left of ${number(rate.burst)} (${rate.rate})
      <meter min="0" max=${rate.burst} .value=${Math.max(0, rate.remaining)} aria-label="remaining ${rate.unit}"></meter>${rate.fullAt ? html`, full ${time(rate.fullAt)}` : nothing}${rate.warningPassed ? html` <b>over ${rate.warningPercent} %</b>` : nothing}</li>`;
  }

  limit(limit, pauses, isValue) {
    const pause = pauses.find((each) => each.kind === 'limit' && each.name === limit.name);
    const state = pause ? 'paused' : limit.state;
    return html`<tr><th scope="row">${limit.name}${limit.key ? html`<br><small>for each ${limit.key}: ${number(limit.valueCount)} known</small>` : nothing}</th><td><span class="status ${state}">${state}</span></td><td>${number(limit.queued)}</td>
      <td>${number(limit.running)}${limit.runningMax === null ? nothing : limit.slots === limit.running ? html` of ${limit.runningMax}` : html`, ${limit.slots} of ${limit.runningMax} slots`}${limit.adaptive ? html`<br><small>adaptive ${limit.adaptive}</small>` : nothing}</td>
      <td class="long">${limit.rates.length ? html`<ul>${limit.rates.map((rate) => this.rate(rate))}</ul>` : '–'}</td><td class="long">${this.held({ ...limit, pause })}</td>
      ${isValue && this.mayAct ? html`<td></td>` : this.acts('limit', limit, pause ? `limit:${limit.name}` : null, `limit:${limit.name}`)}</tr>`;
  }

  pauseRow(pause) {
    const target = pause.kind === 'all' ? 'all' : `${pause.kind}:${pause.name}`;
    return html`<tr><th scope="row">${pause.kind} ${pause.name}</th><td>${pause.by}</td><td>${time(pause.since)}</td><td>${time(pause.until)}</td><td class="long">${pause.reason ?? ''}</td>
      ${this.may('operate') ? html`<td><button aria-label="resume ${target}" @click=${() => this.resume(target)}>Resume</button></td>` : nothing}</tr>`;
  }

  show({ queues, pauses, limits }) {
    const action = html`<span class="hidden">action</span>`;
    const acts = this.mayAct ? [action] : [];
    return html`
      ${
        pauses.length
          ? html`<section class="card"><h2>Paused</h2>${table(
              'Pauses',
              ['what', 'by', 'since', 'until', 'why', ...(this.may('operate') ? [action] : [])],
              pauses.map((pause) => this.pauseRow(pause)),
            )}</section>`
          : nothing
      }
      <section class="card"><h2>Queues</h2>${
        queues.length
          ? table(
              'Queues',
              ['queue', 'state', 'ready', 'oldest', 'running', 'rate', 'blocked by', ...acts],
              queues.map((queue) => this.queue(queue)),
            )
          : empty('No queue is configured or has jobs.')
      }
        <p class="buttons">${this.may('operate') ? html`<button @click=${() => this.pauseOthers()}>Pause jobs of a type, a limit or a user …</button>` : nothing}
          ${this.may('admin') ? html`<button @click=${() => this.change(define('queue'))}>Create queue …</button>` : nothing}</p></section>
      <section class="card"><h2>Limits</h2>${
        limits.length
          ? table(
              'Limits',
              ['limit', 'state', 'ready', 'running', 'remaining', 'blocked by', ...acts],
              limits.flatMap((limit) => [
                this.limit(limit, pauses, false),
                ...(limit.values ?? []).map((value) => this.limit(value, pauses, true)),
              ]),
            )
          : empty(
              'No limits.',
              html`Create a file <code>etc/io.jobyard.limits-NAME.cfg</code>${this.may('admin') ? ', or use the button below' : ''}.`,
            )
      }
        ${this.may('admin') ? html`<p class="buttons"><button @click=${() => this.change(define('limit'))}>Create limit …</button></p>` : nothing}</section>`;
  }
}

customElements.define('jobyard-queues', Queues);
