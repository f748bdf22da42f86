import { api } from './api.js';
import { h } from './dom.js';

const KEY = 'picasso-truth'; // of this tab: image id to the name of its true class
const ASKED = 16; // images that the server tells about in one answer
const plain = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** The true class of images, as folders name it or as the person says, and what the model says of them. */
export class Truth {
  #names = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? '[]'));
  #listeners = [];

  /** Remembers what an image shows; an empty name forgets it. */
  set(image, name) {
    if (name) this.#names.set(image, name);
    else this.#names.delete(image);
    sessionStorage.setItem(KEY, JSON.stringify([...this.#names]));
    for (const listener of this.#listeners) listener();
  }

  on(listener) {
    this.#listeners.push(listener);
  }

  /** What an image shows, as one of these classes calls it; undefined where that is not known. */
  of(image, classes) {
    const name = this.#names.get(image);
    return name && classes.find((one) => plain(one) === plain(name));
  }
}

/**
 * What the model says of each image, in the tray: the class and its probability, and whether it is right
 * where that is known.
 */
export function verdicts(state, truth, rows) {
  const said = new Map(); // image id to what the model said of it, and what it was given then
  const asked = new Set(); // what was asked anew

  const isNow = ({ model, given }) => {
    const chosen = state.model();
    return model === chosen?.id && (!given || !chosen.given || given === chosen.given);
  };

  const classes = () => {
    const model = state.get('models').find((m) => m.id === state.get('run')?.model);
    return model?.classes?.length ? model.classes : Array.from({ length: model?.classCount ?? 0 }, (_, i) => `class ${i}`);
  };

  /** Right, wrong, or undefined where nothing tells. */
  const judge = (image) => {
    const true_ = truth.of(image, classes());
    return true_ && said.has(image) ? said.get(image).label === true_ : undefined;
  };

  const show = () => {
    for (const item of document.querySelectorAll('#images li[data-image]')) {
      const image = item.dataset.image;
      const verdict = judge(image);
      item.querySelector('.said')?.remove();
      if (!said.has(image) || !isNow(said.get(image))) continue;
      const { label, probability } = said.get(image);
      const names = classes();
      const choice = h('select', { 'aria-label': `What ${item.querySelector('.name').textContent} shows`, change: () => truth.set(image, choice.value) },
        h('option', { value: '' }, 'true class?'), ...names.slice(0, 1000).map((name) => h('option', { value: name }, name)));
      choice.value = truth.of(image, names) ?? '';
      item.querySelector('.text').append(h('div', { class: 'said' },
        h('span', { class: 'facts' }, `${label} ${probability === null ? '' : probability.toFixed(2)}`),
        verdict !== undefined && h('strong', { class: verdict ? 'right' : 'wrong' }, verdict ? 'right' : 'wrong'), choice));
    }
    for (const row of rows.children) {
      const image = state.get('run')?.images[Number(row.dataset.index)]?.imageId;
      row.dataset.wrong = judge(image) === false ? 'true' : '';
    }
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

  state.on(['images', 'run', 'arrived', 'models', 'model'], show);
  state.on(['models', 'model'], renew);
  truth.on(show);

  return {
    /** Takes what the results of an image say. */
    take(row) {
      const image = state.get('run')?.images[Number(row.dataset.index)]?.imageId;
      const best = row.querySelector('.cells')?.dataset.best;
      const { model, given } = state.get('run') ?? {};
      if (image && best) said.set(image, { ...JSON.parse(best), model, given });
      show();
      renew();
    },
  };
}
