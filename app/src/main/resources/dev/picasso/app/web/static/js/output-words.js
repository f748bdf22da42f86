import { words } from './format.js';

/** What methods and their settings say of classes, as it is said of outputs that are numbers; the first that fits, in this order. */
const OF_NUMBERS = [
  [/see when the class goes away/g, 'see how the output changes'],
  [/whether the class goes and comes/g, 'whether the output falls and rises'],
  [/when it still finds the class/g, 'when the output stays high'],
  [/make the model say the class/g, 'raise the output'],
  [/what tells the class from those that look most like it, such as one kind of bird from another/g, 'what sets the output apart from those nearest to it'],
  [/speak(s?) for the class/g, 'raise$1 the output'],
  [/\bthe most probable classes/gi, (words) => (words.startsWith('T') ? 'The outputs' : 'the outputs')],
  [/\bmost probable class\b/g, 'first output'],
  [/\bthe most probable one\b/g, 'the first'],
  [/\bWhere the class is\b/g, 'Where the object is'],
  [/\ba class(?:'s (?:probability|score))?(?!\w)/g, 'an output'],
  [/\bclass's (?:probability|score)\b/g, 'output'],
  [/\bclass(es)?\b/gi, (words, several) => `${words.startsWith('C') ? 'O' : 'o'}utput${several ? 's' : ''}`],
  [/\b[Pp]robability\b/g, (words) => (words.startsWith('P') ? 'Value' : 'value')],
];

/** A text about classes as it fits a model. */
export const fitting = (model, text) =>
  (model?.numbers ? OF_NUMBERS.reduce((said, [words, others]) => said.replace(words, others), text ?? '') : text);

/** The value of a setting as a person reads it; numbers, names and texts as they are. */
export function inWords(kind, value) {
  if (kind === 'flag') return value === 'true' ? 'on' : 'off';
  return kind === 'choice' ? words(value) : value;
}
