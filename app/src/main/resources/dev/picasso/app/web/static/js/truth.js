import { api } from './api.js';
import { byId, say } from './dom.js';
import { count } from './format.js';

/** What is explained where it is asked for what images truly show; the server's word for it. */
export const TRUE_LABELS = 'true-labels';

const plain = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** The index of the class that people call so, -1 where none or several are; the engine has the same rule. */
function indexOf(label, names) {
  const wanted = plain(label);
  if (!wanted) return -1;
  const where = (is) => names.flatMap((name, i) => (is(name) ? [i] : []));
  const whole = where((name) => plain(name) === wanted);
  const found = whole.length ? whole : where((name) => name.split(',').some((one) => plain(one) === wanted));
  if (!found.length && /^\d{1,9}$/.test(wanted)) return Number(wanted) < names.length ? Number(wanted) : -1;
  return found.length === 1 ? found[0] : -1;
}

/** The names of a model's classes; outputs that are numbers are none. */
export const namesOf = (model) =>
  (model?.numbers ? [] : model?.classes?.length ? model.classes : Array.from({ length: model?.classCount ?? 0 }, (_, i) => `class ${i}`));

/**
 * What images truly show. The server keeps it with each image, other tabs hear of it; the state's `labels`
 * has it by the image's id.
 */
export class Truth {
  #state;
  #found = new WeakMap(); // model to label to index; there may be a thousand classes
  #others = new BroadcastChannel('picasso-labels');

  constructor(state) {
    this.#state = state;
    this.#others.addEventListener('message', ({ data }) => this.#put(data));
    state.on(['images'], () => {
      const known = state.get('labels');
      const fresh = state.usable().filter(({ id }) => !known.has(id));
      if (fresh.length) this.#put(fresh.map(({ id, label }) => [id, label ?? '']));
    });
  }

  #put(pairs) {
    this.#state.set({ labels: new Map([...this.#state.get('labels'), ...pairs]) });
  }

  /** What an image shows, as somebody called it; empty where that is not known. */
  labelOf(image) {
    return this.#state.get('labels').get(image) ?? '';
  }

  /** The class of a model that a label means; -1 where it means none. */
  classOf(label, model) {
    if (!model || !label) return -1;
    if (!this.#found.has(model)) this.#found.set(model, new Map());
    const found = this.#found.get(model);
    if (!found.has(label)) found.set(label, indexOf(label, namesOf(model)));
    return found.get(label);
  }

  /** Says what an image shows; an empty text takes that back. */
  async set(image, label) {
    const before = this.labelOf(image);
    this.#put([[image, label]]);
    try {
      await api.label(image, label || null);
      this.#others.postMessage([[image, label]]);
    } catch (error) {
      this.#put([[image, before]]);
      say(byId('tray-note'), error.message);
    }
  }

  /**
   * Takes a table of images and labels over; one that names none of the images is left alone.
   *
   * @param asked whether the person said that it is one
   * @returns whether it was taken, or refused in words
   */
  async takeTable(file, asked) {
    const images = this.#state.usable();
    const text = await file.text();
    const stem = (name) => name.split('/').at(-1).replace(/\.\w+$/, '');
    if (!asked && !images.some(({ name }) => text.includes(stem(name)))) return false;
    try {
      const { labelled, images: now } = await api.labels(text);
      const pairs = now.map(({ id, label }) => [id, label ?? '']);
      this.#put(pairs);
      this.#others.postMessage(pairs);
      say(byId('tray-note'), `${file.name} tells what ${count(labelled, 'image shows', 'images show')}.`);
    } catch (error) {
      say(byId('tray-note'), error.message);
    }
    return true;
  }
}
