// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, jobs } from '../api.js';
import { bulk, several } from '../bulk.js';
import { note, question } from '../dialogs.js';
import { exportJobs } from '../export-jobs.js';
import { empty, jobLink, status, table, time } from '../parts.js';
import { GIVEN, forget, save, saved } from '../saved-views.js';
import { Screen } from '../screen.js';
import { FILTERS, typed, valuesOf } from '../search.js';
import { counted, number } from '../words.js';

const PAGE = 50;
const FACETS = [
  ['byStatus', 'status'],
  ['byReason', 'reason'],
  ['byType', 'type'],
  ['byQueue', 'queue'],
  ['bySubmitter', 'submitter'],
  ['bySchedule', 'schedule'],
];
const ORDERS = [
  ['', 'newest first'],
  ['oldest', 'oldest first'],
  ['queued', 'starting order'],
];
const SHOWN = 8;

/** Returns the query of the list without the page. @param {URLSearchParams} query */
function listOf(query) {
  const list = new URLSearchParams(query);
  list.delete('after');
  return list.toString();
}

class Jobs extends Screen {
  static properties = { selected: { state: true }, views: { state: true } };

  constructor() {
    super();
    this.selected = new Set();
    this.views = saved();
  }

  heading() {
    return 'Jobs';
  }

  /** Keeps the selection between the pages of one list. */
  willUpdate(changes) {
    if (changes.has('query') && this.list !== listOf(this.query)) {
      this.list = listOf(this.query);
      this.selected = new Set();
    }
    super.willUpdate(changes);
  }

  /** Returns the filter as a query of the API. */
  filter() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.query.getAll(name)]));
  }

  async read() {
    const order = this.query.get('order');
    const [page, facets] = await Promise.all([
      jobs({ ...this.filter(), order, after: this.query.get('after'), limit: PAGE }),
      order === 'queued' ? null : get('/jobs/facets', this.filter()),
    ]);
    return { page, facets };
  }

  /** Returns the address of this list with changes. @param {Record<string, string|string[]|null>} changes */
  address(changes) {
    const query = new URLSearchParams(this.query);
    query.delete('after');
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      [value]
        .flat()
        .filter((each) => each)
        .forEach((each) => query.append(name, each));
    }
    return `#/jobs?${query}`;
  }

  narrow(event) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.target)) {
      valuesOf(name, String(value)).forEach((each) => query.append(name, each));
    }
    window.location.hash = `#/jobs?${query}`;
  }

  /** @param {string[]} ids @param {boolean} isChosen */
  choose(ids, isChosen) {
    const selected = new Set(this.selected);
    for (const id of ids) {
      if (isChosen) selected.add(id);
      else selected.delete(id);
    }
    this.selected = selected;
  }

  async all(action) {
    await bulk(action, this.filter());
    this.refresh();
  }

  async chosen(action) {
    await several(action, [...this.selected]);
    this.selected = new Set();
    this.refresh();
  }

  async saveView() {
    const values = await question({
      title: 'Save view',
      text: 'This browser stores the view. To share the view, copy the address of the page.',
      action: 'Save view',
      fields: [{ name: 'name', label: 'Name', required: true }],
    });
    if (!values?.name.trim()) return;
    save(values.name, this.list);
    this.views = saved();
  }

  forgetView(name) {
    forget(name);
    this.views = saved();
  }

  async share() {
    await navigator.clipboard.writeText(`${window.location.origin}/${this.address({})}`);
    note('Address copied.');
  }

  viewLine() {
    const view = ({ name, query }) =>
      html`<a class="facet" href="#/jobs?${query}" aria-current=${query === this.list ? 'true' : nothing}>${name}</a>`;
    return html`<div class="views" role="group" aria-label="Views"><b>Views</b> <a class="facet" href="#/jobs" aria-current=${this.list === '' ? 'true' : nothing}>All</a>
      ${GIVEN.map(view)}${this.views.map((each) => html`<span>${view(each)}<button class="plain" aria-label="Delete view ${each.name}" @click=${() => this.forgetView(each.name)}>×</button></span>`)}
      <button @click=${() => this.saveView()}>Save view …</button> <button @click=${() => this.share()}>Copy address</button></div>`;
  }

  form() {
    const field = (name, hint) => html`<label>${name} <input name=${name} .value=${typed(name, this.query)} placeholder=${hint}></label>`;
    const given = FILTERS.some((name) => this.query.has(name));
    return html`
      <details class="card" ?open=${given}>
        <summary>Filter${given ? html`: ${FILTERS.flatMap((name) => this.query.getAll(name).map((value) => html`<span class="label">${name} ${value}</span> `))}` : nothing}</summary>
        <form class="fields" @submit=${this.narrow}>
          ${field('status', 'failed')}${field('reason', 'timeout')}${field('type', 'echo')}${field('queue', 'default')}${field('submitter', 'ann')}
          ${field('label', 'run=night')}${field('since', '2h')}${field('until', '10m')}${field('error', 'words')}${field('schedule', 'nightly')}${field('group', 'night')}
          <input type="hidden" name="order" .value=${this.query.get('order') ?? ''}>
          <p class="buttons"><button class="main">Show</button> <a href="#/jobs">All jobs</a></p>
        </form>
      </details>`;
  }

  /** Returns the other values of a filter with this value; null if the filter does not have this value. */
  without(name, value) {
    const all = this.query.getAll(name);
    return all.includes(value) ? all.filter((each) => each !== value) : null;
  }

  facets(facets) {
    return html`<div class="facets">${FACETS.filter(([field]) => Object.keys(facets[field] ?? {}).length).map(
      ([field, name]) => html`
      <p><b>${name}</b> ${Object.entries(facets[field])
        .slice(0, SHOWN)
        .map(
          ([value, count]) => html`
        <a class="facet" href=${this.address({ [name]: this.without(name, value) ?? value })} aria-current=${this.without(name, value) ? 'true' : nothing}>${value} <small>${number(count)}</small></a> `,
        )}</p>`,
    )}</div>`;
  }

  bar(facets) {
    const acts = [
      ['cancel', 'Cancel'],
      ['retry', 'Retry'],
    ].filter(([action]) => this.may(action) || this.may(`${action}:all`));
    if (!acts.length || !facets) return nothing;
    const chosen = this.selected.size;
    return html`<p class="buttons" id="bar">
      ${
        chosen
          ? html`${number(chosen)} of ${counted(facets.total, 'job')} selected: ${acts.map(([action, text]) => html`<button @click=${() => this.chosen(action)}>${text} selected</button> `)}<button @click=${() => (this.selected = new Set())}>Clear selection</button>`
          : html`All matching (${number(facets.total)}): ${acts.map(([action, text]) => html`<button ?disabled=${!facets.total} @click=${() => this.all(action)}>${text} all …</button> `)}`
      }</p>`;
  }

  orders(facets) {
    const query = { ...this.filter(), order: this.query.get('order') };
    return html`<p class="buttons"><span>Order: ${ORDERS.map(
      ([order, text]) => html`
        <a class="facet" href=${this.address({ order })} aria-current=${(this.query.get('order') ?? '') === order ? 'true' : nothing}>${text}</a>`,
    )}</span>
      <span>Export: <button @click=${() => exportJobs('csv', query, facets?.total)}>CSV</button> <button @click=${() => exportJobs('jsonl', query, facets?.total)}>JSON Lines</button></span></p>`;
  }

  row(job) {
    return html`<tr>
      <td><input type="checkbox" aria-label="select ${job.id}" .checked=${this.selected.has(job.id)} @change=${(event) => this.choose([job.id], event.target.checked)}></td>
      <td>${jobLink(job.id)}</td><td>${status(job)}</td><td>${job.type}</td><td>${job.queue}</td><td>${job.priority}</td><td>${job.submitter}</td>
      <td>${time(job.createdAt)}</td><td>${time(job.changedAt)}</td><td class="long">${job.error ?? job.progress?.text ?? ''}</td></tr>`;
  }

  show({ page, facets }) {
    const onPage = page.jobs.map((job) => job.id);
    const all = onPage.length > 0 && onPage.every((id) => this.selected.has(id));
    const every = html`<input type="checkbox" aria-label="select all on this page" .checked=${all} @change=${(event) => this.choose(onPage, event.target.checked)}>`;
    return html`
      ${this.viewLine()}
      ${this.form()}
      ${facets ? html`${this.facets(facets)}<p>${counted(facets.total, 'job')}${facets.lookedBackTo ? html`, among those created since ${time(facets.lookedBackTo)}` : nothing}.</p>` : nothing}
      ${this.bar(facets)}
      ${
        page.jobs.length
          ? html`${this.orders(facets)}${table(
              'Jobs',
              [every, 'id', 'status', 'type', 'queue', 'priority', 'submitter', 'created', 'changed', 'error or progress'],
              page.jobs.map((job) => this.row(job)),
            )}`
          : empty('No matching jobs.', html`<a href="#/jobs">Show all jobs</a>, or <a href="#/submit">submit one</a>.`)
      }
      <p class="buttons">
        ${this.query.has('after') ? html`<a href=${this.address({})}>First page</a>` : nothing}
        ${page.next ? html`<a href="#/jobs?${new URLSearchParams([...new URLSearchParams(this.list), ['after', page.next]])}">Next page</a>` : nothing}</p>`;
  }
}

customElements.define('jobyard-jobs', Jobs);
