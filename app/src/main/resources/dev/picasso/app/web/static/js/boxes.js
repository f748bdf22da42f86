import { h } from './dom.js';

/** Smaller ones are clicks, in pixels of the screen. */
const SMALLEST = 4;

const STEP = 1 / 32; // of the picture, by which keys move and resize a box
const FIRST = { left: 0.375, top: 0.375, width: 0.25, height: 0.25 };
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const share = (at, start, length) => Math.min(1, Math.max(0, (at - start) / length));
const inside = (at, length) => Math.min(1 - length, Math.max(0, at));
const holds = ({ left, top, width, height }, { x, y }) => x >= left && y >= top && x <= left + width && y <= top + height;

/** Where a pointer is in a picture, in shares of it. */
export function placeIn(picture, event) {
  const { left, top, width, height } = picture.getBoundingClientRect();
  return { x: share(event.clientX, left, width), y: share(event.clientY, top, height) };
}

/** A box in shares of a picture as one in its pixels: left, top, width, height. */
export function inPixels({ left, top, width, height }, picture) {
  const wide = Number(picture.getAttribute('width'));
  const high = Number(picture.getAttribute('height'));
  const x = Math.min(wide - 1, Math.floor(left * wide));
  const y = Math.min(high - 1, Math.floor(top * high));
  return [x, y, Math.max(1, Math.min(wide - x, Math.round(width * wide))), Math.max(1, Math.min(high - y, Math.round(height * high)))];
}

/**
 * Boxes on pictures, one at a time. A mouse or a pen draws one, and moves it where it begins inside of it; a
 * finger moves one that is there, and scrolls elsewhere. With the keys, Enter sets one, arrows move it, with Shift
 * they resize it, Escape takes it away.
 *
 * @param root hears what happens
 * @param where selects what holds a picture and has the focus
 * @param isOn whether boxes are drawn now
 * @param drawn hears of the picture and the box, in shares, while it is drawn; of no box when it is taken away
 * @param settled hears of both when it is drawn
 */
export function boxes(root, where, { isOn, drawn, settled = () => {} }) {
  const frame = h('div', { class: 'drawn' });
  let now; // { picture, box }
  let begun;

  const pictureOf = (event) => event.target.closest(where)?.querySelector('img.picture');
  const isOf = (picture) => now?.picture === picture && picture.isConnected;

  const show = (picture, box) => {
    now = { picture, box };
    picture.closest(where).classList.add('has-box');
    if (frame.parentElement !== picture.parentElement) picture.parentElement.append(frame);
    for (const [name, value] of Object.entries(box)) frame.style.setProperty(`--${name}`, value);
    drawn(picture, box);
  };

  const leave = () => {
    if (!now) return;
    const { picture } = now;
    now = undefined;
    begun = undefined;
    picture.closest(where)?.classList.remove('has-box');
    frame.remove();
    drawn(picture, undefined);
  };

  const place = (picture, box = FIRST) => {
    if (now && !isOf(picture)) leave();
    show(picture, box);
    settled(picture, box);
  };

  const follow = (event) => {
    const { picture, from, moved } = begun;
    const at = placeIn(picture, event);
    return moved
      ? { ...moved, left: inside(moved.left + at.x - from.x, moved.width), top: inside(moved.top + at.y - from.y, moved.height) }
      : { left: Math.min(at.x, from.x), top: Math.min(at.y, from.y), width: Math.abs(at.x - from.x), height: Math.abs(at.y - from.y) };
  };

  root.addEventListener('pointerdown', (event) => {
    const picture = pictureOf(event);
    if (!picture || !isOn() || event.button !== 0) return;
    const from = placeIn(picture, event);
    const moved = isOf(picture) && holds(now.box, from) ? now.box : undefined;
    if (event.pointerType === 'touch' && !moved) return;
    event.preventDefault();
    picture.closest(where).focus({ preventScroll: true });
    picture.setPointerCapture(event.pointerId);
    if (!moved) leave();
    begun = { picture, from, moved };
  });
  root.addEventListener('pointermove', (event) => {
    if (begun) show(begun.picture, follow(event));
  });
  root.addEventListener('pointerup', (event) => {
    if (!begun) return undefined;
    const { picture } = begun;
    const box = follow(event);
    begun = undefined;
    const { width, height } = picture.getBoundingClientRect();
    if (box.width * width < SMALLEST || box.height * height < SMALLEST) return leave();
    return settled(picture, box);
  });
  root.addEventListener('pointercancel', () => { if (begun) leave(); });

  root.addEventListener('keydown', (event) => {
    const view = event.target.closest(where);
    if (!view || event.target !== view || !isOn()) return undefined;
    const picture = view.querySelector('img.picture');
    if (event.key === 'Escape' && isOf(picture)) return leave();
    if (event.key !== 'Enter' && (!(event.key in MOVES) || !isOf(picture))) return undefined;
    event.preventDefault();
    if (event.key === 'Enter') return place(picture);
    const [dx, dy] = MOVES[event.key];
    const { left, top, width, height } = now.box;
    return place(picture, event.shiftKey
      ? { left, top, width: Math.min(1 - left, Math.max(STEP, width + dx * STEP)), height: Math.min(1 - top, Math.max(STEP, height + dy * STEP)) }
      : { left: inside(left + dx * STEP, width), top: inside(top + dy * STEP, height), width, height });
  });

  return { place, leave };
}
