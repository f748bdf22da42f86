import { api } from './api.js';
import { h, say } from './dom.js';

const PREVIEW_DPI = 150;
const PAUSE = 250;

const kinds = [
  ['pdf', 'Save PDF', 'for LaTeX and print: text that can be selected, letters embedded'],
  ['svg', 'Save SVG', 'for Inkscape and other programs for drawing'],
  ['png', 'Save PNG', 'for all else'],
];
const widths = [['85', 'one column, 85 mm'], ['175', 'two columns, 175 mm']];
const finenesses = [['300', '300 dpi'], ['600', '600 dpi']];
const scales = [
  ['made', 'as the maps were made'],
  ['row', 'one for each row'],
  ['table', 'one for all'],
  ['own', 'one for each map'],
];

const choice = (name, label, options) =>
  h('label', {}, `${label} `, h('select', { name }, ...options.map(([value, words]) => h('option', { value }, words))));

/** A list of things to leave out, all of them in at first. */
function checks(legend, name, items) {
  return h('fieldset', { class: 'figure-checks' }, h('legend', {}, legend),
    ...items.map(({ value, text }) => h('label', {}, h('input', { type: 'checkbox', name, value, checked: true }), ` ${text}`)));
}

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
  const widest = made.reduce((most, image) => (shown(image).length > shown(most).length ? image : most), made[0]);
  const alike = made.every((image) => shown(image).every((part, i) => part.label === shown(widest)[i]?.label));
  const columns = [{ value: 'image', text: 'image' },
    ...shown(widest).map((part, i) => ({ value: `${i + 1}`, text: alike ? part.label : `map ${i + 1}` }))];
  const rows = made.map((image, i) => ({ value: `${i + 1}`, text: image.image.replace(/.*[/\\]/, '') }));

  const preview = h('img', { alt: 'How the figure looks' });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const links = kinds.map(([kind, words, help]) => h('a', { class: 'button', download: '', title: help, 'data-kind': kind }, words));
  const form = h('form', { class: 'figure-choices' },
    choice('width', 'width', widths),
    choice('dpi', 'resolution', finenesses),
    choice('scale', 'scale', scales),
    h('p', { class: 'facts' }, 'Maps are drawn as they were made; what the page shows otherwise is not in the figure.'),
    checks('columns', 'column', columns),
    checks('rows', 'row', rows),
    h('label', {}, h('input', { type: 'checkbox', name: 'captioned', checked: true }), ' caption'),
    h('textarea', { name: 'caption', rows: 3, maxlength: 2000, placeholder: 'What the results tell; write another one here', 'aria-label': 'caption' }));
  if (widest && shown(widest).length > 3) form.elements.width.value = '175';

  const draw = () => {
    const chosen = query(form, rows.length, columns.length);
    const none = ['row', 'column'].find((name) => new FormData(form).getAll(name).length === 0);
    for (const link of links) {
      link.href = api.figure(run, link.dataset.kind, `${chosen}&download`);
      link.toggleAttribute('inert', Boolean(none));
    }
    if (none) {
      say(problem, `Choose at least one ${none}.`);
      return;
    }
    say(problem, '');
    chosen.set('dpi', PREVIEW_DPI);
    preview.classList.toggle('narrow', form.elements.width.value === '85');
    preview.src = api.figure(run, 'png', chosen);
  };
  preview.addEventListener('load', () => { preview.hidden = false; });
  preview.addEventListener('error', async () => {
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
      h('div', {}, h('div', { class: 'figure-paper', tabindex: 0, role: 'group', 'aria-label': 'The figure' }, preview), problem, h('p', { class: 'figure-links' }, ...links)),
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
