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

const filled = new WeakMap(); // place to what it shows

/**
 * Fills a place, but leaves it alone where it shows that already: whatever has the focus or is being pressed stays.
 *
 * @param what all that decides what stands there
 * @param make makes it
 */
export function refill(place, what, make) {
  const now = JSON.stringify(what);
  if (filled.get(place) === now) return;
  filled.set(place, now);
  place.replaceChildren(...make());
}

/** Whether the focus is in a place, or nowhere, as when what had it is gone: so that nobody has it who went on elsewhere. */
export const hasFocus = (place) => document.activeElement === document.body || place.contains(document.activeElement);

/** Controls that the server sent inert do something from now on. */
export function wake() {
  for (const control of document.querySelectorAll('[inert]')) control.inert = false;
}

/** Shows a text in an element, or hides the element where there is no text. */
export function say(element, text) {
  element.textContent = text ?? '';
  element.hidden = !text;
}
