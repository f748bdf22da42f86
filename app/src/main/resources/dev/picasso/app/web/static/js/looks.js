import { blurred, partOf, percentileOfAbsolute } from './draw.js';

/** Settings of methods that say how maps are drawn; the page does that itself. */
const DRAWING = ['scaling', 'blending', 'transparency', 'percentile', 'smoothing', 'colours', 'threshold'];

/** Whether a setting of a method only says how its maps are drawn. */
export const isDrawing = (method, name) => DRAWING.includes(name) && method.settings.some((s) => s.name === 'blending');

/** What a person may choose of a display; empty is as the maps were made. */
export const AS_MADE = { blending: '', opacity: '', percentile: '', scale: '', sign: '', colours: '', smoothing: '', threshold: '', smooth: '' };

export const isDiverging = (colours) => ['diverging', 'purple_orange'].includes(colours);

/** Where a map is clipped that no setting tells of; its scale says it. */
const clippedAt = (figure) => figure?.querySelector('.scale')?.dataset.meaning?.match(/clipped at the ([\d.]+)/)?.[1] ?? '100';

/** How the maps of a run were made. */
export function madeLook(run, figure) {
  const { blending = 'overlay', transparency = '0', colours = 'inferno' } = figure?.dataset ?? {};
  return {
    blending: blending.replace('side-by-side', 'overlay'),
    opacity: String(1 - Number(transparency)),
    percentile: run.settings.percentile ?? clippedAt(figure),
    scale: run.settings.scaling === 'own' ? 'map' : 'row',
    sign: '',
    colours: figure?.querySelector('.scale')?.dataset.colours ?? colours,
    smoothing: run.settings.smoothing ?? '0',
    threshold: run.settings.threshold ?? '0.5',
    smooth: '',
  };
}

/** What is chosen, and else as it was made. */
export const looked = (display, made) =>
  Object.fromEntries(Object.keys(AS_MADE).map((key) => [key, display[key] === '' ? made[key] : display[key]]));

/** Whether anything that decides the scale differs from how the maps were made. */
const isRescaled = (display) => ['percentile', 'scale', 'sign', 'smoothing'].some((key) => display[key] !== '');

/** The numbers of a map as they are shown. */
export function shownNumbers(map, look) {
  const sigma = Math.min(1, Number(look.smoothing)) * Math.min(map.width, map.height); // an address may hold any number
  return blurred(partOf(map, look.sign), sigma);
}

/**
 * The scale of a map among those that it shares it with.
 *
 * @param made low, high and colours as they were made
 * @param group the numbers of all that share the scale, as they are shown
 */
export function scaleOf(display, look, made, group) {
  const signed = isDiverging(made.colours);
  const diverging = signed && look.sign === '';
  const wanted = display.colours;
  const colours = wanted !== '' && isDiverging(wanted) === diverging ? wanted : diverging === signed ? made.colours : 'inferno';
  const spanning = !signed && made.low !== 0;
  if (!isRescaled(display) || !group.length) return { low: made.low, high: made.high, colours, diverging, clipped: undefined };
  if (spanning) {
    const values = group.flatMap((map) => [...map.values].filter(Number.isFinite));
    const [low, high] = values.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [Infinity, -Infinity]);
    return { low, high, colours, diverging: false, clipped: 100 };
  }
  const percentile = Number(look.percentile);
  const end = percentileOfAbsolute(group, percentile);
  const high = end > 0 ? end : percentileOfAbsolute(group, 100);
  return { low: diverging ? -high : 0, high, colours, diverging, clipped: end > 0 ? percentile : 100 };
}
