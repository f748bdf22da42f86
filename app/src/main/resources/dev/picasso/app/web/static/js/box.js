import { h } from './dom.js';

/** Smaller ones are clicks, in pixels of the screen. */
const SMALLEST = 4;

/** The setting of the method that says where something is in the picture. */
const placed = (state) =>
  (state.method()?.settings ?? []).find(({ name, kind }) => name === 'object' || (kind === 'region' && state.model()?.places));

const share = (at, start, length) => Math.min(1, Math.max(0, (at - start) / length));

/** Boxes for such a setting are drawn on the pictures of the results, with a mouse or a pen; a touch scrolls as ever. */
export function box(state, rows) {
  const frame = h('div', { class: 'drawn' });
  let begun;

  const place = (event) => {
    const { left, top, width, height } = begun.picture.getBoundingClientRect();
    const x = share(event.clientX, left, width);
    const y = share(event.clientY, top, height);
    return { left: Math.min(x, begun.x), top: Math.min(y, begun.y), width: Math.abs(x - begun.x), height: Math.abs(y - begun.y) };
  };

  rows.addEventListener('pointerdown', (event) => {
    const picture = event.target.closest('.original-cell img.picture');
    if (!picture || !placed(state) || event.pointerType === 'touch' || event.button !== 0) return;
    event.preventDefault();
    const { left, top, width, height } = picture.getBoundingClientRect();
    begun = { picture, x: share(event.clientX, left, width), y: share(event.clientY, top, height) };
    picture.setPointerCapture(event.pointerId);
    frame.remove();
  });

  rows.addEventListener('pointermove', (event) => {
    if (!begun) return;
    const { picture } = begun;
    const now = place(event);
    picture.after(frame);
    Object.assign(frame.style, {
      left: `${picture.offsetLeft + now.left * picture.offsetWidth}px`,
      top: `${picture.offsetTop + now.top * picture.offsetHeight}px`,
      width: `${now.width * picture.offsetWidth}px`,
      height: `${now.height * picture.offsetHeight}px`,
    });
  });

  const end = (event) => {
    if (!begun) return;
    const { picture } = begun;
    const now = place(event);
    begun = undefined;
    const setting = placed(state);
    if (!setting || now.width * picture.offsetWidth < SMALLEST || now.height * picture.offsetHeight < SMALLEST) {
      frame.remove();
      return;
    }
    const wide = Number(picture.getAttribute('width'));
    const high = Number(picture.getAttribute('height'));
    const left = Math.floor(now.left * wide);
    const top = Math.floor(now.top * high);
    const width = Math.max(1, Math.min(wide - left, Math.round(now.width * wide)));
    const height = Math.max(1, Math.min(high - top, Math.round(now.height * high)));
    state.set({ settings: { ...state.get('settings'), [setting.name]: [left, top, width, height].join(',') } });
  };
  rows.addEventListener('pointerup', end);
  rows.addEventListener('pointercancel', () => { begun = undefined; frame.remove(); });

  state.on(['method', 'methods', 'model', 'models'], () => rows.classList.toggle('takes-boxes', Boolean(placed(state))));
}
