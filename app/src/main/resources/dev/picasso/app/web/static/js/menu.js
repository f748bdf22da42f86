import { actions } from './actions.js';
import { byId, h } from './dom.js';
import { told } from './figures.js';

/** The menu of a map; one for the page, shown at the button that was pressed. */
export function menu(rows, drawing) {
  const place = byId('menu');
  let opener = null;
  let stood = 0; // where the opener was on the screen

  const open = (button) => {
    opener = button;
    const figure = button.closest('figure');
    const larger = figure.querySelector('[data-enlarge]');
    const enlarge = larger && h('button', { type: 'button', click: () => { place.hidePopover(); larger.click(); } }, 'Enlarge');
    const doubted = figure.querySelector('[data-believe]');
    const believe = doubted && h('button', { type: 'button', click: () => { place.hidePopover(); doubted.click(); } }, doubted.textContent);
    place.replaceChildren(...[enlarge, believe, ...actions(told(figure), drawing.shown(figure))].filter(Boolean));
    place.showPopover();
    const at = button.getBoundingClientRect();
    stood = at.top;
    const below = at.bottom + place.offsetHeight + 4 < innerHeight;
    place.style.left = `${Math.max(8, Math.min(at.right - place.offsetWidth, innerWidth - place.offsetWidth - 8))}px`;
    place.style.top = `${below ? at.bottom + 4 : at.top - place.offsetHeight - 4}px`;
    place.querySelector('a, button')?.focus();
  };

  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-menu]');
    if (button) open(button);
  });
  place.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...place.children];
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  });
  place.addEventListener('click', (event) => {
    if (event.target.closest('a')) place.hidePopover();
  });
  place.addEventListener('toggle', (event) => {
    if (event.newState === 'closed' && place.contains(document.activeElement)) opener?.focus();
  });
  const moved = () => Math.abs(opener.getBoundingClientRect().top - stood) > 1;
  addEventListener('resize', () => place.matches(':popover-open') && place.hidePopover());
  addEventListener('scroll', () => place.matches(':popover-open') && moved() && place.hidePopover(), true);
}
