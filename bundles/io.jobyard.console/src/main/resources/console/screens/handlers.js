// SPDX-License-Identifier: Apache-2.0
import { html } from 'lit';
import { get } from '../api.js';
import { empty, table } from '../parts.js';
import { Screen } from '../screen.js';
import { number } from '../words.js';

const NEVER_SOON = 10000;

class Handlers extends Screen {
  /** Handlers come and go without a job that changes. */
  get every() {
    return NEVER_SOON;
  }

  heading() {
    return 'Handlers';
  }

  read() {
    return get('/handlers');
  }

  show({ handlers, files }) {
    const missing = handlers.filter((handler) => handler.state === 'missing');
    return html`
      ${missing.length ? html`<p class="notice bad">Jobs wait for ${missing.map((handler) => html`<b>${handler.type}</b> `)}and no handler serves that. Put its bundle into <code>deploy/</code>.</p>` : ''}
      <section class="card"><h2>Handlers</h2>${handlers.length
        ? table('Handlers', ['type', 'version', 'state', 'running', 'ready', 'bundle', 'what it does', ''], handlers.map((handler) => html`<tr>
          <th scope="row"><a href="#/jobs?type=${encodeURIComponent(handler.type)}">${handler.type}</a></th><td>${handler.version ?? '–'}</td><td><span class="status ${handler.state}">${handler.state}</span></td>
          <td>${number(handler.running)}</td><td>${number(handler.queued)}</td><td>${handler.bundle ?? '–'}</td><td class="long">${handler.description}</td>
          <td>${this.may('submit') && handler.state === 'active' ? html`<a href="#/submit/${encodeURIComponent(handler.type)}" aria-label="submit ${handler.type}">submit</a>` : ''}</td></tr>`))
        : empty('There is no handler.', html`Put a bundle with one into <code>deploy/</code>.`)}</section>
      <section class="card"><h2>Files in deploy/</h2>${files.length
        ? table('Files', ['file', 'bundle', 'state', 'detail', 'what to do'], files.map((file) => html`<tr>
          <th scope="row">${file.file}</th><td>${file.bundle ?? '–'}</td><td><span class="status ${file.state.replace(' ', '-')}">${file.state}</span></td><td class="long">${file.detail}${file.servesOn ? html` (${file.servesOn} serves on)` : ''}</td><td class="long">${file.fix}</td></tr>`))
        : empty('There is no file in it.')}</section>`;
  }
}

customElements.define('jobyard-handlers', Handlers);
