import { byId, h } from './dom.js';
import { namesOf } from './truth.js';

const FEW = 30; // as many classes are a list to choose from; more are typed, with those that fit offered

/** Where a person says what each image truly shows: a field in each line of the tray, while “Label” is pressed. */
export function labelling(state, truth) {
  const button = byId('label-images');
  const tools = byId('label-tools');
  const listing = byId('images');
  const offers = h('datalist', { id: 'true-classes' });
  tools.append(offers);

  const open = () => button.getAttribute('aria-pressed') === 'true';

  /** The name of the model's class where the label is one, so that a field has one of its choices. */
  const shown = (image) => {
    const label = truth.labelOf(image);
    const index = truth.classOf(label, state.model());
    return index < 0 ? label : namesOf(state.model())[index];
  };

  const field = (image, name, names) => {
    const attributes = { class: 'true-class', 'aria-label': `What ${name} shows`, change: () => truth.set(image, control.value.trim()) };
    const foreign = shown(image) && !names.includes(shown(image)) ? [h('option', { value: shown(image) }, `${shown(image)} (no class of this model)`)] : [];
    const control = names.length && names.length <= FEW
      ? h('select', attributes, h('option', { value: '' }, 'not known'), ...names.map((one) => h('option', { value: one }, one)), ...foreign)
      : h('input', { ...attributes, type: 'text', list: offers.id, placeholder: 'not known', autocomplete: 'off', spellcheck: 'false' });
    control.value = shown(image);
    return control;
  };

  const show = () => {
    button.hidden = state.usable().length === 0 || Boolean(state.model()?.numbers); // no number is true or wrong
    tools.hidden = button.hidden || !open();
    listing.classList.toggle('labelling', !tools.hidden);
    const names = namesOf(state.model());
    offers.replaceChildren(...(tools.hidden || names.length <= FEW ? [] : names.map((name) => h('option', { value: name }))));
    for (const item of listing.querySelectorAll('li[data-image]')) {
      item.querySelector('.true-class')?.remove();
      if (!tools.hidden) item.querySelector('.text').append(field(item.dataset.image, item.querySelector('.name').textContent, names));
    }
  };

  /** What was said elsewhere; a field keeps its place and the focus. */
  const refresh = () => {
    for (const control of listing.querySelectorAll('.true-class')) {
      const label = shown(control.closest('li').dataset.image);
      if (control.matches('select') && ![...control.options].some((option) => option.value === label)) show();
      else if (control !== document.activeElement) control.value = label;
    }
  };

  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(!open()));
    show();
  });
  byId('label-file').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (file) await truth.takeTable(file, true);
    event.target.value = '';
  });
  state.on(['images', 'models', 'model'], show);
  state.on(['labels'], refresh);
}
