import { api } from './api.js';
import { byId, h } from './dom.js';
import { pairOf, pairText } from './pairs.js';
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
 * A field in which one class is called by its name or number; what is wrong with that stands below it.
 *
 * @param taken called with the class that is meant; returns what is wrong with it, if anything
 * @returns its parts
 */
function search(id, model, noun, problem, taken) {
  const offers = h('datalist', { id: `${id}-names` });
  const take = () => {
    const index = indexOf(text.value, model.classes ?? [], model.classCount);
    const wrong = index >= 0 ? taken(index) : text.value && `No ${noun} is called ${text.value}, or several are.`;
    problem.textContent = wrong ?? '';
    problem.hidden = !wrong;
    text.after(problem);
  };
  const text = h('input', {
    type: 'text', id, list: offers.id, autocomplete: 'off', spellcheck: 'false', placeholder: 'name or number',
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
  return [text, offers];
}

/**
 * Which classes get a map: the most probable ones of each image; the same chosen ones in every row, by
 * name or number; how far one of them is ahead of another; or what each image truly shows.
 */
export function classesField(state, model, clear) {
  const most = model.classCount || undefined;
  const several = (most ?? 0) > 1;
  const ofTruth = state.get('classes') === TRUE_LABELS;
  const pair = pairOf(state.get('classes'));
  const chosen = ofTruth || pair ? [] : state.get('classes').split(',').filter(Boolean).map(Number);
  const noun = model.numbers ? 'output' : 'class';
  const nameOf = (index) => model.classes?.[index] ?? `${noun} ${index}`;
  const images = state.usable().length;
  const usual = state.usualTop();
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });

  /** Chooses others. The form is made anew; then the field of that id has the focus. */
  const choose = (classes, focus) => {
    clear();
    state.set({ classes });
    if (focus) byId(focus)?.focus();
  };

  const number = h('input', {
    type: 'number', id: 'set-top', name: 'top', min: 1, max: most, step: 1, value: state.get('top') || usual,
    input: () => { clear(); state.set({ top: number.value === usual ? '' : number.value, classes: '' }); },
  });
  const more = search('set-class', model, noun, problem, (index) => choose([...new Set([...chosen, index])].join()));
  const truth = h('input', {
    type: 'checkbox', id: 'set-truth', change: () => choose(truth.checked ? TRUE_LABELS : '', 'set-truth'),
  });
  truth.checked = ofTruth;

  const other = search('set-against', model, noun, problem, (index) => {
    if (index === chosen[0]) return `${nameOf(index)} cannot be set against itself.`;
    return choose(pairText({ class: chosen[0], against: index }), 'turn-pair');
  });
  const against = h('div', { class: 'choose-class', id: 'against', hidden: true },
    h('label', { for: 'set-against', class: 'facts' }, `${nameOf(chosen[0])} against`), ...other);
  const ask = h('button', {
    type: 'button', class: 'link small', id: 'ask-against', 'aria-expanded': 'false', 'aria-controls': 'against',
    title: `Explain how far ${nameOf(chosen[0])} is ahead of another ${noun}`,
    click: () => {
      against.hidden = !against.hidden;
      problem.hidden = true;
      field.append(problem);
      ask.setAttribute('aria-expanded', String(!against.hidden));
      if (!against.hidden) other[0].focus();
    },
  }, 'against…');
  const pairable = chosen.length === 1 && several && !model.oneOutput;

  const chip = (index, left) => h('button', {
    type: 'button', class: 'chip', 'aria-label': `${nameOf(index)}: not any more`, click: () => choose(left),
  }, nameOf(index));
  const chips = pair
    ? [chip(pair.class, String(pair.against)), h('span', { class: 'facts' }, 'against'), chip(pair.against, String(pair.class)),
      h('button', {
        type: 'button', class: 'link small', id: 'turn-pair',
        click: () => choose(pairText({ class: pair.against, against: pair.class }), 'turn-pair'),
      }, 'turn round')]
    : [...chosen.map((index) => chip(index, chosen.filter((one) => one !== index).join())), pairable && ask].filter(Boolean);

  const saysTop = () => {
    const many = model.numbers ? 'How many of the outputs get a column, in the order of the file.' : 'How many of the most probable get a column.';
    return `${many}${most ? ` 1 to ${most}.` : ''}${images > MANY ? ` Of more than ${MANY} images, one unless you choose.` : ''}`;
  };
  const says = () => {
    if (ofTruth) return 'The true label of each image:';
    if (pair) return 'How far one is ahead of the other, in every row:';
    return chosen.length ? 'The same in every row:' : saysTop();
  };

  const field = h('div', { class: 'field', 'data-setting': 'top' },
    h('div', { class: 'field-line' }, h('label', { for: number.id }, model.numbers ? 'Outputs' : 'Classes'), number),
    h('p', { class: 'facts' }, says()),
    chips.length > 0 && h('div', { class: 'chips' }, ...chips),
    pairable && against,
    several && !pair && h('div', { class: 'choose-class' }, h('label', { for: 'set-class', class: 'facts' }, chosen.length ? 'And' : 'Or the same in every row'), ...more),
    several && !pair && !model.numbers && h('label', { class: 'wide-check' }, truth, 'The true label of each image'),
    ofTruth && h('p', { class: 'facts' }, 'Known from folders, a table, or as you say it under “Label”. Rows without one say so.'),
    problem);
  return field;
}
