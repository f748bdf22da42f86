import { AS_MADE } from './looks.js';

/**
 * What the page knows. Whoever shows something listens to the keys that it shows; nobody else is told.
 *
 * models, methods: what the server offers; offered: whether it gets models of the catalogue; first: the model that a first visit begins with; model, method: the chosen ids; settings: of the chosen
 * method, name to text; top: how many classes, as text, empty for the model's own; classes: which classes, as numbers with
 * commas between them, "7-1" for one against another, "true-labels" for what each image truly shows, empty for the most probable; inputs: which are explained of a
 * model with several, empty for the one that images go into; images: the tray; labels: what images truly show, by their ids;
 * run: the run whose results are shown, as the server tells it, or null; arrived: the indexes of its
 * finished images; progress: how far it is; display: how its maps are drawn, empty texts for as they were made; order: of its
 * rows, empty for as they were added; reopened: whether the run was not begun here, but shown again.
 */
export class State {
  #values = {
    models: [], methods: [], offered: false, first: '', model: '', method: '', settings: {}, top: '', classes: '', inputs: '', images: [], labels: new Map(), run: null, arrived: [], progress: null,
    display: AS_MADE, order: '', reopened: false,
  };
  #listeners = [];

  get(key) {
    return this.#values[key];
  }

  /** Changes some keys, then tells who listens to any of them, in the order in which they came. */
  set(changes) {
    const changed = Object.keys(changes).filter((key) => this.#values[key] !== changes[key]);
    Object.assign(this.#values, changes);
    for (const { keys, listener } of this.#listeners) {
      if (keys.some((key) => changed.includes(key))) listener();
    }
  }

  on(keys, listener) {
    this.#listeners.push({ keys, listener });
  }

  model() {
    return this.get('models').find((model) => model.id === this.get('model'));
  }

  method() {
    return this.get('methods').find((method) => method.id === this.get('method'));
  }

  /** How many classes of an image are shown where nobody says: as the method does, else the model; empty where there is none. */
  usualTop() {
    return usualTop(this.model(), this.usable().length, this.method());
  }

  /** The images of the tray that can be explained. */
  usable() {
    return this.get('images').filter((image) => !image.problem);
  }

  /** A model as the server tells it now, put in the place of what was known of it, or at the end. */
  putModel(model) {
    const models = this.get('models');
    const known = models.some((m) => m.id === model.id);
    this.set({ models: known ? models.map((m) => (m.id === model.id ? model : m)) : [...models, model] });
  }
}

/** Of more images than these only the most probable class gets a column, unless somebody chose otherwise. */
export const MANY = 20;

/** How many classes get a column where nobody chose: as many as the method says, or the model shows, and has. */
export const usualTop = (model, images, method) =>
  (model ? String(images > MANY ? 1 : method?.top ?? Math.min(model.top, model.classCount || model.top)) : '');

/** The settings that a method's form starts with. */
export const initialSettings = (method) =>
  Object.fromEntries((method?.settings ?? []).map((setting) => [setting.name, setting.initial]));
