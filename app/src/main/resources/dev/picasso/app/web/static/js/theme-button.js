import { byId } from './dom.js';

/** The button that turns a page from dark to light and back; what was chosen is kept in the browser. */
export function themeButton() {
  const button = byId('theme');
  const chosen = document.documentElement.dataset;
  const other = () => (chosen.theme === 'light' ? 'dark' : 'light');
  const name = () => { button.textContent = other() === 'light' ? 'Light' : 'Dark'; };
  button.addEventListener('click', () => {
    chosen.theme = other();
    localStorage.setItem('picasso-theme', chosen.theme);
    name();
  });
  name();
}
