// SPDX-License-Identifier: Apache-2.0
// Form fields of the operations, from the host's declarations in /openapi.json: their names, types, ranges, choices and help.
import { Problem, ask } from './api.js';
import { spelled } from './words.js';

/** @typedef {import('./dialogs.js').Field & {schema: any}} Declared */

/** @type {Promise<any>|undefined} */
let reading;

/** Reads the document once. Without it, forms have no declared fields. */
const openApi = () =>
  (reading ??= ask('GET', '/openapi.json').catch((problem) => {
    reading = undefined;
    if (!(problem instanceof Problem)) throw problem;
    return {};
  }));

/** @param {any} schema @returns {string[]} */
const types = (schema) => [schema?.type ?? []].flat(2);
const isByName = (schema) => types(schema).includes('object');
const isList = (schema) => types(schema).includes('array');
const isNumber = (schema) => types(schema)[0] === 'integer' && !types(schema).includes('string');
const isNullable = (schema) => types(schema).includes('null');

/** Returns the label: "Not before" for notBefore. @param {string} name */
const words = (name) => name[0].toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** @param {string} text @param {RegExp} by */
const pieces = (text, by) =>
  text
    .split(by)
    .map((piece) => piece.trim())
    .filter((piece) => piece);

/** @param {string} name @param {any} schema @param {boolean} required @returns {Declared} */
function field(name, schema, required) {
  const syntax = isByName(schema) ? ' NAME=VALUE, one per line.' : isList(schema) ? ' Separate several by commas.' : '';
  return {
    name,
    schema,
    required,
    label: words(name),
    hint: schema.description + syntax,
    type: schema.enum ? 'select' : isByName(schema) ? 'lines' : isNumber(schema) ? 'number' : 'text',
    options: ['', ...(schema.enum ?? [])],
    min: schema.minimum,
    max: schema.maximum,
  };
}

/**
 * Returns the fields of a request body, except those in other forms and free JSON objects.
 * @param {string} body the schema's name @param {string[]} [except] @returns {Promise<Declared[]>}
 */
export async function declared(body, except = []) {
  const schema = (await openApi()).components?.schemas?.[body];
  return Object.entries(schema?.properties ?? {})
    .filter(([name, property]) => !except.includes(name) && property.additionalProperties !== true)
    .map(([name, property]) => field(name, property, (schema.required ?? []).includes(name)));
}

/** Returns a value as the text of its field. @param {unknown} value */
function shown(value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}=${each}`)
    .join('\n');
}

/** Returns the fields with the values of an object, as its view names them. @param {Declared[]} fields @param {any} object */
export const filled = (fields, object) =>
  fields.map((each) => {
    const seconds = object[`${each.name}Seconds`];
    return { ...each, value: seconds === null || seconds === undefined ? shown(object[each.name]) : spelled(seconds) };
  });

/** @param {any} schema @param {string} line */
function member(schema, line) {
  const equals = line.indexOf('=');
  if (equals < 1) throw new Problem(400, { message: `“${line}” is not a name with a value`, fix: 'use NAME=VALUE, one per line' });
  const text = line.slice(equals + 1);
  return [line.slice(0, equals), types(schema.additionalProperties).includes('string') ? text : Number(text)];
}

/** Returns the JSON of a text that was typed into a field. @param {Declared} field @param {string} text */
export function parsed({ schema }, text) {
  if (isByName(schema)) return Object.fromEntries(pieces(text, /\n/).map((line) => member(schema, line)));
  if (isList(schema)) return pieces(text, /,/);
  return isNumber(schema) ? Number(text) : text.trim();
}

/** Returns members that differ; a removed member is null. */
const differing = (before, after) => ({
  ...Object.fromEntries(Object.keys(before).flatMap((name) => (name in after ? [] : [[name, null]]))),
  ...Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value)),
});

/** Returns the fields of a change: optional ones may be emptied. @param {Declared[]} fields @param {any} object */
export const changeable = (fields, object) =>
  filled(fields, object).map((each) => ({
    ...each,
    required: !isNullable(each.schema) && !isList(each.schema) && !isByName(each.schema),
  }));

/** Returns the JSON of the fields that a user has changed. @param {Declared[]} fields as they were shown @param {Record<string, string>} typed */
export function changes(fields, typed) {
  const change = {};
  for (const each of fields) {
    const text = typed[each.name].trim();
    if (text === each.value) continue;
    const isOne = !isList(each.schema) && !isByName(each.schema);
    const value = text === '' && isOne && isNullable(each.schema) ? null : parsed(each, text);
    change[each.name] = isByName(each.schema) ? differing(parsed(each, each.value ?? ''), value) : value;
  }
  return change;
}
