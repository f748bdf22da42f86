const MAGIC = '\x93NUMPY';

/** The numbers of a .npy file as Picasso writes them: float32 [height, width], row by row. */
function parse(buffer) {
  const start = new DataView(buffer);
  const text = String.fromCharCode(...new Uint8Array(buffer, 0, 6));
  if (text !== MAGIC) throw new Error('no array');
  const begin = 10 + start.getUint16(8, true);
  const header = new TextDecoder().decode(new Uint8Array(buffer, 10, begin - 10));
  const [height, width] = header.match(/\((\d+), (\d+)\)/).slice(1).map(Number);
  return { height, width, values: new Float32Array(buffer.slice(begin)) };
}

/**
 * Reads a map's array where the pointer is.
 *
 * @param address of the array
 * @param seen the part of the picture that the array covers, as "left top right bottom" in shares of the picture
 * @returns what tells the number at a place, in shares of the picture; undefined where the model saw nothing
 */
export async function readings(address, seen) {
  const [left, top, right, bottom] = seen.split(' ').map(Number);
  const { height, width, values } = parse(await (await fetch(address)).arrayBuffer());
  return (x, y) => {
    const column = Math.floor(((x - left) / (right - left)) * width);
    const row = Math.floor(((y - top) / (bottom - top)) * height);
    if (column < 0 || column >= width || row < 0 || row >= height) return undefined;
    const value = values[row * width + column];
    return Number.isNaN(value) ? undefined : value;
  };
}
