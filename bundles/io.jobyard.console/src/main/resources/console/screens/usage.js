// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get } from '../api.js';
import { csv, lines, save } from '../downloads.js';
import { empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { number } from '../words.js';

const FIELDS = [
  ['by', 'By', 'user, type, model, label.NAME'],
  ['since', 'Since', '30d'],
  ['until', 'Until', 'now'],
  ['user', 'User', ''],
  ['type', 'Type', ''],
  ['unit', 'Unit', ''],
];
const PERIODS = ['', 'day', 'week', 'month'];

class Usage extends Screen {
  heading() {
    return 'Usage';
  }

  read() {
    return get('/usage', Object.fromEntries(this.query));
  }

  narrow(event) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.target)) if (value) query.set(name, String(value));
    window.location.hash = `#/usage?${query}`;
  }

  names(usage) {
    return [...new Set(usage.flatMap((sum) => Object.keys(sum.group)))];
  }

  asTable({ usage }) {
    const names = this.names(usage);
    save(
      'usage.csv',
      'text/csv',
      csv(
        ['since', ...names, 'unit', 'amount', 'estimate', 'runs'],
        usage.map((sum) => [sum.since, ...names.map((name) => sum.group[name]), sum.unit, sum.amount, sum.estimate, sum.runs]),
      ),
    );
  }

  show(data) {
    const { usage, since, until } = data;
    const names = this.names(usage);
    const periods = usage.some((sum) => sum.since);
    return html`
      <form class="card fields" @submit=${this.narrow}>${FIELDS.map(([name, label, hint]) => html`<label>${label} <input name=${name} .value=${this.query.get(name) ?? ''} placeholder=${hint}></label>`)}
        <label>Per <select name="per">${PERIODS.map((period) => html`<option value=${period} ?selected=${(this.query.get('per') ?? '') === period}>${period || 'total'}</option>`)}</select></label>
        <p class="buttons"><button class="main">Show</button></p></form>
      <p>Runs that began between ${time(since)} and ${time(until)}.</p>
      ${
        usage.length
          ? table(
              'Usage',
              [...(periods ? ['since'] : []), ...names, 'unit', 'used', 'estimated', 'runs'],
              usage.map(
                (sum) => html`<tr>
          ${periods ? html`<td>${sum.since}</td>` : nothing}${names.map((name) => html`<td>${sum.group[name] ?? '–'}</td>`)}<td>${sum.unit}</td><td>${number(sum.amount)}</td><td>${number(sum.estimate)}</td><td>${number(sum.runs)}</td></tr>`,
              ),
            )
          : empty('No usage in this period.', html`Handlers report usage with <code>context.used(unit, amount)</code>.`)
      }
      ${usage.length ? html`<p class="buttons"><button @click=${() => this.asTable(data)}>Save as CSV</button> <button @click=${() => save('usage.jsonl', 'application/x-ndjson', lines(usage))}>Save as JSON Lines</button></p>` : nothing}`;
  }
}

customElements.define('jobyard-usage', Usage);
