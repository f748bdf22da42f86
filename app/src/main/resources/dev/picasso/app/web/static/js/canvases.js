import { api } from './api.js';
import { array } from './arrays.js';
import { byId, h } from './dom.js';
import { colourTable, draw } from './draw.js';
import { CRISP } from './figures.js';
import { AS_MADE, isDiverging, looked, madeLook, scaleOf, shownNumbers } from './looks.js';
import { paint } from './scale.js';

const COARSE = 3; // pixels of the picture to a cell, from which on cells are shown as they are
const MAP = 'figure.map[data-array]';
const LARGEST = 1024; // pixels a side that are drawn on the page
const SAVED = 512; // pixels across that a saved picture has at least

/** Whether an element scrolls by itself; on narrow screens the whole page does. */
const scrolls = (element) => getComputedStyle(element).overflowY !== 'visible';

const numbersIn = (text) => text.split(' ').map(Number);

const made = new WeakMap(); // figure to the scale with which its map was made

function madeOf(figure) {
  if (!made.has(figure)) {
    const { colours, low, high, meaning } = figure.querySelector('.scale').dataset;
    made.set(figure, { colours, low, high, meaning });
  }
  return made.get(figure);
}

/** What a figure tells of its map, as numbers. */
function factsOf(figure) {
  const { array: address, seen = '0 0 1 1', covers = '0 0 1 1' } = figure.dataset;
  const { colours, low, high } = madeOf(figure);
  const [width, height] = (figure.dataset.size ?? '0 0').split(' ').map(Number);
  return { address, seen: numbersIn(seen), covers: numbersIn(covers), made: { colours, low: Number(low), high: Number(high) }, width, height };
}

/** Whether a picture is shown pixel by pixel. */
const isSmall = ({ naturalWidth, naturalHeight }) => Math.max(naturalWidth, naturalHeight) <= CRISP;

/** The same pixels, larger. */
function enlarged(pixels, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.drawImage(pixels, 0, 0, width, height);
  return canvas;
}

/** Whether each cell of the map lies over several pixels of the picture, so that smoothing would invent detail; the engine has the same rule. */
function isCoarse(figure) {
  const { seen, covers, width } = factsOf(figure);
  const across = Number(figure.querySelector('img').getAttribute('width')) * (seen[2] - seen[0]) * (covers[2] - covers[0]);
  return width > 0 && across / width >= COARSE;
}

/**
 * Draws the maps that are shown anew in the browser, wherever the display is not that with which they were
 * made. Nothing of it asks the server for anything but the numbers and the colours, once.
 */
export function canvases(state, rows) {
  let colours; // name to stops, asked for once
  let turn = 0; // of drawing; an older one gives up

  const tables = new Map();
  const scales = new Map(); // what was asked to the scale that came of it
  const tableOf = async (name) => {
    colours ??= api.colours().catch((error) => { colours = undefined; throw error; });
    if (!tables.has(name)) tables.set(name, colourTable((await colours)[name]));
    return tables.get(name);
  };

  const figuresOf = (place) => [...place.querySelectorAll(MAP)];

  // Of many maps only those near the window have a canvas: each takes memory, and time whenever a row comes.
  const near = new Set();
  const watched = new WeakSet();
  const otherBars = new WeakSet(); // figures whose colour bar is not that with which their map was made
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target);
      else if (near.delete(target)) target.querySelector('canvas')?.remove();
    }
    soon();
  }, { root: scrolls(byId('scroller')) ? byId('scroller') : null, rootMargin: '100% 0px' });
  const watchNew = () => {
    for (const figure of figuresOf(rows)) {
      if (watched.has(figure)) continue;
      watched.add(figure);
      watch.observe(figure);
    }
    for (const figure of near) {
      if (!figure.isConnected) near.delete(figure);
    }
  };

  /** Whether the picture that the server made is what is wanted. */
  const isAsMade = (figure, display) => {
    const { smooth, ...rest } = display;
    const onlyOther = Object.entries(rest).every(([key, value]) => value === '' || (key === 'colours' && isDiverging(value) !== isDiverging(madeOf(figure).colours)));
    return onlyOther && (smooth !== 'true' || !isCoarse(figure) || ['boxes', 'side-by-side'].includes(figure.dataset.blending));
  };

  const sharing = (figure, scale) =>
    scale === 'map' ? [figure] : scale === 'table' ? figuresOf(rows) : figuresOf(figure.closest('.row'));

  /** How a figure is to be drawn: its numbers and its look. */
  const plan = async (figure) => {
    const display = state.get('display');
    const run = state.get('run');
    const facts = factsOf(figure);
    const look = looked(display, madeLook(run, figure));
    const map = shownNumbers(await array(facts.address), look);
    const alike = sharing(figure, look.scale).filter((other) => isDiverging(madeOf(other).colours) === isDiverging(facts.made.colours));
    const numbers = await Promise.all(alike.map((other) => array(factsOf(other).address)));
    const key = JSON.stringify([alike.map((other) => other.dataset.array), display, facts.made]);
    if (!scales.has(key)) scales.set(key, scaleOf(display, look, facts.made, numbers.map((one) => shownNumbers(one, look))));
    const scale = scales.get(key);
    return { facts: { ...facts, coarse: isCoarse(figure) }, map, look, scale, table: await tableOf(scale.colours) };
  };
  const pixels = (picture, width, height) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingEnabled = !isSmall(picture);
    context.drawImage(picture, 0, 0, width, height);
    return { canvas, context, image: context.getImageData(0, 0, width, height) };
  };

  const painted = ({ facts, map, look, scale, table }, picture, width, height, blending = look.blending) => {
    const smooth = look.smooth === 'true';
    // Small pictures are shown pixel by pixel, and so is what the engine draws over them: nothing runs from one pixel into the next.
    const byPixel = isSmall(picture) && !smooth && blending !== 'contour';
    const drawing = byPixel ? pixels(picture, picture.naturalWidth, picture.naturalHeight) : pixels(picture, width, height);
    draw(drawing.image, { map, seen: facts.seen, covers: facts.covers }, {
      ...scale, colours: table, blending, opacity: Number(look.opacity), threshold: Number(look.threshold), smooth: smooth || !facts.coarse,
    });
    drawing.context.putImageData(drawing.image, 0, 0);
    return byPixel ? enlarged(drawing.canvas, width, height) : drawing.canvas;
  };

  const decoded = async (figure) => {
    const picture = figure.closest('.beside, .row').querySelector('.original-cell img.picture, .held-cell img.picture');
    picture.loading = 'eager';
    await picture.decode();
    return picture;
  };

  const sizeOf = (figure) => {
    const img = figure.querySelector('img');
    const ratio = Number(img.getAttribute('width')) / Number(img.getAttribute('height')) || 1;
    const zoom = Math.min(3, Number(rows.style.getPropertyValue('--zoom')) || 1);
    const wide = Math.min(LARGEST, Math.round((img.clientWidth || 320) * devicePixelRatio * zoom));
    return [wide, Math.max(1, Math.round(wide / ratio))];
  };

  const barOf = (figure, scale) => {
    const bar = figure.querySelector('.scale');
    const { meaning } = madeOf(figure);
    const plain = meaning.replace(/ \(clipped at [^)]*\)$/, '');
    const told = scale.clipped === undefined ? meaning : scale.clipped < 100 ? `${plain} (clipped at the ${scale.clipped}th percentile)` : plain;
    otherBars.add(figure);
    Object.assign(bar.dataset, { colours: scale.colours, low: scale.low, high: scale.high, meaning: told });
    return paint(bar);
  };

  const restore = (figure) => {
    figure.querySelector('canvas')?.remove();
    if (!otherBars.delete(figure)) return;
    Object.assign(figure.querySelector('.scale').dataset, madeOf(figure));
    paint(figure.querySelector('.scale'));
  };

  const show = async (figure, mine) => {
    if (isAsMade(figure, state.get('display'))) return restore(figure);
    const todo = await plan(figure);
    const picture = await decoded(figure);
    if (mine !== turn || !figure.isConnected) return undefined;
    const [width, height] = sizeOf(figure);
    const drawn = painted(todo, picture, width, height);
    let canvas = figure.querySelector('canvas');
    if (!canvas) {
      canvas = h('canvas', { class: 'drawn-map', 'aria-hidden': 'true' });
      figure.querySelector('.view').append(canvas);
    }
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d').drawImage(drawn, 0, 0);
    return barOf(figure, todo.scale);
  };

  const all = async () => {
    const mine = ++turn;
    watchNew();
    await Promise.all([...near].map((figure) => show(figure, mine).catch(() => restore(figure)))); // the server's picture stays
    if (mine === turn) rows.dispatchEvent(new CustomEvent('drawn'));
  };

  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(all);
  };
  state.on(['display'], soon);
  state.on(['run'], () => scales.clear());
  new ResizeObserver(soon).observe(byId('rows'));

  return {
    /** Draws what has come or changed. */
    draw: soon,
    /** The look of the first map as it is shown; undefined where there is none. */
    look() {
      const run = state.get('run');
      const first = figuresOf(rows)[0];
      if (!run || !first) return undefined;
      const signed = figuresOf(rows).some((figure) => isDiverging(madeOf(figure).colours));
      const before = { ...madeLook(run, first), colours: madeOf(first).colours };
      return { ...looked(state.get('display'), before), signed, coarse: figuresOf(rows).some(isCoarse) };
    },
    /**
     * What makes a picture of a map as it is shown; undefined where the server's is that.
     *
     * @param blending another one than is shown
     */
    shown(figure, blending) {
      if (!figure.matches(MAP) || isAsMade(figure, state.get('display'))) return undefined;
      return async () => {
        const todo = await plan(figure);
        const picture = await decoded(figure);
        const factor = Math.max(1, Math.ceil(SAVED / picture.naturalWidth));
        return painted(todo, picture, picture.naturalWidth * factor, picture.naturalHeight * factor, blending).convertToBlob({ type: 'image/png' });
      };
    },
    /** Shows all as it was made. */
    reset: () => state.set({ display: AS_MADE }),
  };
}
