const GREYS = { grey: '#808080', black: '#000', white: '#fff' };
const BLUR = 0.05; // of the shorter side, as the engine blurs
const SAMPLED = 64; // pixels a side of which a mean is taken

function mean(picture) {
  const context = new OffscreenCanvas(SAMPLED, SAMPLED).getContext('2d');
  context.drawImage(picture, 0, 0, SAMPLED, SAMPLED);
  const { data } = context.getImageData(0, 0, SAMPLED, SAMPLED);
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++) if (i % 4 < 3) sums[i % 4] += data[i];
  return `rgb(${sums.map((sum) => Math.round((4 * sum) / data.length)).join(' ')})`;
}

/** Each pixel is one of the picture's, at random. */
function scattered(context, width, height) {
  const image = context.getImageData(0, 0, width, height);
  const from = new Uint32Array(image.data.slice().buffer);
  const to = new Uint32Array(image.data.buffer);
  for (let i = 0; i < to.length; i++) to[i] = from[Math.floor(Math.random() * from.length)];
  context.putImageData(image, 0, 0);
}

/**
 * What would hide a picture, all of it, as far as a screen shows it: the engine's is of the size that the model sees.
 *
 * @param picture loaded
 * @param fill grey, black, white, mean, blur or noise
 */
export function coverOf(picture, fill, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: fill === 'noise' });
  if (fill === 'noise' || fill === 'blur') {
    context.drawImage(picture, 0, 0, width, height); // shows at the edges, where a blur has nothing to take
    context.filter = fill === 'blur' ? `blur(${BLUR * Math.min(width, height)}px)` : 'none';
    context.drawImage(picture, 0, 0, width, height);
    if (fill === 'noise') scattered(context, width, height);
  } else {
    context.fillStyle = GREYS[fill] ?? mean(picture);
    context.fillRect(0, 0, width, height);
  }
  return canvas;
}
