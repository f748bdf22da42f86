import { compares } from './disagreement.js';
import { byId, h } from './dom.js';
import { count } from './format.js';
import { naming } from './naming.js';

const KINDS = 12; // as many confusions stand there at once

const pairOf = ({ truth, told }) => `${truth.index} ${told.index}`;

const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

/** Kinds of wrong answers, the most frequent first. */
function confusionsIn(wrong) {
  const kinds = new Map();
  for (const judged of wrong) {
    const kind = kinds.get(pairOf(judged)) ?? { pair: pairOf(judged), truth: judged.truth.name, told: judged.told.label, count: 0 };
    kinds.set(kind.pair, { ...kind, count: kind.count + 1 });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}

/**
 * How often the model is right about the images of a run, where it is known what they show: in a line, in a
 * table of what is taken for what, and as a choice of rows. Counts what is there while results come.
 *
 * @param judgedOf what is known of a row: the true class, the told one, and whether that is right
 */
export function tally(state, rows, judgedOf) {
  const place = byId('tally');
  const wrongOnly = h('button', { type: 'button', id: 'only-wrong', 'aria-pressed': 'false', click: () => choose('') }, 'Only the wrong ones');
  const line = h('strong', {});
  const unlike = naming(state);
  const further = h('span', { class: 'facts' });
  const brief = h('span', { class: 'brief' });
  const body = h('tbody', {});
  const all = h('button', { type: 'button', class: 'link small', click: () => { whole = !whole; show(); } });
  const kinds = h('details', { class: 'fold' }, h('summary', {}, 'confusions ', brief),
    h('table', { class: 'confusions' },
      h('thead', {}, h('tr', {}, ...['true', 'predicted', 'images'].map((name) => h('th', { scope: 'col' }, name)))), body), all);
  const shown = h('span', { class: 'facts', role: 'status' });
  place.append(h('p', { class: 'tally-line' }, line, unlike.element, further, wrongOnly, shown), kinds);

  let only = false;
  let pair = ''; // the kind of wrong answers that is shown, all of them where it is empty
  let whole = false; // whether the table has all kinds
  let model = ''; // whose answers are counted
  let told = ''; // the table that stands there

  const choose = (which) => {
    const again = only && pair === which;
    only = !again;
    pair = again ? '' : which;
    show();
  };

  const isShown = (row) => {
    if (!only || row.classList.contains('pinned')) return true;
    const judged = judgedOf(row);
    return judged?.right === false && (!pair || pairOf(judged) === pair);
  };

  const filter = (isOn) => {
    let seen = 0;
    for (const row of rows.children) {
      row.hidden = isOn && !isShown(row);
      seen += row.hidden ? 0 : 1;
    }
    wrongOnly.setAttribute('aria-pressed', String(only && !pair));
    for (const button of body.querySelectorAll('button')) button.setAttribute('aria-pressed', String(only && button.value === pair));
    const words = isOn && only ? `${seen} of ${count(rows.children.length, 'row')} shown.` : '';
    if (shown.textContent !== words) shown.textContent = words;
  };

  /** A row of the table; the number is what is pressed, and reaches over all of it. */
  const kind = ({ pair: value, truth, told: taken, count: n }) =>
    h('tr', {}, h('td', {}, truth), h('td', {}, taken), h('td', {},
      h('button', { type: 'button', value, 'aria-label': `${n}: only ${truth} taken for ${taken}`, click: () => choose(value) }, String(n))));

  const table = (confusions) => {
    kinds.hidden = confusions.length === 0;
    const [first] = confusions;
    brief.textContent = first ? `most often ${first.truth} taken for ${first.told} (${first.count})` : '';
    const some = whole ? confusions : confusions.slice(0, KINDS);
    const now = JSON.stringify(some);
    all.hidden = confusions.length <= KINDS;
    all.textContent = whole ? 'The most frequent' : `All ${confusions.length}`;
    if (now === told) return;
    told = now;
    const held = body.contains(document.activeElement) ? document.activeElement.value : undefined;
    body.replaceChildren(...some.map(kind));
    if (held !== undefined) [...body.querySelectorAll('button')].find(({ value }) => value === held)?.focus({ preventScroll: true });
  };

  const show = () => {
    const run = state.get('run');
    const labels = state.get('labels');
    const known = run?.images.some(({ imageId, label }) => labels.get(imageId) || label);
    place.hidden = !known || run.images.length < 2;
    if (place.hidden) return filter(false);
    if (model !== run.model) [model, only, pair] = [run.model, false, ''];
    const there = [...rows.children].filter((row) => !row.hasAttribute('aria-busy') && !row.querySelector(':scope > .cells .problem-cell'));
    const judged = there.map(judgedOf).filter((one) => one?.right !== undefined);
    const wrong = judged.filter(({ right }) => !right);
    const running = run.state === 'running';
    const first = run.settings?.models && there.some(compares) && judged.length > 0 ? `${run.modelTitle ?? run.model}: ` : ''; // nothing is counted of the others
    line.textContent = judged.length ? `${first}${wrong.length} of ${judged.length} wrong` : running ? 'None is judged yet' : '';
    unlike.element.hidden = running || judged.length > 0;
    if (!unlike.element.hidden) {
      const told = run.images.map(({ imageId, label }) => labels.get(imageId) || label).filter(Boolean);
      unlike.show(run, told, there.map(judgedOf).some((one) => one?.truth.index >= 0));
    }
    const unknown = there.length - judged.length;
    further.textContent = [
      judged.length > 0 && `accuracy ${percent(1 - wrong.length / judged.length)}${running ? ' so far' : ''}`,
      judged.length > 0 && unknown > 0 && `${unknown} more without a label that is a class of the model`].filter(Boolean).join('; ');
    wrongOnly.hidden = wrong.length === 0 && !(only && !pair);
    const confusions = confusionsIn(wrong);
    if (pair && !running && !confusions.some((one) => one.pair === pair)) [only, pair] = [false, ''];
    table(confusions);
    return filter(true);
  };

  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(show);
  };
  state.on(['run', 'labels', 'models'], soon);
  rows.addEventListener('click', (event) => event.target.closest('[data-pin]') && soon());

  return { count: soon };
}
