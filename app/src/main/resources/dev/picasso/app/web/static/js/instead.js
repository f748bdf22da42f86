import { coverOf } from './covers.js';
import { h } from './dom.js';

const LARGEST = 1024; // pixels a side

/** Shows on a picture what the model is given instead of a part of it: a canvas over it, of which the part is filled. */
export function instead() {
  const canvas = h('canvas', { class: 'instead', 'aria-hidden': 'true' });
  const context = canvas.getContext('2d');
  let cover; // of the picture and the fill that were shown last

  const onto = (picture) => {
    const zoom = Math.max(1, Math.round(picture.getBoundingClientRect().width / (picture.clientWidth || 1)));
    const width = Math.max(1, Math.min(LARGEST, Math.round(picture.clientWidth * devicePixelRatio * zoom)));
    const height = Math.max(1, Math.round((width * picture.clientHeight) / (picture.clientWidth || 1)));
    if (canvas.previousElementSibling !== picture) picture.after(canvas);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.globalCompositeOperation = 'source-over';
    context.clearRect(0, 0, width, height);
    return { width, height };
  };

  const fill = (picture, name) => {
    const { width, height } = canvas;
    if (cover?.picture !== picture || cover.name !== name || cover.canvas.width !== width || cover.canvas.height !== height) {
      cover = { picture, name, canvas: coverOf(picture, name, width, height) };
    }
    context.globalCompositeOperation = 'source-in';
    context.drawImage(cover.canvas, 0, 0);
  };

  return {
    /** A fill in a box, in shares of the picture. */
    box(picture, { left, top, width: wide, height: high }, name) {
      const { width, height } = onto(picture);
      context.fillRect(left * width, top * height, wide * width, high * height);
      fill(picture, name);
    },
    /** A fill where a mask is painted. */
    mask(picture, mask, name) {
      const { width, height } = onto(picture);
      context.drawImage(mask, 0, 0, width, height);
      fill(picture, name);
    },
    /** A piece of another picture, in shares of that, in a box of this one. */
    piece(picture, box, other, piece) {
      const { width, height } = onto(picture);
      const [wide, high] = [other.naturalWidth, other.naturalHeight];
      if (!wide) return;
      context.drawImage(other, piece.left * wide, piece.top * high, piece.width * wide, piece.height * high,
        box.left * width, box.top * height, box.width * width, box.height * height);
    },
    remove: () => canvas.remove(),
  };
}
