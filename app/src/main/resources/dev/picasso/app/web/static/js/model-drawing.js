const SVG = 'http://www.w3.org/2000/svg';
const BETWEEN = 28;
const EDGE = 24;
const FRAME = 12;
const LARGE = 80; // boxes of a block that is closed at first
const LEAST = 0.05;
const MOST = 3;
const LETTERS = 32; // of a name, in a box
const LETTER = 7; // pixels that a letter of a kind takes at most
const DRAGGED = 4;

const s = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** The end of a name tells more than its beginning. */
const cut = (text, most) => (text.length > most ? `…${text.slice(1 - most)}` : text);

/** A shape without brackets and batch, as "56×56×64". */
const size = (shape) => shape.replace(/^\[[^,\]]*,?\s*/, '').replace(/\]$/, '').split(/,\s*/).filter(Boolean).join('×');

/** What a box is called: what stands in it, so that it can be said to who listens, and what was cut off. */
function nameOf({ kind, name, shape }, parts) {
  const shown = parts.filter(Boolean).join(' ');
  const whole = [kind, size(shape), name].filter(Boolean).join(' ');
  return `${whole.startsWith(shown) ? whole : `${shown}: ${kind} ${name}`}${shape ? '' : ', not computed'}`;
}

/** A line through points, bent softly. */
function path(points) {
  let d = `M${points[0]},${points[1]}`;
  for (let i = 2; i < points.length; i += 2) {
    const [x0, y0, x, y] = points.slice(i - 2, i + 2);
    const bend = (y - y0) / 2;
    d += x === x0 ? `V${y}` : `C${x0},${y0 + bend} ${x},${y - bend} ${x},${y}`;
  }
  return d;
}

/**
 * Draws a model's layers from top to bottom.
 *
 * @param select called with the place of the layer that was pressed
 */
export function drawing(place, graph, select) {
  const open = new Set(); // sections whose repetitions are shown
  const opened = new Set(); // large blocks that are shown
  const rows = new Map(); // by layer: its element
  const sectionOf = new Map(); // by layer: its section, and its block where that is large
  let scale = 1;
  let extent = { width: 1, height: 1 };
  let current = -1;
  let matches = [];
  let match = -1;
  const svg = s('svg', { class: 'layers', role: 'group', 'aria-label': 'Layers, from the input down' });
  place.replaceChildren(svg);

  graph.sections.forEach((section, i) => {
    [...section.blocks, ...section.more].forEach((block, j) => {
      for (const box of block.boxes) {
        for (const layer of box.layers) sectionOf.set(layer, { section: i, repeated: j >= section.blocks.length, block });
      }
    });
  });

  const row = (index, y, first) => {
    const layer = graph.layers[index];
    const height = first ? graph.head : graph.row;
    const kind = cut(layer.kind, Math.max(9, Math.floor((graph.width - 24) / LETTER) - size(layer.shape).length - 1));
    const named = nameOf(layer, [kind, size(layer.shape), first && cut(layer.name, LETTERS)]);
    const element = s('g', { class: 'layer', tabindex: -1, role: 'button', 'aria-label': named, 'data-layer': index, transform: `translate(0,${y})` },
      s('rect', { width: graph.width, height, 'aria-hidden': 'true' }, s('title', {}, named)), // what is pointed at
      s('text', { x: 8, y: first ? 16 : 14, class: 'kind' }, kind), ' ',
      s('text', { x: graph.width - 8, y: first ? 16 : 14, class: 'shape' }, size(layer.shape)));
    if (first) element.append(' ', s('text', { x: 8, y: 32, class: 'name' }, cut(layer.name, LETTERS)));
    rows.set(index, element);
    return element;
  };

  const box = ({ x, y, height, layers }) => {
    const group = s('g', { transform: `translate(${x},${y})` });
    const all = layers.length <= graph.mostRows;
    const shown = all ? layers : layers.slice(0, graph.mostRows - 1);
    shown.forEach((index, i) => group.append(row(index, i === 0 ? 0 : graph.head + (i - 1) * graph.row, i === 0)));
    if (!all) {
      const last = layers.at(-1);
      const rest = row(last, graph.head + (graph.mostRows - 2) * graph.row, false);
      const words = `+ ${layers.length - shown.length}: … ${cut(graph.layers[last].kind, 9)}`;
      rest.querySelector('.kind').textContent = words;
      const called = nameOf(graph.layers[last], [words, size(graph.layers[last].shape)]);
      rest.setAttribute('aria-label', called);
      rest.querySelector('title').textContent = called;
      layers.slice(shown.length, -1).forEach((index) => rows.set(index, rest));
      group.append(rest);
    }
    group.append(s('rect', { class: 'outline', width: graph.width, height, rx: 3 }));
    return group;
  };

  const button = (words, x, y, act, label = words) => {
    const width = words.length * 7 + 16;
    const element = s('g', { class: 'more', role: 'button', tabindex: 0, 'aria-label': label, transform: `translate(${x - width / 2},${y})` },
      s('rect', { width, height: 22, rx: 3 }), s('text', { x: width / 2, y: 15 }, words));
    element.addEventListener('click', act);
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        act();
      }
    });
    return element;
  };

  /** Adds a block in the middle; returns where it ends. */
  const addBlock = (block, top, before, parts) => {
    if (block.boxes.length > LARGE && !opened.has(block)) {
      const layers = block.boxes.reduce((sum, one) => sum + one.layers.length, 0);
      if (before) parts.lines.append(s('path', { d: path([before.x, before.y, 0, top]) }));
      parts.boxes.append(button(`a block of ${layers} layers: show`, 0, top, () => { opened.add(block); draw(); }));
      parts.widest = Math.max(parts.widest, 240);
      return { x: 0, y: top + 22 };
    }
    const left = -block.width / 2;
    const group = s('g', { transform: `translate(${left},${top})` });
    for (const points of block.lines) {
      const bent = points[1] < 0 && before ? [before.x - left, before.y - top, ...points.slice(2)] : points;
      if (points[1] >= 0 || before) group.append(s('path', { d: path(bent) }));
    }
    parts.lines.append(group);
    const boxes = s('g', { transform: `translate(${left},${top})` }, ...block.boxes.map(box));
    parts.boxes.append(boxes);
    parts.widest = Math.max(parts.widest, block.width);
    const last = block.boxes.at(-1);
    return { x: left + last.x + graph.width / 2, y: top + last.y + last.height };
  };

  const draw = () => {
    rows.clear();
    const parts = { lines: s('g', { class: 'lines' }), boxes: s('g', {}), frames: s('g', { class: 'frames' }), widest: graph.width };
    let before;
    let y = EDGE;
    graph.sections.forEach((section, i) => {
      const repeats = section.more.length > 0;
      const folded = repeats && !open.has(i);
      if (repeats) y += FRAME;
      const from = y;
      let inner = graph.width;
      for (const block of folded || !repeats ? section.blocks : [...section.blocks, ...section.more]) {
        before = addBlock(block, y, before, parts);
        inner = Math.max(inner, block.width);
        y = before.y + BETWEEN;
      }
      if (repeats) {
        const end = y - BETWEEN + FRAME;
        const words = folded ? `× ${section.times}: show all` : `× ${section.times}: fold`;
        parts.frames.append(s('rect', { x: -inner / 2 - FRAME, y: from - FRAME, width: inner + 2 * FRAME, height: end - from + FRAME, rx: 6 }));
        parts.boxes.append(button(words, 0, end - 11, () => {
          if (folded) open.add(i);
          else open.delete(i);
          draw();
        }, `${words}, a part that stands there ${section.times} times`));
        parts.widest = Math.max(parts.widest, inner + 2 * FRAME);
        before = { x: before.x, y: end + 11 };
        y = end + 11 + BETWEEN;
      }
    });
    extent = { width: parts.widest + 2 * EDGE, height: y - BETWEEN + EDGE };
    svg.setAttribute('viewBox', `${-extent.width / 2} 0 ${extent.width} ${extent.height}`);
    svg.replaceChildren(parts.frames, parts.lines, parts.boxes);
    mark();
    resize();
  };

  const resize = () => {
    svg.setAttribute('width', extent.width * scale);
    svg.setAttribute('height', extent.height * scale);
  };

  const mark = () => {
    for (const element of svg.querySelectorAll('.layer')) {
      element.classList.remove('found', 'chosen');
      element.setAttribute('tabindex', -1);
    }
    for (const index of matches) rows.get(index)?.classList.add('found');
    const chosen = rows.get(current) ?? svg.querySelector('.layer');
    if (current >= 0) chosen?.classList.add('chosen');
    chosen?.setAttribute('tabindex', 0);
  };

  /** Shows a layer, wherever it is folded away. */
  const reveal = (index) => {
    const { section, repeated, block } = sectionOf.get(index) ?? {};
    const hidden = (repeated && !open.has(section)) || (block?.boxes.length > LARGE && !opened.has(block));
    if (hidden) {
      if (repeated) open.add(section);
      opened.add(block);
      draw();
    }
    rows.get(index)?.scrollIntoView({ block: 'center', inline: 'center' });
  };

  const choose = (index, focus) => {
    current = index;
    mark();
    if (focus) rows.get(index)?.focus();
    select(index);
    rows.get(index)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // what is shown of it may take room
  };

  const zoom = (factor, at = { x: place.clientWidth / 2, y: place.clientHeight / 2 }) => {
    const old = scale;
    scale = Math.min(MOST, Math.max(LEAST, scale * factor));
    const share = scale / old;
    const x = (place.scrollLeft + at.x) * share - at.x;
    const y = (place.scrollTop + at.y) * share - at.y;
    resize();
    place.scrollTo(x, y);
  };

  const fit = () => {
    scale = Math.min(MOST, Math.max(LEAST, Math.min(place.clientWidth / extent.width, place.clientHeight / extent.height)));
    resize();
  };

  svg.addEventListener('click', (event) => {
    const layer = event.target.closest('.layer');
    if (layer) choose(Number(layer.dataset.layer), true);
  });
  svg.addEventListener('keydown', (event) => {
    const layer = event.target.closest('.layer');
    if (!layer) return;
    const all = [...svg.querySelectorAll('.layer')];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const goal = event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : all[all.indexOf(layer) + step];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(Number(layer.dataset.layer), true);
    } else if (goal) {
      event.preventDefault();
      choose(Number(goal.dataset.layer), true);
    }
  });
  place.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = place.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - frame.left, y: event.clientY - frame.top });
  }, { passive: false });

  let drag = null;
  place.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, left: place.scrollLeft, top: place.scrollTop, moved: false };
  });
  addEventListener('pointermove', (event) => {
    if (!drag) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    drag.moved ||= Math.hypot(dx, dy) > DRAGGED;
    if (drag.moved) place.scrollTo(drag.left - dx, drag.top - dy);
  });
  addEventListener('pointerup', () => { setTimeout(() => { drag = null; }); });
  place.addEventListener('click', (event) => {
    if (drag?.moved) event.stopPropagation();
  }, true);

  draw();
  scale = Math.min(1, Math.max(0.5, place.clientWidth / extent.width));
  resize();
  place.scrollTo((extent.width * scale - place.clientWidth) / 2, 0);

  return {
    zoom,
    fit,
    /** Marks layers whose name and kind have all words of a text; returns how many. */
    find(text) {
      const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
      matches = words.length === 0 ? [] : graph.layers.flatMap(({ name, kind }, i) => {
        const told = `${name} ${kind}`.toLowerCase();
        return words.every((word) => told.includes(word)) ? [i] : [];
      });
      match = -1;
      mark();
      return matches.length;
    },
    /** Shows a layer as if it had been pressed. */
    show(index) {
      reveal(index);
      choose(index, false);
    },
    /** Goes to the next that was found, or with a step of -1 to the one before; tells which it is. */
    next(step) {
      if (matches.length === 0) return '';
      match = match < 0 && step < 0 ? matches.length - 1 : (match + step + matches.length) % matches.length;
      reveal(matches[match]);
      choose(matches[match], false);
      return `${match + 1} of ${matches.length}`;
    },
  };
}
