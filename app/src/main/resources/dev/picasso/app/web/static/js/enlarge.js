import { actions } from './actions.js';
import { byId, dotted } from './dom.js';
import { CRISP, told } from './figures.js';
import { figures } from './format.js';
import { readings } from './readings.js';
import { madeBy } from './results.js';
import { paint } from './scale.js';

/** One map at full size over its picture, with a slider for how much of the map shows. */
export function enlarge(state, rows, drawing) {
  const dialog = byId('enlarge');
  const under = dialog.querySelector('.under');
  const over = dialog.querySelector('.over');
  const stack = dialog.querySelector('.stack');
  const slider = byId('strength');
  const reading = byId('reading');
  let shown = null; // the button of the map in the rows
  let numberAt = null; // tells the number at a place of the shown map

  const strengthen = () => {
    over.style.opacity = slider.value;
    dialog.querySelector('output').textContent = `${Math.round(slider.value * 100)} %`;
  };

  /** As large as fits, in the picture's own proportions. */
  const fit = () => {
    const ratio = under.naturalWidth / under.naturalHeight || 1;
    stack.style.aspectRatio = String(ratio);
    stack.style.width = `min(100cqw, ${ratio * 100}cqh)`;
    const small = Math.max(under.naturalWidth, under.naturalHeight) <= CRISP;
    for (const image of [under, over]) image.classList.toggle('crisp', small);
  };
  under.addEventListener('load', fit);
  slider.addEventListener('input', strengthen);

  const READ = 'Point at the map to read its numbers.';

  const prepareReading = async ({ array, seen, covers }) => {
    const button = shown;
    numberAt = null;
    reading.textContent = array && seen ? READ : '';
    if (!array || !seen) return;
    try {
      const found = await readings(array, seen, covers);
      if (shown === button) numberAt = found;
    } catch {
      if (shown === button) reading.textContent = 'The numbers of this map could not be read.';
    }
  };

  /** Which pixel of the picture that is, where one can ask about places: as the setting for them takes it. */
  const pixelAt = (x, y) => {
    const picture = shown.querySelector('img');
    const model = state.get('models').find(({ id }) => id === state.get('run')?.model);
    return model?.places ? `, pixel ${Math.floor(x * picture.getAttribute('width'))},${Math.floor(y * picture.getAttribute('height'))}` : '';
  };

  stack.addEventListener('pointermove', (event) => {
    if (!numberAt) return;
    const box = stack.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const number = numberAt(x, y);
    reading.textContent = number === undefined ? 'The model sees nothing here.' : `${figures(number)} at the pointer${pixelAt(x, y)}`;
  });
  stack.addEventListener('pointerleave', () => { if (numberAt) reading.textContent = READ; });

  const show = (button) => {
    shown = button;
    const figure = told(button.closest('figure'));
    prepareReading(figure);
    byId('enlarge-title').textContent = figure.title;
    under.src = figure.original;
    const asShown = drawing.shown(button.closest('figure'), 'map');
    over.src = figure.map;
    asShown?.().then((blob) => {
      if (shown !== button) return undefined;
      const address = URL.createObjectURL(blob);
      over.src = address;
      return over.decode().finally(() => URL.revokeObjectURL(address));
    }).catch(() => {}); // the server's picture stays
    over.alt = button.getAttribute('aria-label');
    const scale = dialog.querySelector('.scale');
    Object.assign(scale.dataset, figure.scale);
    paint(scale);
    dialog.querySelector('.enlarge-links').replaceChildren(...actions(figure, drawing.shown(button.closest('figure'))));
    dialog.querySelector('.settings-line').replaceChildren(...dotted(madeBy(state, state.get('run'))));
    strengthen();
  };

  const all = () => [...rows.querySelectorAll('.row:not([hidden]) [data-enlarge]')];

  const step = (by) => {
    const maps = all();
    const next = maps[maps.indexOf(shown) + by];
    if (next) show(next);
  };

  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-enlarge]');
    if (!button) return;
    const { transparency } = button.closest('figure').dataset;
    slider.value = Number(transparency) > 0 ? 1 - Number(transparency) : 0.6; // so that the picture shows as well
    show(button);
    dialog.showModal();
    slider.focus();
  });
  dialog.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.step) step(Number(button.dataset.step));
    if (button && 'close' in button.dataset) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.target === slider) return; // there the arrows move the slider
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });
  dialog.addEventListener('close', () => shown?.focus());
}
