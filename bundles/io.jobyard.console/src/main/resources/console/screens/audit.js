// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, post } from '../api.js';
import { doing } from '../dialogs.js';
import { empty, jobLink, table, time } from '../parts.js';
import { Screen } from '../screen.js';

const FIELDS = [
  ['who', 'Who', 'ann'],
  ['action', 'Action', 'cancel'],
  ['since', 'Since', '2h'],
  ['limit', 'Limit', '100'],
];
const LOOK = 10000;
const JOB = /^(.*\bjob )([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(.*)$/;

class Audit extends Screen {
  static properties = { proof: { state: true }, proving: { state: true } };

  /** Operators may act without changing a job. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Audit';
  }

  read() {
    return get('/audit', Object.fromEntries(this.query));
  }

  async prove() {
    this.proving = true;
    this.proof = await doing(
      () => post('/audit/proof'),
      () => 'Audit verified.',
    );
    this.proving = false;
  }

  proven({ valid, problem }) {
    return valid
      ? html`<p class="notice good" role="status">The audit and the histories of all finished jobs are unchanged.</p>`
      : html`<p class="notice bad" role="alert"><strong>Changed or missing:</strong> ${problem}</p>`;
  }

  /** Returns the target, with a link if it is a job. @param {string} target */
  target(target) {
    const [, before, id, after] = JOB.exec(target) ?? [];
    return id ? html`${before}${jobLink(id, id)}${after}` : target;
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
        <p class="buttons"><button class="main">Show</button> <a href="#/audit">All</a> <button type="button" ?disabled=${this.proving} @click=${() => this.prove()}>${this.proving ? 'Verifying …' : 'Verify'}</button>
          <small>Verification reads all entries, a million rows in a few seconds.</small></p></form>
      ${this.proof ? this.proven(this.proof) : nothing}
      ${
        entries.length
          ? table(
              'Audit',
              ['when', 'who', 'action', 'target', 'detail'],
              [...entries]
                .reverse()
                .map(
                  (entry) =>
                    html`<tr><td>${time(entry.at)}</td><td>${entry.who}</td><td>${entry.action}</td><td class="long">${this.target(entry.target)}</td><td class="long">${entry.detail}</td></tr>`,
                ),
            )
          : empty('No matching entries.')
      }`;
  }
}

customElements.define('jobyard-audit', Audit);
