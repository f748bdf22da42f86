"""A plot of benchmarks/table's results as SVG: a panel for each method, a row for each model, time to the right.

Each row has three marks on a logarithmic axis: Picasso, the best of PyTorch, and PyTorch as people write it.
"""

import html
import math

import methods
import page

# Told apart by shape as well as by colour; Okabe and Ito's palette.
MARKS = (("Picasso", "#0072b2"), ("best of PyTorch", "#e69f00"), ("PyTorch as people write it", "#999999"))
WIDTH, COLUMNS = 980, 2
LABEL, RIGHT, ROW, TOP, BOTTOM, LEGEND = 112, 30, 19, 30, 26, 34


def svg(results):
    panels = [p for p in (rows(results, m) for m in methods.ALL) if p[1]]
    heights = [TOP + ROW * len(found) + BOTTOM for _, found in panels]
    pairs = [heights[i : i + COLUMNS] for i in range(0, len(heights), COLUMNS)]
    height = LEGEND + sum(max(pair) for pair in pairs)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Seconds of Picasso and of PyTorch, by method and model">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *legend(),
    ]
    y = LEGEND
    for i, (method, found) in enumerate(panels):
        parts += panel(method, found, (i % COLUMNS) * WIDTH / COLUMNS, y)
        if i % COLUMNS == COLUMNS - 1:
            y += max(pairs[i // COLUMNS])
    return "\n".join([*parts, "</svg>", ""])


def rows(results, method):
    """(model, seconds of each of the three or None)"""
    found = []
    for row in results["results"]:
        if row["method"] == method.id:
            all_ = row["candidates"]
            names = ("Picasso", page.best(row), page.WRITTEN)
            found.append((page.title(row), [all_[n]["seconds"] if n in all_ else None for n in names]))
    return method, found


def legend():
    x, parts = 14, []
    for kind, (name, _) in enumerate(MARKS):
        parts += [mark(kind, x, 18), text(x + 11, 22, name)]
        x += 40 + 7 * len(name)
    return parts


def panel(method, found, left, top):
    numbers = [s for _, seconds in found for s in seconds if s]
    low = math.floor(math.log10(min(numbers)))
    high = max(low + 1, math.ceil(math.log10(max(numbers))))
    start, end = left + LABEL, left + WIDTH / COLUMNS - RIGHT
    bottom = top + TOP + ROW * len(found)

    def at(seconds):
        return start + (math.log10(seconds) - low) / (high - low) * (end - start)

    parts = [text(left + 14, top + 18, method.title, weight="bold")]
    for power in range(low, high + 1):
        x = at(10.0**power)
        parts.append(f'<path d="M{x:.1f} {top + TOP - 4}V{bottom}" stroke="#dddddd"/>')
        parts.append(text(x, bottom + 15, unit(power), anchor="middle", fill="#555555"))
    for i, (title, seconds) in enumerate(found):
        y = top + TOP + ROW * i + ROW / 2
        known = [s for s in seconds if s]
        parts.append(text(start - 10, y + 4, title, anchor="end"))
        parts.append(f'<path d="M{at(min(known)):.1f} {y}H{at(max(known)):.1f}" stroke="#bbbbbb" stroke-width="2"/>')
        for kind in reversed(range(len(MARKS))):
            if seconds[kind]:
                parts.append(mark(kind, at(seconds[kind]), y, f"{title}: {page.duration(seconds[kind])}"))
    return parts


def unit(power):
    return f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3):g} ms"


def mark(kind, x, y, title=""):
    name, colour = MARKS[kind]
    inside = f"<title>{html.escape(f'{name}, {title}')}</title>" if title else ""
    if kind == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{colour}">{inside}</circle>'
    if kind == 1:
        return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" fill="{colour}">{inside}</path>'
    return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}">{inside}</rect>'


def text(x, y, words, anchor="start", weight="normal", fill="#222222"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">'
        f"{html.escape(words)}</text>"
    )
