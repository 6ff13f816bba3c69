// SPDX-License-Identifier: Apache-2.0
// One stream of pulses for the whole page. It comes back by itself after a restart of the host.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;
/** So many seconds are shown. */
const KEPT = 900;

/** @typedef {{jobs: string[], more: boolean, total: number, byStatus: Record<string, number>, byQueue: Record<string, number>}} Pulse */

export const live = new EventTarget();
/** @type {{at: number, byStatus: Record<string, number>}[]} what the host and the pulses told of the last minutes */
export const samples = [];
/** @type {'off'|'live'|'lost'} */
export let state = 'off';

/** @param {Record<string, number>} byStatus */
export function sample(byStatus) {
  const at = Date.now() / 1000;
  samples.push({ at, byStatus });
  while (samples[0].at < at - KEPT) samples.shift();
}

/** What the host knows of the time before the first pulse. @param {{at: string, queued: number, running: number}[]} load */
export function before(load) {
  const first = samples[0]?.at ?? Infinity;
  samples.unshift(...load.map(({ at, queued, running }) => ({ at: Date.parse(at) / 1000, byStatus: { queued, running } })).filter(({ at }) => at < first));
}

let source = null;
let timer = 0;
let pause = FIRST_PAUSE;

function become(next) {
  if (state === next) return;
  const before = state;
  state = next;
  live.dispatchEvent(new CustomEvent('state', { detail: next }));
  if (next === 'live' && before === 'lost') tell({ jobs: [], more: true, total: 0, byStatus: {}, byQueue: {} });
}

/** @param {Pulse} pulse */
function tell(pulse) {
  live.dispatchEvent(new CustomEvent('pulse', { detail: pulse }));
}

export function start() {
  if (source || timer) return;
  source = new EventSource('/live');
  source.addEventListener('open', () => {
    pause = FIRST_PAUSE;
    become('live');
  });
  source.addEventListener('pulse', (event) => {
    const pulse = JSON.parse(event.data);
    sample(pulse.byStatus);
    tell(pulse);
  });
  source.addEventListener('error', () => {
    become('lost');
    source.close(); // the browser itself gives up where the host answers with a problem
    source = null;
    timer = window.setTimeout(() => {
      timer = 0;
      start();
    }, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  });
}

export function stop() {
  source?.close();
  source = null;
  window.clearTimeout(timer);
  timer = 0;
  become('off');
}
