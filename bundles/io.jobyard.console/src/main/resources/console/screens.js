// SPDX-License-Identifier: Apache-2.0
// Screens in the order of the navigation, and the permission that each requires.
import { html } from 'lit';
import './screens/audit.js';
import './screens/handlers.js';
import './screens/hosts.js';
import './screens/job.js';
import './screens/jobs.js';
import './screens/overview.js';
import './screens/problems.js';
import './screens/queues.js';
import './screens/schedules.js';
import './screens/submit.js';
import './screens/tokens.js';
import './screens/usage.js';

const SCREENS = [
  {
    name: 'overview',
    title: 'Overview',
    key: 'o',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-overview .me=${me} .path=${path} .query=${query}></jobyard-overview>`,
  },
  {
    name: 'jobs',
    title: 'Jobs',
    key: 'j',
    needs: 'view',
    show: (me, path, query) =>
      path
        ? html`<jobyard-job .me=${me} .path=${path} .query=${query}></jobyard-job>`
        : html`<jobyard-jobs .me=${me} .path=${path} .query=${query}></jobyard-jobs>`,
  },
  {
    name: 'submit',
    title: 'Submit',
    key: 'n',
    needs: 'submit',
    show: (me, path, query) => html`<jobyard-submit .me=${me} .path=${path} .query=${query}></jobyard-submit>`,
  },
  {
    name: 'queues',
    title: 'Queues and limits',
    key: 'q',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-queues .me=${me} .path=${path} .query=${query}></jobyard-queues>`,
  },
  {
    name: 'handlers',
    title: 'Handlers',
    key: 'h',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-handlers .me=${me} .path=${path} .query=${query}></jobyard-handlers>`,
  },
  {
    name: 'schedules',
    title: 'Schedules',
    key: 's',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-schedules .me=${me} .path=${path} .query=${query}></jobyard-schedules>`,
  },
  {
    name: 'problems',
    title: 'Problems',
    key: 'p',
    needs: 'operate',
    show: (me, path, query) => html`<jobyard-problems .me=${me} .path=${path} .query=${query}></jobyard-problems>`,
  },
  {
    name: 'usage',
    title: 'Usage',
    key: 'u',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-usage .me=${me} .path=${path} .query=${query}></jobyard-usage>`,
  },
  {
    name: 'audit',
    title: 'Audit',
    key: 'a',
    needs: 'admin',
    show: (me, path, query) => html`<jobyard-audit .me=${me} .path=${path} .query=${query}></jobyard-audit>`,
  },
  {
    name: 'hosts',
    title: 'Hosts',
    key: 'm',
    needs: 'view',
    show: (me, path, query) => html`<jobyard-hosts .me=${me} .path=${path} .query=${query}></jobyard-hosts>`,
  },
  {
    name: 'tokens',
    title: 'Tokens and sessions',
    key: 'k',
    show: (me, path, query) => html`<jobyard-tokens .me=${me} .path=${path} .query=${query}></jobyard-tokens>`,
  },
];

export const screens = () => SCREENS;
