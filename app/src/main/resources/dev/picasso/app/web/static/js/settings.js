import { api } from './api.js';
import { classesField } from './classes.js';
import { byId, h } from './dom.js';
import { plainly, words } from './format.js';
import { hasAll, inputsField } from './inputs-field.js';
import { isDrawing } from './looks.js';
import { fitting, inWords } from './output-words.js';
import { initialSettings } from './state.js';
import { TRUE_LABELS } from './truth.js';

const COMPARE = 'compare';
const FEW = 4; // as many choices stand side by side, more go into a list

const PLACES = 'A point is X,Y, a box X,Y,WIDTH,HEIGHT, in pixels of the picture.';

const rangeText = ({ kind, min, max }) =>
  kind === 'region' ? PLACES : min === undefined || max === undefined ? '' : `${plainly(min)} to ${plainly(max)}.`;

function segmented(setting, value, change) {
  const group = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': setting.label });
  for (const choice of setting.choices) {
    const radio = h('input', { type: 'radio', name: setting.name, value: choice, change: () => change(choice) });
    radio.checked = choice === value;
    group.append(h('label', {}, radio, setting.say(choice)));
  }
  return [h('span', {}, setting.label), group];
}

function list(setting, value, change) {
  const select = h('select', { id: `set-${setting.name}`, name: setting.name, change: () => change(select.value) },
    ...setting.choices.map((choice) => h('option', { value: choice }, setting.say(choice))));
  select.value = value;
  return [h('label', { for: select.id }, setting.label), select];
}

function flag(setting, value, change) {
  const box = h('input', { type: 'checkbox', id: `set-${setting.name}`, name: setting.name, change: () => change(String(box.checked)) });
  box.checked = value === 'true';
  return [h('div', { class: 'field-line' }, h('label', { for: box.id }, setting.label), box)];
}

/** A number or text is typed freely; the suggested values stand below, a press away. */
function typed(setting, value, change) {
  const auto = setting.kind === 'optional-integer'; // holds a word as well
  const number = auto || setting.kind === 'integer' || setting.kind === 'number';
  const input = h('input', {
    type: number && !auto ? 'number' : 'text', inputmode: auto && 'numeric', autocomplete: auto && 'off', id: `set-${setting.name}`, name: setting.name, step: setting.kind === 'integer' ? '1' : 'any',
    min: setting.min, max: setting.max, value,
    input: () => { mark(); change(input.value); },
  });
  const label = h('label', { for: input.id }, setting.label);
  const parts = number ? [h('div', { class: 'field-line' }, label, input)] : [label, input];
  const offers = (setting.suggested ?? []).map((offer) =>
    h('button', { type: 'button', value: offer, click: () => { input.value = offer; mark(); change(offer); } }, offer));
  const same = (offer) => offer === input.value || (number && input.value !== '' && Number(offer) === Number(input.value));
  const mark = () => offers.forEach((offer) => offer.setAttribute('aria-pressed', same(offer.value)));
  mark();
  if (offers.length) parts.push(h('div', { class: 'segments', role: 'group', 'aria-label': `${setting.label}: suggested` }, ...offers));
  return parts;
}

/** One of the model's layers: typed, with those offered that have positions of the image. */
function layer(setting, value, change, model) {
  const offers = h('datalist', { id: `layers-${setting.name}` });
  const input = h('input', {
    type: 'text', id: `set-${setting.name}`, name: setting.name, list: offers.id, autocomplete: 'off', spellcheck: 'false', value,
    input: () => change(input.value || 'auto'),
    focus: async () => {
      if (offers.children.length || !model) return;
      const { layers = [], defaultLayer } = await api.model(model.id).catch(() => ({}));
      const note = defaultLayer ? `the model's last: ${defaultLayer}` : 'the model\'s last';
      offers.replaceChildren(h('option', { value: 'auto', label: note }), ...layers.filter((l) => l.grid).reverse().map((l) =>
        h('option', { value: l.name, label: `${l.kind} ${l.grid.height}×${l.grid.width}` })));
    },
  });
  return [h('label', { for: input.id }, setting.label), input, offers];
}

/** A list that is typed, with a choice that adds to it. */
function growing(setting, value, change, choices) {
  const [label, input] = typed({ ...setting, suggested: [] }, value, change).slice(-2);
  const add = h('select', {
    'aria-label': `Add to ${setting.label.toLowerCase()}`,
    change: () => {
      input.value = [input.value.trim(), add.value].filter(Boolean).join(', ');
      add.value = '';
      change(input.value);
    },
  }, h('option', { value: '' }, 'Add…'), ...choices.map(([id, text]) => h('option', { value: id }, text)));
  return [label, input, add];
}

function control(setting, value, change, model, offers) {
  if (offers[setting.name]) return growing(setting, value, change, offers[setting.name]);
  if (setting.kind === 'layer') return layer(setting, value, change, model);
  if (setting.kind === 'choice') return (setting.choices.length <= FEW ? segmented : list)(setting, value, change);
  return (setting.kind === 'flag' ? flag : typed)(setting, value, change);
}

function field(setting, value, change, model, offers = {}) {
  const about = [setting.help, rangeText(setting)].filter(Boolean).join(' ');
  return h('div', { class: 'field', 'data-setting': setting.name },
    ...control(setting, value, change, model, offers),
    about && h('p', { class: 'facts' }, about),
    h('p', { class: 'problem', role: 'alert', hidden: true }));
}

/** What can be set for this model, in words that fit it: a region only where it has a map of classes. */
const offered = (method, model) =>
  (method?.settings ?? []).filter(({ kind, name }) => (kind !== 'region' || model?.places) && !isDrawing(method, name))
    .map((setting) => ({ ...setting, label: fitting(model, setting.label), help: fitting(model, setting.help), say: (choice) => fitting(model, words(choice)) }));

/** How many classes get a column: the same for every method, so not part of any method's schema. */
const topSetting = (model) => ({
  name: 'top', label: model.numbers ? 'Outputs' : 'Classes', kind: 'integer', help: 'How many of the most probable get a column.',
  choices: [], suggested: [], min: 1, max: model.classCount || undefined,
});

/** What a comparison may have columns of. */
const offersOf = (state) => ({
  methods: state.get('methods').filter((m) => m.settings.some((s) => s.name === 'blending')).map((m) => [m.id, m.title]),
  models: state.get('models').filter((m) => m.id !== state.get('model') && m.state !== 'failed').map((m) => [m.id, m.title]),
});

/** The form of the chosen method's settings, made from its schema. */
export function settings(state) {
  const place = byId('fields');
  const fold = byId('settings-fold');
  const narrow = matchMedia('(max-width: 760px)');
  const foldAsFits = () => { fold.open = !narrow.matches; };
  narrow.addEventListener('change', foldAsFits);
  foldAsFits();

  let shown = '';
  const usual = () => state.usualTop();
  const show = () => {
    const method = state.method();
    const model = state.model();
    const now = `${method?.id} ${model?.id} ${usual()} ${model?.classCount} ${model?.numbers} ${Boolean(model?.places)} ${state.get('classes')} ${state.get('inputs')} ${JSON.stringify(model?.inputs ?? [])}`;
    if (now === shown && settled()) return;
    shown = now;
    const values = state.get('settings');
    const fields = offered(method, model).map((setting) =>
      field(setting, values[setting.name], (value) => {
        clear();
        state.set({ settings: { ...state.get('settings'), [setting.name]: value } });
      }, model, method.id === COMPARE ? offersOf(state) : {}));
    if (model?.classCount !== 1 && model?.top) {
      fields.push(classesField(state, model, clear));
    }
    if (model?.inputs?.length > 1) fields.push(inputsField(state, model, clear));
    place.replaceChildren(...fields);
  };

  /** Whether the form already holds the state, as it does after the person changed it. */
  const settled = () =>
    offered(state.method(), state.model()).every(({ name }) => {
      const value = state.get('settings')[name];
      const inputs = [...place.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      return inputs.some((i) => (i.type === 'radio' ? i.checked && i.value === value : i.type === 'checkbox' ? String(i.checked) === value : i.value === value));
    }) && (place.querySelector('[name="top"]')?.value ?? '') === (state.get('top') || usual());

  const clear = () => {
    for (const problem of place.querySelectorAll('.problem')) problem.hidden = true;
    for (const input of place.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  };

  /** A region that was chosen for another model means nothing to one that has none, nor do its inputs. */
  const forget = () => {
    const model = state.model();
    if (model?.numbers && state.get('classes') === TRUE_LABELS) state.set({ classes: '' });
    if (model?.state === 'ready' && !hasAll(state.get('inputs'), model)) state.set({ inputs: '' });
    if (model?.state !== 'ready' || model.places) return;
    const gone = (state.method()?.settings ?? []).filter(({ kind, name, initial }) => kind === 'region' && state.get('settings')[name] !== initial);
    if (gone.length) state.set({ settings: { ...state.get('settings'), ...initialSettings({ settings: gone }) } });
  };

  const brief = () => {
    const values = state.get('settings');
    byId('settings-brief').textContent = offered(state.method(), state.model())
      .map(({ name, kind, label, say }) => {
        if (kind === 'flag') return values[name] === 'true' && label.toLowerCase(); // its value alone says nothing
        return kind === 'choice' ? say(values[name] ?? '') : inWords(kind, values[name] ?? '');
      }).filter(Boolean).join(', ');
  };

  state.on(['method', 'methods', 'model', 'models', 'settings', 'top', 'classes', 'inputs', 'images'], show);
  state.on(['method', 'methods', 'model', 'models', 'settings', 'inputs'], forget);
  state.on(['method', 'methods', 'model', 'models', 'settings'], brief);

  return {
    clear,
    /** Puts each sentence beside the setting that it is about, under the name that the form shows; returns those that are about none. */
    blame(problems, about = {}) {
      let first = true;
      return problems.filter((sentence) => {
        const setting = [...offered(state.method(), state.model()), topSetting(state.model() ?? {})]
          .find(({ name }) => about[name] === sentence || new RegExp(`(^|\\W)${name}"? is `).test(sentence));
        const wrong = setting && place.querySelector(`[data-setting="${CSS.escape(setting.name)}"]`);
        if (!wrong) return true;
        fold.open = true;
        const problem = wrong.querySelector('.problem');
        problem.textContent = sentence.replace(new RegExp(`^([^:]*: )?"?${setting.name}"? is `), `${setting.label} is `);
        problem.hidden = false;
        const input = wrong.querySelector('input, select');
        input?.setAttribute('aria-invalid', 'true');
        if (first) input?.focus();
        first = false;
        return false;
      });
    },
  };
}
