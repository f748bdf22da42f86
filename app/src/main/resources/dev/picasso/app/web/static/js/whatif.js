import { api } from './api.js';
import { boxes, inPixels } from './boxes.js';
import { brush } from './brush.js';
import { h } from './dom.js';
import { donor } from './donor.js';
import { instead } from './instead.js';
import { latest } from './latest.js';

const FILLS = { grey: 'grey', black: 'black', white: 'white', mean: 'mean colour', blur: 'blur', noise: 'noise', other: 'another image' };
const VIEW = '.original-cell .view';
const WITH_BRUSH = 'arrow keys move the brush, Space paints, R makes a rubber of it, Control Z takes the last stroke away, Escape all of them';
const three = (value) => (value === null ? 'no number' : value.toFixed(3));

/** The setting of the method that says where something is in the picture. */
const placed = (state) =>
  (state.method()?.settings ?? []).find(({ name, kind }) => name === 'object' || (kind === 'region' && state.model()?.places));

/**
 * What the model would say with a part of a picture hidden, or with a piece of another one in its place. It is told under the
 * picture while a box is drawn or moved, or a brush paints. Where the method has a setting for a place, that gets the box.
 */
export function whatIf(state, rows) {
  let tool = 'box';
  let fill = 'grey';
  let size = 0.08; // of the brush
  let rubs = false; // whether it takes away
  let subject; // what is changed: { picture, box } or { picture, painting }
  const shown = instead();

  const imageOf = (picture) => state.get('run')?.images[Number(picture.closest('.row')?.dataset.index)]?.imageId;

  /** As it is told: the two are computed in different ways, which may round differently. */
  const direction = (before, after) => {
    const change = Number(three(after)) - Number(three(before));
    return change < 0 ? 'less' : change > 0 ? 'more' : '';
  };

  const line = (probabilities) => ({ label, before, after }) =>
    h('li', { class: direction(before, after) },
      h('span', { class: 'label', title: label }, label),
      h('span', { class: 'number' }, `${three(before)} → ${three(after)}`),
      probabilities && h('progress', { value: after ?? 0, max: 1, 'aria-hidden': 'true' }));

  const says = h('div', { role: 'status' });
  const spoken = h('p', { class: 'unseen', role: 'status' }); // what keys did
  document.body.append(spoken);
  const fills = h('select', { 'aria-label': 'What is there instead', change: () => { fill = fills.value; changed(); } },
    ...Object.entries(FILLS).map(([value, label]) => h('option', { value }, label)));
  const sizes = h('input', { type: 'range', min: 0.02, max: 0.3, step: 0.01, value: size, input: () => { size = Number(sizes.value); } });
  const brushLine = h('div', { class: 'what-if-brush' }, h('label', {}, 'size ', sizes),
    h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', 'data-rubber': '', click: () => rub(!rubs) }, 'Rubber'),
    h('button', { type: 'button', class: 'link', click: () => painter.undo() }, 'Undo'));
  const other = donor(state, () => changed());
  const panel = h('div', { class: 'what-if' }, h('label', {}, h('span', {}, 'replaced by'), fills), other.element, brushLine, says);

  const rub = (wanted) => {
    rubs = wanted;
    brushLine.querySelector('[data-rubber]').setAttribute('aria-pressed', String(rubs));
  };

  const tell = ({ probabilities, pixels, classes }) => says.replaceChildren(pixels
    ? h('ul', { class: 'classes' }, ...classes.map(line(probabilities)))
    : h('p', {}, 'The model sees nothing of it.'));

  /** What is asked of the server; undefined where there is nothing to ask about. */
  const supposition = ({ picture, box, painting }) => {
    const image = imageOf(picture);
    if (painting) return { image, mask: painting.runs(), fill };
    const place = inPixels(box, picture).join();
    return fill === 'other' ? other.id() && { image, box: place, paste: { image: other.id(), box: other.piece() } } : { image, box: place, fill };
  };

  /** Whether an answer is of use: while somebody drags, that to the box before. */
  const isStill = ({ picture }) => subject?.picture === picture && picture.isConnected && !subject.painting?.isBlank;

  const ask = latest(async (of) => {
    const asked = supposition(of);
    if (!asked) return;
    try {
      const told = await api.whatIf(state.get('run').model, asked);
      if (isStill(of)) tell(told);
    } catch (error) {
      if (isStill(of)) says.replaceChildren(h('p', { class: 'problem' }, error.message));
    }
  });

  const show = ({ picture, box, painting }) => {
    if (painting) shown.mask(picture, painting.canvas, fill);
    else if (fill === 'other') other.show(shown, picture, box);
    else shown.box(picture, box, fill);
  };

  /** Shows and asks anew, of what is there. */
  const changed = () => {
    for (const button of rows.querySelectorAll('.by-hand button[value]')) button.setAttribute('aria-pressed', String(isPressed(button)));
    if (!subject) return;
    const { picture, painting } = subject;
    if (painting && fill === 'other') fill = 'grey';
    fills.value = fill;
    fills.querySelector('[value="other"]').disabled = Boolean(painting) || !other.any(imageOf(picture));
    brushLine.hidden = !painting;
    other.element.hidden = fill !== 'other';
    if (fill === 'other') other.offer(imageOf(picture), subject.box);
    const below = picture.closest(rows.classList.contains('tight') ? '.row' : '.body'); // a small cell is too narrow for it
    if (panel.parentElement !== below) {
      says.replaceChildren();
      below.append(panel);
    }
    show(subject);
    if (!painting?.isBlank) return ask(subject);
    ask(undefined);
    return says.replaceChildren(h('p', {}, 'Nothing is painted.'));
  };

  const isPressed = (button) => (tool === 'brush' ? button.value === 'brush' : button.value === 'box' && subject?.picture.closest('.row') === button.closest('.row'));

  const forget = () => {
    const { picture } = subject;
    subject = undefined;
    rub(false);
    ask(undefined);
    if (panel.contains(document.activeElement)) picture.closest(VIEW)?.focus({ preventScroll: true }); // what was pressed goes
    shown.remove();
    panel.remove();
    changed();
  };

  const take = (picture, what) => {
    if (!what) return subject?.picture === picture && forget();
    subject = { picture, ...what };
    return changed();
  };

  const drawer = boxes(rows, VIEW, {
    isOn: () => tool === 'box',
    drawn: (picture, box) => take(picture, box && { box }),
    settled(picture, box) {
      const setting = placed(state);
      if (setting) state.set({ settings: { ...state.get('settings'), [setting.name]: inPixels(box, picture).join() } });
    },
  });
  const painter = brush(rows, VIEW, {
    isOn: () => tool === 'brush',
    size: () => size,
    isRubber: () => rubs,
    said: (words) => { spoken.textContent = words; },
    painted: (picture, painting) => take(picture, painting && { painting }),
  });

  /** Says what the keys do on a picture. */
  const name = (view) => {
    if (!view.hasAttribute('aria-label')) return;
    view.dataset.named ??= view.getAttribute('aria-label');
    const image = view.closest('.row').getAttribute('aria-label');
    view.setAttribute('aria-label', tool === 'brush' ? `${image}: ${WITH_BRUSH}` : view.dataset.named);
  };

  const choose = (wanted, picture) => {
    const again = tool === wanted && (wanted === 'brush' || subject?.picture === picture);
    drawer.leave();
    painter.leave();
    tool = wanted === 'brush' && !again ? 'brush' : 'box';
    rows.classList.toggle('brushing', tool === 'brush');
    for (const view of rows.querySelectorAll(`${VIEW}[tabindex]`)) name(view);
    if (!again) {
      picture.closest(VIEW).focus({ preventScroll: true });
      (wanted === 'box' ? drawer : painter).place(picture);
      if (wanted === 'brush') spoken.textContent = `Brush: ${WITH_BRUSH}.`;
    }
    changed();
  };

  rows.addEventListener('keydown', (event) => {
    if (tool !== 'brush' || !event.target.matches(VIEW) || event.key.toLowerCase() !== 'r' || event.ctrlKey || event.metaKey || event.altKey) return;
    rub(!rubs);
    spoken.textContent = rubs ? 'Rubber.' : 'Brush.';
  });

  state.on(['run'], () => {
    if (subject && !subject.picture.isConnected) forget();
  });
  state.on(['images'], () => changed());

  return {
    /** Offers both tools under the picture of a row. */
    take(row) {
      const picture = row.querySelector(`${VIEW} img.picture`);
      const body = picture?.closest('.body');
      if (!body || row.querySelector('.by-hand') || !picture.closest('[tabindex]')) return;
      const button = (value, label, title) =>
        h('button', { type: 'button', class: 'quiet', value, title, 'aria-pressed': 'false', click: () => choose(value, picture) }, label);
      name(picture.closest(VIEW));
      body.append(h('div', { class: 'by-hand', role: 'group', 'aria-label': `What if a part of ${row.getAttribute('aria-label')} were otherwise` },
        h('span', {}, 'what if'), button('box', 'Box', 'Set a box; or draw one on the picture'), button('brush', 'Brush', 'Paint on the picture')));
      changed();
    },
  };
}
