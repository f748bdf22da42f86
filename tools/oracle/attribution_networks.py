"""Small classifiers for attribution.py, trained for a moment on images made here, and their ONNX files.

Images show a ring, a cross, stripes ... in one of five colours over noise: ten classes, so that what a
class depends on has a place. Training is a few seconds; it makes maps that are not noise, with scores of both signs.

`layers_of` a network: the name that a layer gets in the file -> (the module, the node of the export, grid).
Of token layers grid is (rows, columns, how many tokens lead before the patches); of layers [N, h, w, C] it is LAST; else None.
"""

import os
import warnings

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional as F

from attribution_parts import CLASSES, SIDE, Add, Gate
from attribution_swin import Swin
from store import generator

COLOURS = np.array([[1.6, -0.6, -0.6], [-0.6, 1.6, -0.6], [-0.6, -0.6, 1.6], [1.3, 1.3, -0.8], [-0.8, 1.3, 1.3]])


def images(name, n, height=SIDE, width=SIDE, classes=None):
    """Images [n, 3, height, width] as a network is fed them, about -2.5 to 2.5, and their classes."""
    g = generator(name)
    y = g.integers(0, CLASSES, n) if classes is None else np.array(classes)
    rows, columns = np.mgrid[0:13, 0:13] - 6
    ring = (np.hypot(rows, columns) < 6) & (np.hypot(rows, columns) > 3)
    cross = (abs(rows) < 2) | (abs(columns) < 2)
    x = g.normal(0, 0.35, (n, 3, height, width)) + g.normal(0, 0.25, (n, 3, 1, 1))
    for i, k in enumerate(y):
        top, left = g.integers(0, height - 13), g.integers(0, width - 13)
        shape = (ring, cross)[k // 5]
        x[i, :, top:top + 13, left:left + 13] += COLOURS[k % 5][:, None, None] * shape * g.uniform(0.6, 1.1)
    return torch.from_numpy(x.astype(np.float32)), torch.from_numpy(y.astype(np.int64))


class Vgg(nn.Module):
    """Convolutions with biases, max pools, a dense layer between; the file ends with a softmax."""

    side = (SIDE, SIDE)
    softmax = True

    def __init__(self):
        super().__init__()
        def conv(i, o):
            return [nn.Conv2d(i, o, 3, padding=1), nn.ReLU()]
        def pool():
            return [nn.MaxPool2d(2)]
        self.features = nn.Sequential(*conv(3, 16), *conv(16, 16), *pool(), *conv(16, 24), *conv(24, 32), *pool(),
                                      *conv(32, 32), *pool())
        self.flatten = nn.Flatten()
        self.classifier = nn.Sequential(nn.Linear(512, 48), nn.ReLU(), nn.Linear(48, CLASSES))

    def layers_of(self):
        return {"middle": (self.features[8], "/features/features.8/Relu", None),
                "last": (self.features[11], "/features/features.11/Relu", None)}

    def forward(self, x):
        return self.classifier(self.flatten(self.features(x)))


class Residual(nn.Module):
    """Two convolutions with normalizations beside a shortcut."""

    def __init__(self, i, o, stride):
        super().__init__()
        self.c1 = nn.Conv2d(i, o, 3, stride, 1, bias=False)
        self.b1 = nn.BatchNorm2d(o)
        self.r1 = nn.ReLU()
        self.c2 = nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.b2 = nn.BatchNorm2d(o)
        self.short = nn.Sequential()
        if stride > 1 or i != o:
            self.short = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))
        self.add = Add()
        self.r2 = nn.ReLU()

    def forward(self, x):
        y = self.b2(self.c2(self.r1(self.b1(self.c1(x)))))
        return self.r2(self.add(y, self.short(x)))


class ResNet(nn.Module):
    """Batch normalizations stay in the file, one behind a convolution with a bias; overlapping max pool; scores at the end."""

    side = (SIDE, SIDE)
    softmax = False
    keeps_norms = True

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 12, 3, padding=1)
        self.norm = nn.BatchNorm2d(12)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(3, 2, 1)
        self.one = Residual(12, 12, 1)
        self.two = Residual(12, 24, 2)
        self.three = Residual(24, 24, 1)
        self.mean = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(24, CLASSES)

    def layers_of(self):
        return {"middle": (self.two, "/two/r2/Relu", None), "last": (self.three, "/three/r2/Relu", None),
                "conv": (self.two.c2, "/two/c2/Conv", None), "norm": (self.two.b2, "/two/b2/BatchNormalization", None)}

    def forward(self, x):
        x = self.pool(self.relu(self.norm(self.stem(x))))
        return self.dense(self.flatten(self.mean(self.three(self.two(self.one(x))))))


class Squeeze(nn.Module):
    """Squeeze and excitation by 1x1 convolutions, hard sigmoid."""

    def __init__(self, c):
        super().__init__()
        self.mean = nn.AdaptiveAvgPool2d(1)
        self.down = nn.Conv2d(c, c // 4, 1)
        self.relu = nn.ReLU()
        self.up = nn.Conv2d(c // 4, c, 1)
        self.gate = nn.Hardsigmoid()
        self.scale = Gate()

    def forward(self, x):
        return self.scale(x, self.gate(self.up(self.relu(self.down(self.mean(x))))))


class Inverted(nn.Module):
    """An inverted residual block."""

    def __init__(self, i, wide, o, kernel, stride, activation):
        super().__init__()
        self.expand = nn.Sequential(nn.Conv2d(i, wide, 1, bias=False), nn.BatchNorm2d(wide), activation())
        self.depth = nn.Sequential(nn.Conv2d(wide, wide, kernel, stride, kernel // 2, groups=wide, bias=False),
                                   nn.BatchNorm2d(wide), activation())
        self.squeeze = Squeeze(wide)
        self.project = nn.Sequential(nn.Conv2d(wide, o, 1, bias=False), nn.BatchNorm2d(o))
        self.add = Add() if stride == 1 and i == o else None

    def forward(self, x):
        y = self.project(self.squeeze(self.depth(self.expand(x))))
        return y if self.add is None else self.add(x, y)


class Mobile(nn.Module):
    """Depthwise convolutions, ReLU6, hard swish, squeeze and excitation; normalizations folded by the export; softmax."""

    side = (SIDE, SIDE)
    softmax = True

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 12, 3, 2, 1, bias=False), nn.BatchNorm2d(12), nn.Hardswish())
        self.one = Inverted(12, 24, 12, 3, 1, nn.ReLU6)
        self.two = Inverted(12, 32, 16, 5, 2, nn.Hardswish)
        self.three = Inverted(16, 48, 16, 3, 1, nn.ReLU6)
        self.head = nn.Sequential(nn.Conv2d(16, 48, 1, bias=False), nn.BatchNorm2d(48), nn.Hardswish())
        self.mean = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(48, CLASSES)

    def layers_of(self):
        return {"middle": (self.two, "/two/project/project.0/Conv", None),
                "last": (self.head, "/head/head.2/HardSwish", None)}

    def forward(self, x):
        return self.dense(self.flatten(self.mean(self.head(self.three(self.two(self.one(self.stem(x))))))))


class Mixed(nn.Module):
    """Tanh, sigmoid, leaky ReLU; average pool, groups, dilation; softmax."""

    side = (SIDE, SIDE)
    softmax = True

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 12, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(12, 24, 3, 1, 2, dilation=2, groups=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(24, 24, 3, padding=1), nn.LeakyReLU(0.2), nn.Conv2d(24, 16, 3, 2, 1), nn.Sigmoid())
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(256, CLASSES)

    def layers_of(self):
        return {"last": (self.features[7], "/features/features.7/LeakyRelu", None)}

    def forward(self, x):
        return self.dense(self.flatten(self.features(x)))


class Attention(nn.Module):
    """Self-attention; `weights` keeps the softmax of the last forward pass. `style` is how the operators are written."""

    def __init__(self, dim, heads, style):
        super().__init__()
        self.heads, self.style = heads, style
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.softmax = nn.Softmax(-1)

    def forward(self, x):
        n, t, d = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        scale = (d // self.heads) ** -0.5
        if self.style == "early":
            self.weights = self.softmax((q * scale) @ k.transpose(-2, -1))
        else:
            self.weights = self.softmax((q @ k.transpose(-2, -1)) * scale)
        return self.proj((self.weights @ v).transpose(1, 2).reshape(n, t, d))


class Block(nn.Module):
    """A transformer block, normalization first."""

    def __init__(self, dim, heads, style):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attention = Attention(dim, heads, style)
        self.add1 = Add()
        self.norm2 = nn.LayerNorm(dim)
        self.up = nn.Linear(dim, 2 * dim)
        self.gelu = nn.GELU()
        self.down = nn.Linear(2 * dim, dim)
        self.add2 = Add()

    def forward(self, x):
        x = self.add1(x, self.attention(self.norm1(x)))
        return self.add2(x, self.down(self.gelu(self.up(self.norm2(x)))))


class Transformer(nn.Module):
    """Patches and leading tokens (a class token and registers, or none) through two blocks; `vit`, `vitwide`, `tokens`."""

    def __init__(self, side, patch, leading, dim, softmax, style):
        super().__init__()
        self.side, self.leading, self.softmax = side, leading, softmax
        self.grid = (side[0] // patch, side[1] // patch)
        self.patches = nn.Conv2d(3, dim, patch, patch)
        count = self.grid[0] * self.grid[1]
        self.lead = nn.Parameter(0.1 * torch.randn(1, leading, dim)) if leading else None
        self.position = nn.Parameter(0.1 * torch.randn(1, leading + count, dim))
        self.blocks = nn.ModuleList([Block(dim, 4, style) for _ in range(2)])
        self.norm = nn.LayerNorm(dim)
        self.dense = nn.Linear(dim, CLASSES)

    def layers_of(self):
        frame = (*self.grid, self.leading)
        return {"last": (self.blocks[1].norm1, "/blocks.1/norm1/LayerNormalization", frame),
                "first": (self.blocks[0].norm2, "/blocks.0/norm2/LayerNormalization", frame)}

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        if self.leading:
            x = torch.cat([self.lead.expand(x.shape[0], -1, -1), x], 1)
        x = x + self.position
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return self.dense(x[:, 0] if self.leading else x.mean(1))


NETWORKS = {
    "vgg": Vgg,
    "resnet": ResNet,
    "mobile": Mobile,
    "mixed": Mixed,
    "vit": lambda: Transformer((32, 32), 4, 1, 32, True, "late"),
    "vitwide": lambda: Transformer((32, 48), 8, 5, 32, False, "early"),  # a class token and four registers
    "tokens": lambda: Transformer((32, 32), 4, 0, 24, True, "late"),
    "swin": lambda: Swin(after=False),
    "swin2": lambda: Swin(after=True),
}
STEPS = {"mixed": 500, "vit": 700, "vitwide": 700, "tokens": 700, "swin": 700, "swin2": 700}


def trained(name):
    """The network after a short training with a fixed seed, in evaluation mode; how many of 500 new images it knows."""
    torch.manual_seed(sum(map(ord, name)))
    net = NETWORKS[name]().train()
    steps = STEPS.get(name, 250)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, steps)
    for step in range(steps):
        x, y = images(f"{name}/{step}", 64, *net.side)
        optimizer.zero_grad()
        F.cross_entropy(net(x), y, label_smoothing=0.05).backward()
        optimizer.step()
        schedule.step()
    net.eval()
    with torch.no_grad():
        x, y = images(f"{name}/test", 500, *net.side)
        known = (net(x).argmax(1) == y).float().mean().item()
    for p in net.parameters():
        p.requires_grad_(False)
    return net, known


def export(net, path):
    """Writes the ONNX file; the layers of `layers_of` get their names there, as nodes and as values."""
    class Whole(nn.Module):
        """With the softmax of the file, under the names of the network itself."""

        def __init__(self):
            super().__init__()
            for key, module in net.named_children():
                self.add_module(key, module)

        def forward(self, x):
            y = net(x)
            return torch.softmax(y, 1) if net.softmax else y

    keeps = getattr(net, "keeps_norms", False)
    mode = torch.onnx.TrainingMode
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(Whole().eval(), (torch.zeros(2, 3, *net.side),), path, dynamo=False, opset_version=17,
                          training=mode.PRESERVE if keeps else mode.EVAL, do_constant_folding=not keeps,
                          input_names=["input"], output_names=["output"],
                          dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
    model = onnx.load(path)
    for name, (_, node, _) in net.layers_of().items():
        rename(model.graph, node, name)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    assert os.path.getsize(path) < 300_000, path


def rename(graph, node_name, name):
    matches = [n for n in graph.node if n.name.endswith(node_name)]
    assert len(matches) == 1, (node_name, [n.name for n in graph.node])
    old = matches[0].output[0]
    matches[0].name = matches[0].output[0] = name
    for node in graph.node:
        for i, value in enumerate(node.input):
            if value == old:
                node.input[i] = name
