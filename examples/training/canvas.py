"""A square to draw on that remembers what each pixel shows, and fractal noise."""

import numpy as np
from PIL import Image, ImageDraw

SKY, LAND, TANK = 0, 1, 2


def noise(rng, side, cells, octaves=4, gain=0.55, stretch=1.0):
    """Fractal noise [side, side] of mean 0 and deviation 1.

    cells: how many bumps lie side by side in the coarsest octave; stretch: how much wider
    than high they are.
    """
    total = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        across = int(cells * 2**octave) + 1
        if across > side:
            break
        down = max(2, int(across * stretch))
        grid = Image.fromarray(rng.standard_normal((down, across)).astype(np.float32))
        total += gain**octave * np.asarray(grid.resize((side, side), Image.Resampling.BICUBIC))
    return (total - total.mean()) / (total.std() + 1e-6)


def smoothstep(x, low, high):
    """0 below low, 1 above high, smooth between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


class Canvas:
    """Points are shares of the side, (0, 0) at the top left; colours are RGB from 0 to 255."""

    def __init__(self, background):
        """background: [side, side, 3], what is seen where nothing is drawn: sky."""
        self.side = len(background)
        self.image = Image.fromarray(np.clip(background, 0, 255).astype(np.uint8))
        self.kinds = Image.new("L", self.image.size, SKY)
        self._pen = ImageDraw.Draw(self.image)
        self._marker = ImageDraw.Draw(self.kinds)

    def _pixels(self, points):
        return [(x * self.side, y * self.side) for x, y in points]

    def polygon(self, points, colour, kind=LAND):
        corners = self._pixels(points)
        self._pen.polygon(corners, fill=tuple(int(np.clip(c, 0, 255)) for c in colour))
        self._marker.polygon(corners, fill=kind)

    def blob(self, x, y, rx, ry, colour, rng, kind=LAND, roughness=0.15):
        """A roundish patch with an uneven edge."""
        angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        radii = 1 + roughness * rng.standard_normal(len(angles))
        self.polygon(
            [
                (x + rx * r * np.cos(a), y + ry * r * np.sin(a))
                for a, r in zip(angles, radii, strict=True)
            ],
            colour,
            kind,
        )

    def paste(self, picture, mask, kind):
        """Lays picture [side, side, 3] over what is there, where mask [side, side] is true."""
        stencil = Image.fromarray((mask * 255).astype(np.uint8))
        self.image.paste(Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)), (0, 0), stencil)
        self.kinds.paste(kind, (0, 0), stencil)

    def shade(self, mask, factor):
        """Darkens or lightens a soft mask [side, side] by a factor."""
        pixels = np.asarray(self.image).astype(np.float32)
        self.image.paste(
            Image.fromarray(np.clip(pixels * (1 + (factor - 1) * mask[..., None]), 0, 255).astype(np.uint8))
        )
