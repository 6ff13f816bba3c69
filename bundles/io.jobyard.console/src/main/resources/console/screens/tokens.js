// SPDX-License-Identifier: Apache-2.0
import { html } from 'lit';
import { get } from '../api.js';
import { code, facts } from '../parts.js';
import { Screen } from '../screen.js';

class Tokens extends Screen {
  heading() {
    return 'Tokens and sessions';
  }

  concerns() {
    return false;
  }

  read() {
    return get('/me');
  }

  show(me) {
    return html`
      <section class="card"><h2>Who you are</h2>${facts([['Name', me.name], ['Kind', me.kind], ['By token', me.token], ['Spoken for by', me.behind], ['Permissions', me.permissions.join(', ') || 'none']])}</section>
      <section class="card"><h2>Tokens and sessions</h2>
        <p>Tokens and sessions cannot be listed or made by HTTP yet. On the machine of the host:</p>
        ${code('bin/jobyard token create nightly --user NAME --permissions submit,view --expires 30d\nbin/jobyard token list\nbin/jobyard token revoke nightly --user NAME\nbin/jobyard session list\nbin/jobyard session revoke ID', 'commands')}
        <p>“Sign out” above ends this session.</p></section>`;
  }
}

customElements.define('jobyard-tokens', Tokens);
