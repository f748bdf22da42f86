const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Arrow keys walk the maps: sideways the classes of an image, up and down the images. */
export function walk(rows) {
  rows.addEventListener('keydown', (event) => {
    const [down, across] = STEPS[event.key] ?? [];
    const here = event.target.closest('[data-enlarge]');
    if (down === undefined || !here) return;
    const table = [...rows.children].filter((row) => !row.hidden).map((row) => [...row.querySelectorAll('[data-enlarge]')]).filter((maps) => maps.length);
    const row = table.findIndex((maps) => maps.includes(here));
    const next = table[row + down];
    const map = next?.[Math.min(table[row].indexOf(here) + across, down ? next.length - 1 : Infinity)];
    event.preventDefault();
    map?.focus();
    map?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}
