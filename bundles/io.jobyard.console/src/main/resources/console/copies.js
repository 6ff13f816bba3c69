// SPDX-License-Identifier: Apache-2.0
// Submit of a job as a command for the shell, HTTP and MCP.
import { html } from 'lit';
import { copy } from './dialogs.js';
import { code } from './parts.js';

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** @param {{id: string, type: string, payload: unknown, hidden: boolean}} job */
export function copies(job) {
  const origin = window.location.origin;
  const payload = JSON.stringify(job.payload);
  const forms = job.hidden
    ? [
        ['Shell', `bin/jobyard show ${job.id}`],
        ['curl', `curl -H "Authorization: Bearer $TOKEN" ${origin}/api/v1/jobs/${job.id}`],
        ['MCP', JSON.stringify({ name: 'jobyard_explain_job', arguments: { id: job.id } })],
      ]
    : [
        ['Shell', `bin/jobyard submit ${quoted(job.type)} ${quoted(payload)}`],
        [
          'curl',
          `curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d ${quoted(JSON.stringify({ type: job.type, payload: job.payload }))} ${origin}/api/v1/jobs`,
        ],
        ['MCP', JSON.stringify({ method: 'tools/call', params: { name: job.type, arguments: job.payload } })],
      ];
  return forms.map(
    ([name, text]) => html`
    <details><summary>${name}</summary>${code(text, `as ${name}`)}<button @click=${() => copy(text)}>Copy</button></details>`,
  );
}
