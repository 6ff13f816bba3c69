// SPDX-License-Identifier: Apache-2.0
// Line that shows the progress of a long operation and lets the user stop it.
import { html, nothing, render } from 'lit';
import { number } from './words.js';

export class ProgressNote {
  stopped = false;

  /** @param {string} what @param {() => void} [stop] called after the user stops the operation */
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

  /** @param {number} done @param {number} [total] if known */
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
