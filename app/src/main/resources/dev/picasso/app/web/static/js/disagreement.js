import { h } from './dom.js';
import { count } from './format.js';

/** What each model of a comparison predicts, as the heads of a row's columns say it. */
const answersOf = (row) => [...row.querySelectorAll('.class-head .answer b')].map((answer) => answer.textContent);

/** Whether models that are compared in a row predict the same of it; of one model there is nothing to say. */
export const disagrees = (row) => new Set(answersOf(row)).size > 1;

/** Whether models are compared in a row. */
export const compares = (row) => answersOf(row).length > 1;

/**
 * Of how many images compared models predict another class, and the way to have these first.
 *
 * @param place is hidden where there is nothing to say
 */
export function disagreement(state, rows, place) {
  const words = h('span', {});
  const first = h('button', { type: 'button', class: 'link', click: () => state.set({ order: 'disagree' }) }, 'Show them first');
  place.append(words, ' ', first);

  const show = () => {
    const compared = state.get('run')?.settings?.models ? [...rows.children].filter(compares) : [];
    place.hidden = compared.length < 2;
    if (place.hidden) return;
    const other = compared.filter(disagrees).length;
    const told = other ? `The models disagree on ${other} of ${count(compared.length, 'image')}.` : `The models agree on all ${count(compared.length, 'image')}.`;
    if (words.textContent !== told) words.textContent = told;
    first.hidden = !other || other === compared.length || state.get('order') === 'disagree';
  };

  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(show);
  };
  state.on(['run', 'order'], soon);
  return {
    /** Counts anew, since a row has come. */
    count: soon,
  };
}
