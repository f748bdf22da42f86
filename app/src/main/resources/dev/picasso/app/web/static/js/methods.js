import { byId, dotted, h } from './dom.js';
import { fitting } from './output-words.js';
import { initialSettings } from './state.js';

/** Methods by family. */
function grouped(methods) {
  const families = new Map();
  for (const method of methods) families.set(method.family, [...(families.get(method.family) ?? []), method]);
  return families;
}

/** The choice of the method, with what it is for and its paper. */
export function methods(state) {
  const select = byId('method');
  const place = byId('method-facts');
  const left = new Map(); // settings as they were left, by method

  state.on(['methods'], () => {
    const families = grouped(state.get('methods'));
    select.replaceChildren(...[...families].map(([family, methods]) =>
      h('optgroup', { label: family }, ...methods.map((m) => h('option', { value: m.id }, m.title)))));
  });
  state.on(['methods', 'method', 'models', 'model'], () => {
    const method = state.method();
    select.value = state.get('method');
    if (!method) return place.replaceChildren();
    const paper = method.reference;
    place.replaceChildren(
      fitting(state.model(), method.description),
      h('span', { class: 'dotted' }, ...dotted([
        paper && h('a', { href: paper.url, target: '_blank', rel: 'noopener noreferrer' }, paper.title),
        method.page && h('a', { href: method.page, target: '_blank' }, 'settings, and when it misleads'),
      ])),
    );
  });
  select.addEventListener('change', () => {
    left.set(state.get('method'), state.get('settings'));
    const method = state.get('methods').find((m) => m.id === select.value);
    state.set({ method: method.id, settings: left.get(method.id) ?? initialSettings(method) });
  });
}
