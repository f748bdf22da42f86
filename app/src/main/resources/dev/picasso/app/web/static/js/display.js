import { byId, h } from './dom.js';
import { isDiverging } from './looks.js';

const PICTURE = [['overlay', 'over all'], ['strength', 'by strength'], ['map', 'map alone'], ['contour', 'lines'], ['masked', 'masked']];
const SCALE = [['map', 'map'], ['row', 'row'], ['table', 'all']];
const SIGN = [['', 'both'], ['positive', 'for'], ['negative', 'against'], ['size', 'size']];
const CLIPPING = ['95', '99', '99.5', '100'];
const COLOURS = [['inferno', 'inferno'], ['viridis', 'viridis'], ['turbo', 'turbo'], ['grey', 'grey'], ['diverging', 'blue to red'], ['purple_orange', 'purple to orange']];

/** How maps are shown: acts at once on those that are there, and computes nothing. */
export function display(state, drawing, lens) {
  const fold = byId('display-fold');
  const place = byId('display-fields');
  let shown = '';
  const narrow = matchMedia('(max-width: 760px)');
  const foldAsFits = () => { fold.open = !narrow.matches; };
  narrow.addEventListener('change', foldAsFits);
  foldAsFits();

  const put = (changes) => state.set({ display: { ...state.get('display'), ...changes } });

  const segments = (name, label, choices, value) => {
    const group = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': label });
    for (const [choice, text] of choices) {
      const radio = h('input', { type: 'radio', name: `show-${name}`, value: choice, change: () => put({ [name]: choice }) });
      radio.checked = choice === value;
      group.append(h('label', {}, radio, text));
    }
    return h('div', { class: 'field', 'data-display': name }, h('span', {}, label), group);
  };

  const slider = (name, label, value, { min = 0, max = 1, step = 0.01 } = {}) => {
    const text = (v) => `${Math.round(v * 100)} %`;
    const output = h('output', { for: `show-${name}` }, text(value));
    const input = h('input', {
      type: 'range', id: `show-${name}`, min, max, step, value,
      input: () => { output.textContent = text(input.value); put({ [name]: input.value }); },
    });
    return h('div', { class: 'field', 'data-display': name }, h('div', { class: 'field-line' }, h('label', { for: input.id }, label), output), input);
  };

  const list = (name, label, choices, value) => {
    const select = h('select', { id: `show-${name}`, change: () => put({ [name]: select.value }) },
      ...(choices.some(([choice]) => choice === value) ? choices : [[value, 'as made'], ...choices]).map(([choice, text]) => h('option', { value: choice }, text)));
    select.value = value;
    return h('div', { class: 'field field-line', 'data-display': name }, h('label', { for: select.id }, label), select);
  };

  const smooth = (value) => {
    const box = h('input', { type: 'checkbox', id: 'show-smooth', change: () => put({ smooth: box.checked ? 'true' : '' }) });
    box.checked = value === 'true';
    return h('div', { class: 'field', 'data-display': 'smooth' },
      h('div', { class: 'field-line' }, h('label', { for: box.id }, 'Smooth between cells'), box));
  };

  /** How large the pictures are is no choice that is kept. */
  const zoom = () => {
    const output = h('output', { for: 'show-zoom' }, '1 ×');
    const input = h('input', { type: 'range', id: 'show-zoom', min: 1, max: 12, step: 0.5, value: 1, input: () => lens.zoom(Number(input.value)) });
    return h('div', { class: 'field', 'data-display': 'zoom' }, h('div', { class: 'field-line' }, h('label', { for: input.id }, 'Zoom'), output), input);
  };
  const zoomField = zoom();

  const fields = (look) => [
    segments('blending', 'Picture', PICTURE, look.blending),
    ['overlay', 'strength'].includes(look.blending) && slider('opacity', 'Strength', look.opacity),
    look.blending === 'masked' && slider('threshold', 'Strong from', look.threshold, { min: 0.05 }),
    segments('scale', 'One scale for each', SCALE, look.scale),
    segments('percentile', 'Clip at percentile', CLIPPING.map((one) => [one, one]), String(Number(look.percentile))),
    look.signed && segments('sign', 'Evidence', SIGN, look.sign),
    list('colours', 'Colours', COLOURS.filter(([name]) => isDiverging(name) === (look.signed && look.sign === '')), look.colours),
    slider('smoothing', 'Blur', look.smoothing, { max: 0.2, step: 0.005 }),
    look.coarse && smooth(look.smooth),
    zoomField,
  ].filter(Boolean);

  /** Anew where other fields are needed; a field that is held stays as it is. */
  const show = () => {
    const look = drawing.look();
    fold.hidden = !look;
    byId('display-reset').hidden = Object.values(state.get('display')).every((value) => value === '');
    if (!look) return;
    const now = JSON.stringify(look);
    if (now === shown) return;
    shown = now;
    const held = document.activeElement;
    if (held?.type === 'range' && place.contains(held)) return; // it is being moved
    const focus = place.contains(held) && (held.id ? `#${held.id}` : `[name="${held.name}"][value="${held.value}"]`);
    place.replaceChildren(...fields(look));
    if (focus) place.querySelector(focus)?.focus();
  };

  byId('display-reset').addEventListener('click', () => { drawing.reset(); shown = ''; document.activeElement?.blur(); show(); });
  state.on(['display'], show);
  return {
    show,
    /** Tells how large the pictures are. */
    zoomed(times) {
      zoomField.querySelector('input').value = times;
      zoomField.querySelector('output').textContent = `${Number(times.toPrecision(2))} ×`;
    },
  };
}
