import { placeIn } from './boxes.js';
import { h } from './dom.js';
import { Painting } from './painting.js';

/**
 * A brush on pictures, one of them at a time, with a mouse, a pen or a finger. A ring shows how large it is.
 *
 * @param root hears what happens
 * @param where selects what holds a picture
 * @param isOn whether one paints now
 * @param size of the brush, as a share of the picture's longer side
 * @param painted hears of the picture and its painting while it is painted; of no painting when it is taken away
 */
export function brush(root, where, { isOn, size, painted }) {
  const ring = h('div', { class: 'drawn ring' });
  let now; // { picture, painting }
  let painting = false;

  const pictureOf = (event) => event.target.closest(where)?.querySelector('img.picture');

  const show = (picture, { x, y }) => {
    const wide = Number(picture.getAttribute('width'));
    const high = Number(picture.getAttribute('height'));
    const [width, height] = [(size() * Math.max(wide, high)) / wide, (size() * Math.max(wide, high)) / high];
    for (const [name, value] of Object.entries({ left: x - width / 2, top: y - height / 2, width, height })) ring.style.setProperty(`--${name}`, value);
    if (ring.parentElement !== picture.parentElement) picture.parentElement.append(ring);
  };

  const leave = () => {
    if (!now) return;
    const { picture } = now;
    now = undefined;
    painting = false;
    painted(picture, undefined);
  };

  root.addEventListener('pointerdown', (event) => {
    const picture = pictureOf(event);
    if (!picture || !isOn() || event.button !== 0) return;
    event.preventDefault();
    picture.closest(where).focus({ preventScroll: true });
    picture.setPointerCapture(event.pointerId);
    if (now?.picture !== picture) {
      leave();
      now = { picture, painting: new Painting(picture) };
    }
    painting = true;
    now.painting.begin(placeIn(picture, event), size());
    painted(picture, now.painting);
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
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOn() && event.target.closest(where)) leave();
  });

  return {
    leave,
    /** Takes the last stroke away. */
    undo() {
      if (!now) return;
      now.painting.undo();
      if (now.painting.isEmpty) leave();
      else painted(now.picture, now.painting);
    },
  };
}
