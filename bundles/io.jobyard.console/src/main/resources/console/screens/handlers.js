// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post } from '../api.js';
import { doing, question } from '../dialogs.js';
import { empty, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { number } from '../words.js';

const LOOK = 10000;

class Handlers extends Screen {
  /** Handlers change without a change of a job. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Handlers';
  }

  async read() {
    const [handlers, canaries] = await Promise.all([get('/handlers'), get('/canaries')]);
    return { ...handlers, canaries: canaries.canaries };
  }

  async release(bundle) {
    const sure = await question({
      title: `Release ${bundle}?`,
      text: 'The host quarantined this bundle because of crashes or stuck threads while its jobs ran. After the release, its jobs can start again.',
      action: 'Release bundle',
      danger: true,
    });
    if (sure) {
      await doing(
        () => post(`/bundles/${part(bundle)}/release`),
        () => `${bundle} released.`,
      );
    }
    this.refresh();
  }

  act(handler) {
    if (handler.state === 'quarantined' && this.may('operate')) {
      return html`<button aria-label="release ${handler.bundle}" @click=${() => this.release(handler.bundle)}>Release</button>`;
    }
    return this.may('submit') && handler.state === 'active'
      ? html`<a href="#/submit/${encodeURIComponent(handler.type)}" aria-label="submit ${handler.type}">submit</a>`
      : nothing;
  }

  /** Returns two rows: the canary and all other versions. */
  canary(canary) {
    const runs = ({ ended, failed, failedPercent }) =>
      html`<td>${number(ended)}</td><td>${number(failed)}</td><td>${number(failedPercent)} % <meter min="0" max="100" .value=${failedPercent} aria-label="failure rate"></meter></td>`;
    return html`<tr><th scope="row" rowspan="2">${canary.type}</th><td>${canary.versions}</td>
        <td>${canary.rolledBackAt ? html`<span class="status failed">rolled back</span> ${time(canary.rolledBackAt)}` : html`${number(canary.percent)} % by ${canary.by}`}</td>${runs(canary.canary)}<td rowspan="2">${time(canary.since)}</td></tr>
      <tr><td>all others</td><td>${canary.rolledBackAt ? 'all' : 'the rest'}</td>${runs(canary.others)}</tr>`;
  }

  show({ handlers, files, canaries }) {
    const missing = handlers.filter((handler) => handler.state === 'missing');
    return html`
      ${missing.length ? html`<p class="notice bad">Jobs wait for ${missing.map((handler) => html`<b>${handler.type}</b> `)}but no handler is available. Copy its bundle into <code>deploy/</code>.</p>` : ''}
      <section class="card"><h2>Handlers</h2>${
        handlers.length
          ? table(
              'Handlers',
              ['type', 'version', 'state', 'running', 'ready', 'bundle', html`<span class="hidden">action</span>`],
              handlers.map(
                (handler) => html`<tr>
          <th scope="row" class="long"><a href="#/jobs?type=${encodeURIComponent(handler.type)}">${handler.type}</a>${handler.description ? html`<br><small>${handler.description}</small>` : nothing}</th><td>${handler.version ?? '–'}</td><td><span class="status ${handler.state}">${handler.state}</span></td>
          <td>${number(handler.running)}</td><td>${number(handler.queued)}</td><td>${handler.bundle ?? '–'}</td>
          <td>${this.act(handler)}</td></tr>`,
              ),
            )
          : empty('No handlers.', html`Copy a bundle with a handler into <code>deploy/</code>.`)
      }</section>
      ${
        canaries.length
          ? html`<section class="card"><h2>Canaries</h2>${table(
              'Canaries',
              ['type', 'version', 'share of the jobs', 'runs', 'failed', 'rate', 'since'],
              canaries.map((canary) => this.canary(canary)),
            )}
        ${canaries.some((canary) => canary.rolledBackAt) ? html`<p>A canary that rolled back gets no more jobs. Change one of its keys in <code>etc/io.jobyard.types-TYPE.cfg</code> to try it again.</p>` : nothing}</section>`
          : nothing
      }
      <section class="card"><h2>Files in deploy/</h2>${
        files.length
          ? table(
              'Files',
              ['file', 'bundle', 'state', 'detail', 'fix'],
              files.map(
                (file) => html`<tr>
          <th scope="row">${file.file}</th><td>${file.bundle ?? '–'}</td><td><span class="status ${file.state.replace(' ', '-')}">${file.state}</span></td><td class="long">${file.detail}${file.servesOn ? html` (${file.servesOn} stays active)` : ''}</td><td class="long">${file.fix}</td></tr>`,
              ),
            )
          : empty('No files.')
      }</section>`;
  }
}

customElements.define('jobyard-handlers', Handlers);
