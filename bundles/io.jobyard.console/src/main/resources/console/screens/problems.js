// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get } from '../api.js';
import { table } from '../parts.js';
import { Screen } from '../screen.js';

const LOOK = 10000;
/** Screens with details about the subject of a finding. */
const SCREENS = { backlog: 'queues', handler: 'handlers', deploy: 'handlers', quarantine: 'handlers', worker: 'hosts' };
const WORDS = [
  ['limit ', 'queues'],
  ['queue ', 'queues'],
  ['schedule ', 'schedules'],
  ['host ', 'hosts'],
];

/** @param {string} subject */
function subject(subject) {
  const screen = SCREENS[subject] ?? WORDS.find(([word]) => subject.startsWith(word))?.[1];
  return screen ? html`<a href="#/${screen}">${subject}</a>` : subject;
}

class Problems extends Screen {
  /** A problem may not concern a job. */
  get every() {
    return LOOK;
  }

  heading() {
    return 'Problems';
  }

  read() {
    return get('/doctor');
  }

  list(label, findings) {
    return table(
      label,
      ['subject', 'problem', 'fix'],
      findings.map(
        (finding) =>
          html`<tr><th scope="row">${subject(finding.subject)}</th><td class="long">${finding.problem}</td><td class="long">${finding.fix}</td></tr>`,
      ),
    );
  }

  show({ findings, notes }) {
    return html`
      ${findings.length ? html`<section class="card"><h2>Problems</h2>${this.list('Problems', findings)}</section>` : html`<p class="notice good">No problems found.</p>`}
      ${notes.length ? html`<section class="card"><h2>Notes</h2>${this.list('Notes', notes)}</section>` : nothing}`;
  }
}

customElements.define('jobyard-problems', Problems);
