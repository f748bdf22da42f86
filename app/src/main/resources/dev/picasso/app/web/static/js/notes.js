import { byId, h } from './dom.js';

/** Sentences for whoever writes configurations or commands; on the page a control does what they ask for. */
const FOR_FILES = /picasso\.yaml|^The configuration \(output\)|, say (no )?preprocessing/;

/** The controls of the panel that they mean, and what it is that one does there. */
export const CONTROLS = { output: 'Explain another output', preset: 'Say which pixels it takes', labels: 'Name the classes' };

/** The way to a control of the panel, opened where it is closed. */
export const wayTo = (control, words = CONTROLS[control]) => h('button', {
  type: 'button', class: 'link', 'data-to-input': control, click: () => byId('input-panel').dispatchEvent(new CustomEvent('reach', { detail: control })),
}, words);

const controlOf = (sentence) => (sentence.includes('output') ? 'output' : 'preset');

/**
 * A note as the page shows it: in the place of a sentence about files it has a way to the control that does the same.
 *
 * @param lead makes the way, of the name of the control and the words on it
 */
export function told(note, lead) {
  const sentences = note.split(/(?<=\.) /);
  const meant = sentences.find((one) => FOR_FILES.test(one));
  if (!meant) return [note];
  const control = controlOf(meant);
  return [`${sentences.filter((one) => !FOR_FILES.test(one)).join(' ')} `, lead(control, CONTROLS[control])];
}
