"""What each attribution method gives, by PyTorch in float64 from the formulas; libraries are asked in attribution_libraries.py.

Every function takes a Subject and returns an array: in the shape of x, or [N, h, w] in a layer's frame. What regions of a picture
are switched on and off is in attribution_regions.py.
Relevance where a rule differs from the derivative is an autograd function whose backward is that rule.
"""

from contextlib import contextmanager

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from attribution_baselines import JavaRandom, mean_over, random_images, starts
from attribution_parts import LAST, Add, Gate, Product, Times, Unit

class Subject:
    """A network, images, and which sum of scores is asked for: weights over the classes; regions(name) as Picasso cut them."""

    def __init__(self, net, x, target, regions=None):
        self.net, self.x, self.target, self.regions = net, x, target, regions
        self.weights = torch.zeros(net(x[:1]).shape[1], dtype=x.dtype)
        parts = str(target).split("-")
        self.weights[int(parts[0])] += 1
        if len(parts) == 2:
            self.weights[int(parts[1])] -= 1

    def score(self, x):
        return self.net(x) @ self.weights

    def probability(self, x):
        return torch.softmax(self.net(x), 1) @ self.weights

    def gradient(self, x, score=None):
        x = x.detach().requires_grad_()
        return torch.autograd.grad((score or self.score)(x).sum(), x)[0]

    def layer(self, name):
        module, _, grid = self.net.layers[name]
        return module, grid

    def value_and_gradient(self, name, score=None):
        """A and G of a layer as [N, C, h, w]."""
        module, grid = self.layer(name)
        kept = {}
        hook = module.register_forward_hook(lambda m, i, o: kept.update(a=o.detach().requires_grad_()) or kept["a"])
        try:
            s = (score or self.score)(self.x)
            g = torch.autograd.grad(s.sum(), kept["a"])[0]
        finally:
            hook.remove()
        return folded(kept["a"].detach(), grid), folded(g, grid)


def folded(a, grid):
    """Tokens [N, T, D] as [N, D, h, w] without the leading ones; [N, h, w, D] likewise; maps as they are."""
    if grid is None:
        return a
    if grid == LAST:
        return a.permute(0, 3, 1, 2)
    rows, columns, leading = grid
    return a[:, leading:].transpose(1, 2).reshape(a.shape[0], a.shape[2], rows, columns)


@contextmanager
def replaced(module, change):
    """Within it the module's output is change(output)."""
    hook = module.register_forward_hook(lambda m, i, o: change(o))
    try:
        yield
    finally:
        hook.remove()


@contextmanager
def swapped(net, choose):
    """Within it each child module for which choose(module) gives another one is that one."""
    undo = []
    for parent in list(net.modules()):
        for key, child in list(parent.named_children()):
            other = choose(child)
            if other is not None:
                undo.append((parent, key, child))
                setattr(parent, key, other)
    layers = dict(net.layers)
    for name, (module, node, grid) in layers.items():
        for parent, key, child in undo:
            if child is module:
                net.layers[name] = (getattr(parent, key), node, grid)
    try:
        yield
    finally:
        for parent, key, child in undo:
            setattr(parent, key, child)
        net.layers.update(layers)


class Call(nn.Module):
    """A module of a function."""

    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, *x):
        return self.f(*x)


def up(a, size):
    return F.interpolate(a, size=tuple(size), mode="bilinear", align_corners=False)


# ---------------------------------------------------------------- gradients

def saliency(s):
    return s.gradient(s.x)


def gradient_x_input(s):
    return s.x * s.gradient(s.x)


def relu_like(module):
    """The top of a rectifier, or None."""
    return {nn.ReLU: float("inf"), nn.ReLU6: 6.0}.get(type(module))


class Rectifier(torch.autograd.Function):
    """clamp(x, 0, top) backwards as `guided` or `deconvnet` want it."""

    @staticmethod
    def forward(context, x, top, guided):
        context.save_for_backward(x)
        context.top, context.guided = top, guided
        return x.clamp(0, top)

    @staticmethod
    def backward(context, dy):
        (x,) = context.saved_tensors
        dy = dy.clamp(min=0)
        return (dy * ((x > 0) & (x < context.top)) if context.guided else dy), None, None


def rectified(s, guided):
    def choose(module):
        top = relu_like(module)
        return None if top is None else Call(lambda x: Rectifier.apply(x, top, guided))
    with swapped(s.net, choose):
        return s.gradient(s.x)


def guided_backprop(s):
    return rectified(s, True)


def deconvnet(s):
    return rectified(s, False)


def smoothgrad(s, samples, noise, form, seed):
    """Mean over many samples: what a random run comes near to."""
    g = torch.Generator().manual_seed(seed)
    sigma = noise * (s.x.amax((1, 2, 3), True) - s.x.amin((1, 2, 3), True))
    total, squares, absolute = 0, 0, 0
    for _ in range(samples):
        d = s.gradient(s.x + sigma * torch.randn(s.x.shape, generator=g, dtype=s.x.dtype))
        total, squares, absolute = total + d, squares + d * d, absolute + d.abs()
    mean = total / samples
    return {"signed": mean, "absolute": absolute / samples, "squared": squares / samples,
            "variance": squares / samples - mean ** 2}[form]


def integrated_gradients(s, steps, rule, baseline="zero"):
    if rule == "trapezoid":
        at, weight = np.linspace(0, 1, steps + 1), np.full(steps + 1, 1 / steps)
        weight[[0, -1]] /= 2
    else:
        nodes, weight = np.polynomial.legendre.leggauss(steps)
        at, weight = (nodes + 1) / 2, weight / 2
    return mean_over(s.x, baseline, lambda start: (s.x - start) * sum(
        w * s.gradient(start + a * (s.x - start)) for a, w in zip(at, weight)))


def expected_gradients(s, samples, noise, seed, baseline=0.0):
    """GradientSHAP: noise on the image, one constant baseline, a place on the way drawn for each sample."""
    g = torch.Generator().manual_seed(seed)
    total = 0
    for _ in range(samples):
        x = s.x + noise * torch.randn(s.x.shape, generator=g, dtype=s.x.dtype)
        a = torch.rand((len(x), 1, 1, 1), generator=g, dtype=s.x.dtype)
        total = total + (x - baseline) * s.gradient(baseline + a * (x - baseline))
    return total / samples


def expected_gradients_as_drawn(s, samples, noise, seed, baseline):
    """The same of Java's random numbers: for each sample the place on the way, then noise; random baselines are new ones."""
    drawn = [JavaRandom(seed) for _ in s.x]
    (start, *_) = starts(s.x, baseline)
    total = 0
    for i in range(samples):
        if baseline == "random":
            start = random_images(s.x, i)
        places = [random.double() for random in drawn]
        a = torch.tensor(places, dtype=s.x.dtype)[:, None, None, None]
        deviations = [[random.gaussian() for _ in range(s.x[0].numel())] for random in drawn]
        way = s.x + noise * torch.tensor(deviations, dtype=s.x.dtype).reshape(s.x.shape) - start
        total = total + way * s.gradient(start + a * way)
    return total / samples


# ---------------------------------------------------------------- DeepLIFT

SMALL = 1e-10


class Rescaled(torch.autograd.Function):
    """f on images and baselines, one half each; backward multiplies by Δout/Δin, or by f' where nothing differs."""

    @staticmethod
    def forward(context, x, f):
        context.save_for_backward(x)
        context.f = f
        return f(x)

    @staticmethod
    def backward(context, dy):
        (x,) = context.saved_tensors
        with torch.enable_grad():
            z = x.detach().requires_grad_()
            y = context.f(z)
            slope = torch.autograd.grad(y.sum(), z)[0]
        a, b = x.chunk(2)
        ya, yb = y.detach().chunk(2)
        same = (a - b).abs() < SMALL
        m = torch.where(same, slope.chunk(2)[0], (ya - yb) / torch.where(same, torch.ones_like(a), a - b))
        m = m.repeat(2, 1, 1, 1) if x.dim() == 4 else m.repeat(2, 1)
        return dy.chunk(2)[0].repeat(2, *[1] * (x.dim() - 1)) * m, None


class RescaledMax(torch.autograd.Function):
    """The same for a max pool: what each half adds goes to the place of its own maximum, the first of equal ones.

    A baseline of one colour is the same all over a pool but for rounding, so that places are looked up in rounded numbers."""

    @staticmethod
    def forward(context, x, pool):
        context.save_for_backward(x)
        context.pool = pool
        return pool(x)

    @staticmethod
    def backward(context, dy):
        (x,) = context.saved_tensors
        pool = context.pool
        y, place = F.max_pool2d(torch.round(x * 1e9) / 1e9, pool.kernel_size, pool.stride, pool.padding, return_indices=True)
        y = x.flatten(2).gather(2, place.flatten(2)).reshape(y.shape)

        def routed(values):
            return torch.zeros_like(x).flatten(2).scatter_add(2, place.flatten(2), values.flatten(2)).reshape(x.shape)
        ya, yb = y.chunk(2)
        top = torch.maximum(ya, yb)
        d = dy.chunk(2)[0]
        a, b = x.chunk(2)
        same = (a - b).abs() < SMALL
        both = sum(routed(torch.cat([d * (top - yb), d * (ya - top)])).chunk(2))
        slope = routed(torch.cat([d, d])).chunk(2)[0]
        m = torch.where(same, slope, both / torch.where(same, torch.ones_like(a), a - b))
        return m.repeat(2, 1, 1, 1), None


class RescaledGate(torch.autograd.Function):
    """A product of a map and one number for each channel: each gets the mean of the other over image and baseline."""

    @staticmethod
    def forward(context, a, b):
        context.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(context, dy):
        a, b = (sum(v.chunk(2)) / 2 for v in context.saved_tensors)
        d = dy.chunk(2)[0]
        return (d * b).repeat(2, 1, 1, 1), (d * a).sum((2, 3), keepdim=True).repeat(2, 1, 1, 1)


NONLINEAR = (nn.ReLU, nn.ReLU6, nn.Tanh, nn.Sigmoid, nn.LeakyReLU, nn.Hardswish, nn.Hardsigmoid)


def deeplift(s, baseline="zero"):
    def choose(module):
        if isinstance(module, NONLINEAR):
            plain = type(module)() if not isinstance(module, nn.LeakyReLU) else nn.LeakyReLU(module.negative_slope)
            return Call(lambda x: Rescaled.apply(x, plain))
        if isinstance(module, nn.MaxPool2d):
            pool = nn.MaxPool2d(module.kernel_size, module.stride, module.padding)
            return Call(lambda x: RescaledMax.apply(x, pool))
        return Call(RescaledGate.apply) if isinstance(module, Gate) else None

    def contributions(start):
        with swapped(s.net, choose):
            both = torch.cat([s.x, start]).requires_grad_()
            m = torch.autograd.grad(s.score(both)[:len(s.x)].sum(), both)[0][:len(s.x)]
        found = (s.x - start) * m
        rest = found.sum((1, 2, 3)) - (s.score(s.x) - s.score(start))
        assert s.x.dtype == torch.float32 or rest.abs().max() < 1e-6, rest
        return found
    return mean_over(s.x, baseline, contributions)


# ---------------------------------------------------------------- FullGrad

def full_gradient(s, rescale=False):
    """Biases as the file has them: of convolutions, and what a batch normalization adds."""
    outputs, biases, hooks = [], [], []
    for module in s.net.modules():
        if isinstance(module, nn.Conv2d) and module.bias is not None:
            bias = module.bias
        elif isinstance(module, nn.BatchNorm2d):
            bias = module.bias - module.running_mean * module.weight / torch.sqrt(module.running_var + module.eps)
        else:
            continue
        biases.append(bias)
        hooks.append(module.register_forward_hook(lambda m, i, o: outputs.append(o)))
    try:
        x = s.x.detach().requires_grad_()
        grads = torch.autograd.grad(s.score(x).sum(), [x, *outputs])
    finally:
        for hook in hooks:
            hook.remove()
    def scaled(term):
        term = term.abs()
        if rescale:
            low, high = term.amin((1, 2, 3), True), term.amax((1, 2, 3), True)
            term = torch.where(high > low, (term - low) / (high - low), torch.zeros_like(term))
        return term
    total = scaled(s.x * grads[0]).sum(1)
    for b, g in zip(biases, grads[1:]):
        total = total + up(scaled(b[None, :, None, None] * g), s.x.shape[2:]).sum(1)
    return total


# ---------------------------------------------------------------- class activation maps

def weighted(a, weights, relu=True):
    m = (a * weights[:, :, None, None]).sum(1)
    return m.clamp(min=0) if relu else m


def cam(s, layer):
    a, _ = s.value_and_gradient(layer)
    return weighted(a, (s.weights @ s.net.dense.weight)[None].expand(len(a), -1), relu=False)


def grad_cam(s, layer, relu=True):
    a, g = s.value_and_gradient(layer)
    return weighted(a, g.mean((2, 3)), relu)


def over(a, b):
    return torch.where(b == 0, torch.zeros_like(a), a / torch.where(b == 0, torch.ones_like(b), b))


def grad_cam_plus_plus(s, layer):
    a, g = s.value_and_gradient(layer)
    alpha = over(g ** 2, 2 * g ** 2 + a.sum((2, 3), True) * g ** 3)
    return weighted(a, (alpha * g.clamp(min=0)).sum((2, 3)))


def xgrad_cam(s, layer):
    a, g = s.value_and_gradient(layer)
    return weighted(a, over((g * a).sum((2, 3)), a.sum((2, 3))))


def layer_cam(s, layer):
    a, g = s.value_and_gradient(layer)
    return (g.clamp(min=0) * a).sum(1).clamp(min=0)


def hires_cam(s, layer):
    a, g = s.value_and_gradient(layer)
    return (g * a).sum(1).clamp(min=0)


def finer_cam(s, layer, gamma=1.0, classes=3):
    """The class must be the first by score, so that 'the next' is the same in every reading."""
    k = int(s.weights.argmax())
    def score(x):
        y = s.net(x)
        order = y.argsort(1, descending=True)
        assert (order[:, 0] == k).all()
        return y[:, k] - gamma * y.gather(1, order[:, 1:classes + 1]).mean(1)
    a, g = s.value_and_gradient(layer, score)
    return weighted(a, g.mean((2, 3)))


def score_cam(s, layer):
    a, _ = s.value_and_gradient(layer)
    maps = up(a, s.x.shape[2:])
    low, high = maps.amin((2, 3), True), maps.amax((2, 3), True)
    maps = over(maps - low, high - low)
    with torch.no_grad():
        scores = torch.stack([s.score(s.x * maps[:, k:k + 1]) for k in range(a.shape[1])], 1)
    return weighted(a, torch.softmax(scores, 1))


def ablation_cam(s, layer):
    module, grid = s.layer(layer)
    a, _ = s.value_and_gradient(layer)
    with torch.no_grad():
        whole = s.score(s.x)
        weights = []
        for k in range(a.shape[1]):
            def without(o, k=k):
                o = o.clone()
                if grid is None:
                    o[:, k] = 0
                else:
                    o[..., k] = 0
                return o
            with replaced(module, without):
                weights.append((whole - s.score(s.x)) / whole)
    return weighted(a, torch.stack(weights, 1))


def eigen_cam(s, layer, centred=False):
    a, _ = s.value_and_gradient(layer)
    out = []
    for image in a.flatten(2).transpose(1, 2).numpy():  # (h w) x C
        m = image - image.mean(0) if centred else image
        v = np.linalg.svd(m, full_matrices=False)[2][0]
        p = m @ v
        sign = p @ image.sum(1) if centred else p.sum()
        out.append(p if sign >= 0 else -p)
    return torch.from_numpy(np.stack(out)).reshape(len(a), *a.shape[2:])


GAUSS = torch.tensor([[1, 2, 1], [2, 4, 2], [1, 2, 1]], dtype=torch.float64) / 16


def recipro_cam(s, layer):
    """Leading tokens stay as they are."""
    module, grid = s.layer(layer)
    a, _ = s.value_and_gradient(layer)
    rows, columns = a.shape[2:]
    out = torch.zeros(len(a), rows, columns, dtype=a.dtype)
    with torch.no_grad():
        for r in range(rows):
            for c in range(columns):
                mask = torch.zeros(rows + 2, columns + 2, dtype=a.dtype)
                mask[r:r + 3, c:c + 3] = GAUSS.to(a.dtype)
                mask = mask[1:-1, 1:-1]
                if grid == LAST:
                    mask = mask[..., None]
                elif grid is not None:
                    mask = torch.cat([torch.ones(grid[2], dtype=a.dtype), mask.flatten()])[:, None]
                with replaced(module, lambda o, mask=mask: o * mask):
                    out[:, r, c] = s.probability(s.x)
    return out


def guided_grad_cam(s, layer):
    return guided_backprop(s) * up(grad_cam(s, layer)[:, None], s.x.shape[2:])


# ---------------------------------------------------------------- perturbation

def occlusion(s, patch, stride, fill=0.0):
    height, width = s.x.shape[2:]
    total = torch.zeros(len(s.x), height, width, dtype=s.x.dtype)
    count = torch.zeros(height, width, dtype=s.x.dtype)
    with torch.no_grad():
        whole = s.probability(s.x)
        for top in range(0, height - patch + 1, stride):
            for left in range(0, width - patch + 1, stride):
                hidden = s.x.clone()
                hidden[:, :, top:top + patch, left:left + patch] = fill
                total[:, top:top + patch, left:left + patch] += (whole - s.probability(hidden))[:, None, None]
                count[top:top + patch, left:left + patch] += 1
    return over(total, count.expand_as(total))


def rise(s, masks, grid, keep, seed):
    """Mean of mask times probability, over keep (eq. 6): cells enlarged as the authors do it (skimage mirrors at the border), shifted in a cell.

    The mean of the masks is known, so that only their covariance with the probability is drawn."""
    from skimage.transform import resize
    height, width = s.x.shape[2:]
    g = np.random.default_rng(seed)

    def axis(length):
        cell = -(-length // grid)
        large = resize(np.eye(grid), ((grid + 1) * cell, grid), order=1, mode="reflect", anti_aliasing=False)
        return [large[i:i + length] for i in range(cell)]
    rows, columns = axis(height), axis(width)
    sums, products, total = torch.zeros(len(s.x), dtype=s.x.dtype), 0, 0
    with torch.no_grad():
        for _ in range(masks // 100):
            small = (g.random((100, grid, grid)) < keep).astype(float)
            m = torch.from_numpy(np.stack([rows[g.integers(len(rows))] @ c @ columns[g.integers(len(columns))].T
                                           for c in small])).to(s.x.dtype)
            p = torch.stack([s.probability(x * m[:, None]) for x in s.x])
            sums, total = sums + p.sum(1), total + m.sum(0)
            products = products + torch.einsum("nk,khw->nhw", p, m)
    mean = (sums / masks)[:, None, None]
    return (products / masks - mean * (total / masks - keep)) / keep


# ---------------------------------------------------------------- layers and attention

def activation(s, layer):
    """Every channel, [N, K, h, w]."""
    return s.value_and_gradient(layer)[0]


def attention_relevance(s):
    """Chefer et al.: R grows block by block from the identity; the class token's row, or the mean of all rows."""
    leading = s.net.leading
    x = s.x.detach().requires_grad_()
    score = s.score(x).sum()
    weights = [block.attention.weights for block in s.net.blocks]
    grads = torch.autograd.grad(score, weights)
    count = weights[0].shape[-1]
    r = torch.eye(count, dtype=x.dtype).expand(len(x), count, count)
    for a, g in zip(weights, grads):
        r = r + (a.detach() * g).clamp(min=0).mean(1) @ r
    row = r[:, 0, leading:] if leading else r.mean(1)
    return row.reshape(len(x), *s.net.grid)


def stabilized(z, epsilon=1e-6):
    return z + epsilon * torch.where(z >= 0, 1.0, -1.0)


def with_rule(forward, backward):
    """A function of several tensors; backward(R, inputs, output) gives the relevance of each."""
    class Rule(torch.autograd.Function):
        @staticmethod
        def forward(context, *inputs):
            y = forward(*inputs)
            context.save_for_backward(y, *inputs)
            return y

        @staticmethod
        def backward(context, relevance):
            y, *inputs = context.saved_tensors
            return backward(relevance, inputs, y)
    return Rule.apply


def gamma_rule(apply, weight, bias, gamma):
    """The γ rule for inputs of both signs, as in Andéol et al. 2021: apply(a, w, b) is the layer.

    Where z > 0, products that are positive count 1 + γ times; where z < 0, those that are negative."""
    plus, minus = weight + gamma * weight.clamp(min=0), weight + gamma * weight.clamp(max=0)
    bias_plus, bias_minus = bias + gamma * bias.clamp(min=0), bias + gamma * bias.clamp(max=0)

    def backward(relevance, inputs, y):
        (a,) = inputs
        total = 0
        for side, w1, w2, b in ((y > 0, plus, minus, bias_plus), (y < 0, minus, plus, bias_minus)):
            with torch.enable_grad():
                high = a.detach().clamp(min=0).requires_grad_()
                low = a.detach().clamp(max=0).requires_grad_()
                z = apply(high, w1, b) + apply(low, w2, None)
                g = torch.autograd.grad(z, [high, low], side * relevance / stabilized(z.detach()))
            total = total + high.detach() * g[0] + low.detach() * g[1]
        return total
    return with_rule(lambda a: apply(a, weight, bias), backward)


def unchanged(f):
    return with_rule(f, lambda r, inputs, y: r)


SUM = with_rule(lambda a, b: a + b, lambda r, i, y: (i[0] * r / stabilized(y), i[1] * r / stabilized(y)))
SOFTMAX = with_rule(lambda a: torch.softmax(a, -1), lambda r, i, y: i[0] * (r - y * r.sum(-1, keepdim=True)))


def halves(r, inputs, y):
    a, b = inputs
    t = r / stabilized(2 * y)
    return a * (t @ b.transpose(-2, -1)), b * (a.transpose(-2, -1) @ t)


PRODUCT = with_rule(lambda a, b: a @ b, halves)


def attn_lrp_of_modules(s, gamma_conv=0.25, gamma_linear=0.05):
    """AttnLRP where each part of a network is a module: what is normalized, by its deviation or its length, is unchanged."""
    def mean(a):
        return a.mean((2, 3), keepdim=True)

    def choose(module):
        if isinstance(module, nn.Linear):
            bias = torch.zeros(1, dtype=s.x.dtype) if module.bias is None else module.bias
            return Call(gamma_rule(F.linear, module.weight, bias, gamma_linear))
        if isinstance(module, nn.Conv2d):
            convolve = lambda a, w, b: F.conv2d(a, w, b, module.stride, module.padding)
            return Call(gamma_rule(convolve, module.weight, module.bias, gamma_conv))
        if isinstance(module, nn.AdaptiveAvgPool2d):
            return Call(with_rule(mean, lambda r, i, y: i[0] / i[0][0, 0].numel() * r / stabilized(y)))
        if isinstance(module, Add):
            return Call(lambda a, b: SUM(a, b.expand_as(a)))
        if isinstance(module, (nn.LayerNorm, nn.GELU, Times, Unit)):
            return Call(unchanged(module.forward))
        return {Product: Call(PRODUCT), nn.Softmax: Call(SOFTMAX)}.get(type(module))
    with swapped(s.net, choose):
        x = s.x.detach().requires_grad_()
        y = s.net(x)
        return torch.autograd.grad(y, x, y.detach() * s.weights)[0]


def attn_lrp(s, gamma_conv=0.25, gamma_linear=0.05):
    """AttnLRP: softmax x (R - p ΣR), half of a product to each side, normalizations and GELU unchanged, γ in linear layers."""
    mean = with_rule(lambda a: a.mean(1), lambda r, i, y: i[0] / i[0].shape[1] * (r / stabilized(y))[:, None])

    def linear(module, a):
        return gamma_rule(F.linear, module.weight, module.bias, gamma_linear)(a)
    net = s.net
    x = s.x.detach().requires_grad_()
    patches = net.patches
    convolve = lambda a, w, b: F.conv2d(a, w, b, patches.stride)
    z = gamma_rule(convolve, patches.weight, patches.bias, gamma_conv)(x).flatten(2).transpose(1, 2)
    if net.leading:
        z = torch.cat([net.lead.expand(len(z), -1, -1), z], 1)
    z = SUM(z, net.position.expand_as(z))
    for block in net.blocks:
        at = block.attention
        n, t, d = z.shape
        q, k, v = linear(at.qkv, unchanged(block.norm1)(z)).reshape(n, t, 3, at.heads, -1).permute(2, 0, 3, 1, 4)
        logits = unchanged(lambda a, f=(d // at.heads) ** -0.5: a * f)(PRODUCT(q, k.transpose(-2, -1)))
        mixed = PRODUCT(SOFTMAX(logits), v).transpose(1, 2).reshape(n, t, d)
        z = SUM(z, linear(at.proj, mixed))
        z = SUM(z, linear(block.down, unchanged(block.gelu)(linear(block.up, unchanged(block.norm2)(z)))))
    z = unchanged(net.norm)(z)
    y = linear(net.dense, z[:, 0] if net.leading else mean(z))
    assert (y - net(s.x)).abs().max() < 1e-4
    return torch.autograd.grad(y, x, y.detach() * s.weights)[0]
