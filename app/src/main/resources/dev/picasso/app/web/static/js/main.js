import { api } from './api.js';
import { choices, follow, read } from './address.js';
import { believe } from './believe.js';
import { camera } from './camera.js';
import { canvases } from './canvases.js';
import { catalogue } from './catalogue.js';
import { disagreement } from './disagreement.js';
import { display } from './display.js';
import { byId, say, wake } from './dom.js';
import { enlarge } from './enlarge.js';
import { input } from './input.js';
import { inputsOf } from './inputs-field.js';
import { intake } from './intake.js';
import { labelling } from './labelling.js';
import { forgetLast, lastLookedAt } from './last.js';
import { menu } from './menu.js';
import { methods } from './methods.js';
import { models } from './models.js';
import { order } from './order.js';
import { pointer } from './pointer.js';
import { plugins } from './plugins.js';
import { progress } from './progress.js';
import { results } from './results.js';
import { runImages } from './run-images.js';
import { classesOf, runs, topOf } from './runs.js';
import { settings } from './settings.js';
import { State } from './state.js';
import { firstModel, story } from './story.js';
import { tally } from './tally.js';
import { themeButton } from './theme-button.js';
import { tray } from './tray.js';
import { Truth } from './truth.js';
import { verdicts } from './verdicts.js';
import { walk } from './walk.js';
import { whatIf } from './whatif.js';

const state = new State();
const rows = byId('rows');

const picker = models(state);
const shelf = catalogue(state);
methods(state);
const form = settings(state);
const truth = new Truth(state);
const images = tray(state);
runImages(state);
labelling(state, truth);
const work = runs(state, form);
progress(state, work.cancel);
const drawing = canvases(state, rows);
const lens = pointer(rows, (zoom) => { drawing.draw(); shows.zoomed(zoom); });
const shows = display(state, drawing, lens);
const judged = verdicts(state, truth, rows);
const counted = tally(state, rows, judged.of);
const ordered = order(state, rows);
const differing = disagreement(state, rows, byId('disagreement'));
state.on(['labels'], ordered.sort);
results(state, work, (row) => { judged.take(row); ordered.take(row); supposed.take(row); counted.count(); differing.count(); drawing.draw(); shows.show(); });
state.on(['run'], () => { if (state.get('run')?.state !== 'running') ordered.sort(); });
state.on(['run'], shows.show);
believe(state, work, rows);
const supposed = whatIf(state, rows);
story(state, images, work, shelf.open);
menu(rows, drawing);
walk(rows);
enlarge(state, rows, drawing);
const given = input(state);
camera(byId('camera'), images.upload);
intake(picker.open, images.upload, given.take, (file) => truth.takeTable(file, false));

byId('settings').addEventListener('submit', (event) => {
  event.preventDefault();
  work.explain();
});

themeButton();

byId('help').addEventListener('click', () => byId('help-text').showModal());

byId('reset').addEventListener('click', () => {
  say(byId('ask-text'), 'Start over? Images and models that you opened will be gone. Finished runs stay.');
  byId('ask').returnValue = 'no';
  byId('ask').showModal();
});
byId('ask').addEventListener('close', async () => {
  if (byId('ask').returnValue !== 'yes') return;
  try {
    await api.reset();
  } catch (error) {
    say(byId('explain-problem'), error.message);
    return;
  }
  forgetLast();
  location.assign('/');
});

/** What a run was asked for, as an address would hold it. */
const asked = (run, given) => ({
  ...given, model: run.model, method: run.visualization, settings: run.settings, top: topOf(run, state.get('models').find(({ id }) => id === run.model), state.get('methods').find(({ id }) => id === run.visualization)), classes: classesOf(run), inputs: inputsOf(run),
});

let steps = 0; // back and forth; an earlier one that is answered late gives way

/** Makes the page show what an address holds; one that names a run alone means the choices of that. */
async function restore(given) {
  const mine = ++steps;
  const run = given.run && !given.model ? await api.run(given.run).catch(() => null) : null;
  if (mine !== steps) return;
  state.set(choices(state, run ? asked(run, given) : given));
  if (given.run) await work.restore(given.run);
  else work.forget();
}

try {
  const [served, known, sent] = await Promise.all([api.models(), api.visualizations(), api.images()]);
  state.set({ models: served, methods: known.visualizations, images: sent });
  state.set({ first: firstModel(state) });
  await restore(read(location.search || lastLookedAt()));
  shelf.load();
  plugins(state);
  const panel = new URLSearchParams(location.search).get('panel'); // a link from elsewhere to the control that it is about
  follow(state, restore);
  wake();
  if (panel !== null && state.model()) given.reach(panel);
} catch (error) {
  say(byId('explain-problem'), error.message);
  wake();
}
