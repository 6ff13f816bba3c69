// SPDX-License-Identifier: Apache-2.0
// Saved lists of jobs: a name and the query of the address. This browser stores them. Users can share the address.

const KEY = 'jobyard.views';
const LONGEST = 60;

/** @typedef {{name: string, query: string}} SavedView */

/** @type {SavedView[]} default views for every user */
export const GIVEN = [
  { name: 'Failed', query: 'status=failed' },
  { name: 'Running', query: 'status=running' },
  { name: 'Next', query: 'order=queued' },
];

/** @returns {SavedView[]} */
export function saved() {
  try {
    const all = JSON.parse(window.localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(all) ? all.filter((view) => typeof view?.name === 'string' && typeof view?.query === 'string') : [];
  } catch {
    return []; // the stored value is not from this page
  }
}

const keep = (views) => window.localStorage.setItem(KEY, JSON.stringify(views));

/** Saves a view and replaces the one with the same name. @param {string} name @param {string} query */
export function save(name, query) {
  const short = name.trim().slice(0, LONGEST);
  keep([...saved().filter((view) => view.name !== short), { name: short, query }]);
}

/** @param {string} name */
export function forget(name) {
  keep(saved().filter((view) => view.name !== name));
}
