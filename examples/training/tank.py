"""A tank of a few convex blocks, seen from any side, in camouflage."""

import numpy as np
from PIL import Image, ImageDraw

from canvas import TANK, noise


def _prism(profile, half_width, z_shift=0.0):
    """The faces of a block whose outline (x forward, y up) runs from -half_width to half_width."""
    near = [np.array([x, y, half_width + z_shift]) for x, y in profile]
    far = [np.array([x, y, -half_width + z_shift]) for x, y in profile]
    sides = [
        [far[i], far[(i + 1) % len(far)], near[(i + 1) % len(near)], near[i]]
        for i in range(len(profile))
    ]
    return [near, far[::-1], *sides]


def _disc(x, y, z, radius):
    angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    return [np.array([x + radius * np.cos(a), y + radius * np.sin(a), z]) for a in angles]


def _turned(faces, angle, pivot=(0.0, 0.0, 0.0)):
    """Faces turned about an upright axis."""
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return [[turn @ (p - pivot) + pivot for p in face] for face in faces]


def _blocks(rng):
    """A tank two units long in three lists, each drawn over the one before it.

    A list holds parts, each (faces, brightness): hull and tracks, wheels, turret.
    """
    height = rng.uniform(0.9, 1.15)
    track_top = 0.34 * height
    hull_top = 0.5 * height
    turret_top = hull_top + rng.uniform(0.24, 0.34)
    width = rng.uniform(0.46, 0.56)
    nose = rng.uniform(0.95, 1.08)
    at = rng.uniform(-0.2, 0.1)
    aim = rng.normal(0, 0.25)
    elevation = rng.uniform(-0.02, 0.16)
    track = [(-0.98, 0.2), (-0.8, 0.0), (0.8, 0.0), (1.0, 0.22), (0.9, track_top), (-0.92, track_top)]
    hull = [(-0.95, 0.25), (0.8, 0.2), (nose, track_top), (0.66, hull_top), (-0.9, hull_top)]
    turret = [
        (at - 0.48, hull_top),
        (at + 0.46, hull_top),
        (at + 0.3, turret_top),
        (at - 0.36, turret_top),
    ]
    length = rng.uniform(0.85, 1.2)
    y = hull_top + 0.13
    barrel = [
        (at + 0.3, y - 0.04),
        (at + 0.3 + length, y - 0.035 + elevation),
        (at + 0.3 + length, y + 0.035 + elevation),
        (at + 0.3, y + 0.05),
    ]
    cupola = [(at - 0.28, turret_top), (at - 0.02, turret_top), (at - 0.05, turret_top + 0.1),
              (at - 0.25, turret_top + 0.1)]
    pivot = np.array([at, 0.0, 0.0])
    count = int(rng.integers(5, 7))
    body, wheels = [(_prism(hull, width - 0.1), 1.0)], []
    for side in (-1, 1):
        body.append((_prism(track, 0.11, side * (width - 0.06)), 0.5))
        rim = side * (width + 0.055)
        for i in range(count):
            x = -0.68 + 1.36 * i / (count - 1)
            disc = _disc(x, 0.15, rim, 0.6 / count)
            hub = _disc(x, 0.15, rim * 1.01, 0.22 / count)
            wheels += [([d if side > 0 else d[::-1]], b) for d, b in ((disc, 0.95), (hub, 0.4))]
        skirt = [(-0.94, track_top - 0.09), (0.95, track_top - 0.09), (0.88, track_top + 0.03),
                 (-0.92, track_top + 0.03)]
        body.append((_prism(skirt, 0.01, rim), 1.0))
    upper = [(_prism(turret, 0.36), 1.05), (_prism(cupola, 0.12, -0.08), 0.95),
             (_prism(barrel, 0.045), 0.8)]
    return body, wheels, [(_turned(faces, aim, pivot), b) for faces, b in upper]


def draw(canvas, rng, x, y, length, palette):
    """Draws a tank.

    x, y: the middle of its foot; length: of two units seen from the side, a share of the
    picture; palette: colours of its surroundings, [n, 3].
    """
    yaw = rng.uniform(-0.95, 0.95) + (np.pi if rng.random() < 0.5 else 0)
    pitch = rng.uniform(0.08, 0.3)
    scale = length / 2
    c, s = np.cos(pitch), np.sin(pitch)
    lean = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    light = np.array([rng.uniform(-0.7, 0.7), 1.0, rng.uniform(0.1, 0.8)])
    light /= np.linalg.norm(light)
    depth = rng.uniform(0.45, 0.75)

    side = canvas.side
    shading = Image.new("F", (side, side), 0.0)
    stencil = Image.new("L", (side, side), 0)
    pens = ImageDraw.Draw(shading), ImageDraw.Draw(stencil)
    for parts in _blocks(rng):
        faces = []
        for part, brightness in parts:
            for face in _turned(part, yaw):
                seen = [lean @ p for p in face]
                normal = np.cross(seen[1] - seen[0], seen[2] - seen[1])
                normal /= np.linalg.norm(normal) + 1e-9
                if normal[2] > 0:
                    faces.append((np.mean([p[2] for p in seen]), seen, normal, brightness))
        for _, seen, normal, brightness in sorted(faces, key=lambda f: f[0]):
            lit = brightness * (1 - depth + depth * max(0.0, float(normal @ light)))
            corners = [((x + p[0] * scale) * side, (y - p[1] * scale) * side) for p in seen]
            pens[0].polygon(corners, fill=lit)
            pens[1].polygon(corners, fill=255)
    mask = np.asarray(stencil) > 0
    paint = camouflage(rng, side, palette, cells=rng.uniform(4, 7) / length)
    canvas.paste(paint * np.asarray(shading)[..., None] * rng.uniform(1.1, 1.4), mask, TANK)


def camouflage(rng, side, palette, cells):
    """Patches of three colours near those of a palette, [side, side, 3]."""
    chosen = palette[rng.permutation(len(palette))[:3]]
    colours = chosen * rng.uniform(0.85, 1.1, (3, 1)) + rng.normal(0, 4, (3, 3))
    which = np.digitize(noise(rng, side, cells, octaves=2), [-0.45, 0.5])
    return colours[which].astype(np.float32)
