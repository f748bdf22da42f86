import { api } from './api.js';
import { byId, h } from './dom.js';
import { count } from './format.js';

/** How many classes a model knows, or how many numbers it tells. */
export const outputsOf = (model) =>
  (model.numbers ? count(model.classCount, 'output') : count(model.classCount, 'class', 'classes'));

/**
 * The note on an assumed softmax, where it is worth its own line: nothing names the outputs, so that they
 * may as well be numbers.
 */
export const doubt = (model) => (model.assumedSoftmax && !model.classes?.length ? model.assumedSoftmax : '');

/** A button that says what the end of the model is, and why not where that was refused. */
function says(state, model, head, text) {
  const problem = h('span', { class: 'problem', role: 'alert' });
  const button = h('button', {
    type: 'button', class: 'link', 'data-head': head,
    click: async () => {
      button.disabled = true;
      problem.textContent = '';
      try {
        await api.changeInput(model.id, { head });
        state.putModel(await api.model(model.id));
        if (document.activeElement === document.body) byId('show-input').focus(); // the button is gone
      } catch (error) {
        button.disabled = false;
        problem.textContent = ` ${error.message}`;
      }
    },
  }, text);
  return h('span', { class: 'head-choice' }, button, problem);
}

export const remedy = (state, model) => says(state, model, 'none', 'These are numbers, not classes');

export const undo = (state, model) => says(state, model, 'auto', 'Take them as found');
