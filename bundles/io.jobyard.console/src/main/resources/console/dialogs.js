// SPDX-License-Identifier: Apache-2.0
// Asks the person: a dialog that gives what was typed in, or null; and short notes of what was done.
import { html, nothing, render } from 'lit';
import { Problem } from './api.js';
import { fault } from './parts.js';

/** @typedef {{name: string, label: string, value?: string, hint?: string, type?: string, required?: boolean}} Field */

/**
 * @param {{title: string, text?: unknown, action?: string, danger?: boolean, fields?: Field[]}} what without an action it only tells
 * @returns {Promise<Record<string, string>|null>}
 */
export function question({ title, text = nothing, action, danger = false, fields = [] }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', title);
  render(html`
    <form method="dialog">
      <h2>${title}</h2>
      <div>${text}</div>
      ${fields.map((field) => html`
        <label>${field.label}
          ${field.type === 'json'
            ? html`<textarea name=${field.name} rows="6" spellcheck="false" .value=${field.value ?? ''}></textarea>`
            : html`<input name=${field.name} type=${field.type ?? 'text'} .value=${field.value ?? ''} ?required=${field.required}>`}
          ${field.hint ? html`<small>${field.hint}</small>` : nothing}
        </label>`)}
      <p class="buttons">
        ${action ? html`<button value="yes" class=${danger ? 'danger' : 'main'}>${action}</button>` : nothing}
        <button value="" formnovalidate>${action ? 'Leave it' : 'Close'}</button>
      </p>
    </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const values = Object.fromEntries([...new FormData(dialog.querySelector('form'))].map(([name, value]) => [name, String(value)]));
      resolve(dialog.returnValue === 'yes' ? values : null);
      dialog.remove();
    });
  });
}

/** @param {unknown} text */
export function note(text) {
  const notes = document.querySelector('#notes');
  const line = document.createElement('div');
  line.className = 'notice good';
  render(text, line);
  notes?.append(line);
  window.setTimeout(() => line.remove(), 8000);
}

/** Does something, and tells what came of it. @param {() => Promise<any>} deed @param {(answer: any) => unknown} said */
export async function doing(deed, said) {
  try {
    const answer = await deed();
    note(said(answer));
    return answer;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await question({ title: 'It was not done', text: fault(problem) });
    return null;
  }
}

/** What was done to jobs one by one, where each may refuse. */
export function changed(answer, done) {
  const refused = answer.errors ?? [];
  if (refused.length) throw new Problem(409, { title: refused[0].message, detail: refused[0].message });
  return html`${done}`;
}
