// SPDX-License-Identifier: Apache-2.0
// Page frame: the signed-in user, the screen of the address, and the keyboard shortcuts.
import { LitElement, html, nothing } from 'lit';
import { get, session, signOut } from './api.js';
import { question } from './dialogs.js';
import * as pulses from './live.js';
import { fault } from './parts.js';
import { toAddress } from './search.js';
import { screens } from './screens.js';
import './sign-in.js';
import { kept, next, wear } from './theme.js';

const KEYS = [
  ['/', 'search'],
  ['?', 'keyboard shortcuts'],
  ['t', 'light, dark or system theme'],
];
const AGAIN = 2000;

class Console extends LitElement {
  static properties = {
    me: { state: true },
    problem: { state: true },
    place: { state: true },
    connection: { state: true },
    theme: { state: true },
  };

  constructor() {
    super();
    this.theme = kept();
    wear(this.theme);
    this.place = this.placed();
    this.connection = 'off';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', () => this.moved());
    window.addEventListener('keydown', (event) => this.typed(event));
    session.addEventListener('signed-out', () => this.forget());
    pulses.live.addEventListener('state', (event) => (this.connection = event.detail));
    this.enter();
  }

  async enter() {
    try {
      this.me = await get('/me');
      this.problem = undefined;
      pulses.start();
    } catch (problem) {
      if (problem.status === 401) return;
      this.problem = problem;
      window.setTimeout(() => this.enter(), AGAIN);
    }
  }

  forget() {
    pulses.stop();
    this.me = null;
    this.problem = undefined;
  }

  /** Returns the screen and its query from the address: #/jobs/ID?status=failed */
  placed() {
    const [path, query] = window.location.hash.replace(/^#\/?/, '').split('?', 2);
    const [name, ...rest] = path.split('/');
    return { name: name || 'overview', path: decodeURIComponent(rest.join('/')), query: new URLSearchParams(query) };
  }

  moved() {
    const before = this.place;
    this.place = this.placed();
    if (before.name === this.place.name && before.path === this.place.path) return;
    window.scrollTo(0, 0);
    this.updateComplete.then(() => this.querySelector('main')?.focus());
  }

  /** @param {KeyboardEvent} event */
  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') || !this.me) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select')) {
      if (event.key === 'Escape') /** @type {HTMLElement} */ (event.target).blur();
      return;
    }
    // The key after g selects a screen, without a time limit.
    const go = this.going ? screens().find((screen) => screen.key === event.key && this.shows(screen)) : null;
    this.going = event.key === 'g';
    if (go) {
      window.location.hash = `#/${go.name}`;
    } else if (event.key === '/') {
      event.preventDefault();
      this.querySelector('#search')?.focus();
    } else if (event.key === '?') {
      this.map();
    } else if (event.key === 't') {
      this.change();
    }
  }

  map() {
    const line = ([keys, what]) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${what}</dd></div>`;
    return question({
      title: 'Keyboard',
      text: html`<dl class="facts">${KEYS.map(line)}${screens()
        .filter((screen) => this.shows(screen))
        .map((screen) => line([`g ${screen.key}`, screen.title]))}</dl>`,
    });
  }

  shows(screen) {
    return !screen.needs || this.me.permissions.includes(screen.needs);
  }

  change() {
    this.theme = next(this.theme);
    wear(this.theme);
  }

  async leave() {
    await signOut();
    this.forget();
  }

  search(event) {
    event.preventDefault();
    const field = this.querySelector('#search');
    window.location.hash = toAddress(field.value);
    field.blur();
  }

  render() {
    return html`
      <header>
        <a class="brand" href="#/overview">Jobyard</a>
        ${
          this.me
            ? html`
          <form role="search" @submit=${this.search}>
            <input id="search" type="search" aria-label="Search jobs" placeholder="Search: an id, status:failed, or words of an error" autocomplete="off">
          </form>
          ${this.connection === 'lost' ? html`<span class="lost" role="status">offline: the host does not answer</span>` : nothing}
          <span class="who" title=${`signed in as ${this.me.name}`}>${this.me.name}</span>`
            : nothing
        }
        <span class="tools">
          <button class="plain" @click=${this.change} title="light, dark or system theme">Theme: ${this.theme}</button>
          ${this.me ? html`<button class="plain" @click=${this.leave}>Sign out</button>` : nothing}
        </span>
      </header>
      ${
        this.me
          ? this.body()
          : html`
        <main tabindex="-1">${
          this.problem
            ? html`<h1>Jobyard</h1>${fault(this.problem)}`
            : this.me === null || this.me === undefined
              ? html`<jobyard-sign-in @entered=${this.enter}></jobyard-sign-in>`
              : nothing
        }</main>`
      }
      <div id="notes" role="status" aria-live="polite"></div>`;
  }

  body() {
    const screen = screens().find((each) => each.name === this.place.name);
    return html`
      <nav aria-label="Screens">${screens()
        .filter((each) => this.shows(each))
        .map(
          (each) => html`
        <a href="#/${each.name}" aria-current=${each === screen ? 'page' : nothing}>${each.title}</a>`,
        )}</nav>
      <main tabindex="-1">${
        !screen
          ? html`<h1>Screen not found</h1><p><a href="#/overview">Go to the overview</a></p>`
          : !this.shows(screen)
            ? html`<h1>${screen.title}</h1><p class="empty">This screen requires the permission <code>${screen.needs}</code>, which your roles do not include. Ask an administrator.</p>`
            : screen.show(this.me, this.place.path, this.place.query)
      }</main>`;
  }
}

customElements.define('jobyard-console', Console);
