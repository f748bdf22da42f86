import { paint } from './scale.js';

/** Pictures of no more pixels a side than this are shown pixel by pixel. */
export const CRISP = 96;

const judge = (image) => image.classList.toggle('crisp', Math.max(image.naturalWidth, image.naturalHeight) <= CRISP);

/** Finishes a row that came from a template: colour bars, and small pictures crisp. */
export function finish(row) {
  row.querySelectorAll('.scale').forEach(paint);
  for (const image of row.querySelectorAll('img.picture')) {
    const frame = image.closest('.view') ?? image; // as large as the picture, so that shares of the one are those of the other
    frame.style.setProperty('--ratio', image.getAttribute('width') / image.getAttribute('height') || 1);
    if (image.complete && image.naturalWidth) judge(image);
    else image.addEventListener('load', () => judge(image), { once: true });
  }
}

const savesOf = (figure) => [...figure.querySelectorAll('.saves a')].map((a) => ({ href: a.getAttribute('href'), text: a.textContent }));

/** What a figure tells of itself: of a map its addresses and scale, of every part what can be saved. */
export const told = (figure) => ({ ...figure.dataset, saves: savesOf(figure), scale: figure.querySelector('.scale')?.dataset });
