import { api } from './api.js';
import { byId, h } from './dom.js';
import { Visit, diagnosis } from './doctor.js';
import { known as sure } from './guess.js';
import { fields } from './input-fields.js';
import { namesOf } from './models.js';
import { CONTROLS, told } from './notes.js';
import { remedy, undo } from './numbers.js';
import { slots } from './slots.js';

/** Pictures of so few pixels are shown with each of them to be seen. */
const SMALL = 64;
const CRISP = 96; // the same of pictures as they are, as everywhere

/** Both pictures of one image: as it is, and as the network receives it. */
function pictures(model, input, image) {
  if (!image) return h('p', { class: 'hint' }, 'Add an image to see what the network gets of it.');
  const small = input.size && input.size.width <= SMALL && input.size.height <= SMALL;
  const given = api.givenPicture(model, image);
  const size = input.size ? `${input.size.width} × ${input.size.height}` : '';
  return h('div', { class: 'given' },
    h('figure', {}, h('img', { src: image.sample ?? api.picture(image.id), alt: `${image.name} as it is`, class: Math.max(image.width, image.height) <= CRISP && 'crisp' }), h('figcaption', {}, 'image')),
    h('figure', {}, h('img', { src: given, alt: `${image.name} as the network receives it`, class: small ? 'crisp' : '' }),
      h('figcaption', {}, `as given, ${size}`)));
}

/** The models that a comparison sets beside the chosen one, by their ids. */
const besideOf = ({ models = '' }) => models.split(',').map((id) => id.trim()).filter(Boolean);

/**
 * The panel that shows what the chosen model is given, or one that is compared with it, lets every part of it be changed, and asks the
 * doctor. Changes are kept with the model, for this person.
 */
export function input(state) {
  const panel = byId('input-panel');
  let shown = null; // what the server says of the input of the shown model
  let finding = null;
  let visit = null; // to the doctor, who is at work
  let problem = '';
  let notes = [];
  let busy = '';
  let subject = ''; // a model beside the chosen one, whose input is shown instead

  const known = (id) => state.get('models').find((model) => model.id === id);
  const about = () => (known(subject) ? subject : state.get('model'));

  const opener = h('button', { type: 'button', class: 'link', id: 'show-input', 'aria-expanded': 'false', 'aria-controls': 'input-panel' }, 'What it is given');
  byId('model-doing').prepend(opener);

  const image = () => {
    const first = state.usable()[0];
    if (first) return first;
    const sample = known(about())?.samples?.[0];
    return sample && { name: sample.name, sample: sample.url };
  };

  let mark; // of the input when it was asked for
  let draft = null; // labels that were sent and not taken

  const atOnce = (step) => step();
  let before = Promise.resolve();

  /** One by one: what a change is made of is what came of the change before. */
  const inTurn = (step) => {
    const mine = before.then(step);
    before = mine.catch(() => {});
    return mine;
  };

  /** Runs something that takes a moment, and says what went wrong with it. */
  const attempt = async (words, work, when = atOnce) => {
    const model = about();
    busy = words;
    problem = '';
    draw();
    try {
      await when(async () => {
        const answer = await work(model);
        if (model === about()) await answer?.();
      });
      if (model !== about()) return; // another was chosen meanwhile
    } catch (error) {
      if (model !== about()) return;
      problem = error.message;
    }
    busy = '';
    draw();
  };

  const show = (answer) => {
    shown = answer;
    notes = answer.leftOut ?? [];
  };

  /** Waits for a model that nobody chose, so that nobody else does. */
  const loaded = async (model) => {
    while (model === about() && ['idle', 'loading'].includes(known(model).state)) state.putModel(await api.model(model));
  };

  const load = () => {
    draft = null;
    return attempt(subject && known(subject)?.state !== 'ready' ? 'Loading the model' : '', async (model) => {
      if (model !== state.get('model')) await loaded(model);
      mark = known(model)?.given;
      const answer = await api.input(model);
      return () => show(answer);
    });
  };

  /** Sends parts, which may be made of what is shown then; the model is asked anew, since labels, head and notes may be others. */
  const change = (parts, keepFinding = false) => attempt('Taking it over', async (model) => {
    const now = typeof parts === 'function' && (shown?.model === model ? shown : await api.input(model)); // another may be shown by then
    const answer = await api.changeInput(model, now ? parts(now) : parts);
    const changed = await api.model(model);
    return () => {
      if (!keepFinding) finding = null;
      show(answer);
      mark = changed.given;
      state.putModel(changed);
    };
  }, inTurn);

  /** Changes what an input holds; the model may be there only then. */
  const hold = (request) => attempt('Taking it over', async (model) => {
    const answer = await request();
    const changed = await api.model(model);
    return () => {
      finding = null;
      show(answer);
      state.putModel(changed);
    };
  }, inTurn);

  const ask = async () => {
    const model = about();
    const mine = new Visit();
    visit = mine;
    finding = null;
    problem = '';
    draw();
    byId('stop-doctor').focus();
    try {
      const found = await mine.ask(model, state.usable().map((one) => one.id));
      if (visit === mine) finding = found;
    } catch (error) {
      if (visit === mine) problem = error.message;
    }
    if (visit !== mine) return; // it was left
    visit = null;
    const waited = document.activeElement?.id === 'stop-doctor';
    draw();
    if (waited) (byId('follow-doctor') ?? byId('ask-doctor')).focus();
  };

  /** Leaves the doctor, who then stops. */
  const leave = () => {
    visit?.leave();
    visit = null;
  };

  const stop = () => {
    leave();
    draw();
    byId('ask-doctor').focus();
  };

  /** Which of the compared models it is about; nothing where only one is. */
  const chooser = () => {
    const ids = [...new Set([state.get('model'), ...besideOf(state.get('settings')), about()])].filter(known);
    if (ids.length < 2) return false;
    const names = namesOf(state.get('models'));
    const select = h('select', { id: 'input-of', change: () => turnTo(select.value) },
      ...ids.map((id) => h('option', { value: id }, names[state.get('models').indexOf(known(id))])));
    select.value = about();
    return h('div', { class: 'of-model' }, h('label', { for: select.id }, 'of'), select);
  };

  const labels = () => h('details', { class: 'fold' },
    h('summary', {}, 'labels ', h('span', { class: 'brief' }, shown.labels.length ? `${shown.labels.length}, ${shown.labels[0]} first` : 'none')),
    h('form', {
      submit: async (event) => {
        event.preventDefault();
        draft = byId('input-labels').value;
        byId('input-labels').defaultValue = draft; // what comes of it takes its place
        await change({ labels: draft }, true);
        if (!problem) {
          draft = null;
          draw();
        }
      },
    },
    h('label', { for: 'input-labels' }, 'A line for each class, or the text of a CSV or JSON file'),
    h('textarea', { id: 'input-labels', rows: 6, spellcheck: 'false' }, draft ?? shown.labels.join('\n')),
    draft !== null && problem && h('p', { class: 'problem', role: 'alert' }, problem),
    h('button', { type: 'submit' }, 'Take these labels')));

  /** What was assumed of the end of the model, with the other choice. */
  const headNote = () => {
    const model = known(about());
    if (model?.assumedSoftmax) return h('p', { class: 'facts' }, model.assumedSoftmax, ' ', remedy(state, model));
    return shown.head === 'none' && h('p', { class: 'facts' }, 'The outputs are shown as numbers. ', undo(state, model));
  };

  const lead = (control, words) => h('button', { type: 'button', class: 'link', 'data-to-input': control, click: () => reach(control) }, words);

  const body = () => {
    const several = shown?.inputs?.length > 0 && slots(shown, state.usable(), hold);
    if (!shown?.words) return [several || h('p', { class: 'hint' }, shown?.problem ?? 'The model is being loaded.')];
    return [
      several,
      pictures(shown.model, shown, image()),
      h('p', { id: 'input-words' }, shown.words),
      ...shown.assumed.map((note) => h('p', { class: 'facts' }, ...told(note, lead))),
      shown.guessedRange && shown.preprocessing && h('p', {},
        h('button', { type: 'button', class: 'link', id: 'input-right', click: () => change({ preprocessing: sure(shown.preprocessing) }, true) }, `${shown.guessedRange} is right`)),
      headNote(),
      ...notes.map((note) => h('p', { class: 'problem' }, ...told(note, lead))),
      visit ? visit.shown(stop) : h('div', { class: 'asking' },
        h('button', { type: 'button', class: finding ? '' : 'next', id: 'ask-doctor', disabled: busy !== '' || !shown.preprocessing, click: ask }, 'Ask the doctor'),
        h('p', { class: 'hint' }, 'Which input was the network trained on? Your images tell, by what it does with them.')),
      finding && diagnosis(finding, (found) => {
        finding = { ...found, repaired: false, problems: [], summary: `It is given so now${found.remedy.preprocessing.assumed ? ', as an assumption' : ''}. Maps made before show what it saw then.` };
        return change({ preprocessing: found.remedy.preprocessing }, true);
      }),
      shown.preprocessing && fields(shown, change),
      labels(),
      h('p', {}, h('a', { href: api.inputYaml(shown.model), download: 'picasso.yaml', id: 'save-yaml' }, 'Save as picasso.yaml'),
        h('span', { class: 'facts' }, ' Drop it with the model another time.')),
    ];
  };

  const draw = () => {
    if (panel.hidden) return;
    const focused = document.activeElement?.id;
    const typed = byId('input-labels');
    const unfolded = [...panel.querySelectorAll('details[open]')].map((one) => one.className);
    panel.replaceChildren(...[
      h('div', { class: 'section-head' }, h('h2', {}, 'what it is given'), h('button', { type: 'button', class: 'quiet', id: 'close-input', click: close }, 'Close')),
      chooser(),
      h('p', { class: 'facts', role: 'status', id: 'input-busy' }, busy),
      draft === null && problem && h('p', { class: 'problem', role: 'alert' }, problem),
      ...body(),
    ].filter(Boolean));
    for (const details of panel.querySelectorAll('details')) details.open = unfolded.includes(details.className);
    if (typed && typed.value !== typed.defaultValue && byId('input-labels')) { // it is being written
      byId('input-labels').value = typed.value;
      byId('input-labels').setSelectionRange(typed.selectionStart, typed.selectionEnd);
    }
    if (focused && panel.querySelector(`#${CSS.escape(focused)}`)) byId(focused).focus();
    goToWanted();
  };

  let wanted = ''; // the control that somebody wants to get to, as soon as it is there

  const goToWanted = () => {
    const control = wanted && byId(`input-${wanted}`);
    if (!control) return;
    wanted = '';
    const fold = control.closest('details');
    if (fold) fold.open = true;
    control.focus();
  };

  const close = () => {
    leave();
    wanted = '';
    panel.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    (from.isConnected ? from : opener).focus();
  };

  /** Shows it for another of the models. */
  const turnTo = (model) => {
    subject = model === state.get('model') ? '' : model;
    shown = null;
    notes = [];
    finding = null;
    leave();
    load();
  };

  let from = opener; // what was pressed to open it

  const open = (by, model) => {
    from = by;
    panel.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    turnTo(model);
    panel.scrollIntoView({ block: 'nearest' }); // in one column it stands far below
  };

  /** Opens it for the chosen model, and goes to one of its controls. */
  const reach = (control) => {
    wanted = control in CONTROLS ? control : '';
    if (panel.hidden) open(document.activeElement?.closest('.notes') ? document.activeElement : opener, state.get('model'));
    else goToWanted();
    if (wanted) byId('close-input').focus(); // until it is there
  };
  panel.addEventListener('reach', ({ detail }) => reach(detail));

  opener.addEventListener('click', () => (panel.hidden ? open(opener, state.get('model')) : close()));
  byId('rows').addEventListener('click', (event) => {
    const link = event.target.closest('[data-given]');
    if (!link) return;
    open(link, link.dataset.given);
    byId('close-input').focus();
  });
  addEventListener('keydown', (event) => {
    const elsewhere = document.querySelector('dialog[open], :popover-open') || event.target.closest?.('details.notes');
    if (event.key === 'Escape' && !panel.hidden && !elsewhere && !event.defaultPrevented) close();
  });
  state.on(['model'], () => {
    subject = '';
    shown = null;
    finding = null;
    leave();
    notes = [];
    if (!panel.hidden) load();
  });
  state.on(['models'], () => {
    const model = known(about());
    if (panel.hidden || busy || model?.state !== 'ready') return;
    if (!shown?.words || mark !== model.given) load(); // another part of the page may have changed it
  });
  state.on(['images'], draw);
  let compared = '';
  state.on(['settings'], () => {
    const now = besideOf(state.get('settings')).join();
    if (now !== compared) draw();
    compared = now;
  });

  return {
    reach,
    /** Takes over a picasso.yaml or a file of labels that came without a model. */
    async take(files) {
      panel.hidden = false;
      opener.setAttribute('aria-expanded', 'true');
      await attempt('Taking it over', async (model) => {
        const answer = await api.inputFiles(model, files);
        const changed = await api.model(model);
        return () => { show(answer); mark = changed.given; state.putModel(changed); };
      }, inTurn);
    },
  };
}
