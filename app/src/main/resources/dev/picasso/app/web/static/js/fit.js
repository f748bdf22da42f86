import { byId } from './dom.js';

const GAP = 16; // between cells
const UNDER = 88; // what stands above and under a picture: head, colour bar, its numbers
const NARROW = 760;
const MOST_EXPECTED = 5;
const SMALLEST = 112; // with its gap: a picture of an inch
const SMALLEST_BESIDE = 160; // where rows stand side by side, which they need not
const COMFORTABLE = 192; // in narrower cells a colour bar with three numbers leaves no room beside it
const LARGEST = 440; // of many; wider rooms take more columns
const LARGEST_ALONE = 720;
const ALIGNED = 200; // rows; of more, a grid takes long whenever one comes

/**
 * How the cells of all rows stand best: a row in one line as long as its pictures are not too small to
 * be read, and as large as lets most of the screen be pictures.
 *
 * @param room width and height that there are for rows
 * @param rows how many there are
 * @param cells of the longest row
 * @param shape width of a picture to its height
 * @returns the width of a cell, and how many of a row stand side by side
 */
export function bestFit({ width, height }, { rows, cells, shape, smallest = SMALLEST }) {
  const most = rows > 1 ? LARGEST : LARGEST_ALONE;
  let best = { cell: Math.max(smallest, Math.min(most, width)), across: 1, seen: -1 };
  // So that a column is a class from the first row to the last; a row alone has no columns, and rather has larger pictures.
  const inOneLine = width >= cells * (rows > 1 ? smallest : COMFORTABLE);
  for (let across = inOneLine ? cells : 1; across <= cells; across++) {
    const lines = Math.ceil(cells / across);
    if (Math.ceil(cells / lines) !== across) continue; // as many lines with fewer side by side
    for (let beside = 1; beside <= rows; beside++) {
      const cell = Math.min(most, Math.floor(width / (across * beside)));
      if (cell < (beside > 1 ? SMALLEST_BESIDE : smallest)) break;
      const side = cell - GAP;
      const high = lines * (Math.min(side / shape, cell * 1.25) + UNDER);
      const fits = Math.min(1, height / high); // a row that is higher than the screen is seen in part
      const seen = Math.min(rows * cells, Math.max(1, height / high) * beside * cells * fits) * side * (side / shape) * fits * fits;
      if (seen >= best.seen) best = { cell, across, seen };
    }
  }
  return best;
}

/** A comparison has a column for each method and model. */
const columnsOf = ({ settings }) =>
  settings.methods === undefined || settings.models === undefined ? 1 : settings.methods.split(/,(?![^(]*\))/).length * (1 + settings.models.split(',').filter((m) => m.trim()).length);

/** How many cells a row of a run has, as far as one can tell before it is there. */
const expectedCells = (run) => 1 + (Array.isArray(run.classes) ? run.classes.length : run.classes ? 1 : Math.min(run.top ?? 2, MOST_EXPECTED)) * columnsOf(run);

/** Keeps the cells of the results as large as the room allows, whatever the screen. */
export function fit(state) {
  const scroller = byId('scroller');
  const rows = byId('rows');
  const found = new Map(); // what a run asks for to the cells that its rows had
  let last = '';

  /** Whether rows that stand side by side can have pictures of one height: of those that are cells alone. */
  const areAlike = () => rows.childElementCount <= ALIGNED
    && [...rows.children].every((row) => row.querySelector(':scope > .cells:only-child') || row.querySelector('.findings, .warnings'));

  const asked = (run) => JSON.stringify([run.visualization, run.top, run.classes, run.settings.methods, run.settings.models, run.inputs]);
  const expected = (run) => found.get(asked(run)) ?? expectedCells(run);

  const measure = () => {
    const images = state.get('run')?.images ?? [];
    if (!images.length || !scroller.clientWidth) return;
    const style = getComputedStyle(scroller);
    const width = scroller.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const narrow = innerWidth <= NARROW;
    const height = (narrow ? innerHeight : scroller.clientHeight) - 48;
    const counts = [...rows.querySelectorAll('.row:not([aria-busy]) .cells')].map((cells) =>
      [...cells.children].reduce((sum, cell) => sum + (cell.classList.contains('wide-cell') ? 2 : 1), 0));
    const run = state.get('run');
    if (counts.length) found.set(asked(run), Math.max(...counts));
    const cells = Math.max(2, expected(run));
    const shapes = images.map((image) => image.imageWidth / image.imageHeight).sort((a, b) => a - b);
    const shape = shapes[Math.floor(shapes.length / 2)] || 1;
    const { cell, across } = bestFit({ width, height }, { rows: images.length, cells, shape });
    const aligned = images.length > 1 && cells <= across && width >= 2 * across * cell && areAlike();
    const now = `${cell} ${across} ${aligned}`;
    if (now === last) return;
    last = now;
    rows.style.setProperty('--cell', `${cell}px`);
    rows.style.setProperty('--across', across);
    rows.classList.toggle('tight', cell < COMFORTABLE);
    rows.classList.toggle('aligned', aligned);
  };

  new ResizeObserver(measure).observe(scroller);
  state.on(['run'], measure);

  return { measure, expected };
}
