import { api } from './api.js';
import { byId, dotted, h } from './dom.js';
import { count, moment } from './format.js';
import { told, wayTo } from './notes.js';
import { doubt, outputsOf, remedy } from './numbers.js';
import { removedModels } from './removed-models.js';
import { wait } from './wait.js';

const PAUSE = 400;
const ASKS = 'It takes several inputs, of which one is explained. Say under “What it is given” what the others hold.';
const FULL = 429; // what the server answers where as many models are opened as may be

const inputText = ({ height, width, channels }) =>
  `${width} × ${height} ${channels === 1 ? 'grey' : 'colour'}`;

const isNameless = (model) => model.state === 'ready' && !model.numbers && model.classCount > 1 && !model.classes?.length;

/** What was assumed, folded; the note that is shown by itself is not among it. */
function notes(state, model) {
  const apart = doubt(model);
  const listed = (model.notes ?? []).filter((note) => note !== apart);
  if (!listed.length) return false;
  return h('details', { class: 'notes' },
    h('summary', {}, count(listed.length, 'note')),
    h('ul', {}, ...listed.map((note) => h('li', {}, ...told(note, wayTo), note === model.assumedSoftmax && remedy(state, model)))));
}

/** File, format and date of a model, what it takes, what was assumed about it. */
function facts(state, model) {
  return dotted([
    model.file,
    model.format,
    model.modified && moment(model.modified),
    model.input && inputText(model.input),
    model.classCount && outputsOf(model),
    model.state === 'loading' || model.state === 'idle' ? 'loading' : '',
    isNameless(model) && wayTo('labels'),
    notes(state, model),
    model.state === 'ready' && h('a', { href: `/models/${encodeURIComponent(model.id)}/view` }, 'layers'),
  ]);
}

/** What the files of one model are called: by their folder, or by the first of them. */
const titleOf = ([first]) => (first.path?.includes('/') ? first.path.split('/')[0] : first.name);

/** Names for a list of models, each of its own: by file and date where titles are the same. */
export function namesOf(models) {
  const alike = (known, key) => known.filter((m) => m.title === key.title).length > 1;
  const told = models.map((m) => (alike(models, m) ? [m.title, m.modified && moment(m.modified)].filter(Boolean).join(', ') : m.title));
  return told.map((name, i) => (told.indexOf(name) === i ? name : `${name} (${told.slice(0, i + 1).filter((t) => t === name).length})`));
}

/** The choice of the model, and what is known of the chosen one. */
export function models(state) {
  const select = byId('model');
  const place = byId('model-facts');
  const removed = removedModels(state);
  let refused = '';
  let full = false; // whether as many models are opened as may be
  let waiting = null; // the files of the model that found no room

  const showList = () => {
    const all = state.get('models');
    const names = namesOf(all);
    const option = (m) => h('option', { value: m.id }, names[all.indexOf(m)]);
    const own = all.filter((m) => m.own);
    select.replaceChildren(...(own.length
      ? [h('optgroup', { label: 'Opened here' }, ...own.map(option)), h('optgroup', { label: 'Served' }, ...all.filter((m) => !m.own).map(option))]
      : all.map(option)));
    select.value = state.get('model');
  };

  const showFacts = () => {
    const model = state.model();
    const lines = [];
    if (refused) lines.push(h('p', { class: 'problem', role: 'alert' }, refused, ' ', h('button', { type: 'button', class: 'quiet small', click: () => refuse('') }, 'Dismiss')));
    if (full) lines.push(makeRoom());
    if (model?.problem) lines.push(h('p', { class: 'problem', role: 'alert' }, model.asksForInputs ? ASKS : model.problem));
    if (model && !model.problem) lines.push(h('p', { class: 'dotted' }, ...facts(state, model)));
    if (model && doubt(model)) lines.push(h('p', { class: 'doubt' }, doubt(model), ' ', remedy(state, model)));
    if (!model) lines.push(h('p', {}, byId('model-file').hidden ? 'No model is served.' : 'No model is served. Open a Keras, TensorFlow or ONNX file.'));
    place.replaceChildren(...lines);
    byId('remove-model').hidden = !model?.own || full;
  };

  /** Takes an opened model away; another is chosen where it was the chosen one. */
  const remove = async (model) => {
    try {
      await api.removeModel(model.id);
    } catch (error) {
      return refuse(error.message);
    }
    const left = state.get('models').filter((m) => m.id !== model.id);
    const next = state.get('model') === model.id ? { model: left.at(-1)?.id ?? '', top: '', classes: '', inputs: '' } : {};
    refused = '';
    state.set({ models: left, ...next });
    removed.show(model);
    if (waiting && full) {
      const files = waiting;
      full = false;
      waiting = null;
      return open(files);
    }
    return showFacts();
  };

  /** Which of the opened models goes so that another has room. */
  const makeRoom = () => {
    const all = state.get('models');
    const names = namesOf(all);
    return h('ul', { class: 'making-room' }, ...all.filter((m) => m.own).map((m) =>
      h('li', {}, h('button', { type: 'button', class: 'link', click: () => remove(m) }, `Remove ${names[all.indexOf(m)]}`))));
  };

  const refuse = (why) => {
    refused = why;
    if (!why) full = false;
    showFacts();
  };

  /** Asks for the chosen model until it is loaded, so that its facts and samples are known. */
  const load = async () => {
    const id = state.get('model');
    while (id && id === state.get('model')) {
      const known = state.model();
      if (known?.state === 'ready' || known?.state === 'failed') return;
      try {
        state.putModel(await api.model(id));
      } catch (error) {
        state.putModel({ ...known, state: 'failed', problem: error.message });
      }
      await wait(PAUSE);
    }
  };

  state.on(['models'], showList);
  state.on(['model'], () => {
    refused = '';
    select.value = state.get('model');
    load();
  });
  state.on(['models', 'model'], showFacts);
  select.addEventListener('change', () => state.set({ model: select.value, top: '', classes: '', inputs: '' }));

  /** Adds a model for this session: one file, or the files that belong to one model. */
  const open = async (files) => {
    refused = '';
    full = false;
    const title = titleOf(files);
    place.replaceChildren(h('p', {}, `Opening ${title}`));
    try {
      const model = await api.addModel(files);
      state.putModel(model);
      state.set({ model: model.id, top: '', classes: '', inputs: '' });
      showFacts();
    } catch (error) {
      full = error.status === FULL;
      waiting = full ? files : null;
      const named = full || /^[\w.-]+: /.test(error.message) || files.some((file) => error.message.includes(file.name));
      refuse(named ? error.message : `${title}: ${error.message}`);
    }
  };

  byId('remove-model').addEventListener('click', () => remove(state.model()));
  place.addEventListener('keydown', (event) => {
    const notes = event.target.closest('details[open]');
    if (event.key !== 'Escape' || !notes) return;
    notes.open = false;
    notes.querySelector('summary').focus();
  });

  return { open };
}
