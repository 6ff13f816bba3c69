// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post, remove } from '../api.js';
import { doing, question } from '../dialogs.js';
import { blockers, empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { duration, number } from '../words.js';

const WHY = [{ name: 'reason', label: 'Why', hint: 'for whoever asks' }, { name: 'until', label: 'Until', hint: 'an instant, or such as 2h; until somebody resumes it if left out' }];
const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

class Queues extends Screen {
  heading() {
    return 'Queues and limits';
  }

  async read() {
    const [queues, limits] = await Promise.all([get('/queues'), get('/limits')]);
    return { ...queues, limits: limits.limits };
  }

  async pause(name) {
    const values = await question({ title: `Pause the queue ${name}?`, text: 'None of its jobs starts until it is resumed. What runs goes on.', action: 'Pause it', fields: WHY });
    if (values) await doing(() => post(`/queues/${part(name)}/pause`, given(values)), () => `The queue ${name} is paused.`);
    this.refresh();
  }

  async resume(name) {
    await doing(() => post(`/queues/${part(name)}/resume`), () => `The queue ${name} is resumed.`);
    this.refresh();
  }

  async pauseOthers() {
    const values = await question({
      title: 'Pause jobs', action: 'Pause them',
      fields: [{ name: 'target', label: 'Which', hint: 'type:NAME, limit:NAME, user:NAME, the name of a queue, or all', required: true }, ...WHY],
    });
    if (values) await doing(() => post('/pauses', given(values)), (answer) => `Paused: ${answer.kind} ${answer.name}.`);
    this.refresh();
  }

  async resumeOthers(pause) {
    const target = pause.kind === 'all' ? 'all' : `${pause.kind}:${pause.name}`;
    await doing(() => remove(`/pauses/${part(target)}`), () => `Resumed: ${target}.`);
    this.refresh();
  }

  held({ pause, blockedBy }) {
    return html`${pause ? html`Paused by <b>${pause.by}</b> ${time(pause.since)}${pause.reason ? html`: ${pause.reason}` : nothing}${pause.until ? html`; opens ${time(pause.until)}` : nothing}` : nothing}
      ${blockers((blockedBy ?? []).filter((each) => !pause || each.gate !== 'paused'))}`;
  }

  queue(queue) {
    return html`<tr>
      <th scope="row"><a href="#/jobs?queue=${encodeURIComponent(queue.name)}">${queue.name}</a></th><td><span class="status ${queue.state}">${queue.state}</span></td>
      <td>${number(queue.queued)}</td><td>${duration(queue.oldestReadySeconds)}</td><td>${number(queue.running)}${queue.runningMax === null ? nothing : html` of ${queue.runningMax}`}</td><td>${queue.rate ?? '–'}</td>
      <td class="long">${this.held(queue)}</td>
      ${this.may('operate') ? html`<td>${queue.pause ? html`<button @click=${() => this.resume(queue.name)}>Resume</button>` : html`<button @click=${() => this.pause(queue.name)}>Pause</button>`}</td>` : nothing}</tr>`;
  }

  rate(rate) {
    return html`<li>${rate.unit}: ${number(rate.level)} left of ${number(rate.burst)} (${rate.rate})
      <meter min="0" max=${rate.burst} .value=${Math.max(0, rate.level)} aria-label="what is left of ${rate.unit}"></meter>${rate.fullAt ? html`, full ${time(rate.fullAt)}` : nothing}${rate.softPassed ? html` <b>over ${rate.softPercent} %</b>` : nothing}</li>`;
  }

  limit(limit) {
    return html`<tr><th scope="row">${limit.name}</th><td><span class="status ${limit.state}">${limit.state}</span></td><td>${number(limit.queued)}</td>
      <td>${number(limit.running)}${limit.runningMax === null ? nothing : html`, ${limit.slots} of ${limit.runningMax} places`}</td>
      <td class="long">${limit.rates.length ? html`<ul>${limit.rates.map((rate) => this.rate(rate))}</ul>` : '–'}</td><td class="long">${this.held(limit)}</td></tr>`;
  }

  show({ queues, pauses, limits }) {
    const acts = this.may('operate') ? [html`<span class="hidden">action</span>`] : [];
    return html`
      ${pauses.length ? html`<section class="card"><h2>Paused</h2>${table('Pauses', ['what', 'by', 'since', 'until', 'why', ...acts], pauses.map((pause) => html`<tr>
        <th scope="row">${pause.kind} ${pause.name}</th><td>${pause.by}</td><td>${time(pause.since)}</td><td>${time(pause.until)}</td><td>${pause.reason ?? ''}</td>
        ${this.may('operate') ? html`<td><button @click=${() => this.resumeOthers(pause)}>Resume</button></td>` : nothing}</tr>`))}</section>` : nothing}
      <section class="card"><h2>Queues</h2>${queues.length
        ? table('Queues', ['queue', 'state', 'ready', 'oldest', 'running', 'rate', 'what holds it', ...acts], queues.map((queue) => this.queue(queue)))
        : empty('No queue has jobs, and none is configured.')}
        ${this.may('operate') ? html`<p class="buttons"><button @click=${() => this.pauseOthers()}>Pause jobs of a type, a limit or a user …</button></p>` : nothing}</section>
      <section class="card"><h2>Limits</h2>${limits.length
        ? table('Limits', ['limit', 'state', 'ready', 'running', 'what is left', 'what holds it'], limits.flatMap((limit) => [limit, ...(limit.values ?? [])]).map((limit) => this.limit(limit)))
        : empty('There are no limits.', html`A file <code>etc/io.jobyard.limits-NAME.cfg</code> makes one.`)}</section>`;
  }
}

customElements.define('jobyard-queues', Queues);
