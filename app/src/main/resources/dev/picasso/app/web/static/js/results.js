import { api } from './api.js';
import { believeAll } from './believe.js';
import { byId, dotted, h, refill } from './dom.js';
import { count, words } from './format.js';
import { figureButton } from './figure.js';
import { finish } from './figures.js';
import { besides, inputsOf } from './inputs-field.js';
import { isDrawing } from './looks.js';
import { guess } from './guess.js';
import { doubt, remedy } from './numbers.js';
import { fit } from './fit.js';
import { fitting, inWords } from './output-words.js';
import { isOfChoices, missingModels } from './runs.js';

/** Whether there is something that a figure can show. */
const hasPictures = (run) => run.images.flatMap((image) => [image, ...image.inputs ?? []]).some(({ panels = [] }) => panels.some(({ kind }) => kind === 'map' || kind === 'picture'));

const AT_ONCE = 4; // rows that are in the window as a rule
const PHOTOGRAPH = 512; // pixels across; smaller pictures may be enlarged in results, so that the model's pixels are seen

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What is said of a run that did not come to its end, and the way to go on with it. */
function unfinishedOf({ state, images }, finished, work) {
  const begins = { cancelled: 'Cancelled', interrupted: 'Interrupted when Picasso ended', failed: 'Failed' }[state];
  if (!begins || (state === 'failed' && finished === 0)) return undefined;
  const rest = finished > 0 && finished < images.length && h('button', { type: 'button', class: 'link', id: 'run-rest', click: work.rest }, 'Run the rest');
  return h('p', { class: 'facts' }, `${begins}: ${finished} of ${count(images.length, 'image')} finished. `, rest);
}

/** Whether the method of a run draws maps as a rule, so that something will be said of their numbers. */
const drawsMaps = (state, run) =>
  state.get('methods').find((m) => m.id === run.visualization)?.settings.some(({ name }) => ['blending', 'scaling'].includes(name));

/** What made the results, in facts: the method and the model, then the settings. */
export function madeBy(state, run) {
  const method = state.get('methods').find((m) => m.id === run.visualization);
  const model = state.get('models').find((m) => m.id === run.model);
  const settings = Object.entries(run.settings).flatMap(([name, value]) => {
    const { label = name, kind } = method?.settings.find((s) => s.name === name) ?? {};
    if (value === '' || (method && isDrawing(method, name)) || (kind === 'region' && !model?.places)) return []; // it means nothing there
    const told = kind === 'choice' ? fitting(model, words(value)) : inWords(kind, value);
    return `${fitting(model, label).toLowerCase()} ${told}`;
  });
  const inputs = run.inputs === 'all' ? ['all inputs'] : run.inputs ? [`inputs ${run.inputs.join(', ')}`] : [];
  return [`${method?.title ?? run.visualizationTitle ?? run.visualization} of ${model?.title ?? run.modelTitle ?? run.model}`, ...settings, ...inputs];
}

/**
 * The results: a row for each image, filled as they come.
 *
 * @param drawn called when a row has come
 */
export function results(state, work, drawn) {
  const rowOf = (index) => rows.querySelector(`.row[data-index="${index}"]`);
  const fitted = fit(state);
  const head = byId('run-head');
  const rows = byId('rows');
  let shown = '';
  let filled = new Set();

  /** Whether maps can be compared by their colours. */
  const scaleText = () => {
    const bars = [...rows.querySelectorAll('figure.map .scale')];
    const ends = (some) => new Set(some.map(({ dataset }) => `${dataset.low} ${dataset.high} ${dataset.colours}`)).size;
    if (bars.length < 2) return '';
    if (ends(bars) === 1) return 'All have one scale.';
    const byRow = [...rows.querySelectorAll('.row')].every((row) => ends([...row.querySelectorAll('figure.map .scale')]) <= 1);
    return byRow ? 'Scales differ from row to row.' : 'Scales differ from map to map.';
  };

  let meant = ''; // whose numbers last had a meaning that was told

  const showHead = () => {
    const run = state.get('run');
    head.hidden = !run;
    if (!run) return;
    const meanings = new Set([...rows.querySelectorAll('figure.map .scale')].map((bar) => bar.dataset.meaning));
    rows.classList.toggle('meanings', meanings.size > 1);
    if (meanings.size > 0) meant = run.visualization;
    const willMean = run.state === 'running' && (drawsMaps(state, run) || meant === run.visualization);
    head.classList.toggle('unmeant', meanings.size === 0 && !willMean); // nothing will be said of numbers
    const ready = run.state !== 'running' && state.get('arrived').length > 0;
    const missing = missingModels(run, state); // no choice that can be made here is that of the run
    const stale = !missing.length && !isOfChoices(run, state);
    head.classList.toggle('earlier', stale);
    rows.classList.toggle('earlier', stale);
    const [what, ...settings] = madeBy(state, run);
    const earlier = stale && (run.state === 'running' ? 'Being made with earlier choices: ' : 'Made with earlier choices: ');
    const meaning = meanings.size === 1 ? `${sentence([...meanings][0])}. ${scaleText()}` : scaleText();
    refill(byId('made'), [earlier, what, settings, meaning], () => [
      h('p', { class: 'settings-line dotted' }, ...dotted([h('span', {}, earlier && h('strong', {}, earlier), what), ...settings])),
      h('p', { class: 'settings-line meant', title: meaning }, meaning || '\u00a0')]); // room for what comes
    const links = byId('run-links');
    links.classList.toggle('later', !ready);
    refill(links, [run.id, run.map, hasPictures(run)], () => [
      believeAll(state, work, run),
      hasPictures(run) && figureButton(run),
      h('a', { href: api.resultsZip(run.id), download: '' }, 'Save all (zip)'),
      h('a', { href: `${api.resultsJson(run.id)}?download`, download: '' }, 'Save numbers (JSON)')].filter(Boolean));
    const finished = state.get('arrived').length;
    const model = !stale && state.model()?.id === run.model ? state.model() : undefined;
    refill(byId('run-remarks'), [run.id, run.problem, run.state, finished, model?.id, model && doubt(model), model?.guessedRange, missing], () => remarksOf(run, finished, model, missing));
  };

  /** What there is to say of a run: of a model that may tell numbers, and of those that are gone. */
  const remarksOf = (run, finished, model, missing) => {
    const remarks = [];
    if (run.problem) remarks.push(h('p', { class: 'problem', role: 'alert' }, run.problem));
    const unfinished = unfinishedOf(run, finished, work);
    if (unfinished) remarks.push(unfinished);
    if (model && doubt(model)) remarks.push(h('p', { class: 'facts doubt' }, doubt(model), ' ', remedy(state, model)));
    if (model && guess(model)) remarks.push(guess(model));
    if (missing.length) {
      const own = missing[0] === (run.modelTitle ?? run.model);
      const [what, them, files] = missing.length === 1
        ? [`${own ? 'Its model' : 'A model beside it'}, ${missing[0]}, is`, 'it', 'file'] : [`Its models ${missing.join(' and ')} are`, 'them', 'files'];
      remarks.push(h('p', { class: 'facts', id: 'model-gone' }, `${what} not among yours. `, own && 'The choices around it are not those that made it. ',
        h('a', { href: `/runs/${run.id}` }, 'The page of the run'), ` can repeat it, where the server has ${them}; or open the ${files} here.`));
    }
    return remarks;
  };

  /** Room for the cells to come, so that nothing moves when they do. */
  const room = (image, cells) => Array.from({ length: cells }, () => {
    const picture = h('div', { class: 'picture' });
    picture.style.aspectRatio = `${image.imageWidth} / ${image.imageHeight}`;
    picture.style.setProperty('--ratio', image.imageWidth / image.imageHeight);
    return h('div', { class: 'cell room', 'aria-hidden': 'true' }, h('div', { class: 'head' }), h('div', { class: 'body' }, picture, h('div', { class: 'under' })));
  });

  const waiting = (image, cells) =>
    h('div', { class: 'cells' }, h('div', { class: 'cell original-cell' },
      h('h3', { class: 'head name', title: image.image }, image.image),
      h('div', { class: 'body' }, h('div', { class: 'view' },
        h('img', { class: 'picture', src: api.picture(image.imageId), alt: image.image, width: image.imageWidth, height: image.imageHeight, loading: 'lazy' })),
      h('p', { class: 'waiting' }, 'waiting'))), ...room(image, cells));

  /** The same for what comes of other inputs. */
  const roomBeside = (run, image) => {
    const model = state.get('models').find(({ id }) => id === run.model);
    return besides(inputsOf(run), model).map(() => h('section', { class: 'beside' }, h('div', { class: 'cells' }, ...room(image, fitted.expected(run)))));
  };

  /** What all columns say alike, as the one method of a comparison, is said once, above. */
  const shortened = () => {
    const labels = [...rows.querySelectorAll('.map-cell .class-head .label')];
    const before = (label) => label.title.match(/^(.+?), /)?.[1];
    const common = before(labels[0] ?? { title: '' });
    const alike = common && labels.every((label) => label.title.includes(' · ') && before(label) === common);
    for (const label of labels) {
      label.dataset.short ??= label.textContent; // long names of layers without their first parts
      const told = alike ? label.title.slice(common.length + 2) : label.dataset.short;
      label.replaceChildren(told.includes(' · ') ? h('span', { class: 'dotted' }, ...dotted(told.split(' · '))) : told);
    }
  };

  const fill = async (run, index) => {
    if (filled.has(index)) return;
    filled.add(index);
    const row = rowOf(index);
    try {
      const html = await api.row(run.id, index);
      if (shown !== run.id) return;
      const waited = row.querySelector('.original-cell img.picture');
      row.innerHTML = html;
      row.removeAttribute('aria-busy');
      if (waited?.naturalWidth >= PHOTOGRAPH) row.querySelector('.original-cell img.picture').replaceWith(waited); // the same picture, decoded
      if (index < AT_ONCE) row.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; });
      finish(row);
      shortened();
      fitted.measure();
      drawn(row);
    } catch (error) {
      filled.delete(index);
      row.querySelector('.waiting')?.replaceChildren(h('p', { class: 'problem' }, error.message));
    }
  };

  /** Rows of an ended run that will not come say so. */
  const showUnmade = (run) => run.images.forEach((image, i) => {
    if (image.pending) rowOf(i).querySelector('.waiting')?.replaceChildren('not made');
  });

  state.on(['run'], () => {
    const run = state.get('run');
    if ((run?.id ?? '') !== shown) {
      shown = run?.id ?? '';
      filled = new Set();
      rows.replaceChildren(...(run?.images ?? []).map((image, i) =>
        h('article', { class: 'row', 'data-index': i, 'aria-label': image.image, 'aria-busy': 'true' }, waiting(image, fitted.expected(run) - 1), ...roomBeside(run, image))));
      finish(rows);
      byId('scroller').scrollTo(0, 0);
    }
    if (run && run.state !== 'running') showUnmade(run);
  });
  state.on(['run', 'arrived'], () => {
    const run = state.get('run');
    if (run) for (const index of state.get('arrived')) fill(run, index);
  });
  state.on(['run', 'arrived', 'models', 'model', 'methods', 'method', 'settings', 'top', 'classes', 'inputs', 'labels'], showHead);
  rows.addEventListener('drawn', showHead);
}
