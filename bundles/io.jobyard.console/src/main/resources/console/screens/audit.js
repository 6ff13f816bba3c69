// SPDX-License-Identifier: Apache-2.0
import { html } from 'lit';
import { get } from '../api.js';
import { empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';

const FIELDS = [['who', 'Who', 'ann'], ['action', 'Action', 'cancel'], ['since', 'Since', '2h'], ['limit', 'How many', '100']];
const LOOK = 10000;

class Audit extends Screen {
  /** What operators do need not change a job. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Audit';
  }

  read() {
    return get('/audit', Object.fromEntries(this.query));
  }

  narrow(event) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.target)) if (value) query.set(name, String(value));
    window.location.hash = `#/audit?${query}`;
  }

  show({ entries }) {
    return html`
      <form class="card fields" @submit=${this.narrow}>${FIELDS.map(([name, label, hint]) => html`<label>${label} <input name=${name} .value=${this.query.get(name) ?? ''} placeholder=${hint}></label>`)}
        <p class="buttons"><button class="main">Show</button></p></form>
      ${entries.length
        ? table('Audit', ['when', 'who', 'action', 'target', 'detail'], entries.map((entry) => html`<tr><td>${time(entry.at)}</td><td>${entry.who}</td><td>${entry.action}</td><td class="long">${entry.target}</td><td class="long">${entry.detail}</td></tr>`))
        : empty('Nothing like that is in the audit.')}`;
  }
}

customElements.define('jobyard-audit', Audit);
