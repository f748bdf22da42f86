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

/** What can be done with a map, as links and a button. */
export function actions({ overlay, map, array }) {
  const save = (address, text) => address && h('a', { href: `${address}?download`, download: '' }, text);
  const copying = overlay && h('button', { type: 'button', click: () => copy(overlay, copying) }, 'Copy picture');
  return [save(overlay, 'Save picture (PNG)'), save(map, 'Save map alone (PNG)'), save(array, 'Save array (.npy)'), copying]
    .filter(Boolean);
}
