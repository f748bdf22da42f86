import { api } from './api.js';
import { byId, h } from './dom.js';
import { MANY } from './state.js';
import { TRUE_LABELS } from './truth.js';

/** The class that a text means: its name, or its number. */
function indexOf(text, names, count) {
  const wanted = text.trim().toLowerCase();
  const exact = names.findIndex((name) => name.toLowerCase() === wanted);
  if (exact >= 0) return exact;
  if (/^\d+$/.test(wanted) && Number(wanted) < count) return Number(wanted);
  const found = names.map((name, i) => [name, i]).filter(([name]) => wanted && name.toLowerCase().includes(wanted));
  return found.length === 1 ? found[0][1] : -1;
}

/**
 * Which classes get a map: the most probable ones of each image, or the same chosen ones in every row, by
 * name or number, or what each image
 * truly shows.
 */
export function classesField(state, model, clear) {
  const most = model.classCount || undefined;
  const ofTruth = state.get('classes') === TRUE_LABELS;
  const chosen = () => (ofTruth ? '' : state.get('classes')).split(',').filter(Boolean).map(Number);
  const noun = model.numbers ? 'output' : 'class';
  const nameOf = (index) => model.classes?.[index] ?? `${noun} ${index}`;
  const many = model.numbers ? 'How many of the outputs get a column, in the order of the file.' : 'How many of the most probable get a column.';
  const images = state.usable().length;
  const usual = state.usualTop();
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });

  const number = h('input', {
    type: 'number', id: 'set-top', name: 'top', min: 1, max: most, step: 1, value: state.get('top') || usual,
    input: () => { clear(); state.set({ top: number.value === usual ? '' : number.value, classes: '' }); },
  });

  const take = () => {
    const index = indexOf(search.value, model.classes ?? [], model.classCount);
    if (index < 0) {
      problem.textContent = search.value ? `No ${noun} is called ${search.value}, or several are.` : '';
      problem.hidden = !search.value;
      return;
    }
    clear();
    state.set({ classes: [...new Set([...chosen(), index])].join() });
  };
  const offers = h('datalist', { id: 'class-names' });
  const search = h('input', {
    type: 'text', id: 'set-class', list: offers.id, autocomplete: 'off', spellcheck: 'false', placeholder: 'name or number',
    focus: async () => {
      if (offers.children.length) return;
      const { classes = [] } = model.classes?.length ? model : await api.model(model.id).catch(() => ({}));
      offers.replaceChildren(...classes.map((name, i) => h('option', { value: name, label: `${noun} ${i}` })));
    },
    change: take,
    keydown: (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      take();
    },
  });

  const truth = h('input', {
    type: 'checkbox', id: 'set-truth', change: () => {
      clear();
      state.set({ classes: truth.checked ? TRUE_LABELS : '' });
      byId('set-truth')?.focus(); // the form was made anew
    },
  });
  truth.checked = ofTruth;

  const chips = chosen().map((index) => h('button', {
    type: 'button', class: 'chip', 'aria-label': `${nameOf(index)}: not any more`,
    click: () => { clear(); state.set({ classes: chosen().filter((other) => other !== index).join() }); },
  }, nameOf(index)));

  return h('div', { class: 'field', 'data-setting': 'top' },
    h('div', { class: 'field-line' }, h('label', { for: number.id }, model.numbers ? 'Outputs' : 'Classes'), number),
    h('p', { class: 'facts' }, ofTruth ? 'The true label of each image:' : chips.length ? 'The same in every row:' : `${many}${most ? ` 1 to ${most}.` : ''}${images > MANY ? ` Of more than ${MANY} images, one unless you choose.` : ''}`),
    chips.length > 0 && h('div', { class: 'chips' }, ...chips),
    (most ?? 0) > 1 && h('div', {}, h('label', { for: search.id, class: 'facts' }, chips.length ? 'And' : 'Or the same in every row'), search, offers),
    (most ?? 0) > 1 && !model.numbers && h('label', { class: 'wide-check' }, truth, 'The true label of each image'),
    ofTruth && h('p', { class: 'facts' }, 'Known from folders, a table, or as you say it under “Label”. Rows without one say so.'),
    problem);
}
