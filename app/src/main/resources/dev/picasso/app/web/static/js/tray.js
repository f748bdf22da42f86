import { api } from './api.js';
import { byId, h, hasFocus, say } from './dom.js';
import { CRISP } from './figures.js';
import { count } from './format.js';

const BATCH = 8; // images sent in one request, so that the first ones show while the others travel
const QUICK = 300; // milliseconds within which images may be added without a word

/** Pictures that Picasso does not read and browsers do, as PNG; else as they are. */
async function readable(file) {
  if (!/\.(avif|heic|heif|jxl)$/i.test(file.name)) return file;
  try {
    const picture = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const png = new File([await canvas.convertToBlob({ type: 'image/png' })], file.name);
    return Object.assign(png, { path: file.path });
  } catch {
    return file; // the server says what it is
  }
}

/** The images that will be explained: add, remove, undo, samples. */
export function tray(state) {
  const listing = byId('images');
  const note = byId('tray-note');
  const samples = byId('samples');

  const put = (images) => state.set({ images });
  const add = (images) => put([...state.get('images'), ...images]);

  const without = (gone) => put(state.get('images').filter((image) => !gone.includes(image)));

  /** Removes images at once; a line offers to bring them back. */
  const remove = async (gone) => {
    const before = state.get('images');
    without(gone);
    const kept = gone.filter((image) => image.id);
    try {
      await Promise.all(kept.map((image) => api.removeImage(image.id)));
    } catch (error) {
      say(note, error.message);
      return put([...before, ...state.get('images').filter((image) => !before.includes(image))]); // others may have come
    }
    if (!kept.length) return undefined;
    const undo = h('button', { type: 'button', class: 'small', click: () => restore(kept) }, 'Undo');
    note.replaceChildren(gone.length === 1 ? `${gone[0].name} removed. ` : `${count(gone.length, 'image')} removed. `, undo);
    note.hidden = false;
    return hasFocus(byId('tray')) ? undo.focus({ preventScroll: true }) : undefined;
  };

  const restore = async (gone) => {
    say(note, '');
    try {
      await Promise.all(gone.map((image) => api.restoreImage(image.id)));
      const broken = state.get('images').filter((image) => image.problem);
      put([...(await api.images()), ...broken]);
    } catch (error) {
      say(note, error.message);
    }
  };

  /** What is wrong with an image whose name stands there already. */
  const told = ({ name, problem }) => {
    const said = problem.startsWith(`${name}: `) ? problem.slice(name.length + 2) : problem;
    return said.charAt(0).toUpperCase() + said.slice(1);
  };

  const item = (image) => {
    const gone = h('button', { type: 'button', class: 'quiet small', 'aria-label': `Remove ${image.name}`, click: () => remove([image]) }, 'Remove');
    const name = h('span', { class: 'name', title: image.name }, image.name);
    if (image.problem) {
      return h('li', { class: 'bad' },
        h('div', { class: 'refused' }, h('div', { class: 'image-line' }, name, gone), h('p', { class: 'problem' }, told(image))));
    }
    const small = Math.max(image.width, image.height) <= CRISP;
    return h('li', { 'data-image': image.id },
      h('img', { src: api.thumbnail(image.id), alt: image.name, class: small && 'crisp', loading: 'lazy' }),
      h('div', { class: 'text' }, h('div', { class: 'name', title: image.name }, image.name),
        h('div', { class: 'image-line facts' }, `${image.width} × ${image.height}`, gone)));
  };

  const missing = () => {
    const names = state.get('images').map((image) => image.name);
    return (state.model()?.samples ?? []).map((sample) => sample.name).filter((name) => !names.includes(name));
  };

  state.on(['images'], () => {
    listing.replaceChildren(...state.get('images').map(item));
    byId('remove-all').hidden = state.get('images').length < 2;
  });
  state.on(['images', 'models', 'model'], () => {
    const names = missing();
    samples.hidden = names.length === 0;
    samples.textContent = names.length === 1 ? 'Use the sample' : `Use ${names.length} samples`;
  });
  byId('remove-all').addEventListener('click', () => remove(state.get('images')));

  /** Adds the sample images of the chosen model that are not in the tray; returns all of its samples there. */
  const addSamples = async () => {
    const model = state.model();
    const names = missing();
    if (names.length) {
      try {
        add(await api.addSamples(model.id, names));
      } catch (error) {
        say(note, error.message);
        return [];
      }
    }
    const all = (model?.samples ?? []).map((sample) => sample.name);
    return state.usable().filter((image) => all.includes(image.name));
  };
  samples.addEventListener('click', addSamples);

  /** A batch that is too large as a whole is sent file by file, so that the others do not suffer from one. */
  const send = async (batch) => {
    try {
      add(await api.addImages(batch));
    } catch (error) {
      if (error.status === 413 && batch.length > 1) {
        for (const file of batch) await send([file]);
      } else {
        add(batch.map((file, i) => ({ name: file.name, problem: error.problems[i] ?? error.message })));
      }
    }
  };

  return {
    addSamples,
    /** Uploads image files; what is wrong with one stands in its place in the tray. */
    async upload(files) {
      say(note, '');
      let done = 0;
      const tell = () => say(note, `Adding: ${done} of ${count(files.length, 'image')}`);
      const soon = setTimeout(tell, QUICK);
      for (let i = 0; i < files.length; i += BATCH) {
        const batch = await Promise.all(files.slice(i, i + BATCH).map(readable));
        await send(batch);
        done += batch.length;
        if (!note.hidden) tell();
      }
      clearTimeout(soon);
      say(note, '');
    },
  };
}
