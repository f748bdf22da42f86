import { api } from './api.js';
import { choices } from './address.js';
import { byId, h, say } from './dom.js';

const PAUSE = 3000;

const KINDS = {
  visualization: 'visualization',
  method: 'method',
  adapter: 'for models',
  preprocessor: 'preprocessing, for a picasso.yaml',
  lambda: 'of a Lambda layer, for a picasso.yaml',
};
const PICKED = ['visualization', 'method'];

/** What is wrong, with the line of the file that it is about. */
function trouble({ message, line, code }) {
  const [what, ...more] = message.split('\n').map((part) => part.trim());
  return h('li', {},
    h('p', {}, line ? h('span', { class: 'place' }, `line ${line}: `) : '', what),
    code ? h('code', {}, code.trim()) : '',
    ...more.map((part) => h('p', { class: 'facts' }, part)));
}

const list = (name, troubles) =>
  troubles.length > 0 && h('ul', { class: 'troubles', 'aria-label': name }, ...troubles.map(trouble));

/** One file of the folder of plugins: what it brings, and what is wrong with it. */
function card(plugin, pick) {
  const name = plugin.file.split('/').pop();
  const broken = plugin.problems.length > 0;
  return h('article', { class: 'plugin', 'data-file': name, 'data-broken': broken, 'aria-label': name },
    h('h3', {}, name),
    ...plugin.brings.map((made) =>
      h('p', {},
        PICKED.includes(made.kind) ? h('button', { type: 'button', class: 'link', click: () => pick(made.id) }, made.title) : made.title,
        ' ', h('span', { class: 'facts' }, KINDS[made.kind]))),
    plugin.brings.length === 0 && !broken && h('p', { class: 'facts' }, 'Its META-INF/services names no plugin; its classes are there for Java files.'),
    broken && h('p', { class: 'facts' }, plugin.brings.length > 0 ? 'Some of it cannot be used:' : 'It cannot be used:'),
    list('Problems', plugin.problems),
    plugin.failures.length > 0 && h('p', { class: 'facts' }, 'While it worked:'),
    list('Failures', plugin.failures),
    (broken || plugin.failures.length > 0) && h('p', { class: 'facts' }, 'It is looked at again as soon as the file is saved.'));
}

/**
 * The plugins, each on a card of its own. The folder may change at any time, so it is looked at every few
 * seconds while somebody sees the page; methods that came or changed are in the list of methods then.
 */
export function plugins(state) {
  const fold = byId('plugins');
  const cards = byId('plugin-cards');
  let shown = '';

  const pick = (id) => {
    const method = { ...current(), method: id, settings: {} };
    state.set(choices(state, method));
    byId('method').focus();
  };
  const current = () =>
    Object.fromEntries(['model', 'method', 'top', 'classes', 'inputs', 'display', 'settings'].map((key) => [key, state.get(key)]));

  function show(known) {
    const broken = known.filter((p) => p.problems.length + p.failures.length > 0).length;
    fold.hidden = known.length === 0;
    say(byId('plugins-brief'), broken > 0 ? `${broken} of ${known.length} with problems` : String(known.length));
    cards.replaceChildren(...known.map((plugin) => card(plugin, pick)));
    if (broken > 0) fold.open = true;
  }

  async function look() {
    if (document.visibilityState !== 'visible') return;
    let known;
    let methods = state.get('methods');
    try {
      known = (await api.plugins()).plugins;
      if (JSON.stringify(known) === shown) return;
      if (shown !== '') methods = (await api.visualizations()).visualizations;
    } catch {
      return; // whatever the person does next tells that nobody answers; it is looked again
    }
    shown = JSON.stringify(known);
    show(known);
    if (JSON.stringify(methods) === JSON.stringify(state.get('methods'))) return;
    state.set({ methods });
    state.set(choices(state, current()));
  }

  document.addEventListener('visibilitychange', look);
  setInterval(look, PAUSE);
  look();
}
