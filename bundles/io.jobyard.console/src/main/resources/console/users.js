// SPDX-License-Identifier: Apache-2.0
// The users that may sign in, for administrators.
import { html, nothing } from 'lit';
import { part, post } from './api.js';
import { doing, note, question } from './dialogs.js';
import { empty, table, time } from './parts.js';

/** @type {import('./dialogs.js').Field} */
export const PASSWORD = {
  name: 'password',
  label: 'Password',
  type: 'password',
  required: true,
  autocomplete: 'new-password',
  hint: '12 to 200 characters, such as four words that nobody expects together',
};

async function add() {
  const added = await question({
    title: 'Add a user',
    action: 'Add',
    text: 'What a user may do say the roles that list the name: members = user:NAME in etc/io.jobyard.roles-….cfg.',
    fields: [{ name: 'name', label: 'Name', required: true }, PASSWORD],
    deed: (values) => post('/users', values),
  });
  if (added) note(`The user ${added.name} is added.`);
}

async function password({ name }) {
  const changed = await question({
    title: `Give ${name} another password`,
    action: 'Set it',
    text: 'All sessions of this user end. Tokens stay good.',
    fields: [PASSWORD],
    deed: (values) => post(`/users/${part(name)}/password`, values),
  });
  if (changed) note(`${name} has another password.`);
}

async function toggle({ name, disabledAt }) {
  if (disabledAt) {
    await doing(
      () => post(`/users/${part(name)}/enable`),
      () => `${name} may sign in again.`,
    );
    return;
  }
  const sure = await question({
    title: `Keep ${name} out?`,
    text: 'Sessions end and tokens are refused, until somebody lets the user in again. Jobs stay.',
    action: 'Disable',
    danger: true,
  });
  if (sure) {
    await doing(
      () => post(`/users/${part(name)}/disable`),
      () => `${name} is kept out.`,
    );
  }
}

/** @param {any[]} users @param {() => void} changed */
export function users(users, changed) {
  const then = (deed) => async () => {
    await deed();
    changed();
  };
  return html`<section class="card"><h2>Users</h2>${
    users.length
      ? table(
          'Users',
          ['name', 'roles', 'added', 'password since', 'state', html`<span class="hidden">actions</span>`],
          users.map(
            (user) => html`<tr>
      <th scope="row">${user.name}</th><td class="long">${user.roles.join(', ') || html`none, so nothing is allowed: list <code>user:${user.name}</code> in a role`}</td>
      <td>${time(user.createdAt)} by ${user.createdBy}</td><td>${time(user.passwordAt)}</td>
      <td>${user.disabledAt ? html`<span class="status refused">disabled</span> ${time(user.disabledAt)}` : html`<span class="status open">may sign in</span>`}</td>
      <td><button aria-label="set the password of ${user.name}" @click=${then(() => password(user))}>Password</button>
        <button class=${user.disabledAt ? nothing : 'danger'} aria-label="${user.disabledAt ? 'enable' : 'disable'} ${user.name}" @click=${then(() => toggle(user))}>${user.disabledAt ? 'Enable' : 'Disable'}</button></td></tr>`,
          ),
        )
      : empty('There are no users: only the local administrator comes in, by bin/jobyard console.')
  }
    <p class="buttons"><button @click=${then(add)}>Add a user …</button></p></section>`;
}
