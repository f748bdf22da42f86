import { initialSettings } from './state.js';

const RESERVED = ['model', 'method', 'run', 'top'];

/** The state that the address bar holds. */
export function read(search = location.search) {
  const given = Object.fromEntries(new URLSearchParams(search));
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => !RESERVED.includes(name)));
  return { model: given.model ?? '', method: given.method ?? '', run: given.run ?? '', top: given.top ?? '', settings };
}

function write(state) {
  const parts = new URLSearchParams();
  if (state.get('model')) parts.set('model', state.get('model'));
  if (state.get('method')) parts.set('method', state.get('method'));
  if (state.get('top')) parts.set('top', state.get('top'));
  for (const [name, value] of Object.entries(state.get('settings'))) {
    if (!RESERVED.includes(name)) parts.set(name, value);
  }
  if (state.get('run')) parts.set('run', state.get('run').id);
  return `/?${parts}`;
}

/** The choices that an address means, with the first of each where it names none. */
export function choices(state, given) {
  const models = state.get('models');
  const methods = state.get('methods');
  const model = models.find((m) => m.id === given.model) ?? models[0];
  const method = methods.find((m) => m.id === given.method) ?? methods[0];
  const initial = initialSettings(method);
  const known = Object.entries(given.settings).filter(([name]) => name in initial);
  return { model: model?.id ?? '', method: method?.id ?? '', top: given.top, settings: { ...initial, ...Object.fromEntries(known) } };
}

/**
 * Keeps the address bar at the state. A new model, method or run is a step that "back" undoes; a
 * setting is not, or each digit typed would be one.
 *
 * @param restore called with what the address holds when the person goes back or forth
 */
export function follow(state, restore) {
  let restoring = 0; // steps back or forth that are not shown yet
  const show = (asStep) => {
    const address = write(state);
    if (restoring || address === location.pathname + location.search) return;
    history[asStep ? 'pushState' : 'replaceState'](null, '', address);
  };
  const step = () => [state.get('model'), state.get('method'), state.get('run')?.id ?? ''].join('\n');
  let last = step();
  state.on(['model', 'method', 'run', 'settings', 'top'], () => {
    const now = step();
    show(now !== last);
    last = now;
  });
  addEventListener('popstate', async () => {
    restoring++;
    try {
      await restore(read());
    } finally {
      restoring--;
    }
  });
}
