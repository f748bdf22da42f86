import { api } from './api.js';
import { h } from './dom.js';

const ARRAY = /\.npy$/i;

const told = new WeakMap(); // what the server said of inputs to when that was; until it says more, their pictures are the same

/**
 * The inputs of a model with several: which one images go into, and what each other one holds, an image of the tray, a
 * file that is picked or dropped here. It is kept with the model.
 *
 * @param shown what the server says of the model's input
 * @param images of the tray
 * @param change runs a request that changes what an input holds
 */
export function slots({ model, inputs }, images, change) {
  if (!told.has(inputs)) told.set(inputs, Date.now());
  const at = told.get(inputs);
  const take = (name, files) => files.length && change(() => api.holdFile(model, name, files[0]));

  const held = ({ name, holds, takesImages }) => {
    if (!holds) return h('p', { class: 'problem' }, 'It holds nothing yet.');
    return takesImages && !ARRAY.test(holds)
      ? h('figure', {}, h('img', { src: api.heldPicture(model, name, at), alt: `${holds}, held by ${name}` }), h('figcaption', {}, holds))
      : h('p', {}, holds);
  };

  const choices = (input, id) => {
    const { name, takesImages, holds } = input;
    const file = h('input', { type: 'file', class: 'unseen', id: `${id}-file`, accept: takesImages ? 'image/*,.tif,.tiff,.npy' : '.npy',
      change: ({ target }) => take(name, [...target.files]) });
    const pick = h('select', { id: `${id}-image`, 'aria-label': `Image of the tray for ${name}`, change: ({ target }) => target.value && change(() => api.hold(model, { input: name, image: target.value })) },
      h('option', { value: '' }, 'an image of the tray'), ...images.map((image) => h('option', { value: image.id }, image.name)));
    return h('div', { class: 'slot-choices' }, takesImages && images.length > 0 && pick,
      file, h('label', { class: 'button', for: `${id}-file` }, holds ? 'Another file' : takesImages ? 'Image or array' : 'Array (.npy)'),
      takesImages && holds && h('button', { type: 'button', class: 'link', id: `${id}-explain`, click: () => change(() => api.hold(model, { input: name, explained: true })) }, 'Put your images in here'));
  };

  const slot = (input, i) => {
    const { name, shape, explained } = input;
    const id = `slot-${i}`;
    const drop = (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!files.length) return;
      event.preventDefault(); // it is not for the tray
      take(name, files);
    };
    return h('li', { class: 'slot', ...(explained ? {} : { drop }) },
      h('p', {}, h('strong', {}, name), h('span', { class: 'facts' }, ` ${shape}`)),
      explained ? h('p', { class: 'facts' }, 'is explained: your images go in here.') : held(input),
      !explained && choices(input, id));
  };

  return h('section', { class: 'slots', 'aria-label': 'Inputs of the model' },
    h('p', { class: 'hint' }, 'Your images go into one input. Each other one holds an image or an array, the same for all images: choose it here, or drop it on the input. “Inputs explained” in the settings makes maps of what they hold, too.'),
    h('ol', {}, ...inputs.map(slot)));
}
