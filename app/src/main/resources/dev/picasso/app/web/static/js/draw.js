/** How much of the picture shows where the model sees nothing, or where it is masked. */
const DARK = 0.35;
const LEVELS = [0.25, 0.5, 0.75]; // strengths at which lines of equal value run
const STEPS = 256;

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** Colours between equally spaced ones, as red, green, blue by turns. */
export function colourTable(stops) {
  const given = stops.map(channels);
  const table = new Uint8ClampedArray(3 * STEPS);
  for (let i = 0; i < STEPS; i++) {
    const place = (i / (STEPS - 1)) * (given.length - 1);
    const below = Math.min(Math.floor(place), given.length - 2);
    for (let c = 0; c < 3; c++) table[3 * i + c] = Math.round(given[below][c] + (place - below) * (given[below + 1][c] - given[below][c]));
  }
  return table;
}

/** A percentile of the absolute values of maps together, between two of them in proportion; 0 of none. */
export function percentileOfAbsolute(maps, percentile) {
  const sizes = new Float32Array(maps.reduce((sum, map) => sum + map.values.length, 0));
  let n = 0;
  for (const { values } of maps) for (const value of values) if (Number.isFinite(value)) sizes[n++] = Math.abs(value);
  if (!n) return 0;
  const sorted = sizes.subarray(0, n).sort();
  const place = (percentile / 100) * (n - 1);
  const below = Math.floor(place);
  return sorted[below] + (place - below) * (sorted[Math.min(below + 1, n - 1)] - sorted[below]);
}

/** A map with one part of its numbers: those above zero, those below, or all without their sign. */
export function partOf(map, sign) {
  const of = { positive: (v) => (v < 0 ? 0 : v), negative: (v) => (v > 0 ? 0 : -v), size: Math.abs }[sign];
  return of ? { ...map, values: map.values.map(of) } : map;
}

/** A map blurred by a Gaussian; sigma in cells. Numbers that are none do not count. */
export function blurred(map, sigma) {
  if (!(sigma > 0)) return map;
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const along = ({ width, height, values }, step, count, other) => {
    const out = new Float32Array(values.length);
    for (let o = 0; o < other; o++) {
      for (let i = 0; i < count; i++) {
        const at = step === 1 ? o * width + i : i * width + o;
        let sum = 0;
        let weight = 0;
        for (let k = -reach; k <= reach; k++) {
          const value = values[at + (Math.min(count - 1, Math.max(0, i + k)) - i) * step];
          if (Number.isNaN(value)) continue;
          sum += weights[k + reach] * value;
          weight += weights[k + reach];
        }
        out[at] = weight > 0 ? sum / weight : NaN;
      }
    }
    return { width, height, values: out };
  };
  return along(along(map, 1, map.width, map.height), map.width, map.height, map.width);
}

/** For each pixel along a side: the cells it lies between, and how far; -1 where the model sees nothing. */
function taps(pixels, cells, [from, to], [first, last], smooth) {
  const below = new Int32Array(pixels);
  const above = new Int32Array(pixels);
  const part = new Float32Array(pixels);
  for (let p = 0; p < pixels; p++) {
    const seen = ((p + 0.5) / pixels - from) / (to - from);
    if (seen < 0 || seen >= 1) {
      below[p] = -1;
      continue;
    }
    const place = ((seen - first) / (last - first)) * cells - (smooth ? 0.5 : 0);
    const inside = Math.min(cells - 1, Math.max(0, place));
    below[p] = Math.floor(inside);
    above[p] = smooth ? Math.min(cells - 1, below[p] + 1) : below[p];
    part[p] = smooth ? inside - below[p] : 0;
  }
  return { below, above, part };
}

/** The map's number at each pixel; NaN where there is none. */
function placed(map, seen, covers, width, height, smooth) {
  const across = taps(width, map.width, [seen[0], seen[2]], [covers[0], covers[2]], smooth);
  const down = taps(height, map.height, [seen[1], seen[3]], [covers[1], covers[3]], smooth);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = down.below[y] * map.width;
    const bottom = down.above[y] * map.width;
    for (let x = 0; x < width; x++) {
      if (down.below[y] < 0 || across.below[x] < 0) {
        out[y * width + x] = NaN;
        continue;
      }
      const l = across.below[x];
      if (!smooth) {
        out[y * width + x] = map.values[top + l];
        continue;
      }
      const r = across.above[x];
      const f = across.part[x];
      const upper = map.values[top + l] * (1 - f) + map.values[top + r] * f;
      const lower = map.values[bottom + l] * (1 - f) + map.values[bottom + r] * f;
      out[y * width + x] = upper * (1 - down.part[y]) + lower * down.part[y];
    }
  }
  return out;
}

/**
 * Draws a map over its picture, as the engine's drawings do.
 *
 * @param data the picture's pixels, which the drawing replaces
 * @param map its numbers, `seen` the part of the picture that the model sees, `covers` the part of that which it covers
 * @param look `low`, `high`, `diverging`, `colours` (a table), `blending`, `opacity`, `threshold`, `smooth`
 */
export function draw({ data, width, height }, { map, seen, covers }, look) {
  const { low, high, diverging, colours, blending, opacity, threshold, smooth } = look;
  const numbers = placed(map, seen, covers, width, height, smooth);
  const neutral = diverging ? (low + high) / 2 : low;
  const some = high > low;
  const strengthAt = (i) => (some ? Math.min(1, Math.max(-1, (numbers[i] - neutral) / (high - neutral))) : 0);
  const band = (i) => {
    const s = strengthAt(i);
    return Math.sign(s) * LEVELS.filter((level) => Math.abs(s) >= level).length;
  };
  for (let i = 0, at = 0; i < numbers.length; i++, at += 4) {
    const value = numbers[i];
    if (Number.isNaN(value)) {
      if (blending === 'map') data[at + 3] = 0;
      else for (let c = 0; c < 3; c++) data[at + c] *= DARK;
      continue;
    }
    const strength = strengthAt(i);
    if (blending === 'masked') {
      if (strength >= threshold) continue;
      const light = DARK * (0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]);
      data[at] = data[at + 1] = data[at + 2] = light;
      continue;
    }
    let over = blending === 'map' ? 1 : blending === 'strength' ? opacity * Math.abs(strength) : opacity;
    if (blending === 'contour') {
      const here = band(i);
      const x = i % width;
      const edge = (x + 1 < width && band(i + 1) !== here) || (i + width < numbers.length && band(i + width) !== here);
      over = edge ? 1 : 0;
    }
    if (over === 0) continue;
    const share = some ? Math.min(1, Math.max(0, (value - low) / (high - low))) : diverging ? 0.5 : 0;
    const colour = 3 * Math.round(share * (STEPS - 1));
    for (let c = 0; c < 3; c++) data[at + c] = data[at + c] * (1 - over) + colours[colour + c] * over;
    data[at + 3] = 255;
  }
}
