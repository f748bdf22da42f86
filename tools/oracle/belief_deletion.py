"""What Quantus and RISE's formula say of maps, for engine/src/test/resources/dev/picasso/belief/deletion.

    PYTHONPATH=quantus python belief_deletion.py RESOURCES/attribution/oracle OUT

The networks, their first image and its integrated gradients for class 3 are those of attribution.py. OUT gets cases.tsv (network, quantity,
numbers) and for each network the random pixels (NETWORK-sets.npy, a row for each set, padded with −1) and an image filled by
ROAD's imputation (NETWORK-road.npy).

Quantus counts each channel's number as a feature; here the three of a pixel go together, so that its steps are three times ours and its
random features come in threes. RISE's metric and the curves of blocks are computed from their definitions with NumPy and SciPy.
"""

import os
import sys

import numpy as np
import onnx
import onnxruntime
import torch
from scipy.ndimage import gaussian_filter, sobel

if not hasattr(np, "trapz"):
    np.trapz = np.trapezoid  # what Quantus calls it

import quantus  # noqa: E402
from quantus.functions.perturb_func import noisy_linear_imputation  # noqa: E402

CLASS = 3
SIDE = 32
PIXELS = SIDE * SIDE
NETWORKS = ["vgg", "mobile"]
SIZES = [8, 64, 256]
SETS = 12


class Network(torch.nn.Module):
    """The scores before the softmax."""

    def __init__(self, path):
        super().__init__()
        model = onnx.load(path)
        last = model.graph.node[-1]
        assert last.op_type == "Softmax"
        model.graph.node.remove(last)
        del model.graph.output[:]
        model.graph.output.append(onnx.helper.make_tensor_value_info(last.input[0], onnx.TensorProto.FLOAT, None))
        self.session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

    def forward(self, x):
        return torch.from_numpy(self.session.run(None, {"input": x.detach().numpy().astype(np.float32)})[0])

    def scores(self, images):
        return self(torch.from_numpy(np.stack(images))).numpy()[:, CLASS].astype(float)

    def probabilities(self, images):
        return torch.softmax(self(torch.from_numpy(np.stack(images))).double(), 1).numpy()[:, CLASS]


def trapezoid(places, values):
    places, values = np.asarray(places), np.asarray(values)
    return float(((places[1:] - places[:-1]) * (values[1:] + values[:-1]) / 2).sum())


def replaced(x, cover, pixels):
    out = x.reshape(3, -1).copy()
    out[:, pixels] = cover.reshape(3, -1)[:, pixels]
    return out.reshape(x.shape)


def curves(net, x, cover, groups, counts):
    """Probabilities while groups of pixels go, and while they come back."""
    gone = [replaced(x, cover, np.concatenate([[], *groups[:n]]).astype(int)) for n in counts]
    back = [replaced(x, cover, np.concatenate([[], *groups[n:]]).astype(int)) for n in counts]
    return net.probabilities(gone), net.probabilities(back)


def rise(net, x, a):
    """Petsiuk et al. 2018: a row's worth of pixels a step, zeros; insertion into conv(x, 11 x 11 Gaussian), zeros beyond the edge."""
    peak = np.zeros((11, 11))
    peak[5, 5] = 1
    kernel = torch.from_numpy(gaussian_filter(peak, 5)).float()
    blurred = torch.nn.functional.conv2d(torch.from_numpy(x)[:, None], kernel[None, None], padding=5)[:, 0].numpy()
    order = np.argsort(-a.ravel())
    counts = [min(PIXELS, SIDE * i) for i in range(SIDE + 1)]
    groups = [[p] for p in order]
    gone, _ = curves(net, x, np.zeros_like(x), groups, counts)
    _, back = curves(net, x, blurred, groups, counts)
    places = np.arange(SIDE + 1) / SIDE
    return trapezoid(places, gone), trapezoid(places, back)


def blocks(side):
    across = SIDE // side
    labels = np.arange(PIXELS) // SIDE // side * across + np.arange(PIXELS) % SIDE // side
    return [np.flatnonzero(labels == k) for k in range(across * across)]


def blocked(net, x, a, cover, side=4, steps=10):
    cells = blocks(side)
    order = np.argsort([-a.ravel()[c].mean() for c in cells])
    counts = [int(np.floor(i * len(cells) / steps + .5)) for i in range(steps + 1)]
    gone, back = curves(net, x, cover, [cells[k] for k in order], counts)
    places = np.array(counts) / len(cells)
    return trapezoid(places, gone), trapezoid(places, back)


def asked(metric, net, x, a, **more):
    """Quantus's answer for one image."""
    return metric(model=net, x_batch=x[None], y_batch=np.array([CLASS]), a_batch=a[None].copy(), channel_first=True, device="cpu",
                  **more)


def sets(seed):
    rng = np.random.default_rng(seed)
    return [rng.choice(PIXELS, size, replace=False) for size in SIZES for _ in range(SETS)]


def correlations(net, x, a, chosen):
    """Faithfulness correlation (Bhatt et al. 2020) is sensitivity-n for one n."""
    found = []
    for n, size in enumerate(SIZES):
        drawn = iter(chosen[n * SETS:(n + 1) * SETS])
        metric = quantus.FaithfulnessCorrelation(nr_runs=SETS, subset_size=3 * size, perturb_baseline=0.0, normalise=False, abs=False,
                                                 return_aggregate=False, disable_warnings=True)
        real = np.random.choice
        np.random.choice = lambda *_, **__: np.concatenate([next(drawn)] * 3) + np.repeat([0, PIXELS, 2 * PIXELS], size)
        try:
            found.append(asked(metric, net, x, a[None], softmax=False)[0])
        finally:
            np.random.choice = real
    return found


def flipping(net, x, a):
    metric = quantus.PixelFlipping(features_in_step=3 * 64, perturb_baseline=0.0, normalise=False, abs=False, disable_warnings=True)
    metric.custom_preprocess = lambda *_, **__: None  # asks for steps that divide the picture, and forgets its channels
    return asked(metric, net, x, a[None], softmax=True)[0]


def infidelity(net, x, own):
    """Blocks of 8 x 8 go one after another and stay away: Quantus's perturbation, which needs no random numbers."""
    metric = quantus.Infidelity(perturb_patch_sizes=[8], perturb_baseline=0.0, n_perturb_samples=1, normalise=False, abs=False,
                                disable_warnings=True)
    theirs = asked(metric, net, x, own, softmax=False)[0]
    cells = blocks(8)
    others = [replaced(x, np.zeros_like(x), np.concatenate(cells[:k + 1])) for k in range(len(cells))]
    drops = net.scores([x])[0] - net.scores(others)
    said = np.array([(own * (x - o)).sum() for o in others])
    assert np.isclose(theirs, ((said - drops) ** 2).mean(), rtol=1e-4), "Quantus does otherwise"
    sums = np.array([own.reshape(3, -1).sum(0)[np.concatenate(cells[:k + 1])].sum() for k in range(len(cells))])

    def scaled(s):
        return (((s * drops).mean() / (s * s).mean() * s - drops) ** 2).mean()
    return [theirs, scaled(said), scaled(sums)]


def described(net, x, a):
    plain = dict(return_aggregate=False, disable_warnings=True)
    gini, entropy, marked = (asked(metric, net, x, a[None])[0] for metric in (
        quantus.Sparseness(**plain), quantus.Complexity(**plain), quantus.EffectiveComplexity(eps=.1, **plain)))
    return [gini, entropy, marked / PIXELS]


def main(oracle, out):
    os.makedirs(out, exist_ok=True)
    rows = []
    for number, name in enumerate(NETWORKS):
        net = Network(os.path.join(oracle, name, "model.onnx")).eval()
        x = np.load(os.path.join(oracle, name, "x.npy"))[0]
        own = np.load(os.path.join(oracle, name, "integrated-gradients-1.npy"))[0]
        a = own.sum(0)
        edges = np.hypot(sobel(x.mean(0), 0, mode="nearest"), sobel(x.mean(0), 1, mode="nearest"))
        mean = np.broadcast_to(x.mean((1, 2), keepdims=True), x.shape)
        blur = gaussian_filter(x, (0, .05 * SIDE, .05 * SIDE))
        chosen = sets(number)
        padded = np.full((len(chosen), max(SIZES)), -1, np.float32)
        for row, some in zip(padded, chosen):
            row[:len(some)] = some
        np.save(os.path.join(out, name + "-sets.npy"), padded)
        away = np.union1d(chosen[-1], np.concatenate(blocks(8)[5:7]))
        np.save(os.path.join(out, name + "-road.npy"), noisy_linear_imputation(x, away, noise=0.0).astype(np.float32))
        for quantity, numbers in {
            "rise": rise(net, x, a),
            "pixel-flipping": flipping(net, x, a),
            "blocks-mean": [*blocked(net, x, a, mean), *blocked(net, x, edges, mean)],
            "blocks-blur": [*blocked(net, x, a, blur), *blocked(net, x, edges, blur)],
            "sensitivity-n": correlations(net, x, a, chosen),
            "infidelity": infidelity(net, x, own),
            "sparseness": described(net, x, a),
        }.items():
            rows.append([name, quantity, " ".join(f"{n:.7g}" for n in numbers)])
    with open(os.path.join(out, "cases.tsv"), "w") as f:
        f.write("network\tquantity\tnumbers\n")
        f.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
