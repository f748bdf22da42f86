import { h } from './dom.js';

async function copy(picture, button) {
  try {
    const blob = await picture();
    await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'This browser does not copy pictures; save it instead';
  }
}

/** Gives a picture away as a file. */
function save(blob, name) {
  const link = h('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * What can be done with a part of results, as links and buttons.
 *
 * @param asShown the picture as the page draws it, where that is not the server's
 */
export function actions({ overlay, picture, title = 'map', saves = [] }, asShown) {
  const shown = overlay ?? picture;
  const served = async () => (await fetch(shown)).blob();
  const copying = shown && h('button', { type: 'button', click: () => copy(asShown ?? served, copying) }, 'Copy picture');
  const name = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}.png`;
  const saving = asShown && h('button', { type: 'button', click: async () => save(await asShown(), name) }, 'Save picture as shown (PNG)');
  return [saving, ...saves.map(({ href, text }) => h('a', { href, download: '' }, text)), copying].filter(Boolean);
}
