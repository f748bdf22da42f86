"""The images in which nothing is seen, as Picasso's methods name them, for attribution.py.

Where nothing is known of a model's preprocessing, pixels are fed as 0 to 1: black is 0 and white is 1.
"""

import math

import numpy as np
import torch
from scipy import ndimage

DRAWS = 5


class JavaRandom:
    """java.util.Random, whose numbers its documentation defines."""

    def __init__(self, seed):
        self.state, self.next = (seed ^ 0x5DEECE66D) & (1 << 48) - 1, None

    def bits(self, count):
        self.state = (self.state * 0x5DEECE66D + 0xB) & (1 << 48) - 1
        return self.state >> 48 - count

    def double(self):
        return ((self.bits(26) << 27) + self.bits(27)) / (1 << 53)

    def gaussian(self):
        if self.next is not None:
            value, self.next = self.next, None
            return value
        while True:
            a, b = 2 * self.double() - 1, 2 * self.double() - 1
            square = a * a + b * b
            if 0 < square < 1:
                factor = math.sqrt(-2 * math.log(square) / square)
                self.next = b * factor
                return a * factor


def blurred(x):
    """A Gaussian of a twentieth of the shorter side, mirrored at the border."""
    sigma = 0.05 * min(x.shape[2:])
    return torch.from_numpy(np.stack([[ndimage.gaussian_filter(plane, sigma, mode="reflect") for plane in image]
                                      for image in x.double().numpy()])).to(x.dtype)


def random_images(x, seed):
    """Uniform between the least and the greatest number of each image, in the order of its numbers."""
    out = []
    for image in x.double().numpy():
        random = JavaRandom(seed)
        share = np.array([random.double() for _ in range(image.size)]).reshape(image.shape)
        out.append(image.min() + (image.max() - image.min()) * share)
    return torch.from_numpy(np.stack(out)).to(x.dtype)


def starts(x, kind):
    """The baselines of images [N, C, H, W]; a map is the mean over those that come from several."""
    if kind == "random":
        return [random_images(x, draw) for draw in range(DRAWS)]
    if kind == "blur":
        return [blurred(x)]
    return [torch.full_like(x, {"zero": 0.0, "black": 0.0, "white": 1.0}[kind])]


def mean_over(x, kind, of):
    """The mean of maps of(start)."""
    maps = [of(start) for start in starts(x, kind)]
    return sum(maps) / len(maps)
