/**
 * One class against another, as the state and the address hold it: "7-1". The server has it as {class: 7, against: 1}.
 */
const PAIR = /^(\d{1,9})-(\d{1,9})$/;

/** The two classes of a pair; undefined where the classes are no pair. */
export function pairOf(classes) {
  const [, of, against] = PAIR.exec(classes) ?? [];
  return of === undefined ? undefined : { class: Number(of), against: Number(against) };
}

/** A pair as the state has it. */
export const pairText = (pair) => `${pair.class}-${pair.against}`;
