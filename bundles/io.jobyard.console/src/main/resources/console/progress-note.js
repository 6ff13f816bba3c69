// SPDX-License-Identifier: Apache-2.0
// A line that says how far something is that takes a while, and lets it be stopped.
import { html, nothing, render } from 'lit';
import { number } from './words.js';

export class ProgressNote {
  stopped = false;

  /** @param {string} what @param {() => void} [stop] what else is to be done then */
  constructor(what, stop = () => {}) {
    this.what = what;
    this.line = document.createElement('div');
    this.line.className = 'notice';
    this.stop = () => {
      this.stopped = true;
      stop();
    };
    document.querySelector('#notes')?.append(this.line);
    this.say(0);
  }

  /** @param {number} done @param {number} [total] if it is known */
  say(done, total) {
    render(
      html`${this.what}: ${total ? html`<progress max=${total} .value=${done} aria-label=${this.what}></progress> ${number(done)} of ${number(total)}` : number(done)}
      ${this.stopped ? nothing : html`<button @click=${this.stop}>Stop</button>`}`,
      this.line,
    );
  }

  over() {
    this.line.remove();
  }
}
