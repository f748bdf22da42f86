import { api } from './api.js';
import { byId, h, hasFocus, say } from './dom.js';

/**
 * Deletes a run at once. In its place stands that it is gone, with a button that brings it back.
 *
 * @param place what shows the run: its item of the list, or the main part of its page
 * @param changed called when the place shows something else
 */
export async function remove(place, changed) {
  const { run, title } = place.dataset;
  await api.removeRun(run);
  const before = [...place.childNodes];
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });

  const restore = async () => {
    undo.disabled = true;
    say(problem, '');
    try {
      await api.restoreRun(run);
    } catch (error) {
      return say(problem, error.message);
    } finally {
      undo.disabled = false;
    }
    const held = hasFocus(place);
    place.classList.remove('deleted');
    place.replaceChildren(...before);
    say(byId('said'), `“${title}” is back.`);
    changed();
    return held ? place.querySelector('[data-delete]').focus() : undefined;
  };

  const undo = h('button', { type: 'button', click: restore }, 'Undo');
  const others = place.matches('li') ? '' : h('a', { class: 'button quiet', href: '/runs' }, 'All runs');
  const held = hasFocus(place);
  place.classList.add('deleted');
  place.replaceChildren(h('p', {}, `Deleted “${title}”.`), undo, others, problem);
  say(byId('said'), `Deleted “${title}”. Undo brings it back, for ten minutes.`);
  changed();
  if (held) undo.focus({ preventScroll: true });
}
