// SPDX-License-Identifier: Apache-2.0
// Form for a new token: its user, permissions and lifetime.
import { html, nothing } from 'lit';
import { Problem } from './api.js';
import { copy, question } from './dialogs.js';
import { fault } from './parts.js';

/** @param {FormData} form */
function body(form) {
  const text = (name) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'),
    ...(text('user') && { user: text('user') }),
    ...(form.get('scope') === 'some' && { permissions: form.getAll('permission').map(String) }),
    ...(text('expires') && { expires: text('expires') }),
  };
}

/**
 * @param {import('./screen.js').Screen} screen @param {{name: string}[]} users users that an administrator may select
 * @param {(body: any) => Promise<void>} make
 */
export function tokenForm(screen, users, make) {
  const submitted = async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      await make(body(new FormData(form)));
      form.reset();
      form.closest('details').open = false;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      await question({ title: 'Token not created', text: fault(problem) });
    }
  };
  return html`
    <details class="form"><summary>Create a token</summary>
      <form @submit=${submitted}>
        <div class="fields">
          <label>Name <input name="name" required placeholder="nightly" autocomplete="off"><small>shown in the audit and in histories</small></label>
          ${
            screen.may('admin')
              ? html`<label>User <select name="user" required>${users.map(({ name }) => html`<option ?selected=${name === screen.me.name}>${name}</option>`)}</select>
            ${users.length ? nothing : html`<small>There are no users yet: add one below.</small>`}</label>`
              : nothing
          }
          <label>Expires after <input name="expires" placeholder="90d" autocomplete="off"><small>for example 30d, or never; default 90d</small></label>
        </div>
        <fieldset><legend>Permissions</legend>
          <label><input type="radio" name="scope" value="some" checked> selected permissions of the user</label>
          <div class="choices">${screen.me.permissions.map((permission) => html`<label><input type="checkbox" name="permission" value=${permission}> <code>${permission}</code></label>`)}</div>
          <label><input type="radio" name="scope" value="all"> all permissions of the user</label>
        </fieldset>
        <p class="buttons"><button class="main">Create token</button></p>
      </form>
    </details>`;
}

/** Shows the new token until the user confirms a copy. @param {any} made @param {() => void} done */
export const secret = ({ secret: text, token }, done) => html`
  <div class="notice warn" role="alert"><p>Token <b>${token.name}</b> of ${token.user} created. Copy it now: it is not shown again. Programs send it in the header <code>Authorization: Bearer</code>.</p>
    <p><code class="secret">${text}</code></p>
    <p class="buttons"><button class="main" @click=${() => copy(text)}>Copy</button> <button @click=${done}>Done</button></p></div>`;
