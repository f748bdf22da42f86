import { h } from './dom.js';

const percent = (p) => `${Math.floor(100 * p)} %`;

function aspect(name, { answer, certainty, probability }) {
  return h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, answer), h('td', {}, `${certainty}, ${percent(probability)}`));
}

/** What the doctor found, and one click that follows it. */
export function diagnosis(found, follow) {
  return h('section', { class: 'diagnosis', 'aria-label': 'The doctor says' },
    h('p', { id: 'doctor-says', role: 'status' }, found.summary),
    found.repaired && h('button', { type: 'button', class: 'next', id: 'follow-doctor', click: () => follow(found) }, 'Give it so'),
    h('table', {}, h('tbody', {},
      aspect('pixels', found.pixels),
      found.channels && aspect('channels', found.channels),
      aspect('brightness', found.brightness))),
    ...found.problems.filter((p) => p.kind !== 'input').map((p) => h('p', { class: 'problem' }, p.text)),
    h('details', { class: 'fold why' }, h('summary', {}, 'why'), ...found.notes.map((note) => h('p', { class: 'facts' }, note))));
}
