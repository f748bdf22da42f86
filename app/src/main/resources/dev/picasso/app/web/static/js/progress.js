import { byId, say } from './dom.js';
import { count, duration } from './format.js';

const QUICK = 150; // milliseconds within which work may finish without a word

/** What is said to those who do not see the line: rarely enough to be listened to. */
function spoken(run, finished) {
  if (!run) return '';
  const of = `${finished} of ${count(run.images.length, 'image')}`;
  if (run.state === 'running') return finished ? `${of} explained` : 'Explaining';
  return { done: `Done, ${count(finished, 'image')} explained`, cancelled: `Cancelled, ${of} explained`, interrupted: `Interrupted, ${of} explained`, failed: 'The run failed' }[run.state];
}

/** The line at the bottom: how far the run is, and the way to end it. */
export function progress(state, cancel) {
  const line = byId('status');
  let soon = 0;

  const show = () => {
    const { progress: share, secondsLeft, finished, total, ahead } = state.get('progress') ?? {};
    byId('status-bar').value = share ?? 0;
    const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
    const waiting = ahead ? `waiting for ${count(ahead, 'other run')}: ` : ahead === 0 ? 'waiting, next in turn: ' : 'running: ';
    say(byId('status-text'), total === undefined ? '' : `${waiting}${finished} of ${total} ${total === 1 ? 'image' : 'images'}${left}`);
  };

  state.on(['run'], () => {
    clearTimeout(soon);
    if (state.get('run')?.state !== 'running') line.hidden = true;
    else soon = setTimeout(() => { line.hidden = false; }, QUICK);
  });
  state.on(['progress'], show);
  state.on(['run', 'arrived'], () => {
    const words = spoken(state.get('run'), state.get('arrived').length);
    if (byId('spoken').textContent !== words) byId('spoken').textContent = words;
  });
  byId('cancel').addEventListener('click', cancel);
}
