// SPDX-License-Identifier: Apache-2.0
// Parts of a job's page.
import { html, nothing } from 'lit';
import { jobLink, status } from './parts.js';
import { counted, number } from './words.js';

/** Returns the runs in the history. @param {any[]} history */
export function runsOf(history) {
  const runs = new Map();
  for (const change of history) {
    if (!change.run) continue;
    const run = runs.get(change.run) ?? { number: change.run, host: change.host, version: null, started: null, ended: null, to: null };
    if (change.to === 'running' && change.from !== 'running') {
      Object.assign(run, { started: change.at, host: change.host, version: change.handlerVersion });
    } else if (change.from === 'running' && change.to !== 'running') Object.assign(run, { ended: change.at, to: change });
    runs.set(change.run, run);
  }
  return [...runs.values()].filter((run) => run.started);
}

/** Lists the other jobs of the group. @param {any} job @param {any} group @param {any[]} members the latest jobs of the group */
export function aboutGroup(job, group, members) {
  const others = members.filter((member) => member.id !== job.id);
  const rest = group.total - others.length - 1;
  return html`<section class="card"><h2>Group ${group.group}</h2>
    <p>${counted(group.total, 'job')}, ${number(group.done)} finished: ${Object.entries(group.byStatus).map(([name, count]) => html`${number(count)} ${status({ status: name })} `)}
      ${group.endJob ? html`· ${jobLink(group.endJob, 'end job')}` : nothing}</p>
    ${others.length ? html`<ul>${others.map((member) => html`<li>${jobLink(member.id)} ${member.type} ${status(member)}</li>`)}</ul>` : nothing}
    ${rest > 0 ? html`<p><a href="#/jobs?group=${encodeURIComponent(job.group)}">${counted(rest, 'more job')}</a></p>` : nothing}</section>`;
}
