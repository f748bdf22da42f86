import { byId, say } from './dom.js';
import { duration } from './format.js';

const QUICK = 150; // milliseconds within which work may finish without a word

/** The line at the bottom: how far the run is, and the way to end it. */
export function progress(state, cancel) {
  const line = byId('status');
  let soon = 0;

  const show = () => {
    const { progress: share, secondsLeft, finished, total } = state.get('progress') ?? {};
    byId('status-bar').value = share ?? 0;
    const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
    say(byId('status-text'), total === undefined ? '' : `running: ${finished} of ${total} ${total === 1 ? 'image' : 'images'}${left}`);
  };

  state.on(['run'], () => {
    clearTimeout(soon);
    if (state.get('run')?.state !== 'running') line.hidden = true;
    else soon = setTimeout(() => { line.hidden = false; }, QUICK);
  });
  state.on(['progress'], show);
  byId('cancel').addEventListener('click', cancel);
}
