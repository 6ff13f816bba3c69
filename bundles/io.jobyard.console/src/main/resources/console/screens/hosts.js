// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post } from '../api.js';
import { doing, question } from '../dialogs.js';
import { empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { counted, number } from '../words.js';

const LOOK = 5000;

class Hosts extends Screen {
  /** The loss of a host does not change a job immediately. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Hosts';
  }

  read() {
    return get('/hosts');
  }

  async drain(host, alone) {
    const sure = await question({
      title: `Drain ${host.name}?`,
      action: 'Drain host',
      danger: alone,
      text: alone
        ? 'This is the only active host. Running jobs finish, and no job starts until you end the drain.'
        : 'Running jobs finish, and no new jobs start on this host. Other hosts run the queued jobs, if they have the handlers.',
    });
    if (sure) {
      await doing(
        () => post(`/hosts/${part(host.name)}/drain`),
        () => `${host.name} drains.`,
      );
    }
    this.refresh();
  }

  async end(host) {
    await doing(
      () => post(`/hosts/${part(host.name)}/end-drain`),
      () => `Drain of ${host.name} ended.`,
    );
    this.refresh();
  }

  state(host) {
    if (!host.draining) return html`<span class="status active">active</span>`;
    return host.running + host.asyncRunning
      ? html`<span class="status draining">draining</span>: ${counted(host.running + host.asyncRunning, 'job')} running`
      : html`<span class="status draining">drained</span>: idle`;
  }

  row(host, alone) {
    return html`<tr>
      <th scope="row">${host.name}</th><td>${this.state(host)}</td><td>${host.running} of ${host.room}</td><td>${number(host.asyncRunning)} of ${number(host.asyncRoom)} waiting for answers</td><td>${host.leader ? 'yes' : 'no'}</td>
      <td>${host.leaseUntil ? html`ends ${time(host.leaseUntil)}` : 'none'}</td><td>${host.version}</td><td>${time(host.since)}</td>
      <td>${host.handlers.length ? html`<details><summary>${host.handlers.length}</summary>${host.handlers.map((handler) => html`${handler.type} ${handler.version}<br>`)}</details>` : 'none'}</td>
      ${this.may('operate') ? html`<td>${host.draining ? html`<button aria-label="end the drain of ${host.name}" @click=${() => this.end(host)}>End drain</button>` : html`<button aria-label="drain ${host.name}" @click=${() => this.drain(host, alone)}>Drain</button>`}</td>` : nothing}</tr>`;
  }

  show({ hosts }) {
    if (!hosts.length) return empty('No hosts.');
    const alone = hosts.filter((host) => !host.draining).length < 2;
    return html`<section class="card">${table(
      'Hosts',
      [
        'name',
        'state',
        'threads',
        'asynchronous jobs',
        'leader',
        'lease',
        'version',
        'since',
        'handlers',
        ...(this.may('operate') ? [html`<span class="hidden">action</span>`] : []),
      ],
      hosts.map((host) => this.row(host, alone)),
    )}
      <p class="empty">The leader assigns jobs to hosts. When the lease of a host ends, other hosts run its jobs.</p></section>`;
  }
}

customElements.define('jobyard-hosts', Hosts);
