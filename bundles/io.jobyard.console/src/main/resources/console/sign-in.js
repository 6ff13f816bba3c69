// SPDX-License-Identifier: Apache-2.0
import { LitElement, html, nothing } from 'lit';
import { Problem, signIn } from './api.js';
import { fault } from './parts.js';

class SignIn extends LitElement {
  static properties = { problem: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  async enter(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    try {
      await signIn(form.get('user'), form.get('password'));
      this.dispatchEvent(new Event('entered'));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`
      <h1>Sign in</h1>
      ${this.problem ? fault(this.problem) : nothing}
      <form class="card narrow" @submit=${this.enter}>
        <label>Name <input name="user" autocomplete="username" required autocapitalize="none" spellcheck="false"></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <p class="buttons"><button class="main" ?disabled=${this.busy}>Sign in</button></p>
      </form>
      <p>Or run <code>bin/jobyard console</code> on the host's machine: it signs you in as the local administrator, without a password.
        Add users with passwords there, on the screen <i>Tokens and sessions</i>, or with <code>bin/jobyard user add NAME</code>.</p>`;
  }
}

customElements.define('jobyard-sign-in', SignIn);
