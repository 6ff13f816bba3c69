// SPDX-License-Identifier: Apache-2.0
// Next times of a schedule in its time zone, and the effect of clock changes.
import { html, nothing } from 'lit';
import { time } from './parts.js';
import { duration } from './words.js';

/** Number of times to read, to find the next clock change among them. */
export const READ = 400;
const SHOWN = 5;
const CLOCK = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** @typedef {{at: string, local: string, skipped: string|null}} Fire */

/** @param {string} local for example 2027-03-28T03:00:00+02:00 */
const offset = (local) => (local.endsWith('Z') ? '+00:00' : local.slice(-6));
/** @param {string} text for example +02:00 */
const minutes = (text) => (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4)));

/** @param {Fire} fire */
const line = (fire) => html`<li>${CLOCK.format(new Date(`${fire.local.slice(0, 19)}Z`))} <small class="offset">${offset(fire.local)}</small>
  ${fire.skipped ? html`<b>skipped: ${fire.skipped}</b>` : time(fire.at)}</li>`;

/** @param {Fire} before @param {Fire} after */
function change(before, after) {
  const by = minutes(offset(after.local)) - minutes(offset(before.local));
  return html`<li class="clock">The clocks go ${by > 0 ? 'forward' : 'back'} by ${duration(Math.abs(by) * 60)} in between.</li>`;
}

/** @param {Fire[]} fires */
export function fires(fires) {
  if (!fires.length) return html`<p class="empty">No scheduled times.</p>`;
  const changes = fires.findIndex((fire, at) => at > 0 && offset(fire.local) !== offset(fires[at - 1].local));
  const shown = fires.slice(0, SHOWN);
  const later = changes >= SHOWN ? [fires[changes - 1], fires[changes]].filter((fire) => !shown.includes(fire)) : [];
  return html`<ul class="fires">
    ${shown.map((fire, at) => html`${at === changes ? change(fires[at - 1], fire) : nothing}${line(fire)}`)}
    ${later.length ? html`<li class="clock">…</li>${later.map((fire) => html`${fire === fires[changes] ? change(fires[changes - 1], fire) : nothing}${line(fire)}`)}` : nothing}
    ${fires.length > SHOWN && changes < SHOWN ? html`<li class="clock">…</li>` : nothing}</ul>`;
}
