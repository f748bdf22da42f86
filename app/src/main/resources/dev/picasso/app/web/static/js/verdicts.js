import { h } from './dom.js';
import { namesOf } from './truth.js';

/**
 * What the model says of each image, in the tray and in its row: the class and its probability, and whether
 * that is right where it is known what the image truly shows.
 */
export function verdicts(state, truth, rows) {
  const said = new Map(); // a model and an image to the most probable class that results told
  const key = (image) => `${state.get('run')?.model} ${image}`;
  const model = () => state.get('models').find((m) => m.id === state.get('run')?.model);

  /** What is known of an image: the best class, and the true one where the model has it. */
  const known = (image, label = truth.labelOf(image)) => {
    const best = said.get(key(image));
    const index = truth.classOf(label, model());
    return { best, right: best && index >= 0 ? best.index === index : undefined, name: index < 0 ? '' : namesOf(model())[index] };
  };

  const word = (right, text) => h('strong', { class: right ? 'right' : 'wrong' }, right ? 'right' : text);

  const inTray = (item) => {
    const image = item.dataset.image;
    item.querySelector('.said')?.remove();
    const stale = rows.classList.contains('earlier');
    const { best, right, name } = known(image);
    const chosen = state.model();
    const index = truth.classOf(truth.labelOf(image), chosen);
    if (best && !stale) {
      item.querySelector('.text').append(h('div', { class: 'said' },
        h('span', { class: 'facts' }, `${best.label} ${best.probability === null ? '' : best.probability.toFixed(2)}`),
        right !== undefined && h('span', { title: `is ${name}` }, word(right, 'wrong'))));
    } else if (index >= 0) {
      item.querySelector('.text').append(h('div', { class: 'said' }, h('span', { class: 'facts' }, `is ${namesOf(chosen)[index]}`)));
    }
  };

  const inRow = (row) => {
    const image = state.get('run')?.images[Number(row.dataset.index)];
    const told = image ? known(image.imageId, truth.labelOf(image.imageId) || image.label) : {};
    row.dataset.wrong = told.right === false ? 'true' : '';
    row.querySelector('.verdict-word')?.remove();
    if (told.right === undefined || !row.querySelector('.cells[data-best]')) return;
    const number = row.querySelector('.class-head .number') ?? row.querySelector('.class-head .label');
    number?.after(h('span', { class: 'verdict-word' }, word(told.right, `wrong, is ${told.name}`)));
  };

  const show = () => {
    document.querySelectorAll('#images li[data-image]').forEach(inTray);
    [...rows.children].forEach(inRow);
  };

  state.on(['images', 'labels', 'run', 'models', 'model', 'method', 'settings', 'top', 'classes'], show);

  return {
    /** Takes what the results of an image say. */
    take(row) {
      const image = state.get('run')?.images[Number(row.dataset.index)]?.imageId;
      const best = row.querySelector('.cells')?.dataset.best;
      if (!image || !best) return;
      said.set(key(image), JSON.parse(best));
      inRow(row);
      const item = document.querySelector(`#images li[data-image="${CSS.escape(image)}"]`);
      if (item) inTray(item);
    },
  };
}
