import { array } from './arrays.js';

/**
 * Reads a map's array where the pointer is.
 *
 * @param address of the array
 * @param seen the part of the picture that the model sees, as "left top right bottom" in shares of the picture
 * @param covers the part of that which the array covers, in shares of it; numbers at its edges go on to the edges
 * @returns what tells the number at a place, in shares of the picture; undefined where the model saw nothing
 */
export async function readings(address, seen = '0 0 1 1', covers = '0 0 1 1') {
  const [left, top, right, bottom] = seen.split(' ').map(Number);
  const [west, north, east, south] = covers.split(' ').map(Number);
  const inside = (share) => share >= 0 && share < 1;
  const cell = (share, from, to, count) => Math.min(count - 1, Math.max(0, Math.floor(((share - from) / (to - from)) * count)));
  const { height, width, values } = await array(address);
  return (x, y) => {
    const across = (x - left) / (right - left);
    const down = (y - top) / (bottom - top);
    if (!inside(across) || !inside(down)) return undefined;
    const value = values[cell(down, north, south, height) * width + cell(across, west, east, width)];
    return Number.isNaN(value) ? undefined : value;
  };
}
