'use strict';
/* Maps that are read by pointing: in a report, where their numbers are, and on pages, where they are asked for. */
(() => {
  const CRISP = 96; // pictures no larger than this are shown pixel by pixel
  const NONE = 65535;
  const STEPS = 65534;

  const RAISED = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
  const minus = (text) => text.replace(/^-/, '−');

  /** A number to three figures. */
  function figures(value) {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
      const [digits, power] = value.toExponential(2).split('e');
      return `${minus(digits)} × 10${[...String(Number(power))].map((c) => RAISED[c]).join('')}`;
    }
    return minus(String(Number(value.toPrecision(3))));
  }

  /** The numbers that stand in the page: whole steps from the least. */
  function embedded({ rows, columns, least, range, steps }) {
    const bytes = Uint8Array.from(atob(steps), (c) => c.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const at = (index) => {
      const step = view.getUint16(2 * index, true);
      return step === NONE ? NaN : Number(least) + (step / STEPS) * Number(range);
    };
    return { height: Number(rows), width: Number(columns), at };
  }

  /** The numbers of a .npy file as Picasso writes them: float32 [height, width]. */
  async function asked(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const buffer = await response.arrayBuffer();
    const begin = 10 + new DataView(buffer).getUint16(8, true);
    const header = new TextDecoder().decode(new Uint8Array(buffer, 10, begin - 10));
    const [height, width] = header.match(/\((\d+), (\d+)\)/).slice(1).map(Number);
    const values = new Float32Array(buffer.slice(begin));
    return { height, width, at: (index) => values[index] };
  }

  const known = new WeakMap();

  /** The numbers of a map, read once when they are first needed; null where it has none. */
  function numbers(stack) {
    if (!known.has(stack)) {
      const { steps, array } = stack.dataset;
      const found = steps ? Promise.resolve(embedded(stack.dataset)) : array ? asked(array) : Promise.resolve(null);
      known.set(stack, found.catch(() => null));
    }
    return known.get(stack);
  }

  const four = (text) => (text ?? '0 0 1 1').split(' ').map(Number);

  /** The number at a place, in shares of the picture; undefined where the model saw nothing. */
  function number(map, stack, x, y) {
    const [left, top, right, bottom] = four(stack.closest('.figures').dataset.seen);
    const [west, north, east, south] = four(stack.dataset.covers);
    const across = (x - left) / (right - left);
    const down = (y - top) / (bottom - top);
    if (across < 0 || across >= 1 || down < 0 || down >= 1) return undefined;
    const cell = (share, from, to, count) => Math.min(count - 1, Math.max(0, Math.floor(((share - from) / (to - from)) * count)));
    const value = map.at(cell(down, north, south, map.height) * map.width + cell(across, west, east, map.width));
    return Number.isNaN(value) ? undefined : value;
  }

  function mark(stack, x, y) {
    let cross = stack.querySelector('.cross');
    if (!cross) {
      cross = document.createElement('span');
      cross.className = 'cross';
      stack.append(cross);
    }
    cross.style.left = `${100 * x}%`;
    cross.style.top = `${100 * y}%`;
  }

  /** What is shown together: the maps of an image, or of an image in two runs. */
  const group = (element) => element.closest('.pair') ?? element.closest('.image');

  const turns = new WeakMap(); // by what is shown together: how often it was pointed at, or left

  const turn = (stack) => {
    const now = (turns.get(group(stack)) ?? 0) + 1;
    turns.set(group(stack), now);
    return now;
  };

  async function point(stack, x, y) {
    const mine = turn(stack);
    const all = [...group(stack).querySelectorAll('.stack')];
    for (const other of all) mark(other, x, y);
    for (const other of all) {
      const place = other.parentElement.querySelector('.reading');
      const map = await numbers(other);
      if (mine !== turns.get(group(stack))) return; // one is elsewhere by now
      if (!place || !map) continue;
      const value = number(map, other, x, y);
      place.textContent = value === undefined ? 'The model sees nothing here.' : `${figures(value)} here`;
    }
  }

  function leave(stack) {
    turn(stack);
    for (const cross of group(stack).querySelectorAll('.cross')) cross.remove();
    for (const place of group(stack).querySelectorAll('.reading')) place.textContent = '';
  }

  const at = new WeakMap(); // where the keyboard is in a map

  document.addEventListener('pointermove', (event) => {
    const stack = event.target.closest?.('.stack');
    if (!stack) return;
    const box = stack.getBoundingClientRect();
    point(stack, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  document.addEventListener('pointerout', (event) => {
    const stack = event.target.closest?.('.stack');
    if (stack && !stack.contains(event.relatedTarget)) leave(stack);
  });
  document.addEventListener('focusout', (event) => event.target.matches?.('.stack') && leave(event.target));
  document.addEventListener('keydown', async (event) => {
    const stack = event.target;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || !stack.matches?.('.stack')) return;
    event.preventDefault();
    const map = await numbers(stack);
    if (document.activeElement !== stack) return;
    const size = Math.max(16, Math.min(64, map ? Math.max(map.width, map.height) : 16));
    const [x, y] = at.get(stack) ?? [.5, .5];
    const inside = (share) => Math.min(1 - .5 / size, Math.max(.5 / size, share));
    const next = [inside(x + step[0] / size), inside(y + step[1] / size)];
    at.set(stack, next);
    point(stack, ...next);
  });

  for (const bar of document.querySelectorAll('.colours')) {
    bar.style.background = `linear-gradient(to right, ${bar.dataset.stops})`;
  }
  for (const ends of document.querySelectorAll('.ends')) {
    const [low, high] = [Number(ends.dataset.low), Number(ends.dataset.high)];
    const middle = low < 0 && low === -high ? [0] : [];
    const texts = [low, ...middle, high].map(figures);
    ends.classList.toggle('long', texts.join('').length > 16);
    ends.replaceChildren(...texts.map((textContent) => Object.assign(document.createElement('span'), { textContent })));
  }
  for (const image of document.querySelectorAll('img.picture, .pictures img')) {
    const judge = () => image.classList.toggle('crisp', Math.max(image.naturalWidth, image.naturalHeight) <= CRISP);
    if (image.complete && image.naturalWidth) judge();
    else image.addEventListener('load', judge, { once: true });
  }
  for (const time of document.querySelectorAll('time')) {
    const made = new Date(time.dateTime);
    const two = (n) => String(n).padStart(2, '0');
    if (!Number.isNaN(made.getTime())) {
      time.textContent = `${made.getFullYear()}-${two(made.getMonth() + 1)}-${two(made.getDate())} ${two(made.getHours())}:${two(made.getMinutes())}`;
    }
  }

  const root = document.documentElement;
  const theme = document.getElementById('theme');
  const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : !matchMedia('(prefers-color-scheme: light)').matches);
  const say = () => { theme.textContent = dark() ? 'Light' : 'Dark'; };
  if (theme) {
    theme.hidden = false;
    say();
    theme.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      if ('served' in root.dataset) localStorage.setItem('picasso-theme', root.dataset.theme);
      say();
    });
  }
  const how = document.getElementById('how');
  if (how) how.hidden = !document.querySelector('.of-map');
})();
