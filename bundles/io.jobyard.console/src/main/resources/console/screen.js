// SPDX-License-Identifier: Apache-2.0
// Base class of all screens: reads data, shows it, and reads it again after a change, at most every two seconds.
import { LitElement, html, nothing } from 'lit';
import { Problem } from './api.js';
import { live } from './live.js';
import { fault } from './parts.js';

const PAUSE = 2000;

export class Screen extends LitElement {
  static properties = {
    me: { attribute: false },
    path: { attribute: false },
    query: { attribute: false },
    data: { state: true },
    fault: { state: true },
  };

  /** Screens share the page's one stylesheet. */
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.pulsed = (event) => {
      if (this.concerns(event.detail)) this.refresh();
    };
    live.addEventListener('pulse', this.pulsed);
    this.clock = window.setInterval(() => {
      if (this.every && Date.now() - this.readAt >= this.every) this.refresh(false);
      this.requestUpdate(); // relative times change
    }, PAUSE);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.pulsed);
    window.clearInterval(this.clock);
    window.clearTimeout(this.later);
    this.gone = true;
  }

  willUpdate(changes) {
    if (!changes.has('path') && !changes.has('query')) return;
    window.clearTimeout(this.later);
    this.later = 0;
    this.asked = (this.asked ?? 0) + 1; // a pending answer is for another address
    this.reading = false;
    this.readAt = 0;
    this.refresh();
  }

  /** Returns whether a pulse concerns the displayed data. @param {import('./live.js').Pulse} _pulse */
  concerns(_pulse) {
    return true;
  }

  /** Reads periodically, without a pulse. Reads all data by default. */
  readAgain() {
    return this.read();
  }

  /** Reads now, or soon after a recent read. After a pulse during a read, it reads once more. @param {boolean} [whole] */
  refresh(whole = true) {
    this.whole = this.whole || whole;
    if (this.gone || this.later) return;
    if (this.reading) {
      this.missed = true;
      return;
    }
    const wait = Math.max(0, (this.readAt ?? 0) + PAUSE - Date.now());
    this.later = window.setTimeout(() => this.readNow(), wait);
  }

  async readNow() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const whole = this.whole || this.data === undefined;
    Object.assign(this, { later: 0, whole: false, missed: false, reading: true, readAt: Date.now() });
    try {
      const data = await (whole ? this.read() : this.readAgain());
      if (asked === this.asked) {
        this.data = data;
        this.fault = undefined;
      }
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (asked === this.asked) this.fault = problem;
    } finally {
      if (asked === this.asked) {
        this.reading = false;
        if (this.missed) this.refresh(false);
      }
    }
  }

  /** @param {string} permission */
  may(permission) {
    return this.me.permissions.includes(permission);
  }

  /** @param {{submitter: string}} job @param {string} own @param {string} others */
  mayFor(job, own, others) {
    return this.may(job.submitter === this.me.name ? own : others);
  }

  render() {
    return html`
      <h1 tabindex="-1">${this.heading()}</h1>
      ${this.fault ? fault(this.fault) : nothing}
      ${this.data !== undefined ? this.show(this.data) : this.fault ? nothing : html`<p class="empty" role="status">Reading …</p>`}`;
  }
}
