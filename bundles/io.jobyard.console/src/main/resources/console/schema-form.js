// SPDX-License-Identifier: Apache-2.0
// Fields for the simple properties in a JSON Schema: texts, numbers, flags and choices. Users type all other properties as JSON.
import { html, nothing } from 'lit';
import { Problem } from './api.js';

const TYPES = ['string', 'integer', 'number', 'boolean'];
const PREFIX = 'payload.';

/** @param {any} schema @returns {[string, any][]} the properties with their own fields */
export function plain(schema) {
  return Object.entries(schema?.properties ?? {}).filter(
    ([, property]) => property?.enum?.every((each) => typeof each === 'string') || TYPES.includes(property?.type),
  );
}

/** @param {any} schema @param {Record<string, any>} [filled] initial values of the fields */
export function fieldsOf(schema, filled = {}) {
  return plain(schema).map(([name, property]) => {
    const required = (schema.required ?? []).includes(name);
    const label = html`${property.title ?? name}${required ? nothing : html` <small>optional</small>`}`;
    const hint = property.description ? html`<small>${property.description}</small>` : nothing;
    const key = PREFIX + name;
    const value = filled[name] === undefined || filled[name] === null ? '' : String(filled[name]);
    if (property.enum) {
      return html`<label>${label} <select name=${key}>${required ? nothing : html`<option value=""></option>`}${property.enum.map((each) => html`<option ?selected=${each === value}>${each}</option>`)}</select>${hint}</label>`;
    }
    if (property.type === 'boolean') {
      return html`<label>${label} <select name=${key}>${required ? nothing : html`<option value=""></option>`}<option ?selected=${value === 'true'}>true</option><option ?selected=${value === 'false'}>false</option></select>${hint}</label>`;
    }
    if (property.type === 'string') {
      return html`<label>${label} <textarea name=${key} rows="1" ?required=${required} .value=${value}></textarea>${hint}</label>`;
    }
    return html`<label>${label} <input name=${key} type="number" step=${property.type === 'integer' ? '1' : 'any'} ?required=${required} .value=${value}>${hint}</label>`;
  });
}

/** Returns the properties of a payload without their own fields. @param {any} schema @param {Record<string, any>} payload */
export function rest(schema, payload) {
  const names = plain(schema).map(([name]) => name);
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));
}

/** Returns the payload from the form. @param {any} schema @param {FormData} form */
export function read(schema, form) {
  const payload = {};
  for (const [name, property] of plain(schema)) {
    const text = String(form.get(PREFIX + name) ?? '');
    if (text === '') continue;
    if (property.type === 'boolean') payload[name] = text === 'true';
    else payload[name] = ['integer', 'number'].includes(property.type) ? Number(text) : text;
  }
  let rest;
  try {
    rest = JSON.parse(String(form.get('rest') || '{}'));
  } catch (error) {
    throw new Problem(400, { message: `The payload is not valid JSON: ${error.message}` });
  }
  if (rest === null || typeof rest !== 'object' || Array.isArray(rest)) {
    throw new Problem(400, { message: 'The payload must be a JSON object', fix: 'write it as {"name": …}' });
  }
  return { ...payload, ...rest };
}
