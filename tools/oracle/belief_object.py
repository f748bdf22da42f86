"""How far maps lie on objects by Quantus, for engine/src/test/resources/dev/picasso/belief/object.tsv.

    PYTHONPATH=Quantus python belief_object.py ORACLE OUT.tsv

ORACLE is engine/src/test/resources/dev/picasso/attribution/oracle: the maps of two trained networks there are measured. Of
maps with channels their sum counts, of all only what is positive. Masks are boxes and disks, so that the table tells them:
"box left top width height", "disk x y radius" (pixels whose centre is no further than that from x, y).

Quantus orders equal numbers as its sort happens to; a row is refused if that changes one of its numbers.
"""

import os
import sys
import warnings

import numpy as np
import quantus

MAPS = [f"{net}/{method}-1.npy" for net in ("vgg", "resnet")
        for method in ("saliency", "integrated-gradients", "guided-backprop", "smoothgrad", "grad-cam", "layer-cam")]
MASKS = ["box 4 6 15 11", "disk 16 16 9", "box 20 2 10 28", "disk 6 25 5.5"]
SMALL = ["box 1 2 3 4", "disk 4 4 2.5"]


warnings.filterwarnings("ignore")


def mask(text, height, width):
    kind, *n = text.split()
    n = [float(v) for v in n]
    y, x = np.mgrid[0:height, 0:width] + 0.5
    if kind == "box":
        return (x > n[0]) & (x < n[0] + n[2]) & (y > n[1]) & (y < n[1] + n[3])
    return np.hypot(x - n[0], y - n[1]) <= n[2]


def measured(a, s, k):
    """All metrics of one map; as they are meant: no normalization, no absolute values."""
    plain = dict(abs=False, normalise=False, disable_warnings=True, display_progressbar=False)
    batch = dict(a_batch=a[None, None].copy(), s_batch=s[None, None].copy())
    localisation = quantus.AttributionLocalisation(
        abs=True, positive_attributions=True, normalise=False, disable_warnings=True, display_progressbar=False)
    return [
        float(quantus.PointingGame(**plain).evaluate_batch(**batch)[0]),
        float(quantus.RelevanceMassAccuracy(**plain).evaluate_batch(**batch)[0]),
        float(localisation.evaluate_batch(x_batch=np.zeros((1, 1) + a.shape), **batch)[0]),
        float(quantus.RelevanceRankAccuracy(**plain).evaluate_batch(**batch)[0]),
        float(quantus.TopKIntersection(k=k, **plain).evaluate_batch(**batch)[0]),
        float(quantus.AUC(**plain).evaluate_batch(**batch)[0]),
    ]


def main():
    folder, out = sys.argv[1:]
    rows = ["map\trow\tmask\tk\tpointing\tmass\tlocalisation\trank\ttop\tauc"]
    for name in MAPS:
        for row, a in enumerate(np.load(os.path.join(folder, name)).astype(np.float64)):
            a = np.maximum(a.sum(0) if a.ndim == 3 else a, 0).astype(np.float32).astype(np.float64)
            for text in MASKS if a.shape[0] == 32 else SMALL:
                s = mask(text, *a.shape)
                k = a.size // 50 if a.size > 500 else 5
                numbers = measured(a, s, k)
                turned = measured(a[::-1, ::-1], s[::-1, ::-1], k)
                if not np.allclose(numbers, turned):
                    print(f"{name} {row} {text}: left out, equal numbers decide")
                    continue
                rows.append("\t".join([name, str(row), text, str(k)] + [f"{v:.6f}" for v in numbers]))
    with open(out, "w") as f:
        f.write("\n".join(rows) + "\n")
    print(len(rows) - 1, "rows")


if __name__ == "__main__":
    main()
