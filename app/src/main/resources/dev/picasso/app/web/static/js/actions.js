import { h } from './dom.js';

async function copy(address, button) {
  try {
    const picture = await (await fetch(address)).blob();
    await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'This browser does not copy pictures; save it instead';
  }
}

/** What can be done with a part of results, as links and a button. */
export function actions({ overlay, picture, saves = [] }) {
  const shown = overlay ?? picture;
  const copying = shown && h('button', { type: 'button', click: () => copy(shown, copying) }, 'Copy picture');
  return [...saves.map(({ href, text }) => h('a', { href, download: '' }, text)), copying].filter(Boolean);
}
