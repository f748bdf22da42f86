import { h } from './dom.js';
import { wayTo } from './notes.js';

/**
 * The line that says that how pixels are scaled is a guess, with the way to where it is checked; nothing where
 * the model, or somebody, tells it.
 */
export const guess = (model) => Boolean(model?.guessedRange) && h('p', { class: 'facts doubt', id: 'range-guess' },
  `How pixels are scaled (${model.guessedRange}) is a guess. `,
  wayTo('preset', 'Check it'));

/** Keys of a configuration whose numbers are no guess any more. */
export function known(preprocessing) {
  const { assumed, ...keys } = preprocessing;
  return keys;
}
