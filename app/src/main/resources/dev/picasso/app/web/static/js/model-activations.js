import { api } from './api.js';
import { h, say } from './dom.js';
import { wait } from './wait.js';

const CHANNELS = 24;
const PAUSE = 300;

/** What a layer answers to in an image: its channels, the strongest first. */
export function activations(model) {
  const images = h('select', { 'aria-label': 'image' });
  const tiles = h('div', { class: 'tiles' });
  const status = h('p', { class: 'facts', role: 'status' });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const element = h('div', { class: 'activations' },
    h('label', {}, 'activations in ', images), status, problem, tiles);
  const samples = new Map(); // by name: the id of the image
  let layer = '';
  let asked = 0;
  let last = '';

  const offer = async () => {
    const own = (await api.images()).map(({ id, name }) => h('option', { value: `image:${id}` }, name));
    const given = model.samples.map(({ name }) => h('option', { value: `sample:${name}` }, `sample ${name}`));
    images.replaceChildren(...own, ...given);
    if (own.length + given.length === 0) say(status, 'There is no image yet; add some on the first page.');
  };
  const ready = offer().catch((error) => say(problem, error.message));

  /** The id of the chosen image; a sample joins the person's images. */
  const chosen = async () => {
    const [kind, ...rest] = images.value.split(':');
    const name = rest.join(':');
    if (kind === 'image') return name;
    if (!samples.has(name)) {
      const [image] = await api.addSamples(model.id, [name]);
      samples.set(name, image.id);
    }
    return samples.get(name);
  };

  const tile = (part) =>
    h('figure', {}, h('img', { src: part.overlay ?? part.picture, alt: part.label, loading: 'lazy' }), h('figcaption', {}, part.label));

  const table = (part) =>
    h('table', {}, h('thead', {}, h('tr', {}, ...part.columns.map((head) => h('th', {}, head)))),
      h('tbody', {}, ...part.rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))))));

  const run = async () => {
    const mine = ++asked;
    say(problem, '');
    await ready;
    if (!images.value || mine !== asked) return;
    say(status, 'being computed');
    tiles.classList.add('earlier');
    try {
      const image = await chosen();
      if (mine !== asked) return;
      if (last) api.removeRun(last).catch(() => {});
      let made = await api.start({
        model: model.id, visualization: 'activation', images: [image], settings: { layer, channels: CHANNELS, transparency: 0 },
      });
      last = made.id;
      while (made.state === 'running') {
        await wait(PAUSE);
        if (mine !== asked) return;
        made = await api.run(made.id);
      }
      const [result] = made.images;
      if (made.problem || result.problem) throw new Error(made.problem ?? result.problem);
      tiles.replaceChildren(...result.panels.map((part) => (part.kind === 'table' ? table(part) : tile(part))));
      say(status, result.panels.some((part) => part.kind === 'table') ? '' : 'the strongest channels first');
      tiles.classList.remove('earlier');
    } catch (error) {
      if (mine !== asked) return;
      tiles.replaceChildren();
      say(status, '');
      say(problem, error.message);
    }
  };
  images.addEventListener('change', run);

  return {
    element,
    show(name) {
      layer = name;
      run();
    },
  };
}
