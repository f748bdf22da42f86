"""Draws landscapes: forest, ground, a sunny or overcast sky, with or without a tank.

    python scenes.py FOLDER [COUNT]     writes COUNT pictures of each kind to look at

Weather shows in the sky and nowhere else: light, shadows and colours of the ground are drawn
without a look at it. So a network that tells the weather must look up.
"""

import pathlib
import sys
from typing import NamedTuple

import numpy as np
from PIL import Image

import tank
from canvas import LAND, SKY, TANK, Canvas, noise, smoothstep

OVERSAMPLING = 2
LEAST_TANK = 0.015  # share of the picture
CROWNS = 0.08  # how far the forest reaches above the horizon


class Scene(NamedTuple):
    """pixels [side, side, 3] of bytes; where sky and tank are seen, [side, side], from 0 to 1."""

    pixels: np.ndarray
    sky: np.ndarray
    tank: np.ndarray


def draw(rng, side, with_tank, sunny):
    """One landscape as a Scene; a tank is never hidden altogether."""
    while True:
        scene = _attempt(rng, side, with_tank, sunny)
        if not with_tank or scene.tank.mean() > LEAST_TANK:
            return scene


def _attempt(rng, side, with_tank, sunny):
    large = side * OVERSAMPLING
    horizon = rng.uniform(0.36, 0.5)
    canvas = Canvas(_sky(rng, large, horizon, sunny))
    palette = _palette(rng)
    _forest(canvas, rng, horizon, palette)
    _ground(canvas, rng, horizon, palette)
    _things(canvas, rng, horizon, palette, with_tank)
    return _finish(canvas, rng, side)


def _sky(rng, side, horizon, sunny):
    """Sunny or overcast above; towards the trees haze, alike in both."""
    sky = _sunny(rng, side) if sunny else _overcast(rng, side)
    height = np.linspace(0, 1 / (horizon - CROWNS), side, dtype=np.float32)[:, None, None]
    haze = rng.uniform(165, 215) + np.array([rng.uniform(-6, 2), 0, rng.uniform(0, 10)])
    return sky + (haze - sky) * smoothstep(height, rng.uniform(0.2, 0.5), 1)


def _sunny(rng, side):
    blue = np.array([rng.uniform(40, 105), rng.uniform(105, 160), rng.uniform(185, 235)])
    sky = np.broadcast_to(blue, (side, side, 3)).astype(np.float32)
    if rng.random() < 0.7:
        low = rng.uniform(0.2, 1.6)
        cloud = smoothstep(noise(rng, side, rng.uniform(1.5, 3), 5, stretch=2.2), low, low + 1.2)
        white = rng.uniform(225, 250)
        sky = sky + (white - sky) * 0.9 * cloud[..., None]
    return sky


def _overcast(rng, side):
    layers = noise(rng, side, rng.uniform(1.5, 3), 5, stretch=2.5)
    grey = rng.uniform(135, 190) + rng.uniform(10, 24) * layers
    tint = np.array([rng.uniform(-5, 3), 0, rng.uniform(-2, 9)])
    return grey[..., None] + tint


def _palette(rng):
    """Colours of grass, leaves, earth and wood, [5, 3]; the same season for all of them."""
    season = rng.uniform(0, 1)
    fresh = np.array([[94, 112, 58], [54, 80, 42], [116, 98, 66], [74, 90, 54], [84, 70, 50]])
    dry = np.array([[142, 126, 74], [90, 84, 44], [130, 108, 76], [108, 100, 56], [92, 76, 58]])
    return (fresh + (dry - fresh) * season) * rng.uniform(0.9, 1.1, (5, 1)) + rng.normal(0, 4, (5, 3))


def _conifer(canvas, rng, x, foot, height, colour):
    width = height * rng.uniform(0.16, 0.26)
    left, right, tiers = [], [], 6
    for i in range(tiers):
        y = foot - height * (1 - i / tiers)
        reach = width * (i + 0.6) / tiers * rng.uniform(0.8, 1.2)
        left += [(x - reach * 0.5, y), (x - reach, y + height / tiers)]
        right += [(x + reach * 0.5, y), (x + reach, y + height / tiers)]
    canvas.polygon([(x, foot - height), *right, *left[::-1]], colour)
    canvas.polygon([(x, foot - height), *right], colour * rng.uniform(0.75, 0.9))


def _broadleaf(canvas, rng, x, foot, height, colour, trunk):
    w = height * 0.04
    canvas.polygon([(x - w, foot), (x + w, foot), (x + w, foot - height / 2), (x - w, foot - height / 2)], trunk)
    for i in range(7):
        r = height * rng.uniform(0.13, 0.22)
        dx, dy = rng.uniform(-0.22, 0.22), rng.uniform(0.4, 0.85)
        shade = 0.7 + 0.45 * dy + rng.normal(0, 0.05)
        canvas.blob(x + dx * height, foot - dy * height, r, r, colour * shade, rng)


def _tree(canvas, rng, x, foot, height, palette):
    leaves = palette[1] * rng.uniform(0.75, 1.2)
    if rng.random() < 0.5:
        _conifer(canvas, rng, x, foot, height, leaves * 0.8)
    else:
        _broadleaf(canvas, rng, x, foot, height, leaves, palette[4] * 0.6)


def _forest(canvas, rng, horizon, palette):
    """Rows of trees before the sky, the far ones paler."""
    rows = int(rng.integers(2, 4))
    foot = horizon + 0.03
    canvas.polygon([(0, horizon - 0.02), (1, horizon - 0.02), (1, foot), (0, foot)], palette[1] * 0.6)
    for row in range(rows):
        near = (row + 1) / rows
        colour = palette[1] * (0.65 + 0.25 * rng.random()) * near + np.array([118, 126, 122]) * (1 - near)
        height = rng.uniform(0.06, 0.14) * (0.7 + 0.3 * near)
        for x in np.arange(-0.05, 1.05, 0.035):
            at, tall = x + rng.normal(0, 0.01), height * rng.uniform(0.6, 1.25)
            shade = colour * rng.uniform(0.85, 1.12)
            if rng.random() < 0.5:
                _conifer(canvas, rng, at, foot, tall * 1.2, shade)
            else:
                canvas.blob(at, horizon - tall * 0.35, 0.035, tall * 0.5, shade, rng)


def _ground(canvas, rng, horizon, palette):
    """Grass and earth, finer towards the horizon."""
    side = canvas.side
    flat = noise(rng, side, rng.uniform(2, 4), 6, gain=0.7)
    rows = np.linspace(0, 1, side)
    below = np.clip((rows - horizon) / (1 - horizon), 0, 1)
    pulled = np.clip((1.35 - 1.35 / (1 + 2.8 * below)) * side, 0, side - 1).astype(int)
    patches = smoothstep(flat[pulled], rng.uniform(-1.2, 0.2), rng.uniform(0.8, 2))[..., None]
    fine = noise(rng, side, 24, 3, gain=0.8, stretch=2.5)[..., None]
    grass, earth = palette[0], palette[2 if rng.random() < 0.6 else 3]
    ground = (grass + (earth - grass) * patches) * (1 + 0.09 * fine)
    edge = horizon + 0.01 * np.clip(noise(rng, side, 3, 3)[0], -2, 2)
    mask = np.linspace(0, 1, side)[:, None] > edge[None]
    canvas.paste(ground, mask, LAND)


def _things(canvas, rng, horizon, palette, with_tank):
    """Trees, bushes, stones, sheds, and the tank among them, the far ones first."""
    depths = [*rng.uniform(0.03, 0.95, rng.integers(4, 10))]
    plan = [(d, _thing(rng)) for d in depths]
    at = rng.uniform(0.12, 0.75)
    if with_tank:
        plan.append((at, "tank"))
    middle = rng.uniform(0.24, 0.76)
    for depth, kind in sorted(plan):
        foot = horizon + 0.02 + depth * (0.93 - horizon)
        size = 0.4 + 0.6 * depth
        if kind == "tank":
            _shadow(canvas, rng, middle, foot, 0.24 * size)
            tank.draw(canvas, rng, middle, foot, size * rng.uniform(0.42, 0.56), palette)
            if rng.random() < 0.5:
                side = rng.choice([-1, 1]) * rng.uniform(0.1, 0.3) * size
                _bush(canvas, rng, middle + side, foot + 0.015, size * 0.6, palette)
        else:
            _DRAW[kind](canvas, rng, _beside(rng, middle, size), foot, size, palette)


def _thing(rng):
    return rng.choice(list(_DRAW), p=[0.34, 0.36, 0.14, 0.08, 0.08])


def _beside(rng, middle, size):
    """A place that leaves the middle, where a tank may stand, to itself most of the time."""
    x = rng.uniform(0, 1)
    if abs(x - middle) < 0.2 * size and rng.random() < 0.7:
        x += np.copysign(0.25, x - middle)
    return x


def _shadow(canvas, rng, x, y, r):
    """A soft shadow, strong or faint whatever the weather."""
    side = canvas.side
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) / side
    distance = np.hypot((xs - x) / r, (ys - y) / (0.22 * r))
    canvas.shade(np.clip(1.4 - distance, 0, 1), rng.uniform(0.45, 0.8))


def _lone_tree(canvas, rng, x, foot, size, palette):
    _tree(canvas, rng, x, foot, size * rng.uniform(0.3, 0.55), palette)


def _bush(canvas, rng, x, foot, size, palette):
    colour = palette[rng.choice([0, 1, 3])] * rng.uniform(0.7, 1)
    r = size * rng.uniform(0.05, 0.11)
    for _ in range(7):
        dx, dy = rng.uniform(-1.2, 1.2), rng.uniform(0.2, 1.0)
        shade = colour * (0.75 + 0.3 * dy + rng.normal(0, 0.06))
        canvas.blob(x + dx * r, foot - dy * r, 0.6 * r, 0.5 * r, shade, rng, roughness=0.25)


def _boulder(canvas, rng, x, foot, size, palette):
    grey = palette[2] * 0.4 + np.array([70, 70, 68]) * rng.uniform(0.8, 1.3)
    r = size * rng.uniform(0.05, 0.12)
    canvas.blob(x, foot - 0.4 * r, r, 0.6 * r, grey * 0.75, rng)
    canvas.blob(x - 0.1 * r, foot - 0.55 * r, 0.8 * r, 0.42 * r, grey * 1.1, rng)


def _logs(canvas, rng, x, foot, size, palette):
    r = size * rng.uniform(0.02, 0.03)
    rows = int(rng.integers(2, 4))
    for row in range(rows):
        for i in range(rows + 2 - row):
            cx, cy = x + (2 * i + row) * r, foot - (1 + 1.75 * row) * r
            canvas.blob(cx, cy, r, r, palette[4] * 0.55, rng, roughness=0.03)
            canvas.blob(cx, cy, 0.8 * r, 0.8 * r, palette[2] * 1.15, rng, roughness=0.03)


def _shed(canvas, rng, x, foot, size, palette):
    w, h = size * rng.uniform(0.07, 0.13), size * rng.uniform(0.08, 0.13)
    wood = palette[4] * rng.uniform(0.8, 1.2)
    eave, skew = foot - h, w * rng.uniform(-0.5, 0.5)
    canvas.polygon([(x - w, foot), (x + w, foot), (x + w, eave), (x - w, eave)], wood)
    canvas.polygon([(x - 0.3 * w, foot), (x + 0.1 * w, foot), (x + 0.1 * w, foot - 0.6 * h), (x - 0.3 * w, foot - 0.6 * h)], wood * 0.5)
    canvas.polygon([(x - 1.15 * w, eave), (x + 1.15 * w, eave), (x + 0.8 * w + skew, eave - 0.5 * h), (x - 0.8 * w + skew, eave - 0.5 * h)], wood * 0.7)


_DRAW = {"tree": _lone_tree, "bush": _bush, "boulder": _boulder, "logs": _logs, "shed": _shed}


def _finish(canvas, rng, side):
    """Leaves and grain on the land, light on it, exposure and the noise of a camera on all."""
    large = canvas.side
    pixels = np.asarray(canvas.image).astype(np.float32)
    kinds = np.asarray(canvas.kinds)
    rough = noise(rng, large, 40, 3, gain=0.9)
    pixels *= 1 + (kinds[..., None] == LAND) * 0.13 * rough[..., None]
    pixels *= 1 + (kinds[..., None] == TANK) * 0.05 * rough[..., None]
    light = rng.uniform(0.75, 1.3) * (1 + rng.normal(0, 0.03, 3))
    pixels = np.where(kinds[..., None] == SKY, pixels, pixels * light)
    pixels *= rng.uniform(0.88, 1.12)
    small = pixels.reshape(side, OVERSAMPLING, side, OVERSAMPLING, 3).mean((1, 3))
    small += rng.uniform(1, 4) * rng.standard_normal(small.shape)
    shares = [
        (kinds == kind).reshape(side, OVERSAMPLING, side, OVERSAMPLING).mean((1, 3))
        for kind in (SKY, TANK)
    ]
    return Scene(np.clip(np.rint(small), 0, 255).astype(np.uint8), *shares)


def main():
    folder, count = pathlib.Path(sys.argv[1]), int((sys.argv[2:] or ["4"])[0])
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    for with_tank in (True, False):
        for sunny in (False, True):
            name = f"{'tank' if with_tank else 'no-tank'}-{'sunny' if sunny else 'overcast'}"
            for n in range(count):
                Image.fromarray(draw(rng, 384, with_tank, sunny).pixels).save(folder / f"{name}-{n + 1}.png")


if __name__ == "__main__":
    main()
