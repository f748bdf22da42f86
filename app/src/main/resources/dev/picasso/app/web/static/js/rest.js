import { byId, h } from './dom.js';

const ROOT = '/api/v1';
const LONGEST = 20_000; // characters of an answer that are shown

const nameOf = (reference) => reference.split('/').pop();

/** A link to the shape that a reference names. */
const shape = (name) => h('a', { href: `#shape-${name}` }, name);

/** What a value is, in a word or two. */
function kind(schema) {
  if (schema.$ref) return [shape(nameOf(schema.$ref))];
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(', ')];
  if (schema.oneOf) return ['one of ', ...schema.oneOf.flatMap((one, i) => [i > 0 ? ', ' : '', ...kind(one)])];
  if (schema.type === 'array') return ['list of ', ...kind(schema.items ?? {})];
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  const bounds = schema.minimum !== undefined ? ` from ${schema.minimum} to ${schema.maximum}` : '';
  const initial = schema.default !== undefined ? `, ${JSON.stringify(schema.default)} unless given` : '';
  return [type + bounds + initial];
}

function fields(schema) {
  const required = schema.required ?? [];
  return h('dl', {}, ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    h('dt', {}, h('code', {}, name)),
    h('dd', {},
      h('span', { class: 'kind' }, ...kind(field), required.includes(name) ? '' : ' (may be missing)'),
      field.description || field.title ? ` ${field.description ?? field.title}` : '',
      field.properties ? fields(field) : '',
      field.items?.properties ? fields(field.items) : ''),
  ]));
}

/** The shapes that a request takes or an answer has. */
function content(words, body) {
  const [[type, { schema }] = ['', {}]] = Object.entries(body?.content ?? {});
  return type && h('p', {}, h('span', { class: 'facts' }, `${words} ${type} `), ...(schema ? kind(schema) : []));
}

function curl(method, path, takes) {
  const [type] = Object.keys(takes?.content ?? {});
  const body = type === 'multipart/form-data' ? '-F file=@FILE ' : type ? "--json '{…}' " : '';
  const verb = method === 'get' || (method === 'post' && body) ? '' : `-X ${method.toUpperCase()} `;
  return `curl -b session -c session ${verb}${body}${location.origin}${ROOT}${path}`;
}

/** Asks, and shows the answer; only what changes nothing. */
function asking(path, parameters) {
  const answer = h('pre', { hidden: true, tabindex: '0', 'aria-live': 'polite', 'aria-label': 'Answer' });
  const inputs = parameters.map(({ name }) => h('input', { name, required: true, autocomplete: 'off' }));
  const ask = async (event) => {
    event.preventDefault();
    const filled = inputs.reduce((text, input) => text.replace(`{${input.name}}`, encodeURIComponent(input.value)), path);
    answer.hidden = false;
    answer.textContent = 'asking …';
    try {
      const response = await fetch(ROOT + filled);
      const json = (response.headers.get('Content-Type') ?? '').includes('json');
      const text = json ? JSON.stringify(await response.json(), null, 2) : `${response.headers.get('Content-Type')}, ${(await response.blob()).size} bytes`;
      answer.textContent = `${response.status}\n${text.slice(0, LONGEST)}${text.length > LONGEST ? '\n…' : ''}`;
    } catch {
      answer.textContent = 'Picasso does not answer. Is it still running?';
    }
  };
  return [
    h('form', { submit: ask }, ...inputs.map((input) => h('label', {}, input.name, input)), h('button', {}, 'Ask')),
    answer,
  ];
}

function operation(path, method, told) {
  const streams = path.endsWith('/events');
  return h('details', { id: `${method}${path}` },
    h('summary', {},
      h('span', { class: 'verb' }, method.toUpperCase()), h('code', {}, path), h('span', { class: 'facts' }, told.summary)),
    h('div', { class: 'inside' },
      content('takes', told.requestBody),
      content('gives', told.responses?.['2XX']),
      h('pre', { tabindex: '0', 'aria-label': 'With curl' }, curl(method, path, told.requestBody)),
      ...(method === 'get' && !streams ? asking(path, told.parameters ?? []) : [])));
}

function shapeCard(name, schema) {
  return h('details', { id: `shape-${name}` },
    h('summary', {}, h('span', { class: 'verb' }, 'shape'), h('code', {}, name), schema.title ? h('span', { class: 'facts' }, schema.title) : ''),
    h('div', { class: 'inside' }, schema.properties ? fields(schema) : h('p', {}, ...kind(schema))));
}

/** What the address names is open. */
function unfold() {
  const named = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  named.open = true;
  named.scrollIntoView();
}

const place = byId('rest');
try {
  const told = await (await fetch(`${ROOT}/openapi.json`)).json();
  const groups = new Map();
  for (const [path, methods] of Object.entries(told.paths)) {
    const group = path.split('/')[1] || 'about';
    const cards = Object.entries(methods).map(([method, one]) => operation(path, method, one));
    groups.set(group, [...(groups.get(group) ?? []), ...cards]);
  }
  const shapes = Object.entries(told.components.schemas);
  const ofSettings = shapes.filter(([name]) => name.startsWith('Settings-'));
  const others = shapes.filter(([name]) => !name.startsWith('Settings-'));
  place.replaceChildren(
    ...[...groups].flatMap(([name, cards]) => [h('h2', {}, name), ...cards]),
    h('h2', {}, 'shapes'), ...others.map(([name, schema]) => shapeCard(name, schema)),
    h('h2', {}, 'settings of each visualization'), ...ofSettings.map(([name, schema]) => shapeCard(name, schema)));
  unfold();
  addEventListener('hashchange', unfold);
} catch {
  place.replaceChildren(h('p', { class: 'problem', role: 'alert' }, 'The description cannot be read. Is Picasso still running?'));
}
place.removeAttribute('aria-busy');
