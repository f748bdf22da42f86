import { api } from './api.js';
import { byId, h, say } from './dom.js';
import { duration } from './format.js';

const TELLING = 0.12; // the share from which on it can be told how long it will take

/** The doctor at work: how far it is, the way to end it, and what it finds. */
export class Visit {
  #leaving = new AbortController();
  #since = performance.now();
  #share = 0;

  /** Asks about a model; rejects with an AbortError where it was left. */
  ask(model, images) {
    return api.doctor(model, images, (share) => this.#told(share), this.#leaving.signal);
  }

  /** The work ends, on the server too. */
  leave() {
    this.#leaving.abort();
  }

  #told(share) {
    this.#share = share;
    const bar = byId('doctor-bar');
    if (!bar) return; // the panel is closed
    bar.value = share;
    say(byId('doctor-left'), this.#words());
  }

  #words() {
    if (this.#share <= TELLING) return 'Trying inputs';
    const seconds = (performance.now() - this.#since) / 1000;
    return `Trying inputs, ${duration(seconds * (1 / this.#share - 1))} left`;
  }

  /** What the panel shows meanwhile. */
  shown(stop) {
    return h('div', { class: 'examining' },
      h('p', { class: 'facts', id: 'doctor-left' }, this.#words()),
      h('progress', { id: 'doctor-bar', max: 1, value: this.#share, 'aria-label': 'How far the doctor is' }),
      h('button', { type: 'button', class: 'small', id: 'stop-doctor', click: stop }, 'Stop'));
  }
}

const percent = (p) => `${Math.floor(100 * p)} %`;

function aspect(name, { answer, certainty, probability }) {
  const open = certainty === 'cannot tell';
  return h('tr', {}, h('th', { scope: 'row' }, name),
    h('td', { colspan: open && 2 }, open ? `not to be told from these images; ${answer} at ${percent(probability)}` : answer),
    !open && h('td', {}, `${certainty}, ${percent(probability)}`));
}

/** What the doctor found, and one click that follows it. */
export function diagnosis(found, follow) {
  return h('section', { class: 'diagnosis', 'aria-label': 'The doctor says' },
    h('div', { id: 'doctor-says', role: 'status' },
      found.repaired && found.plain && h('p', {}, `${found.plain} A click gives it every picture so from now on, and marks the maps made before.`),
      h('p', { class: found.repaired && found.plain ? 'facts' : false }, found.summary)),
    found.repaired && h('button', { type: 'button', class: 'next', id: 'follow-doctor', click: () => follow(found) }, 'Give it so'),
    h('table', {}, h('tbody', {},
      aspect('pixels', found.pixels),
      found.channels && aspect('channels', found.channels),
      aspect('brightness', found.brightness))),
    ...found.problems.filter((p) => p.kind !== 'input').map((p) => h('p', { class: 'problem' }, p.text)),
    h('details', { class: 'fold why' }, h('summary', {}, 'why'), ...found.notes.map((note) => h('p', { class: 'facts' }, note))));
}
