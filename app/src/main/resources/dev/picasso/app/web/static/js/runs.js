import { api } from './api.js';
import { byId, say } from './dom.js';
import { count } from './format.js';
import { asked, inputsOf } from './inputs-field.js';
import { isDrawing } from './looks.js';
import { pairOf, pairText } from './pairs.js';
import { MANY, usualTop } from './state.js';
import { TRUE_LABELS } from './truth.js';

const NO_IMAGE = 'Add an image first: drop one, paste one, or use the samples.';

/** Indexes of the images that have results. */
const finished = (run) => run.images.map((image, i) => (image.pending ? -1 : i)).filter((i) => i >= 0);

const alike = (text, other) => text === other || (text !== '' && Number(text) === Number(other));

/** The classes that a run was asked for, as the state has them. */
export const classesOf = ({ classes = [] }) => (classes.against === undefined ? [classes].flat().join() : pairText(classes));

/** The classes of the state as the server is asked for them. */
const wantedOf = (classes) => (classes === TRUE_LABELS ? classes : pairOf(classes) ?? classes.split(',').map(Number));

/** Whether it was known of its images what is known now, where that matters. */
const isOfLabels = (run, labels) => run.classes !== TRUE_LABELS
  || run.images.every(({ imageId, label = '' }) => (labels.get(imageId) ?? label) === label);

/** Whether a model is given now what it was given then, as far as that is known. */
const givenAlike = (then, model) => !then.given || !model?.given || then.given === model.given;

/** The same of the models beside it. */
const othersAlike = ({ othersGiven = {} }, models) =>
  Object.entries(othersGiven).every(([id, given]) => givenAlike({ given }, models.find((m) => m.id === id)));

/** Titles of the models of a run that are not among those of the page: its own first, then those beside it. */
export function missingModels(run, state) {
  const there = new Set(state.get('models').map(({ id }) => id));
  const wanted = [[run.model, run.modelTitle], ...Object.keys(run.othersGiven ?? {}).map((id) => [id])];
  return there.size ? wanted.filter(([id]) => !there.has(id)).map(([id, title = id]) => title) : [];
}

/** How many classes it would have been asked for where nobody chose. */
const usualOf = ({ images }, model, method) => (images.length > MANY ? usualTop(model, images.length, method) : String(method?.top ?? model?.top));

/** How many classes somebody chose for a run, as the state has it. */
export const topOf = (run, model, method) => (!model || run.classes || String(run.top) === usualOf(run, model, method) ? '' : String(run.top));

/** Whether the results of a run are of the model, its input, the method and the settings that are chosen now. */
export function isOfChoices(run, state) {
  const method = state.method();
  const settings = Object.entries(state.get('settings')).filter(([name]) => !method || !isDrawing(method, name));
  return Boolean(run.model === state.get('model') && run.visualization === state.get('method')
    && settings.every(([name, value]) => alike(value, run.settings[name]))
    && givenAlike(run, state.model()) && othersAlike(run, state.get('models'))
    && state.get('inputs') === inputsOf(run)
    && state.get('classes') === classesOf(run) && isOfLabels(run, state.get('labels'))
    && (run.classes || (state.get('top') || usualOf(run, state.model(), state.method())) === String(run.top)));
}

/** Whether a run answers what the page asks now, so that explaining again would bring nothing new. */
function answers(run, state) {
  const images = state.usable().map((image) => image.id);
  return ['running', 'done'].includes(run.state) && isOfChoices(run, state)
    && images.sort().join() === run.images.map((image) => image.imageId).sort().join();
}

const standing = ({ progress, secondsLeft, finished: done, total }) => ({ progress, secondsLeft, finished: done, total });

/**
 * Starts, follows and cancels runs. The state's `run` is the one that is shown, `arrived` the
 * indexes of its finished images, `progress` how far it is.
 */
export function runs(state, form) {
  const button = byId('explain');
  const problem = byId('explain-problem');
  const oneColumn = matchMedia('(max-width: 760px)');
  let events = null;
  let wanted = ''; // the run that an address asked for last; answers about others come too late
  let refreshed = 0; // how often the server was asked how a run stands; an earlier answer may come later
  let pressed = 0; // how often somebody asked to explain; of two presses the later counts

  const isShown = (run) => state.get('run')?.id === run.id;

  const take = (run) => state.set({ run, arrived: finished(run), progress: standing(run) });

  const leave = () => {
    events?.close();
    events = null;
    refreshed++; // what was asked before is of no use
  };

  const refresh = async (run) => {
    const mine = ++refreshed;
    const isLast = () => mine === refreshed && isShown(run);
    try {
      const now = await api.run(run.id);
      if (isLast()) take(now);
      return now;
    } catch (error) {
      if (isLast()) state.set({ run: { ...state.get('run'), state: 'failed', problem: error.message } });
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

  /** In one column results stand far below what was pressed. */
  const reach = () => { if (oneColumn.matches) byId('results').scrollIntoView(); };

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
    const run = state.get('run');
    const made = Boolean(run) && answers(run, state);
    button.classList.toggle('next', images > 0 && !made);
    const current = run?.state === 'running' ? 'At work on these choices.' : 'The results are of these choices.';
    byId('explain-hint').textContent =
      images === 0 ? 'Needs at least one image.' : made ? current : `Explains ${count(images, 'image')}.`;
  };
  state.on(['models', 'model', 'method', 'settings', 'top', 'classes', 'inputs', 'images', 'labels', 'run'], showButton);
  state.on(['images'], () => { if (problem.textContent === NO_IMAGE) say(problem, ''); });

  return {
    cancel,
    /** Explains these images, as a rule all of the tray, with the choices of the page. */
    async explain(images = state.usable()) {
      form.clear();
      say(problem, '');
      if (!images.length) return say(problem, NO_IMAGE);
      wanted = '';
      const mine = ++pressed;
      if (state.get('run')?.state === 'running') await cancel();
      const top = state.get('top') || (images.length > MANY ? usualTop(state.model(), images.length, state.method()) : '');
      const classes = state.get('classes');
      try {
        const run = await api.start({
          model: state.get('model'),
          visualization: state.get('method'),
          images: images.map((image) => image.id),
          settings: state.get('settings'),
          inputs: asked(state.get('inputs')),
          ...(top === '' ? {} : { top: Number(top) }),
          ...(classes === '' ? {} : { classes: wantedOf(classes) }),
        });
        if (mine === pressed) {
          state.set({ reopened: false });
          show(run);
          return reach();
        }
        return await api.cancel(run.id).catch(() => {}); // it ends by itself, too
      } catch (error) {
        return say(problem, form.blame(error.problems.length ? error.problems : [error.message], error.settings).join('\n'));
      }
    },
    /** Goes on with the run that is shown; what is there of it stays, where all is as it was. */
    async rest() {
      say(problem, '');
      wanted = '';
      try {
        show(await api.restRun(state.get('run').id));
      } catch (error) {
        say(problem, error.message);
      }
    },
    /** Shows the results of a run that the address names. */
    async restore(id) {
      leave();
      wanted = id;
      say(problem, '');
      try {
        const run = await api.run(id);
        if (wanted !== id) return;
        state.set({ reopened: true });
        show(run);
      } catch (error) {
        if (wanted !== id) return;
        state.set({ run: null, arrived: [] });
        say(problem, error.status === 404 ? `There is no such run: it was deleted, or had not ended when Picasso did.${state.usable().length ? ' Explain makes it again.' : ''}` : error.message);
      }
    },
    forget() {
      leave();
      wanted = '';
      say(problem, '');
      state.set({ run: null, arrived: [], progress: null });
    },
  };
}
