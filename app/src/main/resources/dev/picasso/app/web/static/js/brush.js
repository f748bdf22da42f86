import { placeIn } from './boxes.js';
import { h } from './dom.js';
import { Painting } from './painting.js';

const STEP = 1 / 32; // of the picture, by which keys move the brush
const FINE = 1 / 128; // with Shift
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const MIDDLE = { x: 0.5, y: 0.5 };
const PEN_RUBBER = { button: 5, buttons: 32 }; // the other end of a pen

const inside = (share) => Math.min(1, Math.max(0, share));
const percent = (share) => `${Math.round(100 * share)} %`;

/** A place as words, for those who do not see the ring. */
const told = ({ x, y }) => `${percent(x)} across, ${percent(y)} down`;

/**
 * A brush on pictures, one of them at a time, with a mouse, a pen, a finger, or the keyboard: arrows move it, with Shift by
 * little, Space paints while it is held, Ctrl+Z takes the last stroke away, Escape all of them. A ring shows where it is and
 * how large.
 *
 * @param root hears what happens
 * @param where selects what holds a picture and has the focus
 * @param isOn whether one paints now
 * @param size of the brush, as a share of the picture's longer side
 * @param isRubber whether strokes take away what is painted
 * @param painted hears of the picture and its painting while it is painted; of no painting when it is taken away
 * @param said hears, in words, what keys did
 */
export function brush(root, where, { isOn, size, isRubber, painted, said }) {
  const ring = h('div', { class: 'drawn ring' });
  let now; // { picture, painting }
  let painting = false;
  let cursor = MIDDLE; // where the keys have it

  const pictureOf = (event) => event.target.closest(where)?.querySelector('img.picture');
  const isOf = (picture) => now?.picture === picture && picture.isConnected;

  const show = (picture, { x, y }) => {
    const wide = Number(picture.getAttribute('width'));
    const high = Number(picture.getAttribute('height'));
    const [width, height] = [(size() * Math.max(wide, high)) / wide, (size() * Math.max(wide, high)) / high];
    for (const [name, value] of Object.entries({ left: x - width / 2, top: y - height / 2, width, height })) ring.style.setProperty(`--${name}`, value);
    ring.classList.toggle('rubber', isRubber());
    if (ring.parentElement !== picture.parentElement) picture.parentElement.append(ring);
    cursor = { x, y };
  };

  const leave = () => {
    if (!now) return;
    const { picture } = now;
    now = undefined;
    painting = false;
    painted(picture, undefined);
  };

  /** Begins a stroke; tells whether there is one, for where nothing is painted there is nothing to rub out. */
  const begin = (picture, at, rubber) => {
    if (rubber && !isOf(picture)) return false;
    if (!isOf(picture)) {
      leave();
      now = { picture, painting: new Painting(picture) };
    }
    painting = true;
    now.painting.begin(at, size(), rubber);
    painted(picture, now.painting);
    return true;
  };

  const go = (at) => {
    now.painting.to(at);
    painted(now.picture, now.painting);
  };

  const undo = () => {
    if (!now) return said('Nothing is painted.');
    now.painting.undo();
    said('The last stroke is taken away.');
    return now.painting.isEmpty ? leave() : painted(now.picture, now.painting);
  };

  root.addEventListener('pointerdown', (event) => {
    const picture = pictureOf(event);
    if (!picture || !isOn() || ![0, PEN_RUBBER.button].includes(event.button)) return;
    event.preventDefault();
    picture.closest(where).focus({ preventScroll: true });
    picture.setPointerCapture(event.pointerId);
    begin(picture, placeIn(picture, event), isRubber() || Boolean(event.buttons & PEN_RUBBER.buttons));
  });
  root.addEventListener('pointermove', (event) => {
    const picture = isOn() && pictureOf(event);
    if (!picture) return ring.remove();
    show(picture, placeIn(picture, event));
    if (!painting) return undefined;
    for (const one of event.getCoalescedEvents?.() ?? [event]) now.painting.to(placeIn(now.picture, one));
    return painted(now.picture, now.painting);
  });
  for (const end of ['pointerup', 'pointercancel']) root.addEventListener(end, () => { painting = false; });
  root.addEventListener('pointerleave', () => ring.remove());

  const move = (picture, [dx, dy], step) => {
    show(picture, { x: inside(cursor.x + dx * step), y: inside(cursor.y + dy * step) });
    if (painting) go(cursor);
    said(told(cursor));
  };

  const press = (picture) => {
    show(picture, cursor);
    const rubber = isRubber();
    if (!begin(picture, cursor, rubber)) return said('Nothing is painted that could be rubbed out.');
    return said(`${rubber ? 'Rubbed out' : 'Painted'} at ${told(cursor)}.`);
  };

  root.addEventListener('keydown', (event) => {
    const view = event.target.closest(where);
    if (!view || event.target !== view || !isOn()) return undefined;
    const picture = view.querySelector('img.picture');
    if (event.key === 'Escape') return leave();
    const undoes = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    if (!undoes && event.key !== ' ' && !(event.key in MOVES)) return undefined;
    event.preventDefault();
    if (undoes) return undo();
    if (event.key === ' ') return event.repeat ? undefined : press(picture);
    return move(picture, MOVES[event.key], event.shiftKey ? FINE : STEP);
  });
  root.addEventListener('keyup', (event) => { if (event.key === ' ' && isOn()) painting = false; });
  root.addEventListener('focusout', (event) => {
    if (!isOn() || !event.target.matches(where)) return;
    painting = false;
    ring.remove();
  });

  return {
    leave,
    undo,
    /** Puts it into the middle of a picture, for the keys. */
    place: (picture) => show(picture, MIDDLE),
  };
}
