// SPDX-License-Identifier: Apache-2.0
// Dialogs that return the user's input or null, and short notes about results.
import { html, nothing, render } from 'lit';
import { Problem } from './api.js';
import { fault } from './parts.js';

/** @typedef {{name: string, label: string, value?: string, hint?: string, type?: string, required?: boolean, options?: string[], min?: number, max?: number, autocomplete?: string}} Field type: as of an input, or json, lines, select */

/** @param {Field} field */
export const field = ({
  name,
  label,
  value = '',
  hint,
  type = 'text',
  required = false,
  options = [],
  min,
  max,
  autocomplete = 'off',
}) => html`
  <label>${label}
    ${
      type === 'json' || type === 'lines'
        ? html`<textarea name=${name} rows="6" spellcheck="false" .value=${value} ?required=${required}></textarea>`
        : type === 'select'
          ? html`<select name=${name}>${options.map((option) => html`<option value=${option} ?selected=${option === value}>${option || 'default'}</option>`)}</select>`
          : html`<input name=${name} type=${type} min=${min ?? nothing} max=${max ?? nothing} .value=${value} ?required=${required} autocomplete=${autocomplete}>`
    }
    ${hint ? html`<small>${hint}</small>` : nothing}
  </label>`;

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
const typed = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Returns the input without empty fields. @param {Record<string, string>} values */
export const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/**
 * @param {{title: string, text?: unknown, action?: string, danger?: boolean, fields?: Field[], deed?: (values: Record<string, string>) => Promise<any>}} what
 *   without an action, only shows a text; with a deed, stays open until the deed succeeds, and shows its errors
 * @returns {Promise<any>} the input, or the result of the deed; null if the dialog was cancelled
 */
export function question({ title, text = nothing, action, danger = false, fields = [], deed }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', title);
  let answer = null;
  /** @param {SubmitEvent} event */
  const submitted = async (event) => {
    if (!deed || /** @type {HTMLButtonElement} */ (event.submitter)?.value !== 'yes') return;
    event.preventDefault();
    try {
      answer = (await deed(typed(/** @type {HTMLFormElement} */ (event.target)))) ?? {};
      dialog.close('done');
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      show(problem);
    }
  };
  const show = (problem) =>
    render(
      html`
    <form method="dialog" @submit=${submitted}>
      <h2>${title}</h2>
      <div>${text}</div>
      ${fields.map(field)}
      ${problem ? fault(problem) : nothing}
      <p class="buttons">
        ${action ? html`<button value="yes" class=${danger ? 'danger' : 'main'}>${action}</button>` : nothing}
        <button value="" formnovalidate>Close</button>
      </p>
    </form>`,
      dialog,
    );
  show(null);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes' ? typed(dialog.querySelector('form')) : answer);
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

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    note('Copied.');
  } catch {
    note('The browser does not allow copying: select the text and copy it yourself.');
  }
}

/** Does something and shows its result. @param {() => Promise<any>} deed @param {(answer: any) => unknown} said */
export async function doing(deed, said) {
  try {
    const answer = await deed();
    note(said(answer));
    return answer;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await question({ title: 'Request failed', text: fault(problem) });
    return null;
  }
}

/** Returns the message for a change of one job. Throws the first error in the answer. */
export function changed(answer, done) {
  const refused = answer.errors ?? [];
  if (refused.length) throw new Problem(409, refused[0]);
  return html`${done}`;
}
