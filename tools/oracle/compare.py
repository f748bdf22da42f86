"""Compares two folders of .npz files: python compare.py A B

Prints, for every array that differs by more than 1e-4 of its largest value,
file, array and difference; two oracles should agree on everything.
"""

import os
import sys

import numpy as np

a, b = sys.argv[1:]
common = sorted(f for f in os.listdir(a) if f.endswith(".npz") and os.path.exists(os.path.join(b, f)))
different = 0
for name in common:
    p, q = np.load(os.path.join(a, name)), np.load(os.path.join(b, name))
    for key in sorted(set(p.files) | set(q.files)):
        if key == "oracle":
            continue
        if key not in p or key not in q or p[key].shape != q[key].shape:
            print(f"{name} {key}: {p[key].shape if key in p else None} and {q[key].shape if key in q else None}")
            different += 1
            continue
        error = np.abs(p[key] - q[key]).max() / max(1e-3, np.abs(p[key]).max())
        if error > 1e-4:
            print(f"{name} {key}: differs by {error:.1e}")
            different += 1
print(f"{len(common)} files, {different} differences")
