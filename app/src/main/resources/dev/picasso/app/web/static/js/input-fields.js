import { h } from './dom.js';
import { numberOf } from './format.js';
import { known } from './guess.js';

const FITS = { squeeze: 'squeezed to its size', crop: 'middle cut out, then resized', shorter: 'shorter side resized, middle cut out', pad: 'whole, with margins' };
const PRESETS = { none: '0 to 255', tf: '−1 to 1', torch: '0 to 1, ImageNet’s mean and deviation', caffe: '0 to 255 less ImageNet’s mean, blue first' };
const COLOURS = { rgb: 'red, green, blue', bgr: 'blue, green, red', rgba: 'red, green, blue, fourth', bgra: 'blue, green, red, fourth', gray: 'grey' };
const HEADS = { auto: 'as found', softmax: 'softmax', sigmoid: 'sigmoid', none: 'numbers, no probabilities' };
const LAYOUTS = { nhwc: 'channels last', nchw: 'channels first' };

/** Whoever says one of these knows how pixels are scaled. */
const NUMBERS = ['scale', 'offset', 'mean', 'std'];

const isNegative = (text) => text.trim().startsWith('-');
const negated = (text) => (isNegative(text) ? text.trim().slice(1) : `-${text.trim()}`);

/** What the common ranges are made by: scale and offset. */
const RANGES = { unit: ['1/255', 0], tf: ['1/127.5', -1], none: ['1', 0] };

/** Which way pictures of another shape go. */
const fitOf = ({ resize, crop, pad }) => (pad !== undefined ? 'pad' : resize !== undefined ? 'shorter' : crop ? 'crop' : 'squeeze');

/** Keys of a configuration that say how pictures get to the size. */
function fitKeys(fit, given, size) {
  const side = Math.min(size.width, size.height);
  if (fit === 'shorter') return { resize: given.resize ?? String(Math.round(side * 8 / 7)), crop: 'center' };
  if (fit === 'crop') return { crop: 'center' };
  return fit === 'pad' ? { pad: given.pad ?? '128' } : {};
}

/** All keys but those of the numbers. */
function keysOf(given) {
  const { scale, offset, mean, std, assumed, ...others } = given;
  return others;
}

const list = (text) => {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  return parts.length === 1 ? parts[0] : parts;
};
const joined = (value) => (Array.isArray(value) ? value.join(', ') : value);

function choice(name, label, value, words, change) {
  return h('div', { class: 'field' }, h('label', { for: `input-${name}` }, label),
    h('select', { id: `input-${name}`, change: (event) => change(event.target.value) },
      ...Object.entries(words).map(([key, text]) => h('option', { value: key, selected: key === value }, text))));
}

function text(name, label, value, change) {
  return h('div', { class: 'field' }, h('label', { for: `input-${name}` }, label),
    h('input', { id: `input-${name}`, type: 'text', value: value ?? '', autocomplete: 'off', change: (event) => change(event.target.value) }));
}

const among = (words, keys) => Object.fromEntries(keys.map((key) => [key, words[key] ?? key]));

/** Fields for every part of the input; each acts when it is changed. */
export function fields(shown, change) {
  const given = shown.preprocessing;
  /** What is changed is what is shown when the change is made, which has those before it. */
  const sendMade = (make) => change((now) => ({ preprocessing: make(now.preprocessing) }));
  const send = (changes) => sendMade((now) => ({ ...(NUMBERS.some((key) => key in changes) ? known(now) : now), ...changes }));
  const inverted = isNegative(given.scale);
  const invert = () => sendMade((now) => {
    // s becomes 255 − s
    const offset = numberOf(now.offset) + 255 * numberOf(now.scale);
    return { ...known(now), scale: negated(now.scale), offset: String(Math.abs(offset) < 1e-9 ? 0 : offset) };
  });
  const preset = (value) => value !== 'own' && sendMade((now) => {
    const range = RANGES[value];
    const turned = isNegative(now.scale);
    if (range && (turned || value === 'unit')) {
      const [scale, offset] = range;
      const numbers = turned ? { scale: `-${scale}`, offset: String(offset + 255 * numberOf(scale)) } : { scale, offset: String(offset) };
      return { ...keysOf(now), ...numbers };
    }
    if (value === 'found') return { ...fitKeys(fitOf(now), now, shown.size), filter: now.filter, antialias: now.antialias };
    const { color, ...others } = keysOf(now);
    return { ...others, ...(color === 'gray' ? { color } : {}), preset: value };
  });
  const fit = (value) => sendMade(({ resize, crop, pad, ...others }) => ({ ...others, ...fitKeys(value, { resize, pad }, shown.size) }));
  const plain = given.mean === '0' && given.std === '1';
  const near = (a, b) => Math.abs(a - b) < 1e-6;
  const scale = Math.abs(numberOf(given.scale));
  const offset = numberOf(given.offset) - (inverted ? 255 * scale : 0);
  const range = Object.keys(RANGES).find((key) => plain && near(scale, numberOf(RANGES[key][0])) && near(offset, RANGES[key][1]));
  const grey = given.color === 'gray';
  const presets = Object.fromEntries(Object.entries(PRESETS).filter(([key]) => !grey || !['torch', 'caffe'].includes(key)));
  const which = fitOf(given);
  return h('div', { class: 'parts' },
    choice('preset', 'pixels', shown.preset ?? range ?? 'own', { unit: '0 to 1', ...presets, own: 'by the numbers below', found: 'as found from the model' }, preset),
    h('div', { class: 'field check' }, h('input', { type: 'checkbox', id: 'input-invert', checked: inverted, change: invert }), h('label', { for: 'input-invert' }, 'dark and bright exchanged')),
    shown.choices.color.length > 1 && choice('color', 'channels', given.color, among(COLOURS, shown.choices.color), (color) => send({ color })),
    choice('fit', 'shape', which, FITS, fit),
    which === 'shorter' && text('resize', 'shorter side, pixels', given.resize, (resize) => send({ resize })),
    which === 'pad' && text('pad', 'grey of the margins, 0 to 255', given.pad, (pad) => send({ pad })),
    choice('filter', 'resized by', given.filter, among({}, shown.choices.filter), (filter) => send({ filter })),
    h('div', { class: 'field check' }, h('input', { type: 'checkbox', id: 'input-antialias', checked: given.antialias === 'true', change: (event) => send({ antialias: String(event.target.checked) }) }), h('label', { for: 'input-antialias' }, 'antialias, as Pillow does')),
    h('details', { class: 'fold numbers' }, h('summary', {}, 'numbers ', h('span', { class: 'brief' }, 'x = (s · scale + offset − mean) / std')),
      text('scale', 'scale', given.scale, (scale) => send({ scale })),
      text('offset', 'offset', given.offset, (offset) => send({ offset })),
      text('mean', 'mean', joined(given.mean), (mean) => send({ mean: list(mean) })),
      text('std', 'deviation', joined(given.std), (std) => send({ std: list(std) }))),
    h('details', { class: 'fold ends' }, h('summary', {}, 'layout, head, output ', h('span', { class: 'brief' }, shown.headWords)),
      shown.choices.layout.length > 1 && choice('layout', 'layout', given.layout, among(LAYOUTS, shown.choices.layout), (layout) => send({ layout })),
      choice('head', 'the end of the model', shown.head, among(HEADS, shown.choices.head), (head) => change({ head }, true)),
      text('output', `output, layer or part of one; ${shown.outputs.slice(0, 3).join(', ')}`, shown.output, (output) => change({ output }, true))));
}
