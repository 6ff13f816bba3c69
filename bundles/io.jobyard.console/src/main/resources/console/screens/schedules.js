// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { keyed } from 'lit-html/directives/keyed.js';
import { Problem, get, part, patch, post, remove } from '../api.js';
import { declared } from '../declared.js';
import { doing, given, note, question } from '../dialogs.js';
import { READ, fires } from '../fires.js';
import { empty, fault, facts, jobLink, table, time } from '../parts.js';
import { body, fields, moreOf } from '../schedule-form.js';
import { Screen } from '../screen.js';
import { counted, duration } from '../words.js';

class Schedules extends Screen {
  static properties = { fires: { state: true }, form: { state: true } };

  constructor() {
    super();
    this.fires = {};
    /** @type {{schedule?: any, more: any[], types: any[], preview?: any[], asked?: any, wrong?: Problem}|null} the added or changed schedule */
    this.form = null;
  }

  heading() {
    return 'Schedules';
  }

  read() {
    return get('/schedules');
  }

  async toggle(event, name) {
    if (!event.target.open || this.fires[name]) return;
    const answer = await get(`/schedules/${part(name)}/preview`, { limit: READ });
    this.fires = { ...this.fires, [name]: answer.fires };
  }

  async act(name, verb) {
    const at = `/schedules/${part(name)}`;
    if (verb === 'pause') {
      const done = await question({
        title: `Pause ${name}?`,
        text: 'The host skips scheduled times during the pause.',
        action: 'Pause schedule',
        fields: await declared('pauseScheduleBody'),
        deed: (values) => post(`${at}/pause`, given(values)),
      });
      if (done) note(`Schedule ${name} paused.`);
    } else if (verb === 'remove') {
      if (!(await question({ title: `Remove ${name}?`, text: 'Its jobs stay.', action: 'Remove schedule', danger: true }))) return;
      await doing(
        () => remove(at),
        () => `Schedule ${name} removed.`,
      );
    } else if (verb === 'run') {
      await doing(
        () => post(`${at}/run`),
        (answer) => html`Submitted ${jobLink(answer.id, 'a job')}.`,
      );
    } else if (verb === 'backfill') {
      const done = await question({
        title: `Backfill past scheduled times of ${name}?`,
        action: 'Backfill',
        text: 'The host submits a job for each past scheduled time that has no job, one after the other.',
        fields: await declared('backfillScheduleBody'),
        deed: (values) => post(`${at}/backfill`, given(values)),
      });
      if (done) note(`Backfill of ${counted(done.times, 'time')} started.`);
    } else {
      await doing(
        () => post(`${at}/resume`),
        () => `Schedule ${name} resumed.`,
      );
    }
    this.fires = {};
    this.refresh();
  }

  /** @param {any} [schedule] the schedule to change; adds a new one by default */
  async begin(schedule) {
    const [{ types }, more] = await Promise.all([get('/types'), moreOf(schedule)]);
    this.form = { schedule, more, types: types.filter(({ type, submittable }) => submittable || type === schedule?.type) };
    await this.updateComplete;
    const first = this.querySelector('form.schedule');
    first?.scrollIntoView({ block: 'nearest' });
    first?.querySelector('input, select')?.focus();
  }

  async check(event) {
    event.preventDefault();
    const { schedule, more } = this.form;
    try {
      const asked = body(event.target, schedule, more);
      const answer = await post(schedule ? `/schedules/${part(schedule.name)}/preview` : '/schedules/preview', { ...asked, limit: READ });
      this.form = { ...this.form, preview: answer.fires, asked, wrong: undefined };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.form = { ...this.form, preview: undefined, wrong: problem };
    }
  }

  async save() {
    const { schedule, asked } = this.form;
    const saved = await doing(
      () => (schedule ? patch(`/schedules/${part(schedule.name)}`, asked) : post('/schedules', asked)),
      (answer) => `Schedule ${answer.name} ${schedule ? 'changed' : 'added'}.`,
    );
    if (!saved) return;
    this.form = null;
    this.fires = {};
    this.refresh();
  }

  formShown({ schedule, more, types, preview, wrong }) {
    return keyed(
      schedule?.name,
      html`<section class="card"><h2>${schedule ? `Change ${schedule.name}` : 'Add a schedule'}</h2>
      <form class="schedule" @submit=${(event) => this.check(event)} @input=${() => preview && (this.form = { ...this.form, preview: undefined })}>
        ${fields(schedule, types, more)}
        ${wrong ? fault(wrong) : nothing}
        <p class="buttons"><button class=${preview ? nothing : 'main'}>Preview times</button> <button type="button" @click=${() => (this.form = null)}>Close</button></p>
      </form>
      ${
        preview
          ? html`<div role="status"><p>Nothing is stored yet. Next times:</p>${fires(preview)}
        <p class="buttons"><button class="main" @click=${() => this.save()}>${schedule ? 'Change schedule' : 'Add schedule'}</button></p></div>`
          : nothing
      }</section>`,
    );
  }

  times(schedule) {
    if (schedule.cron) return html`<code>${schedule.cron}</code> ${schedule.zone}`;
    return schedule.every ? `every ${schedule.every}` : `${schedule.delay} after the end`;
  }

  row(schedule) {
    const may = this.mayFor({ submitter: schedule.owner }, 'submit', 'operate');
    const known = this.fires[schedule.name];
    const button = (verb, text, danger) =>
      html`<button class=${danger ? 'danger' : nothing} aria-label="${text} ${schedule.name}" @click=${() => this.act(schedule.name, verb)}>${text}</button> `;
    return html`<tr>
      <th scope="row">${schedule.name}</th><td>${this.times(schedule)}</td><td>${schedule.type}</td><td>${schedule.owner}</td>
      <td class="long">${schedule.paused ? html`<span class="status paused">paused</span> by ${schedule.paused.by} ${time(schedule.paused.since)}${schedule.paused.reason ? html`: ${schedule.paused.reason}` : nothing}${schedule.paused.until ? html`, until ${time(schedule.paused.until)}` : nothing}` : time(schedule.next)}
        ${schedule.overlaps ? html`<br><span class="reason">${counted(schedule.overlaps, 'scheduled time')} skipped because an earlier job was unfinished</span>` : nothing}
        <details @toggle=${(event) => this.toggle(event, schedule.name)}><summary>next times and settings</summary>
          ${known ? fires(known) : html`<p class="empty">Reading scheduled times …</p>`}
          ${facts([
            ['Missed times', schedule.missed],
            ['If an earlier job is unfinished', schedule.overlap],
            ['Grace period', duration(schedule.graceSeconds)],
            ['Jitter', schedule.jitterSeconds ? duration(schedule.jitterSeconds) : null],
            ['Not before', schedule.start && time(schedule.start)],
            ['Ends', schedule.end && time(schedule.end)],
            ['Calendars', schedule.calendars?.join(', ')],
            ['Backfilled up to', schedule.backfilledTo && time(schedule.backfilledTo)],
            ['Defined by', schedule.source === 'file' ? 'a file in etc/' : 'its owner'],
          ])}</details></td>
      <td>${schedule.lastJob ? html`${time(schedule.last)} ${jobLink(schedule.lastJob)}` : 'never'}</td>
      <td class="acts">${
        may
          ? html`${button('run', 'Run now')}${schedule.paused ? button('resume', 'Resume') : button('pause', 'Pause')}${schedule.delay ? nothing : button('backfill', 'Backfill')}
        ${schedule.source === 'added' ? html`<button aria-label="Change ${schedule.name}" @click=${() => this.begin(schedule)}>Change</button> ${button('remove', 'Remove', true)}` : nothing}`
          : nothing
      }</td></tr>`;
  }

  show({ schedules }) {
    return html`
      ${
        schedules.length
          ? html`<section class="card">${table(
              'Schedules',
              ['name', 'times', 'type', 'owner', 'next', 'last', html`<span class="hidden">actions</span>`],
              schedules.map((schedule) => this.row(schedule)),
            )}</section>`
          : empty(
              'No schedules.',
              html`Create a file <code>etc/io.jobyard.schedules-NAME.cfg</code>${this.may('submit') ? ', or use the button below' : ''}.`,
            )
      }
      ${this.form ? this.formShown(this.form) : this.may('submit') ? html`<p class="buttons"><button @click=${() => this.begin()}>Add a schedule …</button></p>` : nothing}`;
  }
}

customElements.define('jobyard-schedules', Schedules);
