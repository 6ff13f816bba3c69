// SPDX-License-Identifier: Apache-2.0
// Stream of pulses for the whole page. It reconnects after a restart of the host.
import { Stream } from './stream.js';

/** @typedef {{jobs: string[], more: boolean, statistics?: any}} Pulse */

export const live = new EventTarget();

/** @param {Pulse} pulse */
function tell(pulse) {
  live.dispatchEvent(new CustomEvent('pulse', { detail: pulse }));
}

let begun = false;
const pulses = new Stream(
  () => '/live',
  {
    pulse: (event) => tell(JSON.parse(event.data)),
  },
  (state) => {
    live.dispatchEvent(new CustomEvent('state', { detail: state }));
    if (state !== 'live') return;
    if (begun) tell({ jobs: [], more: true }); // anything may have changed meanwhile
    begun = true;
  },
);

export const start = () => pulses.start();
export const stop = () => pulses.stop();
