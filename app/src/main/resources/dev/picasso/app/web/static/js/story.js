import { byId, h, refill } from './dom.js';
import { initialSettings } from './state.js';

const FIRST = 'tanks-overcast';
const SECOND = 'tanks-balanced';
const METHOD = 'compare';

/** The pictures that tell most come first: those on which the two do not agree. */
const TELLING = ['tank-sunny', 'no-tank-overcast'];
const rank = ({ name }) => TELLING.findIndex((part) => name.startsWith(part)) >>> 0;
const byEvidence = (images) => [...images].sort((a, b) => rank(a) - rank(b));

/** The model that a first visit begins with: that of the story, where it is told. */
export const firstModel = (state) =>
  [FIRST, SECOND].every((id) => state.get('models').some((m) => m.id === id && m.state !== 'failed')) ? FIRST : '';

/**
 * The first visit: two networks that score alike, one of which looks at the sky. A click sets the maps of
 * both side by side, another tells. Where the two are not served, a line says how to begin.
 */
export function story(state, tray, runs, openCatalogue) {
  const place = byId('story');
  const empty = byId('empty');
  let answered = false;
  let looking = false; // whether the maps are being asked for

  const served = () => firstModel(state) !== '';
  const playing = () => [FIRST, SECOND].includes(state.get('model'));

  /** Whether the person has opened a model; the story then no longer begins by itself. */
  const owning = () => state.get('models').some((model) => model.own);

  /** Shows what both look at, on the sample images. */
  const look = async () => {
    const method = state.get('methods').find((m) => m.id === METHOD);
    looking = true;
    state.set({
      model: FIRST, method: method.id, top: '', classes: '', inputs: '',
      settings: { ...initialSettings(method), methods: 'saliency', models: SECOND, scaling: 'own' },
    });
    const images = await tray.addSamples();
    if (images.length) await runs.explain(byEvidence(images));
    looking = false;
    show();
  };

  /** What the two were asked about: the samples of the first. */
  const samples = () => state.get('models').find((m) => m.id === FIRST)?.samples ?? [];
  const pictures = () => h('div', { class: 'story-pictures' }, ...byEvidence(samples()).map(({ name, url }) => h('img', { src: url, alt: name, title: name })));

  /** Whether the maps of both are shown. */
  const compared = () => looking || state.get('run')?.settings.models === SECOND;

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
    const gone = begun && !state.get('models').some(({ id }) => id === state.get('run').model); // a colleague's, say
    const told = served() && !gone && (playing() || (!begun && !owning() && state.get('images').length === 0));
    place.hidden = !told;
    place.classList.toggle('begun', begun);
    if (told) {
      const focus = [...place.querySelectorAll('button')].indexOf(document.activeElement);
      refill(place, [begun, compared(), looking, answered, state.get('offered'), samples().map(({ url }) => url)], () => [
        h('p', { class: 'question' }, 'Two networks tell pictures with a tank from pictures without. In their tests both were nearly always right. One of them looks at the sky. Which?'),
        begun ? '' : pictures(),
        h('div', { class: 'story-buttons' },
          h('button', { type: 'button', 'aria-pressed': String(compared()), class: !begun && !looking && 'next', click: look }, 'Look at both'),
          begun && h('button', { type: 'button', 'aria-expanded': String(answered), click: () => { answered = !answered; show(); } }, 'The answer')),
        answered && begun ? answer() : '',
        state.get('offered') && !begun ? invitation() : '']);
      place.querySelectorAll('button')[focus]?.focus();
    }
    empty.hidden = begun;
    refill(empty, [told, hint(), served()], () => (told ? [] : [h('p', {}, hint()), served() && way()].filter(Boolean)));
  };

  /** The way back to the story. */
  const way = () => h('p', {}, 'New to this? ',
    h('button', { type: 'button', class: 'link', id: 'to-story', click: () => state.set({ model: FIRST, top: '', classes: '', inputs: '' }) }, 'Two networks, one of which looks at the sky'));

  const hint = () => {
    const samples = state.model()?.samples?.length > 0;
    if (!state.get('images').length) return `Add images: drop them on the page${samples ? ', paste one, or use the samples of the model' : ', or paste one'}. Then press Explain.`;
    return 'Press Explain to see what the model looks at.';
  };

  state.on(['models', 'methods', 'model', 'run', 'images', 'offered'], show);
}
