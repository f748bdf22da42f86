import { api } from './api.js';
import { h, say } from './dom.js';

const PREVIEW_DPI = 150;
const PAUSE = 250;

const kinds = [
  ['pdf', 'Save PDF', 'for LaTeX and print: text that can be selected, letters embedded'],
  ['svg', 'Save SVG', 'for Inkscape and other programs for drawing'],
  ['png', 'Save PNG', 'for all else'],
];
const widths = [['85', 'one column, 85 mm'], ['175', 'two columns, 175 mm'], ['180', 'two columns, 180 mm'], ['', 'another width']];
const LEAST_WIDTH = 40;
const MOST_WIDTH = 400;
const finenesses = [['300', '300 dpi'], ['600', '600 dpi']];
const scales = [
  ['made', 'as the maps were made'],
  ['row', 'one for each row'],
  ['table', 'one for all'],
  ['own', 'one for each map'],
];

const choice = (name, label, options) =>
  h('label', {}, `${label} `, h('select', { name }, ...options.map(([value, words]) => h('option', { value }, words))));

/** A list of things to leave out, all of them in at first, or to call otherwise. */
function checks(legend, name, what, items) {
  return h('fieldset', { class: 'figure-checks' }, h('legend', {}, legend),
    ...items.map(({ value, text }) => h('div', { class: 'figure-check' },
      h('input', { type: 'checkbox', name, value, checked: true, 'aria-label': `show ${text}` }),
      h('input', { type: 'text', name: what, 'data-place': value, value: text, maxlength: 200, 'aria-label': `${what} of ${text}`, title: text }))));
}

/** The usual widths, and any other. */
function widthChoice() {
  const number = h('input', { type: 'number', name: 'width', min: LEAST_WIDTH, max: MOST_WIDTH, step: 'any', value: '85', 'aria-label': 'width in mm' });
  const other = h('span', { class: 'figure-width', hidden: true }, number, ' mm');
  const preset = h('select', {
    name: 'preset',
    change: () => {
      other.hidden = preset.value !== '';
      if (preset.value) number.value = preset.value;
      else number.focus();
    },
  }, ...widths.map(([value, words]) => h('option', { value }, words)));
  const set = (width) => {
    preset.value = width;
    number.value = width;
  };
  return { set, field: h('div', { class: 'figure-field' }, h('label', {}, 'width ', preset), other) };
}

/** What was typed instead of what the results tell, as the query says it. */
const texts = (form, name) => [...form.querySelectorAll(`input[name=${name}]`)]
  .filter((field) => field.value.trim() !== field.defaultValue)
  .map((field) => `${field.dataset.place}:${field.value.trim()}`);

/** A text that can be copied. */
function quoted(title, text) {
  const field = h('textarea', { readonly: true, rows: 4, 'aria-label': title, spellcheck: 'false' });
  field.value = text;
  const button = h('button', {
    type: 'button', class: 'small', 'aria-label': `Copy: ${title}`,
    click: async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        field.select();
        button.textContent = 'Selected; copy it with the keyboard';
      }
    },
  }, 'Copy');
  return h('div', { class: 'figure-text' }, h('div', { class: 'section-head' }, h('h3', {}, title), button), field);
}

/** What a query says of the choices; what is as usual is left out. */
function query(form, rows, columns) {
  const data = new FormData(form);
  const asked = new URLSearchParams({ width: data.get('width'), dpi: data.get('dpi'), scale: data.get('scale') });
  if (data.getAll('row').length < rows) asked.set('rows', data.getAll('row').join(','));
  if (data.getAll('column').length < columns) asked.set('columns', data.getAll('column').join(','));
  for (const name of ['heading', 'label']) texts(form, name).forEach((text) => asked.append(name, text));
  const caption = data.get('caption').trim();
  if (data.get('captioned') === null) asked.set('caption', '');
  else if (caption) asked.set('caption', caption);
  return asked;
}

async function show(run) {
  const [{ images }, { text, bibtex }] = await Promise.all([api.run(run), api.citation(run)]);
  const made = images.filter((image) => !image.pending);
  const isPicture = (part) => part.kind === 'map' || part.kind === 'picture';
  /** As the server counts them: of other inputs, where they are explained, after the pictures that they hold. */
  const beside = ({ input, panels = [] }) => (panels.some(isPicture) ? [{ label: 'image', input }, ...panels.filter(isPicture).map((part) => ({ ...part, input }))] : []);
  const shown = ({ input, panels = [], inputs = [] }) =>
    [...panels.filter(isPicture).map((part) => ({ ...part, input: inputs.length ? input : undefined })), ...inputs.flatMap(beside)]
      .map(({ label, input }) => ({ label: input === undefined ? label : `${label} · ${input}` }));
  /** What a column is headed with where each row is of another class. */
  const withoutClass = (label, { predictions = [] }) => {
    const [map, ...of] = label.split(' · ');
    const ending = predictions.map((p) => `, ${p.label}`).find((end) => map.endsWith(end)) ?? '';
    return [map.slice(0, map.length - ending.length), ...of].join(' · ');
  };
  const widest = made.reduce((most, image) => (shown(image).length > shown(most).length ? image : most), made[0]);
  const alike = made.every((image) => shown(image).every((part, i) => part.label === shown(widest)[i]?.label));
  const columns = [{ value: 'image', text: 'image' },
    ...shown(widest).map((part, i) => ({ value: `${i + 1}`, text: alike ? part.label : withoutClass(part.label, widest) }))];
  const rows = made.map((image, i) => ({ value: `${i + 1}`, text: image.image.replace(/.*[/\\]/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '') }));

  const preview = h('img', { alt: 'How the figure looks', hidden: true });
  const paper = h('div', { class: 'figure-paper', tabindex: 0, role: 'group', 'aria-label': 'The figure' }, preview);
  const waiting = h('p', { class: 'facts figure-waiting', role: 'status' });
  const larger = h('button', {
    type: 'button', class: 'quiet small', 'aria-pressed': 'false',
    click: () => larger.setAttribute('aria-pressed', String(paper.classList.toggle('large'))),
  }, 'Larger');
  const width = widthChoice();
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const links = kinds.map(([kind, words, help]) => h('a', { class: 'button', download: '', title: help, 'data-kind': kind }, words));
  const form = h('form', { class: 'figure-choices' },
    width.field,
    choice('dpi', 'resolution', finenesses),
    choice('scale', 'scale', scales),
    h('p', { class: 'facts' }, 'Maps are drawn as they were made; what the page shows otherwise is not in the figure.'),
    checks('columns, and what heads them', 'column', 'heading', columns),
    checks('rows, and what stands before them', 'row', 'label', rows),
    h('label', {}, h('input', { type: 'checkbox', name: 'captioned', checked: true }), ' caption'),
    h('textarea', { name: 'caption', rows: 3, maxlength: 2000, placeholder: 'What the results tell; write another one here', 'aria-label': 'caption' }));
  width.set(widest && shown(widest).length > 3 ? '175' : '85');

  const draw = () => {
    const chosen = query(form, rows.length, columns.length);
    const none = ['row', 'column'].find((name) => new FormData(form).getAll(name).length === 0);
    for (const link of links) {
      link.href = api.figure(run, link.dataset.kind, `${chosen}&download`);
    }
    const mm = form.elements.width;
    const wrong = none ? `Choose at least one ${none}.` : mm.value === '' || !mm.checkValidity() ? `A figure is ${LEAST_WIDTH} to ${MOST_WIDTH} mm wide.` : '';
    for (const link of links) link.toggleAttribute('inert', Boolean(wrong));
    if (wrong) {
      say(problem, wrong);
      return;
    }
    say(problem, '');
    chosen.set('dpi', PREVIEW_DPI);
    const address = api.figure(run, 'png', chosen);
    if (preview.getAttribute('src') === address) return;
    waiting.textContent = 'Drawing…';
    paper.setAttribute('aria-busy', 'true');
    preview.src = address;
  };
  const drawn = () => {
    waiting.textContent = '';
    paper.removeAttribute('aria-busy');
  };
  preview.addEventListener('load', () => {
    drawn();
    preview.hidden = false;
  });
  preview.addEventListener('error', async () => {
    drawn();
    preview.hidden = true;
    const { src } = preview;
    const why = await api.whyNot(src);
    if (why && src === preview.src) say(problem, why);
  });
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  const dialog = h('dialog', { class: 'figure-dialog', 'aria-labelledby': 'figure-title' },
    h('div', { class: 'section-head' }, h('h2', { id: 'figure-title' }, 'A figure for a paper'),
      h('form', { method: 'dialog' }, h('button', { class: 'quiet' }, 'Close'))),
    h('div', { class: 'figure-parts' },
      h('div', {}, h('div', { class: 'figure-sheet' }, paper, waiting), problem, h('p', { class: 'figure-links' }, ...links, larger)),
      form),
    quoted('How it was made, to be cited', text),
    bibtex ? quoted('BibTeX', bibtex) : undefined);
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  draw();
}

/** What opens the figure of a run. */
export function figureButton(run) {
  const button = h('button', {
    type: 'button', class: 'link', 'data-figure': run.id,
    click: async () => {
      try {
        await show(run.id);
      } catch (error) {
        button.after(h('span', { class: 'problem', role: 'alert' }, error.message));
      }
    },
  }, 'Figure');
  return button;
}
