"""Draws the pictures that the tank networks learn from and are tested on, once.

    python tanks_data.py FILE.npz

For each of the four kinds of picture: TRAIN + TEST pictures, pixels [n, side, side, 3]; and for the
test pictures where sky and tank are seen.
"""

import itertools
import multiprocessing
import pathlib
import sys

import numpy as np

import scenes

SIDE = 128
TRAIN, TEST = 1500, 250  # pictures of each kind
SEED = 1960
KINDS = list(itertools.product((False, True), (False, True)))  # (with a tank, sunny)


def name(with_tank, sunny):
    return f"{'tank' if with_tank else 'no-tank'}-{'sunny' if sunny else 'overcast'}"


def scene(task):
    kind, n = task
    return scenes.draw(np.random.default_rng((SEED, kind, n)), SIDE, *KINDS[kind])


def main():
    arrays = {}
    with multiprocessing.Pool(2) as pool:
        for kind, (with_tank, sunny) in enumerate(KINDS):
            drawn = pool.map(scene, [(kind, n) for n in range(TRAIN + TEST)], chunksize=50)
            key = name(with_tank, sunny)
            arrays[key] = np.stack([s.pixels for s in drawn])
            for part in ("sky", "tank"):
                seen = np.stack([getattr(s, part) for s in drawn[TRAIN:]])
                arrays[f"{key}/{part}"] = np.rint(255 * seen).astype(np.uint8)
    np.savez(pathlib.Path(sys.argv[1]), **arrays)


if __name__ == "__main__":
    main()
