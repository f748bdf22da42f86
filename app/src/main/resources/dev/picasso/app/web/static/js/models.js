import { api } from './api.js';
import { byId, h } from './dom.js';
import { count, moment } from './format.js';

const PAUSE = 400;

const inputText = ({ height, width, channels }) =>
  `${width} × ${height} ${channels === 1 ? 'grey' : 'colour'}`;

function notes(model) {
  if (!model.notes?.length) return false;
  return h('details', { class: 'notes' },
    h('summary', {}, count(model.notes.length, 'note')),
    h('ul', {}, ...model.notes.map((note) => h('li', {}, note))));
}

/** File, format and date of a model, what it takes, what was assumed about it. */
function facts(model) {
  const known = [
    model.file,
    model.format,
    model.modified && moment(model.modified),
    model.input && inputText(model.input),
    model.classCount && count(model.classCount, 'class', 'classes'),
    model.state === 'loading' || model.state === 'idle' ? 'loading' : '',
  ].filter(Boolean).map((part) => part.replaceAll(' ', '\u00a0')); // lines break between parts
  const parts = [known.join(' · ')];
  const more = notes(model);
  if (more) parts.push(' · ', more);
  return parts;
}

/** What the files of one model are called: by their folder, or by the first of them. */
const titleOf = ([first]) => (first.path?.includes('/') ? first.path.split('/')[0] : first.name);

/** The choice of the model, and what is known of the chosen one. */
export function models(state) {
  const select = byId('model');
  const place = byId('model-facts');
  let refused = '';

  const showList = () => {
    select.replaceChildren(...state.get('models').map((m) => h('option', { value: m.id }, m.title)));
    select.value = state.get('model');
  };

  const showFacts = () => {
    const model = state.model();
    const lines = [];
    if (refused) lines.push(h('p', { class: 'problem', role: 'alert' }, refused, ' ', h('button', { type: 'button', class: 'quiet small', click: () => refuse('') }, 'Dismiss')));
    if (model?.problem) lines.push(h('p', { class: 'problem', role: 'alert' }, model.problem));
    if (model && !model.problem) lines.push(h('p', {}, ...facts(model)));
    if (!model) lines.push(h('p', {}, 'No model is served. Open a Keras, TensorFlow or ONNX file.'));
    place.replaceChildren(...lines);
  };

  const refuse = (why) => {
    refused = why;
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
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };

  state.on(['models'], showList);
  state.on(['model'], () => {
    refused = '';
    select.value = state.get('model');
    load();
  });
  state.on(['models', 'model'], showFacts);
  select.addEventListener('change', () => state.set({ model: select.value, top: '' }));

  return {
    /** Adds a model for this session: one file, or the files that belong to one model. */
    async open(files) {
      refused = '';
      const title = titleOf(files);
      place.replaceChildren(h('p', {}, `Opening ${title}`));
      try {
        const model = await api.addModel(files);
        state.putModel(model);
        state.set({ model: model.id, top: '' });
        showFacts();
      } catch (error) {
        const named = /^[\w.-]+: /.test(error.message) || files.some((file) => error.message.includes(file.name));
        refuse(named ? error.message : `${title}: ${error.message}`);
      }
    },
  };
}
