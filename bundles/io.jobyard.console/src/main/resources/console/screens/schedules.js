// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post, remove } from '../api.js';
import { doing, question } from '../dialogs.js';
import { empty, jobLink, table, time } from '../parts.js';
import { Screen } from '../screen.js';

const FIRES = 5;

class Schedules extends Screen {
  static properties = { fires: { state: true } };

  constructor() {
    super();
    this.fires = {};
  }

  heading() {
    return 'Schedules';
  }

  read() {
    return get('/schedules');
  }

  async toggle(event, name) {
    if (!event.target.open || this.fires[name]) return;
    const { fires } = await get(`/schedules/${part(name)}/preview`, { limit: FIRES });
    this.fires = { ...this.fires, [name]: fires };
  }

  async act(schedule, verb) {
    const at = `/schedules/${part(schedule.name)}`;
    if (verb === 'pause') {
      const values = await question({ title: `Pause ${schedule.name}?`, text: 'The times that fall into the pause are left out.', action: 'Pause it', fields: [{ name: 'reason', label: 'Why' }] });
      if (!values) return;
      await doing(() => post(`${at}/pause`, values.reason ? { reason: values.reason } : {}), () => `${schedule.name} is paused.`);
    } else if (verb === 'remove') {
      if (!(await question({ title: `Remove ${schedule.name}?`, text: 'Its jobs stay.', action: 'Remove it', danger: true }))) return;
      await doing(() => remove(at), () => `${schedule.name} is removed.`);
    } else if (verb === 'run') {
      await doing(() => post(`${at}/run`), (answer) => html`Made ${jobLink(answer.id, 'a job of it')}.`);
    } else {
      await doing(() => post(`${at}/resume`), () => `${schedule.name} is resumed.`);
    }
    this.fires = {};
    this.refresh();
  }

  row(schedule) {
    const may = this.mayFor({ submitter: schedule.owner }, 'submit', 'operate');
    const fires = this.fires[schedule.name];
    return html`<tr>
      <th scope="row">${schedule.name}</th><td>${schedule.cron ? html`<code>${schedule.cron}</code> ${schedule.zone}` : schedule.every ? `every ${schedule.every}` : `${schedule.delay} after the end`}</td><td>${schedule.type}</td><td>${schedule.owner}</td>
      <td>${schedule.paused ? html`paused by ${schedule.paused.by}${schedule.paused.reason ? html`: ${schedule.paused.reason}` : nothing}` : time(schedule.next)}
        <details @toggle=${(event) => this.toggle(event, schedule.name)}><summary>next times</summary>
          ${fires ? fires.length ? html`<ol>${fires.map((fire) => html`<li>${fire.local} ${fire.leftOut ? html`(left out: ${fire.leftOut})` : html`(${time(fire.at)})`}</li>`)}</ol>` : 'none' : 'Reading …'}</details></td>
      <td>${schedule.lastJob ? html`${time(schedule.last)} ${jobLink(schedule.lastJob)}` : 'never'}</td>
      <td>${may ? html`<button @click=${() => this.act(schedule, 'run')}>Run now</button> ${schedule.paused
        ? html`<button @click=${() => this.act(schedule, 'resume')}>Resume</button>` : html`<button @click=${() => this.act(schedule, 'pause')}>Pause</button>`}
        ${schedule.source === 'added' ? html`<button class="danger" @click=${() => this.act(schedule, 'remove')}>Remove</button>` : nothing}` : nothing}</td></tr>`;
  }

  show({ schedules }) {
    return schedules.length
      ? table('Schedules', ['name', 'times', 'type', 'owner', 'next', 'last', html`<span class="hidden">actions</span>`], schedules.map((schedule) => this.row(schedule)))
      : empty('There are no schedules.', html`A file <code>etc/io.jobyard.schedules-NAME.cfg</code> makes one, and so does <code>bin/jobyard schedule add</code>.`);
  }
}

customElements.define('jobyard-schedules', Schedules);
