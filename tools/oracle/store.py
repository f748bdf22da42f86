"""What every oracle script shares: seeds, cotangents and the .npz files.

An .npz holds float32 arrays: the inputs x0, x1, ... (or x where there is one
input and no doubt), the outputs y (y1, y2, ... further outputs), for each output
a fixed random cotangent r (r1, ...) of its shape, and the gradients g0, g1, ...
of sum(y * r) + sum(y1 * r1) + ... with respect to each input. `oracle` names the
program and version that made the numbers.
"""

import os
import sys
import zlib

import numpy as np


def generator(name):
    """A random generator that depends on nothing but the name."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def normal(name, shape, scale=1.0):
    return (scale * generator(name).standard_normal(shape)).astype(np.float32)


def blotches(name, n, side):
    """Images [n, side, side, 3] of mean 0 and deviation 1: coloured blotches and noise, so that they differ."""
    coarse = normal(name + "/coarse", (n, 4, 4, 3), 0.8).repeat(side // 4, 1).repeat(side // 4, 2)
    return coarse + normal(name + "/fine", (n, side, side, 3), 0.6)


def numbered(prefix, arrays):
    """y, y1, y2, ... for outputs and cotangents."""
    return {prefix + (str(i) if i else ""): a for i, a in enumerate(arrays)}


def indexed(prefix, arrays):
    """x0, x1, ... for inputs and gradients; None is left out."""
    return {f"{prefix}{i}": a for i, a in enumerate(arrays) if a is not None}


def save(path, oracle, **arrays):
    """Writes an .npz whose bytes depend on its content only."""
    out = {}
    for key, a in arrays.items():
        a = np.asarray(a)
        out[key] = a.astype(np.float32) if a.dtype == np.float64 else a
        if a.dtype.kind == "f" and not np.isfinite(out[key]).all():
            raise ValueError(f"{path}: {key} is not finite")
    np.savez_compressed(path, oracle=np.array([oracle]), **out)


def make_all(make, names):
    """Runs make(name, folder) for the folder and the names of the command line, or for all; one that fails is told."""
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for each in sys.argv[2:] or names:
        try:
            make(each, folder)
        except Exception as e:
            print(f"{each}: NOT MADE: {type(e).__name__}: {' '.join(str(e).split())[:300]}", flush=True)
