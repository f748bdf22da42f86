const LONGEST = 384; // pixels of a mask's longer side
const HALF = 128;

/** What somebody paints over a picture: strokes, some of which rub out what is there, and the last of which can be undone; and the mask that they make. */
export class Painting {
  #strokes = [];

  /** @param picture its attributes tell how many pixels it has */
  constructor(picture) {
    const wide = Number(picture.getAttribute('width'));
    const high = Number(picture.getAttribute('height'));
    const factor = LONGEST / Math.max(wide, high);
    this.canvas = new OffscreenCanvas(Math.max(1, Math.round(wide * factor)), Math.max(1, Math.round(high * factor)));
    this.context = this.canvas.getContext('2d', { willReadFrequently: true });
    Object.assign(this.context, { lineCap: 'round', lineJoin: 'round' });
  }

  /** Whether there is no stroke. */
  get isEmpty() {
    return !this.#strokes.length;
  }

  /** Whether nothing is left of the strokes. */
  get isBlank() {
    return this.runs().counts.length === 1;
  }

  /**
   * Begins a stroke.
   *
   * @param at in shares of the picture
   * @param size of the brush, as a share of the longer side
   * @param rubber whether it takes away what is painted
   */
  begin(at, size, rubber = false) {
    this.#strokes.push({ size, rubber, places: [at] });
    this.#draw({ size, rubber, places: [at, at] });
  }

  /** Goes on with the last stroke. */
  to(at) {
    const { size, rubber, places } = this.#strokes.at(-1);
    places.push(at);
    this.#draw({ size, rubber, places: places.slice(-2) });
  }

  /** Takes the last stroke away. */
  undo() {
    this.#strokes.pop();
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const { size, rubber, places } of this.#strokes) this.#draw({ size, rubber, places: [places[0], ...places] });
  }

  #draw({ size, rubber, places: [first, ...rest] }) {
    const { width, height } = this.canvas;
    this.context.globalCompositeOperation = rubber ? 'destination-out' : 'source-over';
    this.context.lineWidth = Math.max(1, size * Math.max(width, height));
    this.context.beginPath();
    this.context.moveTo(first.x * width, first.y * height);
    for (const { x, y } of rest) this.context.lineTo(x * width, y * height);
    this.context.stroke();
  }

  /** The mask as run lengths of COCO: down the columns, how many pixels are out, in, out, and so on. */
  runs() {
    const { width, height } = this.canvas;
    const { data } = this.context.getImageData(0, 0, width, height);
    const counts = [0];
    let painted = false;
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        if ((data[4 * (y * width + x) + 3] >= HALF) !== painted) {
          painted = !painted;
          counts.push(0);
        }
        counts[counts.length - 1]++;
      }
    }
    return { size: [height, width], counts };
  }
}
