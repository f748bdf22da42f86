import { api } from './api.js';
import { h } from './dom.js';

const FILLS = ['grey', 'black', 'white', 'mean', 'blur', 'noise'];
const three = (value) => (value === null ? 'no number' : value.toFixed(3));

/** What the model would say with a box of a picture hidden, told under the picture while the box is drawn. */
export function whatIf(state, rows) {
  let fill = 'grey';
  let asking = false;
  let wanted; // the picture that has a box
  let next; // what is to be asked when the answer to the last is there

  const placeOf = (picture) => {
    const cell = picture.closest('.original-cell .body');
    return cell.querySelector('.what-if') ?? cell.appendChild(h('div', { class: 'what-if', role: 'status' }));
  };

  const line = (probabilities) => ({ label, before, after }) =>
    h('li', { class: after < before ? 'less' : after > before ? 'more' : '' },
      h('span', { class: 'label', title: label }, label),
      h('span', { class: 'number' }, `${three(before)} → ${three(after)}`),
      probabilities && h('progress', { value: after ?? 0, max: 1, 'aria-hidden': 'true' }));

  const tell = (picture, box, { probabilities, classes }) => {
    const choice = h('select', { 'aria-label': 'What hides the box', change: () => { fill = choice.value; ask(picture, box); } },
      ...FILLS.map((name) => h('option', { value: name }, name)));
    choice.value = fill;
    placeOf(picture).replaceChildren(
      h('div', { class: 'facts' }, 'with the box hidden by ', choice),
      h('ul', { class: 'classes' }, ...classes.map(line(probabilities))));
  };

  const ask = async (picture, box) => {
    next = { picture, box };
    if (asking) return;
    asking = true;
    while (next) {
      const { picture: of, box: hidden } = next;
      next = undefined;
      const run = state.get('run');
      const image = run?.images[Number(of.closest('.row')?.dataset.index)]?.imageId;
      try {
        const told = await api.whatIf(run.model, { image, box: hidden.join(), fill });
        if (of.isConnected && wanted === of) tell(of, hidden, told);
      } catch (error) {
        if (of.isConnected) placeOf(of).replaceChildren(h('p', { class: 'problem' }, error.message));
      }
    }
    asking = false;
  };

  return (picture, box) => {
    wanted = box && picture;
    if (box) return ask(picture, box);
    next = undefined;
    return picture?.closest('.original-cell')?.querySelector('.what-if')?.remove();
  };
}
