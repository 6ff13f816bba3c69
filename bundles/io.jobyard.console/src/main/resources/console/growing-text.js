// SPDX-License-Identifier: Apache-2.0
// Text that grows while it is displayed. New text is added at most once per frame, and only the end is shown until the user requests all.

const SHOWN = 100_000;

/** Text received so far. Notifies its listeners of more text. */
export class GrowingText extends EventTarget {
  text = '';

  /** @param {string} more */
  append(more) {
    if (!more) return;
    this.text += more;
    this.dispatchEvent(new Event('more'));
  }

  /** @param {string} text replaces the previous text */
  replace(text) {
    if (text === this.text) return;
    this.text = text;
    this.dispatchEvent(new Event('other'));
  }
}

class GrowingTextView extends HTMLElement {
  constructor() {
    super();
    this.limit = SHOWN;
    this.drawn = 0;
    this.shown = 0;
    this.frame = 0;
    this.more = () => {
      if (!this.frame) this.frame = window.requestAnimationFrame(() => this.draw());
    };
    this.other = () => this.again();
  }

  /** @param {GrowingText} source */
  set source(source) {
    if (this.from === source) return;
    this.leave();
    this.from = source;
    source.addEventListener('more', this.more);
    source.addEventListener('other', this.other);
    this.limit = SHOWN;
    this.again();
  }

  connectedCallback() {
    if (this.pre) return;
    this.pre = document.createElement('pre');
    this.pre.tabIndex = 0;
    this.pre.setAttribute('role', 'region');
    this.pre.setAttribute('aria-label', this.getAttribute('label') ?? 'text');
    this.before = document.createElement('p');
    this.before.hidden = true;
    this.before.className = 'empty';
    this.all = document.createElement('button');
    this.all.textContent = 'Show all';
    this.all.addEventListener('click', () => {
      this.limit = Infinity;
      this.again();
    });
    this.said = document.createTextNode('');
    this.before.append(this.said, ' ', this.all);
    this.append(this.before, this.pre);
    this.more();
  }

  leave() {
    this.from?.removeEventListener('more', this.more);
    this.from?.removeEventListener('other', this.other);
  }

  again() {
    this.pre?.replaceChildren();
    this.drawn = 0;
    this.shown = 0;
    this.more();
  }

  draw() {
    this.frame = 0;
    if (!this.pre || !this.from) return;
    const { text } = this.from;
    const atEnd = this.pre.scrollHeight - this.pre.scrollTop - this.pre.clientHeight < 30;
    const from = Math.max(this.drawn, text.length - this.limit);
    if (from > this.drawn) {
      this.pre.replaceChildren();
      this.shown = 0;
    }
    if (from < text.length) this.pre.append(text.slice(from));
    this.shown += text.length - from;
    this.drawn = text.length;
    while (this.shown > this.limit && this.pre.childNodes.length > 1) {
      this.shown -= this.pre.firstChild.textContent.length;
      this.pre.firstChild.remove();
    }
    this.before.hidden = this.shown === text.length;
    this.said.data = `The last ${this.shown.toLocaleString()} of ${text.length.toLocaleString()} characters.`;
    if (atEnd) this.pre.scrollTop = this.pre.scrollHeight;
  }
}

customElements.define('jobyard-growing-text', GrowingTextView);
