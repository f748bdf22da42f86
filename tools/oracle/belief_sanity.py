"""What Quantus says of maps, for engine/src/test/resources/dev/picasso/belief/sanity.

    PYTHONPATH=quantus python belief_sanity.py OUT

Two small networks of attribution_networks.py are explained by gradient x input, summed over channels. Quantus randomizes their
weights from the top (MPRT), asks for another class (RandomLogit) and adds noise (MaxSensitivity, AvgSensitivity,
LocalLipschitzEstimate, RelativeInputStability); the maps that it got on the way are written down with the numbers that it
made of them: OUT/NETWORK/x.npy [3, h, w], noisy.npy [n, 3, h, w], map.npy [h, w], random.npy, class.npy, changed.npy
[n, h, w], and OUT/numbers.tsv. SSIM is skimage's on the two-dimensional maps; Quantus's RandomLogit would flatten them.
"""

import os
import sys

import numpy as np
import quantus
import torch
from quantus.functions.similarity_func import correlation_spearman, ssim

from attribution_networks import STEPS, images, trained

CLASS, OTHERS, DRAWS = 3, 10, 5


class Recorder:
    """Explains, and keeps what it found."""

    def __init__(self):
        self.maps = []

    def __call__(self, model, inputs, targets, **_):
        x = torch.as_tensor(np.asarray(inputs), dtype=torch.float32).requires_grad_()
        score = model(x)[torch.arange(len(x)), torch.as_tensor(np.asarray(targets))].sum()
        found = (torch.autograd.grad(score, x)[0] * x).sum(1, keepdim=True).detach().numpy()
        self.maps.extend(found[:, 0].astype(np.float32))
        return found


class Noise:
    """The same noise for every metric."""

    def __init__(self, noisy):
        self.noisy, self.at = noisy, 0

    def __call__(self, arr, **_):
        self.at += 1
        return self.noisy[(self.at - 1) % len(self.noisy)].reshape(arr.shape)


def in_two_dimensions(a, b, batched=False, **_):
    side = int(np.sqrt(np.asarray(a).shape[-1]))
    pairs = zip(np.reshape(a, (-1, side, side)), np.reshape(b, (-1, side, side)))
    found = [ssim(p, q) for p, q in pairs]
    return np.array(found) if batched else found[0]


def spearman(a, b, batched=False, **_):
    found = [correlation_spearman(p.ravel(), q.ravel()) for p, q in zip(np.atleast_2d(a), np.atleast_2d(b))]
    return np.array(found) if batched else found[0]


def flat(found):
    values = found.values() if isinstance(found, dict) else [found]
    return [float(v) for value in values for v in np.ravel(value)]


def main(out):
    rows = []
    for name in ("vgg", "resnet"):
        STEPS[name] = 25  # how well they know images does not matter here
        net, _ = trained(name)
        print(name, "is trained", flush=True)
        x, y = images(f"belief/{name}", 1, *net.side, classes=[CLASS])
        x, y = x.numpy(), y.numpy()
        g = np.random.default_rng(sum(map(ord, name)))
        noisy = (x + 0.1 * g.normal(size=(DRAWS, *x.shape[1:]))).astype(np.float32)
        quiet = dict(disable_warnings=True, display_progressbar=False, return_aggregate=False)
        kept = {}

        def ask(measure, metric, keep):
            recorder = Recorder()
            a = Recorder()(net, x, y)
            found = metric(model=net, x_batch=x, y_batch=y, a_batch=a, explain_func=recorder, device="cpu")
            kept.setdefault(keep, np.stack(recorder.maps))
            numbers = flat(found)
            if np.isfinite(numbers).all():  # Quantus has none where noise changes the prediction
                rows.append([name, measure] + [repr(v) for v in numbers])

        for absolute in (False, True):
            suffix = "-absolute" if absolute else ""
            for label, similar in (("rank", spearman), ("ssim", in_two_dimensions)):
                ask(label + suffix, quantus.MPRT(similarity_func=similar, abs=absolute, **quiet), "random")
                ask("class-" + label + suffix,
                    quantus.RandomLogit(similarity_func=similar, num_classes=OTHERS, abs=absolute, **quiet), "class")
        for label, metric, normalise in (("max-sensitivity", quantus.MaxSensitivity, False),
                                         ("avg-sensitivity", quantus.AvgSensitivity, False),
                                         ("lipschitz", quantus.LocalLipschitzEstimate, True),
                                         ("relative-input-stability", quantus.RelativeInputStability, False)):
            ask(label, metric(nr_samples=DRAWS, normalise=normalise, perturb_func=Noise(noisy), **quiet), "changed")

        folder = os.path.join(out, name)
        os.makedirs(folder, exist_ok=True)
        kept.update(x=x[0], noisy=noisy, map=Recorder()(net, x, y)[0, 0].astype(np.float32))
        for file, array in kept.items():
            np.save(os.path.join(folder, file + ".npy"), array.astype(np.float32))
            print(name, file, array.shape)
    with open(os.path.join(out, "numbers.tsv"), "w") as f:
        f.write("network\tmeasure\tnumbers\n")
        for row in rows:
            f.write("\t".join(row[:2]) + "\t" + " ".join(row[2:]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
