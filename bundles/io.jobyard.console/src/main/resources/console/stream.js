// SPDX-License-Identifier: Apache-2.0
// Event stream that reconnects. A hidden page closes its stream, because a browser opens at most six connections to a host for all its pages.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;

/** @typedef {'off'|'asleep'|'live'|'lost'} StreamState */

export class Stream {
  /**
   * @param {() => string} address called for each connection, so that it contains the latest position
   * @param {Record<string, (event: MessageEvent) => void>} hears listeners by event name
   * @param {(state: StreamState, before: StreamState) => void} [onState]
   */
  constructor(address, hears, onState = () => {}) {
    this.address = address;
    this.hears = hears;
    this.onState = onState;
    /** @type {StreamState} */
    this.state = 'off';
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.seen = () => this.open();
  }

  start() {
    if (this.state !== 'off') return;
    this.become('asleep');
    document.addEventListener('visibilitychange', this.seen);
    this.open();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.seen);
    this.close();
    this.become('off');
  }

  /** @param {StreamState} next */
  become(next) {
    const before = this.state;
    this.state = next;
    if (next !== before) this.onState(next, before);
  }

  close() {
    this.source?.close();
    this.source = null;
    window.clearTimeout(this.timer);
    this.timer = 0;
  }

  open() {
    this.close();
    if (document.hidden) {
      this.become('asleep');
      return;
    }
    this.source = new EventSource(this.address());
    this.source.addEventListener('open', () => {
      this.pause = FIRST_PAUSE;
      this.become('live');
    });
    for (const [name, hear] of Object.entries(this.hears)) this.source.addEventListener(name, hear);
    this.source.addEventListener('error', () => {
      this.close(); // the browser does not reconnect after an error response
      this.become('lost');
      this.timer = window.setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
    });
  }
}
