"""Draws the sample pictures of examples/tanks, and where sky and tank are seen in them.

    python tanks_samples.py IMAGES REGIONS

For each picture IMAGES/NAME.png there is REGIONS/NAME.png: red is the share of a pixel that shows
the tank, blue the share that shows the sky. Picasso's tests read these.
"""

import pathlib
import sys

import numpy as np
from PIL import Image

import scenes
import tanks_data

OF_EACH_KIND, SIDE, SEED = 2, 256, 7


def main():
    images, regions = map(pathlib.Path, sys.argv[1:])
    for folder in (images, regions):
        folder.mkdir(parents=True, exist_ok=True)
    for kind, (with_tank, sunny) in enumerate(tanks_data.KINDS):
        for n in range(OF_EACH_KIND):
            # The first that come, whatever the networks say of them.
            rng = np.random.default_rng((SEED, kind, n))
            scene = scenes.draw(rng, SIDE, with_tank, sunny)
            name = f"{tanks_data.name(with_tank, sunny)}-{n + 1}.png"
            Image.fromarray(scene.pixels).save(images / name, optimize=True)
            shown = np.stack([scene.tank, 0 * scene.sky, scene.sky], -1)
            Image.fromarray(np.rint(255 * shown).astype(np.uint8)).save(regions / name, optimize=True)


if __name__ == "__main__":
    main()
