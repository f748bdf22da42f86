import { api } from './api.js';
import { byId, say } from './dom.js';
import { count } from './format.js';

/** Indexes of the images that have results. */
const finished = (run) => run.images.map((image, i) => (image.pending ? -1 : i)).filter((i) => i >= 0);

const standing = ({ progress, secondsLeft, finished: done, total }) => ({ progress, secondsLeft, finished: done, total });

/**
 * Starts, follows and cancels runs. The state's `run` is the one that is shown, `arrived` the
 * indexes of its finished images, `progress` how far it is.
 */
export function runs(state, form) {
  const button = byId('explain');
  const problem = byId('explain-problem');
  let events = null;
  let asked = ''; // the choices that the shown run was made from

  const choices = (images = state.usable()) => JSON.stringify(['model', 'method', 'settings', 'top'].map((key) => state.get(key))
    .concat(images.map((image) => image.id)));

  const isShown = (run) => state.get('run')?.id === run.id;

  const take = (run) => state.set({ run, arrived: finished(run), progress: standing(run) });

  const leave = () => {
    events?.close();
    events = null;
  };

  const refresh = async (run) => {
    try {
      const now = await api.run(run.id);
      if (isShown(run)) take(now);
      return now;
    } catch (error) {
      if (isShown(run)) state.set({ run: { ...state.get('run'), state: 'failed', problem: error.message } });
      return { state: 'failed' };
    }
  };

  const listen = (run) => {
    const source = api.events(run.id);
    events = source;
    source.addEventListener('progress', (event) => isShown(run) && state.set({ progress: standing(JSON.parse(event.data)) }));
    source.addEventListener('result', (event) => {
      const { index } = JSON.parse(event.data);
      const arrived = state.get('arrived');
      if (isShown(run) && !arrived.includes(index)) state.set({ arrived: [...arrived, index] });
    });
    source.addEventListener('end', () => {
      source.close();
      refresh(run);
    });
    source.addEventListener('error', async () => {
      // The browser connects anew by itself; it must not where the run has ended or is gone.
      if ((await refresh(run)).state !== 'running') source.close();
    });
  };

  const show = (run) => {
    leave();
    take(run);
    if (run.state === 'running') listen(run);
  };

  const cancel = async () => {
    const run = state.get('run');
    if (run?.state !== 'running') return;
    leave();
    state.set({ run: { ...run, state: 'cancelled' } });
    await api.cancel(run.id).catch(() => {}); // it ends by itself; the page has left it already
    refresh(run);
  };

  const showButton = () => {
    const images = state.usable().length;
    const made = asked === choices();
    button.classList.toggle('next', images > 0 && !made);
    byId('explain-hint').textContent =
      images === 0 ? 'Needs at least one image.' : made ? 'The results are of these choices.' : `Explains ${count(images, 'image')}.`;
  };
  state.on(['model', 'method', 'settings', 'top', 'images', 'run'], showButton);

  return {
    cancel,
    /** Explains these images, as a rule all of the tray, with the choices of the page. */
    async explain(images = state.usable()) {
      form.clear();
      say(problem, '');
      if (!images.length) return say(problem, 'Add an image first: drop one, paste one, or use the samples.');
      if (state.get('run')?.state === 'running') await cancel();
      const top = state.get('top');
      const now = choices(images);
      try {
        const run = await api.start({
          model: state.get('model'),
          visualization: state.get('method'),
          images: images.map((image) => image.id),
          settings: state.get('settings'),
          ...(top === '' ? {} : { top: Number(top) }),
        });
        asked = now;
        return show(run);
      } catch (error) {
        return say(problem, form.blame(error.problems.length ? error.problems : [error.message]).join('\n'));
      }
    },
    /** Shows the results of a run that the address names. */
    async restore(id) {
      leave();
      say(problem, '');
      try {
        const run = await api.run(id);
        const same = run.model === state.get('model') && run.visualization === state.get('method')
          && Object.entries(run.settings).every(([name, value]) => state.get('settings')[name] === value);
        asked = same ? choices() : '';
        show(run);
      } catch (error) {
        state.set({ run: null, arrived: [] });
        say(problem, error.status === 404 ? 'The results of this address are gone. Explain makes them again.' : error.message);
      }
    },
    forget() {
      leave();
      asked = '';
      say(problem, '');
      state.set({ run: null, arrived: [], progress: null });
    },
  };
}
