import { api } from './api.js';
import { h } from './dom.js';
import { figures } from './format.js';
import { namesOf } from './truth.js';

const ASKED = 16; // images that the server tells about in one answer

/**
 * What the model says of each image, in the tray and in its row: the class and its probability, and whether
 * that is right where it is known what the image truly shows.
 */
export function verdicts(state, truth, rows) {
  const judged = new WeakMap(); // row to what is known of it
  const said = new Map(); // image id to what the model said of it, and what it was given then
  const asked = new Set(); // what was asked anew

  const isNow = ({ model, given }) => {
    const chosen = state.model();
    return model === chosen?.id && (!given || !chosen.given || given === chosen.given);
  };

  /** Whether a model's best class is the true one, where it has that, and what that is called. */
  const judge = (best, label, model) => {
    const index = truth.classOf(label, model);
    return { right: best && index >= 0 ? best.index === index : undefined, name: index < 0 ? '' : namesOf(model)[index], index };
  };

  const word = (right, text) => h('strong', { class: right ? 'right' : 'wrong' }, right ? 'right' : text);

  const numberOf = ({ probability }) => (probability === null ? '' : state.model().numbers ? figures(probability) : probability.toFixed(2));

  const inTray = (item) => {
    const image = item.dataset.image;
    item.querySelector('.said')?.remove();
    const last = said.get(image);
    const best = last && isNow(last) ? last : undefined;
    const { right, name } = judge(best, truth.labelOf(image), state.model());
    if (best) {
      item.querySelector('.text').append(h('div', { class: 'said' },
        h('span', { class: 'facts', title: best.label }, h('span', { class: 'label' }, best.label), ` ${numberOf(best)}`),
        right !== undefined && h('span', { title: `is ${name}` }, word(right, 'wrong'))));
    } else if (name) {
      item.querySelector('.text').append(h('div', { class: 'said' }, h('span', { class: 'facts' }, `is ${name}`)));
    }
  };

  const bestOf = (row) => {
    const best = row.querySelector('.cells')?.dataset.best;
    return best && JSON.parse(best);
  };

  /** What a row's head says of the true class; of classes that were chosen none needs to be the told one. */
  const inWords = ({ right, name, label, best }, run) => {
    if (right === undefined) return best && label ? [`is ${label}, no class of this model`] : undefined;
    if (!run.classes) return [word(right, `wrong, is ${name}`)];
    const told = `${best.label}${best.probability === null ? '' : ` ${best.probability.toFixed(2)}`}`;
    return [`is ${name}, predicted ${told}: `, word(right, 'wrong')];
  };

  const inRow = (row) => {
    const run = state.get('run');
    const image = run?.images[Number(row.dataset.index)];
    const model = state.get('models').find((m) => m.id === run?.model);
    const best = bestOf(row);
    const label = image && (truth.labelOf(image.imageId) || image.label);
    const { right, name, index } = image ? judge(best, label, model) : {};
    row.dataset.wrong = right === false ? 'true' : '';
    judged.set(row, { right, truth: { name, index }, told: best });
    row.querySelector('.verdict-word')?.remove();
    const number = row.querySelector('.class-head .number') ?? row.querySelector('.class-head .label');
    const words = inWords({ right, name, label, best }, run);
    if (words) number?.after(h('span', { class: 'verdict-word' }, ...words));
  };

  const show = () => {
    document.querySelectorAll('#images li[data-image]').forEach(inTray);
    [...rows.children].forEach(inRow);
  };

  /** Asks about images of which the model said something when it was given something else. */
  const renew = async () => {
    const { id: model, given } = state.model() ?? {};
    const old = [...said].filter(([image, one]) => one.model === model && given && !isNow(one) && !asked.has(`${image} ${given}`)).map(([image]) => image);
    const there = state.usable().map((image) => image.id).filter((image) => old.includes(image));
    for (const image of there) asked.add(`${image} ${given}`);
    for (let i = 0; i < there.length; i += ASKED) {
      try {
        const answer = await api.predictions(model, there.slice(i, i + ASKED));
        for (const one of answer.predictions) if (!one.problem) said.set(one.image, { ...one, model, given: answer.given });
      } catch {
        return; // nothing stands there until it is explained again
      }
      show();
    }
  };

  state.on(['images', 'labels', 'run', 'models', 'model'], show);
  state.on(['models', 'model'], renew);

  return {
    /** The true class of a row, the told one, and whether that is right; undefined where it is not known. */
    of: (row) => judged.get(row),
    /** Takes what the results of an image say. */
    take(row) {
      const { model, given, images } = state.get('run') ?? {};
      const image = images?.[Number(row.dataset.index)]?.imageId;
      const best = bestOf(row);
      if (!image || !best) return;
      said.set(image, { ...best, model, given });
      inRow(row);
      const item = document.querySelector(`#images li[data-image="${CSS.escape(image)}"]`);
      if (item) inTray(item);
      renew();
    },
  };
}
