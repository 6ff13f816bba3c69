// SPDX-License-Identifier: Apache-2.0
// Users who may sign in, for administrators.
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
  hint: '12–200 characters, for example four unrelated words',
};

async function add() {
  const added = await question({
    title: 'Add a user',
    action: 'Add',
    text: 'Roles determine what a user may do: add user:NAME to the members in etc/io.jobyard.roles-….cfg.',
    fields: [{ name: 'name', label: 'Name', required: true }, PASSWORD],
    deed: (values) => post('/users', values),
  });
  if (added) note(`User ${added.name} added.`);
}

async function password({ name }) {
  const changed = await question({
    title: `Set the password of ${name}`,
    action: 'Set password',
    text: 'All sessions of this user end. Tokens stay valid.',
    fields: [PASSWORD],
    deed: (values) => post(`/users/${part(name)}/password`, values),
  });
  if (changed) note(`Password of ${name} set.`);
}

async function toggle({ name, disabledAt }) {
  if (disabledAt) {
    await doing(
      () => post(`/users/${part(name)}/enable`),
      () => `User ${name} enabled.`,
    );
    return;
  }
  const sure = await question({
    title: `Disable ${name}?`,
    text: 'Sessions end and tokens are refused until the user is enabled again. Jobs stay.',
    action: 'Disable',
    danger: true,
  });
  if (sure) {
    await doing(
      () => post(`/users/${part(name)}/disable`),
      () => `User ${name} disabled.`,
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
          ['name', 'roles', 'added', 'password set', 'state', html`<span class="hidden">actions</span>`],
          users.map(
            (user) => html`<tr>
      <th scope="row">${user.name}</th><td class="long">${user.roles.join(', ') || html`none, so no permissions: add <code>user:${user.name}</code> to a role`}</td>
      <td>${time(user.createdAt)} by ${user.createdBy}</td><td>${time(user.passwordAt)}</td>
      <td>${user.disabledAt ? html`<span class="status refused">disabled</span> ${time(user.disabledAt)}` : html`<span class="status open">enabled</span>`}</td>
      <td><button aria-label="set the password of ${user.name}" @click=${then(() => password(user))}>Password</button>
        <button class=${user.disabledAt ? nothing : 'danger'} aria-label="${user.disabledAt ? 'enable' : 'disable'} ${user.name}" @click=${then(() => toggle(user))}>${user.disabledAt ? 'Enable' : 'Disable'}</button></td></tr>`,
          ),
        )
      : empty('No users. Only the local administrator can sign in, with bin/jobyard console.')
  }
    <p class="buttons"><button @click=${then(add)}>Add a user …</button></p></section>`;
}
