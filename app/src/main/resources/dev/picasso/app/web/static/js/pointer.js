import { h } from './dom.js';
import { figures } from './format.js';
import { readings } from './readings.js';

const MOST = 12;
const DRAG = 4; // pixels of the screen that make a press a drag
const KEYS = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 };

/**
 * Pointing at a picture or a map marks the same place in all others and tells the numbers there. All are
 * zoomed and moved together: with Ctrl and the wheel, with the keys + − 0 at a map, by dragging.
 *
 * @param zoomed called when the pictures are larger or smaller than before
 */
export function pointer(rows, zoomed) {
  const tell = new WeakMap(); // figure to a promise of what tells its numbers
  let view = { zoom: 1, x: 0, y: 0 }; // how large, and which share of the picture is cut off left and above

  const put = (next) => {
    const zoom = Math.min(MOST, Math.max(1, next.zoom));
    const inside = (share) => Math.min(1 - 1 / zoom, Math.max(0, share));
    const before = view.zoom;
    view = { zoom, x: inside(next.x), y: inside(next.y) };
    rows.style.setProperty('--zoom', zoom);
    rows.style.setProperty('--zoom-x', view.x);
    rows.style.setProperty('--zoom-y', view.y);
    rows.classList.toggle('zoomed', zoom > 1);
    if (before !== zoom) zoomed(zoom);
  };

  /** Larger by a factor, with the place at the pointer where it is. */
  const zoomBy = (factor, place = { x: view.x + 0.5 / view.zoom, y: view.y + 0.5 / view.zoom }) => {
    const zoom = Math.min(MOST, Math.max(1, view.zoom * factor));
    const keep = (at, cut) => at - (at - cut) * (view.zoom / zoom);
    put({ zoom, x: keep(place.x, view.x), y: keep(place.y, view.y) });
  };

  const placeAt = (event) => {
    const picture = event.target.closest?.('.view')?.querySelector('img.picture');
    if (!picture) return undefined;
    const { left, top, width, height } = picture.getBoundingClientRect();
    return { picture, x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };

  const numberOf = (figure) => {
    if (!tell.has(figure)) tell.set(figure, readings(figure.dataset.array, figure.dataset.seen, figure.dataset.covers).catch(() => undefined));
    return tell.get(figure);
  };

  let turn = 0;
  const read = async (row, { x, y }) => {
    const mine = ++turn;
    for (const figure of row.querySelectorAll('figure.map[data-array]')) {
      const at = await numberOf(figure);
      if (mine !== turn || !at) continue;
      const number = at(x, y);
      let label = figure.querySelector('.reading');
      if (!label) {
        label = h('span', { class: 'reading', 'aria-hidden': 'true' });
        figure.querySelector('figcaption').append(label); // over the picture, and no part of the button's name
      }
      label.textContent = number === undefined ? 'not seen' : figures(number);
    }
  };

  const leave = () => {
    turn++;
    rows.classList.remove('pointing');
    for (const label of rows.querySelectorAll('.reading')) label.remove();
  };

  let pressed;
  rows.addEventListener('pointermove', (event) => {
    const place = placeAt(event);
    if (!place) return leave();
    if (pressed && pressed.view.zoom > 1) {
      const { width, height } = place.picture.getBoundingClientRect();
      const [dx, dy] = [event.clientX - pressed.x, event.clientY - pressed.y];
      pressed.dragged ||= Math.hypot(dx, dy) > DRAG;
      if (pressed.dragged) put({ zoom: view.zoom, x: pressed.view.x - dx / width, y: pressed.view.y - dy / height });
    }
    rows.classList.add('pointing');
    rows.style.setProperty('--mark-x', place.x);
    rows.style.setProperty('--mark-y', place.y);
    return read(event.target.closest('.row'), place);
  });
  rows.addEventListener('pointerleave', leave);

  rows.addEventListener('pointerdown', (event) => {
    if (event.button === 0 && event.target.closest('figure .view')) pressed = { x: event.clientX, y: event.clientY, view };
  });
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => { setTimeout(() => { pressed = undefined; }); });
  rows.addEventListener('dragstart', (event) => { if (event.target.closest('.view')) event.preventDefault(); });
  rows.addEventListener('click', (event) => {
    if (!pressed?.dragged) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }, true);

  rows.addEventListener('wheel', (event) => {
    const place = placeAt(event);
    if (!place || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY / 300), place);
  }, { passive: false });
  rows.addEventListener('keydown', (event) => {
    if (!event.target.closest('[data-enlarge]') || event.ctrlKey || event.metaKey) return;
    if (event.key === '0') put({ zoom: 1, x: 0, y: 0 });
    else if (KEYS[event.key]) zoomBy(KEYS[event.key]);
    else return;
    event.preventDefault();
  });

  return {
    /** Makes all pictures so many times as large. */
    zoom: (times) => zoomBy(times / view.zoom),
  };
}
