import { api } from './api.js';
import { byId, h, wake } from './dom.js';
import { activations } from './model-activations.js';
import { drawing } from './model-drawing.js';
import { told as toldNote } from './notes.js';
import { themeButton } from './theme-button.js';
import { wait } from './wait.js';

const PAUSE = 500;
const id = document.body.dataset.model;
const number = new Intl.NumberFormat('en');

/** The model, once it is loaded or refused. */
async function loaded() {
  for (;;) {
    const model = await api.model(id);
    if (model.state === 'failed') throw new Error(model.problem);
    if (model.state === 'ready') return model;
    await wait(PAUSE);
  }
}

const facts = (pairs) =>
  h('dl', { class: 'model-facts' }, ...pairs.filter(([, value]) => value !== undefined && value !== '')
    .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));

/** The way to a control on the first page. */
const lead = (control, words) => h('a', { href: `/?${new URLSearchParams({ model: id, panel: control })}`, 'data-to-input': control }, words);

/** What is known of the model as a whole. */
function about(model, graph) {
  const { input, classes = [], notes = [] } = model;
  const parameters = graph.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return [
    h('h2', {}, 'The model'),
    facts([
      ['file', model.file],
      ['format', model.format],
      ['input', input && `${input.width} × ${input.height}, ${input.channels} channels`],
      [model.numbers ? 'outputs' : 'classes', model.classCount && `${number.format(model.classCount)}, ${model.numbers ? 'numbers' : model.probabilities ? 'probabilities' : 'scores'}`],
      ['layers', number.format(graph.layers.length)],
      ['parameters', number.format(parameters)],
      [model.numbers ? 'activation maps' : 'class activation maps', model.defaultLayer && `show ${model.defaultLayer} unless told otherwise`],
    ]),
    notes.length > 0 && h('h3', {}, 'What was assumed'),
    notes.length > 0 && h('ul', { class: 'warnings' }, ...notes.map((note) => h('li', {}, ...toldNote(note, lead)))),
    classes.length > 0 && h('details', {}, h('summary', {}, 'labels'),
      h('ol', { class: 'model-labels', start: 0 }, ...classes.map((label) => h('li', {}, label)))),
  ].filter(Boolean);
}

const parametersOf = ({ parameters }) => (parameters > 0 ? `${number.format(parameters)} parameters` : 'no parameters');

/** What is known of a layer, and what can be done with it. */
function told(layer, show) {
  const cam = `/?${new URLSearchParams({ model: id, method: 'grad-cam', layer: layer.name })}`;
  return [
    h('h2', {}, 'Layer'),
    h('p', { class: 'model-name' }, layer.name),
    facts([
      ['kind', layer.kind],
      ['output', layer.shape],
      ['parameters', layer.parameters > 0 ? number.format(layer.parameters) : 'none'],
      ...Object.entries(layer.details ?? {}),
    ]),
    layer.spatial && h('p', {}, h('a', { href: cam, 'data-cam': '' }, 'Explain with Grad-CAM of this layer')),
    layer.channels === undefined
      ? h('p', { class: 'facts' }, 'Its output is not computed, so that there is nothing to see in it.')
      : show,
  ].filter(Boolean);
}

async function start() {
  const model = await loaded();
  const graph = await api.graph(id);
  const pictures = activations(model);
  const place = byId('layer');
  let shown = '';
  const select = (index) => {
    const layer = graph.layers[index];
    if (layer.name === shown) return;
    shown = layer.name;
    history.replaceState(null, '', `#${new URLSearchParams({ layer: layer.name })}`); // a reload, or a colleague, sees it again
    place.replaceChildren(...told(layer, pictures.element));
    byId('told').textContent = `${layer.kind} ${layer.name}, ${layer.shape || 'not computed'}, ${parametersOf(layer)}`;
    place.parentElement.scrollTo(0, 0);
    if (layer.channels !== undefined) pictures.show(layer);
  };
  byId('about').replaceChildren(...about(model, graph));
  const drawn = drawing(byId('drawing'), graph, select);

  const find = byId('find');
  const found = byId('found');
  find.addEventListener('input', () => {
    const count = drawn.find(find.value);
    found.textContent = find.value.trim() === '' ? '' : `${number.format(count)} found`;
  });
  const go = (step) => {
    const at = drawn.next(step);
    if (at) found.textContent = at;
  };
  byId('find-form').addEventListener('submit', (event) => {
    event.preventDefault();
    go(1);
  });
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.shiftKey) return;
    event.preventDefault();
    go(-1);
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      find.focus();
    }
    if (typing || event.ctrlKey || event.metaKey) return;
    if (event.key === '+') drawn.zoom(1.25);
    if (event.key === '-') drawn.zoom(0.8);
    if (event.key === '0') drawn.fit();
  });
  addEventListener('dragover', (event) => event.preventDefault()); // else the browser leaves for what is dropped
  addEventListener('drop', (event) => {
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0) pictures.take(files);
  });
  byId('larger').addEventListener('click', () => drawn.zoom(1.25));
  byId('smaller').addEventListener('click', () => drawn.zoom(0.8));
  byId('fit').addEventListener('click', drawn.fit);
  place.replaceChildren(h('p', { class: 'facts' }, 'Press a layer to see its shape, its window and what it answers to. Arrow keys go from layer to layer.'));
  const named = new URLSearchParams(location.hash.slice(1)).get('layer');
  const there = graph.layers.findIndex(({ name }) => name === named);
  if (there >= 0) drawn.show(there);
  wake();
  document.body.dataset.ready = 'true';
}

themeButton();

start().catch((error) => {
  const state = byId('state');
  (state ?? byId('drawing')).replaceChildren(h('span', { class: 'problem' }, error.message));
  document.body.dataset.ready = 'true';
});
