// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from 'lit';
import { get, part, post, remove } from '../api.js';
import { doing, note, question } from '../dialogs.js';
import { empty, facts, table, time } from '../parts.js';
import { Screen } from '../screen.js';
import { secret, tokenForm } from '../token-form.js';
import { PASSWORD, users } from '../users.js';

const LOOK = 30000;

class Tokens extends Screen {
  static properties = { made: { state: true } };

  heading() {
    return 'Tokens and sessions';
  }

  /** A sign-in does not change a job. */
  get every() {
    return LOOK;
  }

  concerns() {
    return false;
  }

  async read() {
    const [me, tokens, sessions, all] = await Promise.all([
      get('/me'),
      this.may('view') ? get('/tokens') : { tokens: [] },
      this.may('view') ? get('/sessions') : { sessions: [] },
      this.may('admin') ? get('/users') : { users: [] },
    ]);
    return { me, tokens: tokens.tokens, sessions: sessions.sessions, users: all.users };
  }

  async revoke({ user, name }) {
    const sure = await question({
      title: `Revoke the token ${name} of ${user}?`,
      text: 'Programs that use the token are refused at once. A revoked token cannot be restored, and its sessions end with it.',
      action: 'Revoke token',
      danger: true,
    });
    if (sure) {
      await doing(
        () => remove(`/tokens/${part(user)}/${part(name)}`),
        () => `Token ${name} of ${user} revoked.`,
      );
    }
    this.refresh();
  }

  async end({ id, who }, isOwn) {
    const sure = await question({
      title: `End a session of ${who}?`,
      text: isOwn ? 'This is your current session. You will have to sign in again.' : 'The user has to sign in again.',
      action: 'End session',
      danger: true,
    });
    if (sure) {
      await doing(
        () => remove(`/sessions/${part(id)}`),
        () => `Session of ${who} ended.`,
      );
    }
    this.refresh();
  }

  async password() {
    const changed = await question({
      title: 'Change your password',
      action: 'Change password',
      text: 'All your sessions end, including this one. Tokens stay valid.',
      fields: [
        { name: 'password', label: 'Current password', type: 'password', required: true, autocomplete: 'current-password' },
        { ...PASSWORD, name: 'next', label: 'New password' },
      ],
      deed: (values) => post('/me/password', values),
    });
    if (changed) note('Password changed: sign in again.');
    this.refresh();
  }

  async make(body) {
    this.made = await post('/tokens', body);
    this.refresh();
  }

  endOf(token) {
    if (token.revokedAt) return html`<span class="status">revoked</span> ${time(token.revokedAt)}`;
    if (!token.expiresAt) return 'never';
    return html`${Date.parse(token.expiresAt) <= Date.now() ? html`<span class="status">expired</span> ` : nothing}${time(token.expiresAt)}`;
  }

  token(token) {
    const over = token.revokedAt || (token.expiresAt && Date.parse(token.expiresAt) <= Date.now());
    return html`<tr><th scope="row">${token.name}</th><td>${token.user}</td><td class="long">${token.permissions?.join(', ') ?? 'all permissions of the user'}</td>
      <td>${time(token.createdAt)} by ${token.createdBy}</td><td>${token.usedAt ? time(token.usedAt) : 'never'}</td><td>${this.endOf(token)}</td>
      <td>${over ? nothing : html`<button class="danger" aria-label="revoke ${token.name} of ${token.user}" @click=${() => this.revoke(token)}>Revoke</button>`}</td></tr>`;
  }

  session(session, isOwn) {
    return html`<tr><th scope="row">${session.who}${isOwn ? html` <small>this one</small>` : nothing}</th><td>${session.address}</td><td>${time(session.startedAt)}</td><td>${time(session.usedAt)}</td><td>${time(session.until)}</td>
      <td><button class="danger" aria-label="end session ${session.id} of ${session.who}" @click=${() => this.end(session, isOwn)}>End</button></td></tr>`;
  }

  show({ me, tokens, sessions, users: all }) {
    const action = html`<span class="hidden">action</span>`;
    return html`
      <section class="card"><h2>Your account</h2>${facts([
        ['Name', me.name],
        ['Kind', me.kind],
        ['Token', me.token],
        ['Used by', me.behind],
        ['Permissions', me.permissions.join(', ') || 'none: no role includes you; ask an administrator'],
      ])}
        ${me.kind === 'user' && !me.behind ? html`<p class="buttons"><button @click=${() => this.password()}>Change your password …</button></p>` : nothing}</section>
      ${
        this.may('view')
          ? html`
        <section class="card"><h2>Tokens</h2>
          ${this.made ? secret(this.made, () => (this.made = undefined)) : nothing}
          ${
            tokens.length
              ? table(
                  'Tokens',
                  ['name', 'acts as', 'permissions', 'created', 'last used', 'expires', action],
                  tokens.map((token) => this.token(token)),
                )
              : empty('No tokens. Programs send a token in the header Authorization: Bearer.')
          }
          ${tokenForm(this, all, (body) => this.make(body))}</section>
        <section class="card"><h2>Sessions</h2>${
          sessions.length
            ? table(
                'Sessions',
                ['user', 'from', 'since', 'last used', 'expires', action],
                sessions.map((session) => this.session(session, session.id === me.session)),
              )
            : empty('No browser sessions.')
        }</section>`
          : nothing
      }
      ${this.may('admin') ? users(all, () => this.refresh()) : nothing}`;
  }
}

customElements.define('jobyard-tokens', Tokens);
