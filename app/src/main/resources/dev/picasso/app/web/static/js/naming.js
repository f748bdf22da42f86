import { api } from './api.js';
import { h, say } from './dom.js';
import { wayTo } from './notes.js';

const MOST = 12; // names that stand in a sentence

/** Training tools number folders in this order, capitals first. */
const inOrder = (names) => [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));

const list = (names) => (names.length > MOST ? `${names.slice(0, MOST).join(', ')}, …` : names.join(', '));

/** Why no label of a run is compared with what its model predicts, and what helps. */
export function naming(state) {
  const words = h('span', {});
  const problem = h('span', { class: 'problem', role: 'alert', hidden: true });
  const link = wayTo('labels');
  const button = h('button', { type: 'button' });
  const element = h('span', { class: 'naming' }, words, ' ', link, button, problem);
  let names = [];

  button.addEventListener('click', async () => {
    const { model } = state.get('run');
    say(problem, '');
    try {
      await api.changeInput(model, { labels: names.join('\n') });
      state.putModel(await api.model(model));
    } catch (error) {
      say(problem, error.message);
    }
  });

  return {
    element,
    /**
     * Shows it.
     *
     * @param labels what images of the run show, as somebody called it
     * @param known whether some of them are classes of the model
     */
    show(run, labels, known) {
      const model = state.get('models').find(({ id }) => id === run.model);
      const nameless = Boolean(model) && !model.numbers && !model.classes?.length;
      names = inOrder(labels);
      const fit = nameless && names.length === model.classCount;
      link.hidden = known || !nameless;
      button.hidden = known || !fit;
      button.textContent = `They are ${list(names)}, in this order`;
      words.textContent = known ? 'These results do not tell what the model predicts. Explain again to compare it with the labels.'
        : nameless ? `The ${model.classCount} classes have no names yet, so that labels cannot be compared with them.`
          : `None of the labels is a class of the model${model?.classes?.length ? `: ${list(model.classes)}` : ''}.`;
    },
  };
}
