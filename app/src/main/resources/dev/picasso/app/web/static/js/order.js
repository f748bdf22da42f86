import { disagrees } from './disagreement.js';
import { byId, h } from './dom.js';

const ORDERS = [['added', 'as added'], ['name', 'by name'], ['sure', 'surest first'], ['unsure', 'least sure first'], ['wrong', 'wrong first']];
/** Where models are compared. */
const OF_MODELS = [...ORDERS, ['disagree', 'models disagree first']];
/** Of numbers none is sure or wrong. */
const OF_NUMBERS = [['added', 'as added'], ['name', 'by name'], ['sure', 'largest first'], ['unsure', 'smallest first']];

const numberOf = (row) => Number(row.querySelector('.class-head .number, .classes .number')?.textContent) || 0;
const nameOf = (row) => row.getAttribute('aria-label');
const byName = new Intl.Collator(undefined, { numeric: true });

const COMPARE = {
  added: (a, b) => a.dataset.index - b.dataset.index,
  name: (a, b) => byName.compare(nameOf(a), nameOf(b)),
  sure: (a, b) => numberOf(b) - numberOf(a),
  wrong: (a, b) => Number(b.dataset.wrong === 'true') - Number(a.dataset.wrong === 'true') || numberOf(b) - numberOf(a),
  unsure: (a, b) => numberOf(a) - numberOf(b),
  disagree: (a, b) => Number(disagrees(b)) - Number(disagrees(a)),
};

/** Rows of results in an order that the person chooses, pinned ones first. */
export function order(state, rows) {
  const chosen = () => (Object.hasOwn(COMPARE, state.get('order')) ? state.get('order') : 'added');
  const pinned = new Set(); // ids of images

  const idOf = (row) => state.get('run')?.images[Number(row.dataset.index)]?.imageId;

  const sort = () => {
    const all = [...rows.children];
    const rank = (row) => (pinned.has(idOf(row)) ? 0 : 1);
    const sorted = [...all].sort((a, b) => rank(a) - rank(b) || COMPARE[chosen()](a, b) || COMPARE.added(a, b));
    if (sorted.every((row, i) => row === all[i])) return;
    const held = document.activeElement;
    rows.append(...sorted);
    if (rows.contains(held)) held.focus({ preventScroll: true });
  };

  const mark = (row) => {
    const is = pinned.has(idOf(row));
    const button = row.querySelector('[data-pin]');
    if (button) {
      button.textContent = is ? 'Unpin' : 'Pin';
      button.setAttribute('aria-label', `${button.textContent} ${nameOf(row)}`);
      button.setAttribute('aria-pressed', is);
    }
    row.classList.toggle('pinned', is);
  };

  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-pin]');
    if (!button) return;
    const row = button.closest('.row');
    const id = idOf(row);
    if (!pinned.delete(id)) pinned.add(id);
    mark(row);
    sort();
    button.focus();
  });

  const select = h('select', { id: 'order', change: () => state.set({ order: select.value === 'added' ? '' : select.value }) });
  const offer = () => {
    const model = state.get('models').find((m) => m.id === state.get('run')?.model);
    const orders = model?.numbers ? OF_NUMBERS : state.get('run')?.settings?.models ? OF_MODELS : ORDERS;
    select.replaceChildren(...orders.map(([value, text]) => h('option', { value }, text)));
    if (!orders.some(([value]) => value === chosen())) state.set({ order: '' });
    select.value = chosen();
  };
  offer();
  state.on(['run', 'models', 'order'], offer);
  state.on(['order'], sort);
  byId('row-order').append(h('label', { for: 'order' }, 'rows'), select);
  state.on(['run', 'arrived'], () => { byId('row-order').hidden = (state.get('run')?.images.length ?? 0) < 2; });

  return {
    /** Gives a row that has come its button, and its place. */
    take(row) {
      const name = row.querySelector('h3.name');
      if (name && (state.get('run')?.images.length ?? 0) > 1) {
        name.append(h('button', { type: 'button', class: 'quiet small pin', 'data-pin': '' }, 'Pin'));
        mark(row);
      }
      if (state.get('run')?.state !== 'running' || pinned.size) sort();
    },
    sort,
  };
}
