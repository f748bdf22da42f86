/**
 * Asks for one thing at a time. What is wanted while an answer is on its way is not queued up: when that is
 * there, the last is asked for, and all before it are dropped.
 *
 * @param ask takes what is wanted, and resolves when it is answered; it does not fail
 * @returns wants something; nothing at all means that what was wanted last is not wanted any more
 */
export function latest(ask) {
  let asking = false;
  let next;

  return async (wanted) => {
    next = wanted;
    if (asking) return;
    asking = true;
    while (next) {
      const now = next;
      next = undefined;
      await ask(now);
    }
    asking = false;
  };
}
