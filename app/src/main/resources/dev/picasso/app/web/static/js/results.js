import { api } from './api.js';
import { believeAll } from './believe.js';
import { byId, h } from './dom.js';
import { count, words } from './format.js';
import { figureButton } from './figure.js';
import { finish } from './figures.js';

/** So many columns share the width: two of them leave room for the next image's row beside them. */
const share = (columns) => (columns <= 2 ? 4 : columns);

/** What made the results, as one line. */
export function madeBy(state, run) {
  const method = state.get('methods').find((m) => m.id === run.visualization);
  const model = state.get('models').find((m) => m.id === run.model);
  const settings = Object.entries(run.settings).flatMap(([name, value]) => {
    const { label = name, kind } = method?.settings.find((s) => s.name === name) ?? {};
    if (value === '' || (kind === 'region' && !model?.places)) return []; // it means nothing there
    return `${label.toLowerCase()} ${kind === 'text' ? value : words(value)}`;
  });
  return [`${method?.title ?? run.visualization} of ${model?.title ?? run.model}`, ...settings].join(' · ');
}

/** The results: a row for each image, filled as they come. */
export function results(state, work) {
  const head = byId('run-head');
  const rows = byId('rows');
  let shown = '';
  let filled = new Set();

  const showHead = () => {
    const run = state.get('run');
    head.hidden = !run;
    if (!run) return;
    const parts = [h('p', { class: 'settings-line' }, madeBy(state, run))];
    const ready = run.state !== 'running' && state.get('arrived').length > 0;
    parts.push(h('div', { class: ready ? 'links' : 'links later' },
      believeAll(state, work, run),
      figureButton(run),
      h('a', { href: api.resultsZip(run.id), download: '' }, 'Save all (zip)'),
      h('a', { href: `${api.resultsJson(run.id)}?download`, download: '' }, 'Save numbers (JSON)')));
    if (run.problem) parts.push(h('p', { class: 'problem', role: 'alert' }, run.problem));
    if (run.state === 'cancelled') {
      parts.push(h('p', { class: 'facts' }, `Cancelled: ${state.get('arrived').length} of ${count(run.images.length, 'image')} finished.`));
    }
    head.replaceChildren(...parts);
  };

  const waiting = (image) =>
    h('table', { class: 'row-table' },
      h('thead', {}, h('tr', {}, h('th', { class: 'name', scope: 'row', title: image.image }, image.image))),
      h('tbody', {}, h('tr', {}, h('td', { class: 'original-cell' },
        h('img', { class: 'picture', src: api.picture(image.imageId), alt: image.image, width: image.imageWidth, height: image.imageHeight, loading: 'lazy' }), h('p', { class: 'waiting' }, 'waiting')))));

  const fill = async (run, index) => {
    if (filled.has(index)) return;
    filled.add(index);
    const row = rows.children[index];
    try {
      const html = await api.row(run.id, index);
      if (shown !== run.id) return;
      row.innerHTML = html;
      row.removeAttribute('aria-busy');
      finish(row);
      const columns = Math.max(...[...rows.querySelectorAll('.row:not([aria-busy]) .row-table > thead > tr')].map((tr) => tr.cells.length));
      rows.style.setProperty('--columns', share(columns));
    } catch (error) {
      filled.delete(index);
      row.querySelector('.waiting')?.replaceChildren(h('p', { class: 'problem' }, error.message));
    }
  };

  /** Rows of an ended run that will not come say so. */
  const showUnmade = (run) => run.images.forEach((image, i) => {
    if (image.pending) rows.children[i].querySelector('.waiting')?.replaceChildren('not made');
  });

  state.on(['run'], () => {
    const run = state.get('run');
    if ((run?.id ?? '') !== shown) {
      shown = run?.id ?? '';
      filled = new Set();
      rows.replaceChildren(...(run?.images ?? []).map((image, i) =>
        h('article', { class: 'row', 'data-index': i, 'aria-label': image.image, 'aria-busy': 'true' }, waiting(image))));
      finish(rows);
      byId('scroller').scrollTo(0, 0);
    }
    if (run && run.state !== 'running') showUnmade(run);
  });
  state.on(['run', 'arrived'], () => {
    const run = state.get('run');
    if (run) for (const index of state.get('arrived')) fill(run, index);
  });
  state.on(['run', 'arrived', 'models', 'methods'], showHead);
}
