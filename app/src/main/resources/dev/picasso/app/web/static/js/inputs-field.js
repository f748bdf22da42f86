import { byId, h } from './dom.js';

/** Each that has a picture, as a script may ask for. */
const EACH = '*';

/** Names of inputs as the state and an address hold them; none for the one that images go into. */
const written = (names) => names.map(encodeURIComponent).sort().join();

/** The inputs that a run was asked to explain, as the state has them. */
export const inputsOf = ({ inputs = [] }) => (inputs === 'all' ? EACH : written(inputs));

/** The same as a request has them; undefined for the one that images go into. */
export const asked = (inputs) => (inputs === '' ? undefined : inputs === EACH ? 'all' : inputs.split(',').map(decodeURIComponent));

/** What an address says of them, where that can be. */
export function readInputs(text = '') {
  try {
    return text === EACH ? EACH : written((asked(text) ?? []).filter(Boolean));
  } catch {
    return ''; // no escaped names
  }
}

/** Whether an input is among those, of a model's that have pictures. */
const isAsked = (inputs, { name, explained }) => inputs === EACH || (inputs === '' ? explained : asked(inputs).includes(name));

/** Those of a model's inputs that are explained beside the one that images go into. */
export const besides = (inputs, model) => (model?.inputs ?? []).filter((input) => !input.explained && isAsked(inputs, input));

/** Whether a model has all inputs that are asked for. */
export const hasAll = (inputs, model) =>
  inputs === '' || ((model.inputs?.length ?? 0) > 1 && (inputs === EACH || asked(inputs).every((name) => model.inputs.some((input) => input.name === name))));

/** Which inputs of a model get maps: the one that images go into, and any that holds a picture. */
export function inputsField(state, model, clear) {
  const chosen = () => model.inputs.filter((input) => isAsked(state.get('inputs'), input));
  const box = (input, i) => {
    const { name, explained, holds } = input;
    const check = h('input', {
      type: 'checkbox', id: `explain-input-${i}`, change: () => {
        const others = chosen().filter((one) => one !== input);
        const all = check.checked ? [...others, input] : others;
        clear();
        state.set({ inputs: all.every((one) => one.explained) ? '' : written(all.map((one) => one.name)) });
        byId(check.id)?.focus(); // the form was made anew
      },
    });
    check.checked = isAsked(state.get('inputs'), input);
    return h('label', { class: 'wide-check' }, check, h('span', {}, name, ' ', h('span', { class: 'facts' }, explained ? 'your images' : holds)));
  };
  return h('div', { class: 'field', 'data-setting': 'inputs', role: 'group', 'aria-label': 'Inputs explained' },
    h('span', {}, 'Inputs explained'),
    ...model.inputs.map(box),
    h('p', { class: 'facts' }, 'A map of each, while the others hold what they hold.'));
}
