/** A number for the end of a scale: three figures, no needless zeros. */
export function figures(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [digits, power] = value.toExponential(2).split('e');
    return `${minus(digits)} × 10${[...String(Number(power))].map((c) => RAISED[c]).join('')}`;
  }
  return minus(String(Number(value.toPrecision(3))));
}

/** A limit that a person sets, with all its digits: −1, 100000. */
export const plainly = (value) => minus(String(value));

const RAISED = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const minus = (text) => text.replace(/^-/, '−');

/** Seconds as people say them. */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 100 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

/** A size: 3.6 MB. A kB is a thousand bytes. */
export function size(bytes) {
  const [value, unit] = bytes < 999500 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toFixed(value < 9.95 ? 1 : 0)} ${unit}`;
}

export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** A moment as date and time of day, in the person's time zone: 2026-11-24 08:13. */
export function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const two = (n) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A choice of a setting as words: "max-of-absolute" is "max of absolute". */
export const words = (choice) => choice.replaceAll('-', ' ');

/** The number behind a fraction such as -1/255. */
export function numberOf(text) {
  const [above, below = '1'] = String(text).split('/');
  return Number(above) / Number(below);
}
