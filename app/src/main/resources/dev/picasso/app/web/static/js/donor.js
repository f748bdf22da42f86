import { api } from './api.js';
import { boxes, inPixels } from './boxes.js';
import { h } from './dom.js';

const PIECE = '.piece';

/**
 * Another image, of which a piece is put into a picture: which one, and which piece of it. Until somebody draws one, the
 * piece is what lies there where the box lies in its own picture.
 *
 * @param changed called when another image or piece is chosen
 */
export function donor(state, changed) {
  let image; // the one chosen
  let chosen; // the piece in shares, if one was drawn
  let following; // the box that the piece follows until then

  const small = h('img', { class: 'picture', alt: '' });
  const view = h('div', { class: 'piece', tabindex: 0, role: 'group' }, small);
  const images = h('select', { 'aria-label': 'Image that the piece is of', change: () => { take(images.value); changed(); } });
  const element = h('div', { class: 'what-if-other' }, images, view);
  const large = new Image();
  large.addEventListener('load', () => changed());

  const drawer = boxes(element, PIECE, {
    isOn: () => true,
    drawn(picture, box) {
      if (box === following) return; // set by us
      chosen = box;
      changed();
    },
  });

  const others = (than) => state.usable().filter(({ id }) => id !== than);

  const take = (id) => {
    image = state.usable().find((one) => one.id === id);
    chosen = undefined;
    if (!image) return;
    small.src = api.thumbnail(image.id);
    small.setAttribute('width', image.width);
    small.setAttribute('height', image.height);
    view.setAttribute('aria-label', `Piece of ${image.name}: draw a box; Enter sets one, arrow keys move it, with Shift they resize it`);
    large.src = api.picture(image.id);
  };

  return {
    element,
    /** Whether there is another image than this one. */
    any: (than) => others(than).length > 0,
    /** Offers all images but one, with the piece where a box is. */
    offer(than, box) {
      const there = others(than);
      images.replaceChildren(...there.map(({ id, name }) => h('option', { value: id }, name)));
      if (!there.some(({ id }) => id === image?.id)) take(there[0]?.id);
      images.value = image?.id ?? '';
      if (chosen || !image) return;
      following = { ...box };
      drawer.place(small, following);
    },
    id: () => image?.id,
    /** The piece as a request takes it; undefined for that where the box is. */
    piece: () => chosen && inPixels(chosen, small).join(),
    /** Shows the piece in a box of a picture. */
    show: (shown, picture, box) => shown.piece(picture, box, large, chosen ?? box),
  };
}
