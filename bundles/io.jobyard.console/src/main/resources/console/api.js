// SPDX-License-Identifier: Apache-2.0
// Client of the host's REST interface. An error becomes a Problem with the message of the host.

/** @typedef {{code?: string, field?: string|null, message?: string, fix?: string|null, errors?: {field: string, message: string}[]}} ProblemDocument */

export class Problem extends Error {
  /** @param {number} status 0 if the host did not answer @param {ProblemDocument} document */
  constructor(status, document) {
    super(document.message ?? `The host answered with ${status}.`);
    this.status = status;
    this.fix = document.fix ?? null;
    this.code = document.code ?? '';
    this.errors = document.errors ?? [];
  }
}

/** Dispatches 'signed-out', and 'back' when the host answers again. */
export const session = new EventTarget();

/** @param {Record<string, string|number|string[]|undefined|null>} query */
function withQuery(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') parameters.append(name, String(each));
    }
  }
  return parameters.size ? `${path}?${parameters}` : path;
}

/** @returns {Promise<any>} the answer, or null if it has no body */
export async function ask(method, path, { query, body, headers = {} } = {}) {
  let response;
  try {
    response = await fetch(withQuery(path, query), {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, {
      code: 'unreachable',
      message: 'The host does not answer',
      fix: 'wait until the host runs again; this page then continues automatically',
    });
  }
  const text = await response.text();
  let document = null;
  try {
    document = text ? JSON.parse(text) : null;
  } catch {
    if (response.ok) {
      throw new Problem(response.status, {
        code: 'bad_answer',
        message: `The answer from ${path} is not JSON`,
        fix: 'check for a proxy between the browser and the host',
      });
    }
  }
  if (response.ok) return document;
  if (response.status === 401 && path !== '/sign-in') session.dispatchEvent(new Event('signed-out'));
  throw new Problem(response.status, document ?? {});
}

const V1 = '/api/v1';
export const get = (path, query) => ask('GET', V1 + path, { query });
export const post = (path, body, headers, query) => ask('POST', V1 + path, { body, headers, query });
export const patch = (path, body) => ask('PATCH', V1 + path, { body });
/** Requests a list of jobs with the query of the jobs screen. Ready jobs have a separate path. @param {Record<string, any>} query */
export const jobs = ({ order, ...query }) =>
  order === 'queued' ? get('/jobs/ready', { ...query, after: null }) : get('/jobs', { ...query, order });
export const remove = (path) => ask('DELETE', V1 + path);
export const signIn = (user, password) => ask('POST', '/sign-in', { body: { user, password } });
export const signOut = () => ask('POST', '/sign-out');
export const part = encodeURIComponent;
