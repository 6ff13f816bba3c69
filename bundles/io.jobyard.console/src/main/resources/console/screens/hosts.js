// SPDX-License-Identifier: Apache-2.0
import { html } from 'lit';
import { get } from '../api.js';
import { empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';

const LOOK = 5000;

class Hosts extends Screen {
  /** A host that is lost changes no job at first. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Hosts';
  }

  read() {
    return get('/hosts');
  }

  show({ hosts }) {
    if (!hosts.length) return empty('No host is known.');
    return html`${table('Hosts', ['name', 'version', 'since', 'jobs', 'gives jobs', 'lease', 'handlers'], hosts.map((host) => html`<tr>
        <th scope="row">${host.name}</th><td>${host.version}</td><td>${time(host.since)}</td><td>${host.running} of ${host.room}</td>
        <td>${host.draining ? 'it drains' : host.steward ? 'yes, for all' : 'no'}</td><td>${host.leaseUntil ? time(host.leaseUntil) : 'needs none'}</td>
        <td class="long"><details><summary>${host.handlers.length}</summary>${host.handlers.map((handler) => html`${handler.type} ${handler.version} `)}</details></td></tr>`))}
      <p>To take a host out of work, run <code>bin/jobyard drain</code> on it.</p>`;
  }
}

customElements.define('jobyard-hosts', Hosts);
