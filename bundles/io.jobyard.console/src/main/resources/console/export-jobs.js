// SPDX-License-Identifier: Apache-2.0
// Exports the jobs of a filter to a file, page by page from the API.
import { jobs } from './api.js';
import { doing } from './dialogs.js';
import { ProgressNote } from './progress-note.js';
import { counted, number } from './words.js';

const PAGE = 1000;
export const MOST = 50_000;
const READY = 10_000;
const COLUMNS = [
  'id',
  'type',
  'status',
  'reason',
  'queue',
  'priority',
  'submitter',
  'group',
  'schedule',
  'run',
  'attempt',
  'createdAt',
  'startedAt',
  'completedAt',
  'changedAt',
  'host',
  'error',
  'labels',
];

/** Formats a cell that no spreadsheet treats as a formula. @param {unknown} value */
export function cell(value) {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const plain = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const FORMS = {
  csv: { type: 'text/csv', head: `${COLUMNS.join(',')}\r\n`, line: (job) => `${COLUMNS.map((column) => cell(job[column])).join(',')}\r\n` },
  jsonl: { type: 'application/x-ndjson', head: '', line: (job) => `${JSON.stringify(job)}\n` },
};

function download(name, type, parts) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function pages(form, query, total, note) {
  const parts = [form.head];
  let count = 0;
  let after = null;
  let back = null;
  do {
    const page = await jobs({ ...query, after, limit: query.order === 'queued' ? READY : PAGE });
    parts.push(page.jobs.map(form.line).join(''));
    count += page.jobs.length;
    after = page.next ?? null;
    back = page.lookedBackTo ?? back;
    note.say(count, total ? Math.min(total, MOST) : undefined);
  } while (after && count < MOST && !note.stopped);
  return { parts, count, back, more: after !== null };
}

/** @param {'csv'|'jsonl'} kind @param {Record<string, unknown>} query of the list @param {number} [total] number of jobs, if known */
export async function exportJobs(kind, query, total) {
  const form = FORMS[kind];
  const note = new ProgressNote('Reading jobs');
  await doing(
    async () => {
      const read = await pages(form, query, total, note);
      download(`jobs-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${kind}`, form.type, read.parts);
      return read;
    },
    ({ count, more, back }) =>
      `Wrote ${counted(count, 'job')}${more ? `, incomplete: a file contains at most ${number(MOST)}; narrow the filter` : ''}${back ? `; jobs created before ${back} were not searched` : ''}.`,
  );
  note.over();
}
