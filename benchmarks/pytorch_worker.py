"""PyTorch's side of benchmarks/table: the same work as people write it, and tuned.

    pytorch_worker.py NETWORK IMAGE.npy THREADS

Requests and answers are JSON, one line each, as those of Picasso's Worker. The work is

    {"method": "occlusion", "count": 81, "how": null}                      as people write it
    {"method": "occlusion", "count": 81, "how": ["channels_last", "eager", 16]}
                                                                           layout, eager or compiled, batch

and the answer to "run" says how many of the positions, masks or steps were "done": tuned work is timed in whole
batches. Needs torch and numpy. As people write it is Captum where it is installed, else a loop that does the same;
Captum has no RISE and no Recipro-CAM, whose loops are those of their papers.
"""

import copy
import json
import sys
import time

import numpy as np
import torch
import torch._dynamo
import torch._functorch.config
from torch.fx.experimental.optimization import fuse

import architectures

try:
    import captum
    from captum import attr
except ImportError:
    captum = None

CLASSES = (7, 8, 9, 10, 11)
BATCH = 16  # as people write it
PATCH, STRIDE = 16, 8
SIDE = 224
GRID, KEEP = 7, 0.5
NOISE = 0.15


class Enough(Exception):
    """So much of a long piece of work was to be timed."""


def patches(stride):
    """The top left corners of patches that lie wholly inside, row by row."""
    places = range(0, SIDE - PATCH + 1, stride)
    return [(top, left) for top in places for left in places]


class JavaRandom:
    """Numbers of java.util.Random, as its documentation defines them, for the same masks as Picasso's."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits(self, count):
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.state >> (48 - count)

    def double(self):
        return ((self.bits(26) << 27) + self.bits(27)) / (1 << 53)

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return (bound * self.bits(31)) >> 31
        while True:
            value = self.bits(31)
            if value - value % bound + bound - 1 < 1 << 31:
                return value % bound


def cells(count):
    """The small masks of RISE [count, 1, 7, 7] and where they are cut out once enlarged, [(down, right)]."""
    random, step = JavaRandom(0), -(-SIDE // GRID)
    small, shifts = [], []
    for _ in range(count):
        small.append([float(random.double() < KEEP) for _ in range(GRID * GRID)])
        shifts.append((random.below(step), random.below(step)))
    return torch.tensor(small).reshape(count, 1, GRID, GRID), shifts


def masks(small, shifts):
    """Enlarged bilinearly and cut out: [n, 1, 224, 224]."""
    side = (GRID + 1) * -(-SIDE // GRID)
    large = torch.nn.functional.interpolate(small, (side, side), mode="bilinear")
    return torch.stack([m[:, d : d + SIDE, r : r + SIDE] for m, (d, r) in zip(large, shifts)])


def folded(network):
    """A copy with batch normalization in the convolutions before it, and weights without gradients."""
    layers = [fuse(layer) if list(layer.children()) else copy.deepcopy(layer) for layer in network]
    return torch.nn.Sequential(*layers).eval().requires_grad_(False)


class Network:
    """A network with one image, run in one way."""

    def __init__(self, network, x, layout="contiguous", mode="eager", batch=BATCH):
        self.memory = torch.channels_last if layout == "channels_last" else torch.contiguous_format
        self.network, self.mode, self.batch = network.to(memory_format=self.memory), mode, batch
        self.x = self.laid(x)
        self.forward = self.differentiable = network
        if mode == "compiled":
            # Frozen weights are folded and laid out anew, which only inference can have.
            self.forward = torch.compile(network, dynamic=False, options={"freezing": True})
            self.differentiable = torch.compile(network, dynamic=False)

    def laid(self, x):
        return x.contiguous(memory_format=self.memory)

    def scores(self, x):
        # Frozen graphs are made under no_grad only.
        with torch.no_grad() if self.mode == "compiled" else torch.inference_mode():
            return self.forward(self.laid(x))

    def probabilities(self, x):
        return self.scores(x).softmax(1)[:, CLASSES[0]]

    def gradient(self, x, classes=None):
        x = self.laid(x).detach().requires_grad_()
        scores = self.differentiable(x)
        rows = torch.arange(len(x))
        chosen = scores[rows, CLASSES[0] if classes is None else torch.tensor(classes)]
        return torch.autograd.grad(chosen.sum(), x)[0]


def pieces(count, batch):
    return [range(i, min(count, i + batch)) for i in range(0, count, batch)]


# Each takes a Network and how many steps, positions or masks; and returns a map of a number a pixel or position.


def forward(net, count):
    return net.scores(net.x)


def box(net, count):
    x = net.x.clone()
    x[:, :, 80:144, 80:144] = 0
    return net.scores(x)


def saliency(net, count):
    return net.gradient(net.x).abs().amax(1)[0]


def saliency_5(net, count):
    if net.batch >= len(CLASSES):
        return net.gradient(net.x.repeat(len(CLASSES), 1, 1, 1), CLASSES).abs().amax(1)[0]
    x = net.x.detach().clone(memory_format=torch.preserve_format).requires_grad_()
    scores = net.differentiable(x)
    return [torch.autograd.grad(scores[0, k], x, retain_graph=True)[0] for k in CLASSES][0].abs().amax(1)[0]


def grad_cam(net, count):
    features, rest = architectures.parts(net.network)
    with torch.no_grad():
        layer = features(net.x)
    layer.requires_grad_()
    gradient = torch.autograd.grad(rest(layer)[0, CLASSES[0]], layer)[0]
    return (gradient.mean((2, 3), keepdim=True) * layer.detach()).sum(1).relu()[0]


def integrated_gradients(net, count):
    """By the trapezoid rule with so many points."""
    steps = torch.linspace(0, 1, count)
    weights = torch.full((count,), 1 / max(1, count - 1))
    weights[[0, -1]] /= 2
    total = torch.zeros_like(net.x)
    for piece in pieces(count, net.batch):
        some = steps[piece.start : piece.stop].reshape(-1, 1, 1, 1)
        part = weights[piece.start : piece.stop].reshape(-1, 1, 1, 1)
        total += (net.gradient(some * net.x) * part).sum(0, keepdim=True)
    return (total * net.x).sum(1)[0]


def smoothgrad(net, count):
    sigma = NOISE * (net.x.max() - net.x.min())
    total = torch.zeros_like(net.x)
    for piece in pieces(count, net.batch):
        noisy = net.x + sigma * torch.randn(len(piece), *net.x.shape[1:])
        total += net.gradient(noisy).sum(0, keepdim=True)
    return (total / count).abs().amax(1)[0]


def rise(net, count):
    small, shifts = cells(count)
    total = torch.zeros(SIDE, SIDE)
    for piece in pieces(count, net.batch):
        some = masks(small[piece.start : piece.stop], shifts[piece.start : piece.stop])
        p = net.probabilities(some * net.x)
        total += (p @ some.reshape(len(piece), -1)).reshape(SIDE, SIDE)
    return total / count / KEEP


def occlusion(net, count):
    all_ = sparse(count)
    whole = net.probabilities(net.x)[0]
    sums, times = torch.zeros(SIDE, SIDE), torch.zeros(SIDE, SIDE)
    for piece in pieces(count, net.batch):
        x = net.x.repeat(len(piece), 1, 1, 1)
        for row, i in enumerate(piece):
            top, left = all_[i]
            x[row, :, top : top + PATCH, left : left + PATCH] = 0
        drops = whole - net.probabilities(x)
        for row, i in enumerate(piece):
            top, left = all_[i]
            sums[top : top + PATCH, left : left + PATCH] += drops[row]
            times[top : top + PATCH, left : left + PATCH] += 1
    return sums / times.clamp(min=1)


def sparse(count):
    """The patches at the least even distance of which there are at least so many."""
    stride = max(s for s in range(STRIDE, SIDE, STRIDE) if len(patches(s)) >= count)
    return patches(stride)


def recipro_cam(net, count):
    features, rest = architectures.parts(net.network)
    with torch.inference_mode():
        layer = features(net.x)
        _, channels, height, width = layer.shape
        near = torch.tensor([1.0, 2.0, 1.0])
        kernel = (near[:, None] * near / 16)[None, None]
        alone = torch.eye(height * width).reshape(-1, 1, height, width)
        around = torch.nn.functional.conv2d(alone, kernel, padding=1)
        p = rest(around * layer).softmax(1)[:, CLASSES[0]]
    return p.reshape(height, width)


TUNED = {
    "forward": forward,
    "box": box,
    "saliency": saliency,
    "saliency-5": saliency_5,
    "grad-cam": grad_cam,
    "integrated-gradients": integrated_gradients,
    "smoothgrad": smoothgrad,
    "rise": rise,
    "occlusion": occlusion,
    "recipro-cam": recipro_cam,
}
SINGLE = {"forward", "box", "saliency", "saliency-5", "grad-cam", "recipro-cam"}  # nothing to count


def written(method, net, count):
    """As people write it; the units that were done."""
    model, x, target = net.network, net.x, CLASSES[0]
    if captum is None or method not in CAPTUM:
        TUNED[method](net, count)
        return 1 if method in SINGLE else count
    return CAPTUM[method](model, x, target, count) or (1 if method in SINGLE else count)


def captum_occlusion(model, x, target, count):
    left = [1 + -(-count // BATCH)]

    def probability(some):
        if left[0] == 0:
            raise Enough
        left[0] -= 1
        return model(some).softmax(1)

    try:
        attr.Occlusion(probability).attribute(
            x,
            strides=(3, STRIDE, STRIDE),
            sliding_window_shapes=(3, PATCH, PATCH),
            target=target,
            perturbations_per_eval=BATCH,
        )
    except Enough:
        return BATCH * -(-count // BATCH)
    return len(patches(STRIDE))


def captum_gradients(model, x, target, count):
    attr.IntegratedGradients(model).attribute(
        x, target=target, n_steps=count, internal_batch_size=BATCH, method="riemann_trapezoid"
    )


def captum_smoothgrad(model, x, target, count):
    attr.NoiseTunnel(attr.Saliency(model)).attribute(
        x,
        nt_type="smoothgrad",
        nt_samples=count,
        nt_samples_batch_size=BATCH,
        stdevs=float(NOISE * (x.max() - x.min())),
        target=target,
        abs=False,
    )


def captum_grad_cam(model, x, target, count):
    last = list(architectures.parts(model)[0])[-1]
    attr.LayerGradCam(model, last).attribute(x, target=target, relu_attributions=True)


def captum_classes(model, x, target, count):
    for each in CLASSES:
        attr.Saliency(model).attribute(x, target=each)


def captum_saliency(model, x, target, count):
    attr.Saliency(model).attribute(x, target=target)


CAPTUM = {
    "saliency": captum_saliency,
    "saliency-5": captum_classes,
    "grad-cam": captum_grad_cam,
    "integrated-gradients": captum_gradients,
    "smoothgrad": captum_smoothgrad,
    "occlusion": captum_occlusion,
}


class Worker:
    def __init__(self, name, image):
        self.x = torch.from_numpy(np.load(image))
        self.plain = architectures.build(name)
        self.folded = {}
        self.networks = {}

    def network(self, how):
        """In that way; batch normalization is folded into the convolutions where it is tuned."""
        if how is None:
            return Network(self.plain, self.x)
        layout, mode, batch = how
        key = layout, mode
        if key not in self.networks:
            # The two layouts have weights of their own; compiled or not, the same ones.
            if layout not in self.folded:
                self.folded[layout] = folded(self.plain)
            self.networks[key] = Network(self.folded[layout], self.x, layout, mode, batch)
        found = self.networks[key]
        found.batch = batch
        return found

    def piece(self, work):
        """A function that does the work and says how many units it did."""
        method, count, how = work["method"], work.get("count", 1), work["how"]
        net = self.network(how)
        if how is None:
            return lambda: written(method, net, count)
        whole = 1 if method in SINGLE else max(1, count // net.batch) * net.batch

        def run():
            TUNED[method](net, whole)
            return whole

        return run

    def answer(self, request):
        if request["ask"] == "about":
            versions = {"python": sys.version.split()[0], "torch": torch.__version__}
            return {**versions, **({"captum": captum.__version__} if captum else {})}
        if request["ask"] == "run":
            run, seconds, left = self.piece(request["work"]), [], request["turn"]
            while not seconds or left > 0:
                begun = time.perf_counter()
                done = run()
                seconds.append(time.perf_counter() - begun)
                left -= seconds[-1]
            return {"seconds": seconds, "done": done}
        if request["ask"] == "map":
            work = request["work"]
            net = self.network(["channels_last", "eager", BATCH])
            # So many steps are one more point in Picasso, and as many in Captum.
            more = work["method"] == "integrated-gradients"
            found = TUNED[work["method"]](net, work.get("count", 1) + more)
            np.save(request["file"], found.detach().numpy().astype(np.float32))
            return {}
        raise ValueError(f"nothing to do: {request}")


def main():
    name, image, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    # Several backward passes after one compiled forward pass.
    torch._functorch.config.donated_buffer = False
    torch._dynamo.config.recompile_limit = 64
    torch._dynamo.config.accumulated_recompile_limit = 512
    answers, sys.stdout = sys.stdout, sys.stderr
    worker = Worker(name, image)
    for line in sys.stdin:
        try:
            answer = worker.answer(json.loads(line))
        except Exception as e:  # PyTorch's compiler may fail in any way; the others go on
            answer = {"problem": f"{type(e).__name__}: {e}".split("\n")[0]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
