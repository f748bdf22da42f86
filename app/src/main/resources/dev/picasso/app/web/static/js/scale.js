import { api } from './api.js';
import { h } from './dom.js';
import { figures } from './format.js';

const LONG = 16; // letters at both ends, from which on they need more room than a small map has

let colours; // asked for once, when the first bar is drawn

/** Draws a colour bar with its numbers and what they are, from what the element's data says. */
export async function paint(element) {
  const { colours: name, low, high, meaning } = element.dataset;
  const bar = h('div', { class: 'colours', 'aria-hidden': 'true' });
  const ends = [h('span', {}, figures(Number(low))), h('span', {}, figures(Number(high)))];
  if (Number(low) < 0 && Number(high) > 0 && Number(low) === -Number(high)) ends.splice(1, 0, h('span', {}, '0'));
  element.classList.toggle('long', ends.reduce((letters, end) => letters + end.textContent.length, 0) > LONG);
  element.replaceChildren(bar, h('div', { class: 'ends' }, ...ends), h('div', { class: 'meaning' }, meaning ?? ''));
  colours ??= api.colours();
  try {
    const stops = (await colours)[name];
    if (stops) bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  } catch {
    colours = undefined; // the numbers stand there without it; the next bar asks again
  }
}
