import { h } from './dom.js';
import { initialSettings } from './state.js';

/** The visualization that checks maps. */
const BELIEF = 'belief';

/**
 * Asks whether maps of a run may be believed: of the run's method with its settings, and of a class
 * where one is meant.
 */
async function ask(state, work, images, ofClass) {
  const run = state.get('run');
  const belief = state.get('methods').find((method) => method.id === BELIEF);
  if (!run?.map || !belief) return;
  const settings = { ...initialSettings(belief), map: run.map, ofClass };
  state.set({ model: run.model, method: BELIEF, settings, top: '', classes: '', inputs: '' });
  await work.explain(images.map(({ imageId }) => ({ id: imageId })));
}

/** The buttons beside maps that ask so of one class in one image. */
export function believe(state, work, rows) {
  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-believe]');
    if (!button) return;
    const index = Number(button.closest('.row').dataset.index);
    ask(state, work, [state.get('run').images[index]], button.dataset.believe);
  });
}

/** The button that asks so of the most probable class in all images of a run. */
export const believeAll = (state, work, run) =>
  run.map && h('button', { type: 'button', class: 'link', click: () => ask(state, work, run.images, '') }, 'May they be believed?');
