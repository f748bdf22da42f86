import { api } from './api.js';
import { h, say } from './dom.js';
import { figures } from './format.js';
import { pointer } from './pointer.js';
import { paint } from './scale.js';
import { wait } from './wait.js';

const CHANNELS = 24;
const MOST = 256; // that the server makes
const PAUSE = 300;
const STEPS = 250; // who goes from layer to layer by keys has no picture made of each
const SMALL = 96; // pictures no larger than this are shown pixel by pixel

const ends = (region) => region && [region.left, region.top, region.right, region.bottom].join(' ');

/** The picture itself, beside what the layer makes of it. */
function original({ original: address, imageWidth, imageHeight, image }) {
  const crisp = Math.max(imageWidth, imageHeight) <= SMALL ? ' crisp' : '';
  return h('figure', { class: 'of-image' },
    h('span', { class: 'view' }, h('img', { class: `picture${crisp}`, src: address, width: imageWidth, height: imageHeight, alt: image })),
    h('figcaption', {}, image));
}

/** A channel: pressed, it takes all the width. */
function channel(part, { seen, imageWidth, imageHeight }) {
  const button = h('button', {
    type: 'button', class: 'picture-button', 'aria-label': `${part.label}, large`, 'aria-pressed': 'false',
    click: () => {
      const large = button.closest('figure').classList.toggle('large');
      button.setAttribute('aria-pressed', String(large));
    },
  }, h('span', { class: 'view' }, h('img', { class: 'picture', src: part.overlay, width: imageWidth, height: imageHeight, alt: '', loading: 'lazy' })));
  return h('figure', { class: 'map', 'data-array': part.array, 'data-seen': ends(seen), 'data-covers': part.covers?.join(' ') },
    button, h('figcaption', {}, h('span', {}, part.label), h('span', { class: 'number' }, figures(part.number))));
}

const table = (part) =>
  h('div', { class: 'numbers' }, h('table', {}, h('thead', {}, h('tr', {}, ...part.columns.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...part.rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell)))))));

/** What a layer answers to in an image: its channels, the strongest first, on one scale. */
export function activations(model) {
  const images = h('select');
  const scale = h('div', { class: 'scale' });
  const tiles = h('div', { class: 'row tiles' });
  const maps = h('div', { class: 'channels' }, tiles);
  const status = h('p', { class: 'facts', role: 'status' });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const more = h('button', { type: 'button', class: 'quiet', hidden: true });
  const element = h('div', { class: 'activations' },
    h('label', {}, 'activations in ', images), status, problem, scale, maps, more);
  const samples = new Map(); // by name: the id of the image
  const runs = []; // those before the last go when its pictures are there
  let layer = {};
  let channels = CHANNELS;
  let asked = 0;

  pointer(maps, () => {});

  const offer = async (chosen) => {
    const own = (await api.images()).map(({ id, name }) => h('option', { value: `image:${id}` }, name));
    const given = model.samples.map(({ name }) => h('option', { value: `sample:${name}` }, `sample ${name}`));
    images.replaceChildren(...own, ...given);
    if (chosen) images.value = `image:${chosen}`;
    if (own.length + given.length === 0) {
      status.replaceChildren('There is no image yet. Drop one here, or ', h('a', { href: `/?${new URLSearchParams({ model: model.id })}` }, 'add some on the first page'), '.');
    }
  };
  const ready = offer('').catch((error) => say(problem, error.message));

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

  const show = (result) => {
    const parts = result.panels.filter(({ kind }) => kind === 'map');
    const tables = result.panels.filter(({ kind }) => kind === 'table');
    const count = parts.length;
    tiles.replaceChildren(...(count ? [original(result)] : []), ...parts.map((part) => channel(part, result)), ...tables.map(table));
    tiles.classList.remove('earlier');
    const [first] = parts;
    scale.hidden = !first;
    more.hidden = true;
    if (!first) return say(status, tables[0]?.meaning ?? '');
    const { colours, low, high, meaning } = first;
    Object.assign(scale.dataset, { colours, low, high, meaning });
    paint(scale);
    const most = Math.min(layer.channels, MOST);
    more.hidden = most <= count;
    more.textContent = `Show ${most === layer.channels ? 'all' : 'the strongest'} ${most}`;
    return say(status, `${count < layer.channels ? `The strongest ${count} of ${layer.channels} channels` : 'All channels, the strongest'} first, on one scale. Press one to see it large; point at one to read its numbers.`);
  };

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
      let made = await api.start({
        model: model.id, visualization: 'activation', images: [image], settings: { layer: layer.name, channels, transparency: 0 },
      });
      runs.push(made.id);
      while (made.state === 'running') {
        await wait(PAUSE);
        if (mine !== asked) return;
        made = await api.run(made.id);
      }
      const [result] = made.images;
      if (made.problem || result.problem) throw new Error(made.problem ?? result.problem);
      show(result);
      runs.splice(0, runs.indexOf(made.id)).forEach((earlier) => api.removeRun(earlier).catch(() => {}));
    } catch (error) {
      if (mine !== asked) return;
      tiles.replaceChildren();
      scale.hidden = true;
      more.hidden = true;
      say(status, '');
      say(problem, error.message);
    }
  };
  images.addEventListener('change', run);
  more.addEventListener('click', () => {
    channels = Math.min(layer.channels, MOST);
    run();
  });

  let soon = 0;
  let before = -STEPS;
  return {
    element,
    show(wanted) {
      layer = wanted;
      channels = CHANNELS;
      clearTimeout(soon);
      if (performance.now() - before < STEPS) soon = setTimeout(run, STEPS);
      else run();
      before = performance.now();
    },
    /** Image files join the person's images; the last of them is looked at. */
    async take(files) {
      say(problem, '');
      try {
        const added = await api.addImages(files);
        await offer(added.at(-1).id);
        if (layer.name) run();
      } catch (error) {
        say(problem, error.message);
      }
    },
  };
}
