import { byId, h } from './dom.js';
import { initialSettings } from './state.js';

const FIRST = 'tanks-overcast';
const SECOND = 'tanks-balanced';
const METHOD = 'saliency';

/**
 * The first visit: two networks that score alike, one of which looks at the sky. Three clicks answer
 * it: the maps of the one, of the other, and the answer. Where the two are not served, a line says
 * how to begin.
 */
export function story(state, tray, runs, openCatalogue) {
  const place = byId('story');
  const empty = byId('empty');
  let answered = false;
  let looking = ''; // the network whose maps are being asked for

  const served = () => [FIRST, SECOND].every((id) => state.get('models').some((m) => m.id === id && m.state !== 'failed'));
  const playing = () => [FIRST, SECOND].includes(state.get('model'));

  /** Shows what one of the two looks at, on the sample images. */
  const look = async (model) => {
    const method = state.get('methods').find((m) => m.id === METHOD) ?? state.method();
    const settings = state.get('method') === method.id ? state.get('settings') : initialSettings(method);
    looking = model;
    state.set({ model, method: method.id, settings, top: '' });
    const images = await tray.addSamples();
    if (images.length) await runs.explain(images);
    looking = '';
    show();
  };

  const choice = (model, text) => {
    const seen = (looking || state.get('run')?.model) === model;
    const next = !looking && !state.get('run') && model === FIRST;
    return h('button', { type: 'button', 'aria-pressed': String(seen), class: next && 'next', click: () => look(model) }, text);
  };

  /** What the two were asked about: the samples of the first. */
  const pictures = () => {
    const samples = state.get('models').find((m) => m.id === FIRST).samples ?? [];
    return h('div', { class: 'story-pictures' }, ...samples.map(({ name, url }) => h('img', { src: url, alt: name, title: name })));
  };

  const answer = () =>
    h('p', { class: 'answer', role: 'status' },
      'The first. Every tank that it learned from stood under clouds, so the sky was enough to tell: it takes the empty ',
      'landscapes under clouds for tanks and misses the tanks in the sun. The second saw tanks in any weather and had to ',
      'find the tank itself. Tested with pictures like those that it learned from, each is nearly always right; the maps tell them apart.');

  /** The way from the examples to a network for photographs. */
  const invitation = () =>
    h('p', { class: 'invitation' }, 'For photographs of your own, ',
      h('button', { type: 'button', class: 'link', click: openCatalogue }, 'get a network that knows a thousand things'), '.');

  const show = () => {
    const begun = Boolean(state.get('run'));
    const told = served() && (playing() ? true : !begun && state.get('images').length === 0);
    place.hidden = !told;
    place.classList.toggle('begun', begun);
    if (told) {
      const focus = [...place.querySelectorAll('button')].indexOf(document.activeElement);
      place.replaceChildren(
        h('p', { class: 'question' }, 'Two networks tell pictures with a tank from pictures without. In their tests both were nearly always right. One of them looks at the sky. Which?'),
        begun ? '' : pictures(),
        h('div', { class: 'story-buttons' },
          choice(FIRST, 'Look at the first'),
          choice(SECOND, 'Look at the second'),
          begun && h('button', { type: 'button', 'aria-expanded': String(answered), click: () => { answered = !answered; show(); } }, 'The answer')),
        answered && begun ? answer() : '',
        state.get('offered') && !begun ? invitation() : '');
      place.querySelectorAll('button')[focus]?.focus();
    }
    empty.hidden = begun;
    empty.replaceChildren(...(told ? [] : [h('p', {}, hint())]));
  };

  const hint = () => {
    if (!state.get('images').length) return 'Add images: drop them on the page, paste one, or use the samples of the model. Then press Explain.';
    return 'Press Explain to see what the model looks at.';
  };

  state.on(['models', 'methods', 'model', 'run', 'images', 'offered'], show);
}
