import { api } from './api.js';
import { byId, h, say } from './dom.js';

/** Says which models were taken away a short while ago, each with a button that brings it back. */
export function removedModels(state) {
  const place = byId('removed-models');
  let removed = []; // the last one last

  const drop = (model) => {
    removed = removed.filter((one) => one !== model);
    draw();
  };

  const restore = async (model, problem) => {
    say(problem, '');
    try {
      const back = await api.restoreModel(model.id);
      state.putModel(back);
      state.set({ model: back.id, top: '', classes: '', inputs: '' });
      drop(model);
      byId('model').focus({ preventScroll: true });
    } catch (error) {
      say(problem, error.message);
    }
  };

  const line = (model) => {
    const problem = h('span', { class: 'problem', role: 'alert', hidden: true });
    return h('p', { class: 'line' }, `${model.title} removed. `,
      h('button', { type: 'button', class: 'small', click: () => restore(model, problem) }, 'Undo'), problem);
  };

  const draw = () => {
    place.replaceChildren(...removed.map(line));
    place.hidden = !removed.length;
  };

  api.removedModels().then((known) => { removed = [...known, ...removed]; draw(); }, () => {}); // without it nothing is offered

  return {
    show(model) {
      removed = [...removed, model];
      draw();
      place.querySelector('p:last-child button').focus({ preventScroll: true });
    },
  };
}
