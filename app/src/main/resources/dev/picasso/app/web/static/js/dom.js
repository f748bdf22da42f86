/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/** A new element; functions among the attributes hear events, false and undefined leave an attribute out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Facts for an element of class "dotted": a dot between two that stand in one line, none where a line breaks. */
export const dotted = (facts) => facts.filter(Boolean).map((fact, i) =>
  h('span', {}, i > 0 && h('span', { class: 'dot', 'aria-hidden': 'true' }, ' · '), fact));

/** Shows a text in an element, or hides the element where there is no text. */
export function say(element, text) {
  element.textContent = text ?? '';
  element.hidden = !text;
}
