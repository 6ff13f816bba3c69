// SPDX-License-Identifier: Apache-2.0
// One stream of pulses for the whole page. It comes back by itself after a restart of the host.
import { Stream } from './stream.js';

/** So many seconds are shown. */
const KEPT = 900;

/** @typedef {{jobs: string[], more: boolean, total: number, byStatus: Record<string, number>, byQueue: Record<string, number>}} Pulse */

export const live = new EventTarget();
/** @type {{at: number, byStatus: Record<string, number>}[]} what the host and the pulses told of the last minutes */
export const samples = [];

/** @param {Record<string, number>} byStatus */
export function sample(byStatus) {
  const at = Date.now() / 1000;
  samples.push({ at, byStatus });
  while (samples[0].at < at - KEPT) samples.shift();
}

/** What the host knows of the time before the first pulse. @param {{at: string, queued: number, running: number}[]} load */
export function before(load) {
  const first = samples[0]?.at ?? Infinity;
  samples.unshift(
    ...load.map(({ at, queued, running }) => ({ at: Date.parse(at) / 1000, byStatus: { queued, running } })).filter(({ at }) => at < first),
  );
}

/** @param {Pulse} pulse */
function tell(pulse) {
  live.dispatchEvent(new CustomEvent('pulse', { detail: pulse }));
}

let begun = false;
const pulses = new Stream(
  () => '/live',
  {
    pulse: (event) => {
      const pulse = JSON.parse(event.data);
      sample(pulse.byStatus);
      tell(pulse);
    },
  },
  (state) => {
    live.dispatchEvent(new CustomEvent('state', { detail: state }));
    if (state !== 'live') return;
    if (begun) tell({ jobs: [], more: true, total: 0, byStatus: {}, byQueue: {} }); // what changed meanwhile
    begun = true;
  },
);

export const start = () => pulses.start();
export const stop = () => pulses.stop();
