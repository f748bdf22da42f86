import { api } from './api.js';
import { byId, dotted, h, say } from './dom.js';
import { duration, size } from './format.js';

const PAUSE = 1000;

/**
 * Well-known models: a list from which one is fetched and then picked. A download goes on while the
 * list is closed; the button that opens it tells how far.
 */
export function catalogue(state) {
  const dialog = byId('catalogue');
  const opener = byId('get-model');
  const problem = byId('catalogue-problem');
  const rows = new Map(); // by name: the parts of a row that change
  const known = new Map(); // by name: the model as the server told it last
  const listening = new Set();

  const share = ({ bytes, size: all }) => bytes / all;

  /** What opens the list tells how far a download is; on narrow screens in fewer words. */
  const nameOpener = () => {
    const pulling = [...known.values()].find((model) => model.state === 'pulling');
    const wide = (words) => h('span', { class: 'wide' }, words);
    const name = pulling
      ? [wide(`Getting ${pulling.title}: `), `${Math.floor(100 * share(pulling))} %`]
      : ['Get', wide(' a model')];
    opener.replaceChildren(...name);
    opener.setAttribute('aria-label', opener.textContent);
  };

  const use = (model) => {
    state.set({ model: model.model, top: '' });
    dialog.close();
  };

  const begin = async (model) => {
    say(problem, '');
    try {
      take(await api.pull(model.name));
    } catch (error) {
      take({ ...known.get(model.name), state: 'failed', problem: error.message });
    }
  };

  const cancel = async (model) => {
    try {
      await api.cancelPull(model.name);
    } catch (error) {
      say(problem, error.message);
    }
  };

  const button = (model) => {
    const make = (words, act, look) =>
      h('button', { type: 'button', class: look, 'aria-label': `${words}: ${model.title}`, click: () => act(known.get(model.name)) }, words);
    if (model.state === 'here') return make('Use it', use, false);
    if (model.state === 'pulling') return make('Cancel', cancel, 'quiet');
    const again = model.state === 'cancelled' || (model.state === 'failed' && model.bytes > 0);
    return make(again ? 'Go on' : `Get ${size(model.size)}`, begin, false);
  };

  const standing = (model) => {
    const left = model.secondsLeft === undefined ? '' : `, ${duration(model.secondsLeft)} left`;
    if (model.state === 'pulling') return `${size(model.bytes)} of ${size(model.size)}${left}`;
    if (model.state === 'cancelled') return 'Cancelled; what has come is kept.';
    return model.state === 'here' ? `On this machine, ${size(model.size)}.` : '';
  };

  const row = (model) => {
    const parts = {
      action: h('div', { class: 'action' }),
      bar: h('progress', { max: 1, value: 0, 'aria-label': `How much of ${model.title} is here` }),
      standing: h('p', { class: 'facts' }),
      problem: h('p', { class: 'problem', role: 'alert' }),
      state: '',
    };
    const facts = [`${model.input.width} × ${model.input.height}`, model.publisher, `licence ${model.licence}`, `from ${model.hosts.join(', ')}`];
    parts.item = h('li', { 'data-name': model.name },
      h('div', { class: 'what' }, h('h3', {}, model.title), h('p', {}, model.description), h('p', { class: 'facts dotted' }, ...dotted(facts))),
      parts.action, h('div', { class: 'how-far' }, parts.bar, parts.standing, parts.problem));
    return parts;
  };

  /** Shows a model as the server tells it now; what a person may be about to press stays in place. */
  const refresh = (model) => {
    const parts = rows.get(model.name);
    if (parts.state !== model.state) {
      const focused = parts.action.contains(document.activeElement);
      parts.action.replaceChildren(button(model));
      if (focused) parts.action.firstChild.focus();
      parts.state = model.state;
    }
    parts.bar.hidden = model.state !== 'pulling';
    parts.bar.value = share(model);
    say(parts.standing, standing(model));
    say(parts.problem, model.state === 'failed' ? model.problem : '');
  };

  const arrived = async (model) => {
    byId('spoken').textContent = `${model.title} is here`;
    if (state.get('models').some((m) => m.id === model.model)) return;
    try {
      state.set({ models: await api.models() });
    } catch (error) {
      say(problem, error.message);
    }
  };

  const take = (model) => {
    const before = known.get(model.name);
    known.set(model.name, model);
    if (!rows.has(model.name)) rows.set(model.name, row(model));
    refresh(model);
    nameOpener();
    if (model.state === 'pulling') listen(model);
    if (model.state === 'here' && before && before.state !== 'here') arrived(model);
  };

  const listen = ({ name }) => {
    if (listening.has(name)) return;
    listening.add(name);
    const source = api.pullEvents(name);
    const leave = () => {
      source.close();
      listening.delete(name);
    };
    source.addEventListener('progress', (event) => take(JSON.parse(event.data)));
    source.addEventListener('end', (event) => {
      leave();
      take(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      leave(); // asking for the list tells how it stands, and listens again where it goes on
      setTimeout(load, PAUSE);
    });
  };

  const load = async () => {
    try {
      const { allowed, models } = await api.catalogue();
      models.forEach(take);
      byId('catalogue-models').replaceChildren(...models.map((model) => rows.get(model.name).item));
      opener.hidden = !allowed;
      state.set({ offered: allowed });
      say(problem, '');
    } catch (error) {
      say(problem, error.message);
    }
  };

  const open = () => {
    dialog.showModal();
    load();
  };
  opener.addEventListener('click', open);

  return { open, load };
}
