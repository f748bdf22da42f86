import { api } from './api.js';
import { byId, h } from './dom.js';
import { count } from './format.js';

/** Whether two lists have the same images, in any order. */
const alike = (some, others) => some.length === others.length && some.every((id) => others.includes(id));

/**
 * Says where the images of a run that is shown again are not those of the list, and has the list be of
 * them; what it was of before can be had back.
 */
export function runImages(state) {
  const place = byId('tray-run');
  let back = null; // what brings the former list back, where it was just replaced

  const tell = (...parts) => {
    place.replaceChildren(...parts);
    place.hidden = !parts.length;
  };

  const button = (words, act) => {
    const made = h('button', {
      type: 'button', class: 'small', click: async () => {
        made.disabled = true;
        try {
          await act();
        } catch (error) {
          tell(h('span', { class: 'problem', role: 'alert' }, error.message));
        }
      },
    }, words);
    return made;
  };

  const broken = () => state.get('images').filter((image) => image.problem);
  const put = (images) => state.set({ images: [...images, ...broken()] });

  const use = async (run) => {
    const { images, added, removed } = await api.useImages(run.id);
    back = async () => {
      for (const image of added) await api.removeImage(image);
      for (const image of removed) await api.restoreImage(image);
      back = null;
      put(await api.images());
    };
    put(images);
    place.querySelector('button')?.focus({ preventScroll: true });
  };

  const show = () => {
    const run = state.get('run');
    if (!run || !state.get('reopened')) return tell();
    const its = run.images.map((image) => image.imageId);
    if (!alike(its, state.usable().map((image) => image.id))) {
      back = null;
      const them = its.length === 1 ? 'image that is' : 'images that are';
      return tell(`The results are of ${its.length} ${them} not ${state.usable().length ? 'those here' : 'here'}. `,
        button(its.length === 1 ? 'Use its image' : 'Use its images', () => use(run)));
    }
    return back ? tell(`The list is of the ${count(its.length, 'image')} of the results. `, button('Undo', back)) : tell();
  };
  state.on(['run', 'images', 'reopened'], show);
}
