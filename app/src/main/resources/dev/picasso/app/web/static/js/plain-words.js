import { numberOf } from './format.js';

/** What the doctor found, for people who do not read formulas. */

const first = (value) => numberOf(Array.isArray(value) ? value[0] : value ?? 0);
const round = (x) => String(Math.round(x * 100) / 100 || 0).replace('-', '−');

/** What black and white become, as the first channel gets them. */
function ends({ scale, offset, mean = '0', std = '1' }) {
  const at = (s) => (s * numberOf(scale) + numberOf(offset) - first(mean)) / first(std);
  return [at(0), at(255)];
}

const span = (pair) => [...pair].sort((a, b) => a - b).map(round).join(' to ');
const isDark = ([black, white]) => white < black;
const blueFirst = (color) => color.startsWith('bgr');

/** What differs between two ways into a network, a phrase each. */
export function differences(given, wanted) {
  const before = ends(given);
  const after = ends(wanted);
  return [
    isDark(before) !== isDark(after) && 'dark and bright exchanged',
    given.color !== wanted.color && (blueFirst(wanted.color) ? 'blue as the first colour instead of red' : `${wanted.color === 'gray' ? 'grey' : 'red as the first colour instead of blue'}`),
    span(before) !== span(after) && `numbers from ${span(after)} instead of ${span(before)}`,
  ].filter(Boolean);
}

const joined = (phrases) => (phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`);

/** One or two sentences on what the doctor found, and what a click changes; empty where it found nothing to change. */
export function plainly({ repaired, given, remedy }) {
  if (!repaired) return '';
  const phrases = differences(given.preprocessing, remedy.preprocessing);
  return phrases.length ? `The network was trained on pictures with ${joined(phrases)}. A click gives it every picture so from now on, and marks the maps made before.` : '';
}
