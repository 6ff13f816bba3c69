// SPDX-License-Identifier: Apache-2.0
// Performs operations of a host with the types that openapi-typescript generates, and prints one line for each:
//   node client.mjs URL TOKEN NAME
// NAME distinguishes what this client creates from what other clients create on the same host.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const [address = '', token = '', me = ''] = process.argv.slice(2);
const api = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

type Problem = components['schemas']['problem'];
type Specification = components['schemas']['specification'];

/** Prints what an operation answered. */
async function tell<T, S>(operation: string, call: Promise<{ data?: T; error?: Problem }>, shown: (answer: T) => S): Promise<T> {
  const { data, error } = await call;
  if (error || data === undefined) throw new Error(`${operation}: ${error?.code} ${error?.message}`);
  console.log(operation, shown(data));
  return data;
}

const job: Specification = { type: 'echo', payload: { text: 'hi' } };
const later: Specification = { ...job, notBefore: '1h', group: me, labels: { by: me } };
const cron = '0 2 * * *';

async function submits(): Promise<string> {
  await tell('previewJob', api.POST('/api/v1/jobs/preview', { body: job }), ({ valid }) => valid);
  const { id } = await tell('submitJob', api.POST('/api/v1/jobs', { body: later }), ({ status, duplicate }) => `${status} ${duplicate}`);
  await tell('submitJobs', api.POST('/api/v1/jobs/batch', { body: { jobs: [job, job] } }), ({ ids }) => ids.length);
  return id;
}

async function reads(id: string) {
  const path = { params: { path: { id } } };
  await tell('getJob', api.GET('/api/v1/jobs/{id}', path), ({ status, labels }) => `${status} ${labels['by']}`);
  await tell('explainJob', api.GET('/api/v1/jobs/{id}/explain', path), ({ status }) => status);
  await tell('getHistory', api.GET('/api/v1/jobs/{id}/history', path), ({ events }) => events.length);
  await tell('getGraph', api.GET('/api/v1/jobs/{id}/graph', path), ({ jobs }) => jobs.length);
  await tell('listSteps', api.GET('/api/v1/jobs/{id}/steps', path), ({ steps }) => steps.length);
  await tell('getLog', api.GET('/api/v1/jobs/{id}/log', path), ({ lines }) => lines.length);
  await tell('getStream', api.GET('/api/v1/jobs/{id}/stream', path), ({ pieces }) => pieces.length);
  const group = { params: { query: { group: me } } };
  await tell('listJobs', api.GET('/api/v1/jobs', group), ({ jobs }) => jobs.map(({ group }) => group).join());
  await tell('listReadyJobs', api.GET('/api/v1/jobs/ready', group), ({ jobs }) => jobs.length);
  await tell('countJobs', api.GET('/api/v1/jobs/facets', group), ({ total }) => total);
  await tell('getGroup', api.GET('/api/v1/groups/{name}', { params: { path: { name: me } } }), ({ group, total }) => `${group} ${total}`);
  const { error, response } = await api.GET('/api/v1/jobs/{id}', { params: { path: { id: '00000000-0000-0000-0000-000000000000' } } });
  console.log('unknown', response.status, error?.code);
}

async function changes(id: string) {
  const path = { params: { path: { id } } };
  await tell('changeJob', api.PATCH('/api/v1/jobs/{id}', { ...path, body: { priority: 2 } }), ({ priority }) => priority);
  await tell('pauseJob', api.POST('/api/v1/jobs/{id}/pause', { ...path, body: { reason: 'later' } }), ({ jobs }) => jobs[0]?.status);
  await tell('resumeJob', api.POST('/api/v1/jobs/{id}/resume', path), ({ jobs }) => jobs[0]?.status);
  const signal = { params: { path: { id, name: 'go' } }, body: { value: 7 } };
  await tell('signalJob', api.POST('/api/v1/jobs/{id}/signal/{name}', signal), ({ jobs }) => jobs.length);
  await tell('runJobNow', api.POST('/api/v1/jobs/{id}/run-now', path), ({ errors }) => errors.length);
  await tell('awaited', api.GET('/api/v1/jobs/{id}', { params: { path: { id }, query: { wait: '60s' } } }), ({ status }) => status);
  await tell('getResult', api.GET('/api/v1/jobs/{id}/result', path), ({ result }) => JSON.stringify(result));
  const copy = await tell('cloneJob', api.POST('/api/v1/jobs/{id}/clone', { ...path, body: { notBefore: '1h' } }), ({ status }) => status);
  const copied = { params: { path: { id: copy.id } } };
  await tell('cancelJob', api.POST('/api/v1/jobs/{id}/cancel', copied), ({ jobs }) => jobs[0]?.status);
  await tell('retryJob', api.POST('/api/v1/jobs/{id}/retry', copied), ({ jobs }) => jobs.length);
}

async function bulks() {
  const body = { action: 'cancel' as const, filter: { type: 'nothing' } };
  await tell('previewBulk', api.POST('/api/v1/bulk/preview', { body }), ({ jobs }) => jobs);
  const { number } = await tell('beginBulk', api.POST('/api/v1/bulk', { body }), ({ action }) => action);
  await tell('getBulk', api.GET('/api/v1/bulk/{number}', { params: { path: { number: String(number) } } }), ({ refused }) => refused);
  await tell('listBulks', api.GET('/api/v1/bulk'), ({ bulks }) => bulks.length > 0);
}

async function queues() {
  const path = { params: { path: { name: me } } };
  const settings = { settings: { 'running.max': '2' } };
  await tell('setLimit', api.PATCH('/api/v1/limits/{name}', { ...path, body: settings }), ({ kind }) => kind);
  await tell('listLimits', api.GET('/api/v1/limits'), ({ limits }) => limits.some(({ name }) => name === me));
  await tell('setQueue', api.PATCH('/api/v1/queues/{name}', { ...path, body: settings }), ({ kind }) => kind);
  await tell('listQueues', api.GET('/api/v1/queues'), ({ queues }) => queues.some(({ name }) => name === me));
  await tell('pauseQueue', api.POST('/api/v1/queues/{name}/pause', { ...path, body: {} }), ({ name }) => name === me);
  await tell('resumeQueue', api.POST('/api/v1/queues/{name}/resume', path), ({ name }) => name === me);
  await tell('pauseJobs', api.POST('/api/v1/pauses', { body: { target: 'type:nothing', until: '2h' } }), ({ kind }) => kind);
  await tell('resumeJobs', api.DELETE('/api/v1/pauses/{target}', { params: { path: { target: 'type:nothing' } } }), ({ kind }) => kind);
  await tell('removeLimit', api.DELETE('/api/v1/limits/{name}', path), ({ kind }) => kind);
  await tell('removeQueue', api.DELETE('/api/v1/queues/{name}', path), ({ kind }) => kind);
}

async function schedules() {
  const path = { params: { path: { name: me } } };
  const schedule = { name: me, cron, job: { ...job } };
  await tell('previewNewSchedule', api.POST('/api/v1/schedules/preview', { body: { ...schedule, limit: 3 } }), ({ fires }) => fires.length);
  await tell('addSchedule', api.POST('/api/v1/schedules', { body: schedule }), ({ cron }) => cron);
  await tell('listSchedules', api.GET('/api/v1/schedules'), ({ schedules }) => schedules.length);
  await tell('getSchedule', api.GET('/api/v1/schedules/{name}', path), ({ zone }) => zone);
  await tell('changeSchedule', api.PATCH('/api/v1/schedules/{name}', { ...path, body: { zone: 'Europe/Berlin' } }), ({ zone }) => zone);
  await tell('previewSchedule', api.GET('/api/v1/schedules/{name}/preview', { params: { ...path.params, query: { limit: 2 } } }), ({ fires }) => fires.length);
  await tell('previewScheduleChange', api.POST('/api/v1/schedules/{name}/preview', { ...path, body: { every: '1d', limit: 2 } }), ({ fires }) => fires.length);
  await tell('pauseSchedule', api.POST('/api/v1/schedules/{name}/pause', { ...path, body: { until: '2h' } }), ({ state }) => state);
  await tell('resumeSchedule', api.POST('/api/v1/schedules/{name}/resume', path), ({ state }) => state);
  await tell('runSchedule', api.POST('/api/v1/schedules/{name}/run', path), ({ id }) => id.length);
  await tell('backfillSchedule', api.POST('/api/v1/schedules/{name}/backfill', { ...path, body: { from: '3d' } }), ({ times }) => times);
  await tell('removeSchedule', api.DELETE('/api/v1/schedules/{name}', path), ({ state }) => state);
}

async function reports() {
  await tell('listHandlers', api.GET('/api/v1/handlers'), ({ handlers }) => handlers.some(({ type }) => type === 'echo'));
  await tell('listTypes', api.GET('/api/v1/types'), ({ types }) => types.some(({ type, submittable }) => type === 'echo' && submittable));
  await tell('getType', api.GET('/api/v1/types/{type}', { params: { path: { type: 'echo' } } }), ({ handlers }) => handlers.length);
  await tell('getUsage', api.GET('/api/v1/usage', { params: { query: { since: '1d', by: 'type' } } }), ({ zone }) => zone.length > 0);
  await tell('getStatistics', api.GET('/api/v1/statistics'), ({ byStatus }) => (byStatus['completed'] ?? 0) > 0);
  await tell('listSamples', api.GET('/api/v1/samples', { params: { query: { step: 'minute', since: '1d' } } }), ({ step }) => step);
  await tell('listHosts', api.GET('/api/v1/hosts'), ({ hosts }) => hosts.length);
  await tell('listCanaries', api.GET('/api/v1/canaries'), ({ canaries }) => canaries.length);
  await tell('askDoctor', api.GET('/api/v1/doctor'), ({ findings }) => Array.isArray(findings));
  await tell('readAudit', api.GET('/api/v1/audit', { params: { query: { limit: 5 } } }), ({ entries }) => entries.length);
  await tell('proveAudit', api.POST('/api/v1/audit/proof'), ({ valid }) => valid);
}

async function users() {
  const path = { params: { path: { name: me } } };
  await tell('getMe', api.GET('/api/v1/me'), ({ kind }) => kind);
  await tell('addUser', api.POST('/api/v1/users', { body: { name: me, password: 'correct horse battery' } }), ({ name }) => name === me);
  await tell('listUsers', api.GET('/api/v1/users'), ({ users }) => users.some(({ name }) => name === me));
  await tell('createToken', api.POST('/api/v1/tokens', { body: { name: 'first', user: me, permissions: ['view'] } }), ({ token }) => token.permissions?.join());
  await tell('listTokens', api.GET('/api/v1/tokens', { params: { query: { user: me } } }), ({ tokens }) => tokens.length);
  await tell('revokeToken', api.DELETE('/api/v1/tokens/{user}/{name}', { params: { path: { user: me, name: 'first' } } }), ({ name }) => name);
  await tell('listSessions', api.GET('/api/v1/sessions'), ({ sessions }) => sessions.length);
  await tell('disableUser', api.POST('/api/v1/users/{name}/disable', path), ({ disabledAt }) => disabledAt === null);
  await tell('enableUser', api.POST('/api/v1/users/{name}/enable', path), ({ disabledAt }) => disabledAt === null);
}

const id = await submits();
await reads(id);
await changes(id);
await bulks();
await queues();
await schedules();
await reports();
await users();
