import { h } from './dom.js';

/** Smaller ones are clicks, in pixels of the screen. */
const SMALLEST = 4;

const STEP = 1 / 32; // of the picture, by which keys move and resize a box
const FIRST = { left: 0.375, top: 0.375, width: 0.25, height: 0.25 };
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The setting of the method that says where something is in the picture. */
const placed = (state) =>
  (state.method()?.settings ?? []).find(({ name, kind }) => name === 'object' || (kind === 'region' && state.model()?.places));

const share = (at, start, length) => Math.min(1, Math.max(0, (at - start) / length));

/** A box in shares of a picture as one in its pixels. */
function inPixels({ left, top, width, height }, picture) {
  const wide = Number(picture.getAttribute('width'));
  const high = Number(picture.getAttribute('height'));
  const x = Math.min(wide - 1, Math.floor(left * wide));
  const y = Math.min(high - 1, Math.floor(top * high));
  return [x, y, Math.max(1, Math.min(wide - x, Math.round(width * wide))), Math.max(1, Math.min(high - y, Math.round(height * high)))];
}

/**
 * Boxes are drawn on the pictures of the results, with a mouse or a pen; a touch scrolls as ever. With the
 * keys, Enter sets one, arrows move it, with Shift they resize it, Escape takes it away. Where the method
 * has a setting for a place, that gets the box.
 *
 * @param drawn hears of the picture and the box in its pixels, while it is drawn; of no box when it is taken away
 */
export function box(state, rows, drawn) {
  const frame = h('div', { class: 'drawn' });
  let begun;
  let byKeys; // the box that keys move, in shares, and its picture

  const place = (event) => {
    const { left, top, width, height } = begun.picture.getBoundingClientRect();
    const x = share(event.clientX, left, width);
    const y = share(event.clientY, top, height);
    return { left: Math.min(x, begun.x), top: Math.min(y, begun.y), width: Math.abs(x - begun.x), height: Math.abs(y - begun.y) };
  };

  const show = (picture, now) => {
    picture.after(frame);
    for (const [name, value] of Object.entries(now)) frame.style.setProperty(`--${name}`, value);
    drawn(picture, inPixels(now, picture));
  };

  const leave = (picture) => {
    frame.remove();
    byKeys = undefined;
    drawn(picture, undefined);
  };

  const settle = (picture, now) => {
    const setting = placed(state);
    if (setting) state.set({ settings: { ...state.get('settings'), [setting.name]: inPixels(now, picture).join() } });
  };

  const pictureOf = (event) => event.target.closest('.original-cell .view')?.querySelector('img.picture');

  rows.addEventListener('pointerdown', (event) => {
    const picture = pictureOf(event);
    if (!picture || event.pointerType === 'touch' || event.button !== 0) return;
    event.preventDefault();
    const { left, top, width, height } = picture.getBoundingClientRect();
    begun = { picture, x: share(event.clientX, left, width), y: share(event.clientY, top, height) };
    picture.setPointerCapture(event.pointerId);
    if (frame.isConnected) leave(frame.parentElement.querySelector('img.picture'));
  });
  rows.addEventListener('pointermove', (event) => {
    if (begun) show(begun.picture, place(event));
  });
  const end = (event) => {
    if (!begun) return;
    const { picture } = begun;
    const now = place(event);
    begun = undefined;
    const { width, height } = picture.getBoundingClientRect();
    if (now.width * width < SMALLEST || now.height * height < SMALLEST) return leave(picture);
    byKeys = { picture, now };
    return settle(picture, now);
  };
  rows.addEventListener('pointerup', end);
  rows.addEventListener('pointercancel', () => { if (begun) leave(begun.picture); begun = undefined; });

  rows.addEventListener('keydown', (event) => {
    const view = event.target.closest('.original-cell .view');
    if (!view || event.target !== view) return;
    const picture = view.querySelector('img.picture');
    if (event.key === 'Escape' && frame.isConnected) return leave(picture);
    if (event.key === 'Enter') byKeys = { picture, now: FIRST };
    const [dx, dy] = MOVES[event.key] ?? [0, 0];
    if (event.key !== 'Enter' && (!(event.key in MOVES) || byKeys?.picture !== picture)) return undefined;
    event.preventDefault();
    const { left, top, width, height } = byKeys.now;
    const inside = (at, length) => Math.min(1 - length, Math.max(0, at));
    byKeys.now = event.shiftKey
      ? { left, top, width: Math.min(1 - left, Math.max(STEP, width + dx * STEP)), height: Math.min(1 - top, Math.max(STEP, height + dy * STEP)) }
      : { left: inside(left + dx * STEP, width), top: inside(top + dy * STEP, height), width, height };
    show(picture, byKeys.now);
    return settle(picture, byKeys.now);
  });

  state.on(['method', 'methods', 'model', 'models'], () => rows.classList.toggle('takes-boxes', Boolean(placed(state))));
}
