import { readInputs } from './inputs-field.js';
import { remember } from './last.js';
import { AS_MADE } from './looks.js';
import { missingModels } from './runs.js';
import { initialSettings } from './state.js';

const RESERVED = ['model', 'method', 'run', 'top', 'classes', 'inputs', 'show', 'rows', 'panel'];

/** A display as an address holds it: "opacity:0.5,scale:table". */
const shown = (display) => Object.entries(display).filter(([, value]) => value !== '').map(([key, value]) => `${key}:${value}`).join();

function display(text = '') {
  const given = text.split(',').map((part) => part.split(':')).filter(([key, value]) => Object.hasOwn(AS_MADE, key) && /^[\w.]+$/.test(value ?? ''));
  return { ...AS_MADE, ...Object.fromEntries(given) };
}

/** The state that the address bar holds. */
export function read(search = location.search) {
  const given = Object.fromEntries(new URLSearchParams(search));
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => !RESERVED.includes(name)));
  return { model: given.model ?? '', method: given.method ?? '', run: given.run ?? '', top: given.top ?? '', classes: /^([\d,]*|\d{1,9}-\d{1,9}|true-labels)$/.test(given.classes ?? '') ? given.classes ?? '' : '', inputs: readInputs(given.inputs), display: display(given.show), order: given.rows ?? '', settings };
}

function write(state) {
  const parts = new URLSearchParams();
  if (state.get('model')) parts.set('model', state.get('model'));
  if (state.get('method')) parts.set('method', state.get('method'));
  if (state.get('classes')) parts.set('classes', state.get('classes'));
  if (state.get('inputs')) parts.set('inputs', state.get('inputs'));
  if (state.get('top')) parts.set('top', state.get('top'));
  for (const [name, value] of Object.entries(state.get('settings'))) {
    if (!RESERVED.includes(name)) parts.set(name, value);
  }
  if (shown(state.get('display'))) parts.set('show', shown(state.get('display')));
  if (state.get('order')) parts.set('rows', state.get('order'));
  if (state.get('run')) parts.set('run', state.get('run').id);
  return `/?${parts}`;
}

/** The choices that an address means, with the first of each where it names none. */
export function choices(state, given) {
  const models = state.get('models');
  const methods = state.get('methods');
  const first = state.get('first') ? models.find((m) => m.id === state.get('first')) : undefined;
  const model = models.find((m) => m.id === given.model) ?? first ?? models[0];
  const method = methods.find((m) => m.id === given.method) ?? methods[0];
  const initial = initialSettings(method);
  const known = Object.entries(given.settings).filter(([name]) => Object.hasOwn(initial, name));
  return { model: model?.id ?? '', method: method?.id ?? '', top: given.top, classes: given.classes ?? '', inputs: given.inputs ?? '', display: given.display ?? AS_MADE, order: given.order ?? '', settings: { ...initial, ...Object.fromEntries(known) } };
}

/**
 * Keeps the address bar at the state, so that "back" goes from results to the results before. The first
 * choice that differs from what is shown is a step; what follows until its results are there belongs to it.
 *
 * @param restore called with what the address holds when the person goes back or forth
 */
export function follow(state, restore) {
  let restoring = 0; // steps back or forth that are not shown yet
  let pending = Boolean(history.state?.pending); // whether the choices of this step have no results yet

  const show = (asStep) => {
    const address = write(state);
    remember(address);
    if (restoring) return;
    if (address === location.pathname + location.search && pending === Boolean(history.state?.pending)) return;
    history[asStep ? 'pushState' : 'replaceState']({ pending }, '', address);
  };

  const picked = () => [state.get('model'), state.get('method')].join('\n');
  const chosen = () => [picked(), JSON.stringify(state.get('settings')), state.get('top'), state.get('classes'), state.get('inputs')].join('\n');
  const runId = () => state.get('run')?.id ?? '';
  let last = { picked: picked(), chosen: chosen(), run: runId() };

  state.on(['model', 'method', 'run', 'settings', 'top', 'classes', 'inputs', 'display', 'order'], () => {
    const now = { picked: picked(), chosen: chosen(), run: runId() };
    const before = last;
    last = now;
    if (restoring) return;
    if (now.run !== before.run) {
      const step = !pending;
      pending = false;
      show(step);
    } else if (!pending && (now.picked !== before.picked || (now.run && now.chosen !== before.chosen))) {
      pending = true;
      show(true);
    } else {
      show(false);
    }
  });
  if (state.get('run') && !missingModels(state.get('run'), state).length) show(false); // where an address named the run alone
  addEventListener('popstate', async () => {
    restoring++;
    try {
      await restore(read());
    } finally {
      restoring--;
      if (!restoring) pending = Boolean(history.state?.pending);
    }
  });
}
