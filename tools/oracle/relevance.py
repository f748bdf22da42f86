"""Layer-wise relevance propagation by Zennit (https://github.com/chr5tphr/zennit), which must be importable.

    python relevance.py FOLDER

Writes vgg.onnx and resnet.onnx, a small plain and a small residual network, and for each an .npz: x, y, r
(the row that asks for a class), and the relevance of the pixels when y * r starts, under the name of each
composite, in float64; NAME_ignored is the same with biases left out of the denominators. Batch
normalizations are merged into convolutions first. The bounds of the pixels are LOW and HIGH. deconvnet and
guided are gradients, which r starts.
"""

import os
import sys

import numpy as np
import torch
from torch import nn

from store import normal, save

LOW, HIGH = (-2.5, -2.0, -3.0), (2.0, 3.0, 2.5)


class Vgg(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 12, 3, padding=1, groups=2), nn.ReLU(),
            nn.Conv2d(12, 12, 3, stride=2, padding=1), nn.ReLU(), nn.AvgPool2d(2),
            nn.Flatten(), nn.Linear(12 * 2 * 2, 20), nn.ReLU(), nn.Dropout(), nn.Linear(20, 6))


class Block(nn.Module):
    def __init__(self, before, after, stride, total):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.down = None
        if stride > 1:
            self.down = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))
        self.total = total()
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(x)))))
        return self.relu2(self.total(x if self.down is None else self.down(x), y))


class Add(nn.Module):
    def forward(self, a, b):
        return a + b


class SumOfStack(nn.Module):
    """The sum as Zennit knows it."""

    def __init__(self):
        super().__init__()
        from zennit.layer import Sum
        self.sum = Sum()

    def forward(self, a, b):
        return self.sum(torch.stack([a, b], dim=-1))


class ResNet(nn.Sequential):
    def __init__(self, total=Add):
        super().__init__(
            nn.Conv2d(3, 8, 5, 2, 2, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
            Block(8, 8, 1, total), Block(8, 12, 2, total),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 6))


def filled(net, name):
    """Weights by name; deviations stay positive."""
    with torch.no_grad():
        for key, p in list(net.named_parameters()) + list(net.named_buffers()):
            if p.dtype == torch.float32:
                fan = int(np.prod(p.shape[1:])) if p.ndim > 1 else 1
                value = torch.from_numpy(normal(f"relevance/{name}/{key}", tuple(p.shape), 1.4 / fan ** 0.5))
                scale = key.endswith("running_var") or ("bn" in key or key == "1.weight") and key.endswith("weight")
                p.copy_(value.abs() + 0.5 if scale else value if p.ndim > 1 else value * 0.2)
    return net.eval()


def composites(kept):
    from zennit.composites import (EpsilonAlpha2Beta1, EpsilonGammaBox, EpsilonPlus, EpsilonPlusFlat,
                                   LayerMapComposite, layer_map_base)
    from zennit.rules import Epsilon, Gamma
    from zennit.types import Convolution
    zero = {} if kept else {"zero_params": ["bias"]}
    low, high = (torch.tensor(v, dtype=torch.float64).reshape(1, 3, 1, 1) for v in (LOW, HIGH))
    return {
        "epsilon": LayerMapComposite(layer_map_base(1e-6) + [((Convolution, nn.Linear), Epsilon(1e-6, **zero))]),
        "epsilon_plus": EpsilonPlus(**zero),
        "epsilon_plus_flat": EpsilonPlusFlat(**zero),
        "epsilon_gamma_box": EpsilonGammaBox(low=low, high=high, **zero),
        "gamma": LayerMapComposite(layer_map_base(1e-6) + [
            (Convolution, Gamma(0.25, **zero)), (nn.Linear, Epsilon(1e-6, **zero))]),
        "alpha_beta": EpsilonAlpha2Beta1(**zero),
    }


def main(folder):
    from zennit.canonizers import SequentialMergeBatchNorm
    from zennit.composites import DeconvNet, GuidedBackprop
    os.makedirs(folder, exist_ok=True)
    for name, make, walked in ("vgg", Vgg, Vgg), ("resnet", ResNet, lambda: ResNet(SumOfStack)):
        x = torch.from_numpy(normal(f"relevance/{name}/x", (2, 3, 16, 16), 0.6))
        torch.onnx.export(filled(make(), name), (x,), os.path.join(folder, name + ".onnx"), dynamo=False,
                          opset_version=17, input_names=["input"], output_names=["output"],
                          dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
        net = filled(walked(), name).double()
        xd = x.double().requires_grad_()
        r = torch.zeros(2, 6, dtype=torch.float64)
        r[0, 1] = r[1, 4] = 1
        found = {}
        for kept in True, False:
            for key, composite in composites(kept).items():
                composite.canonizers = [SequentialMergeBatchNorm()]
                with composite.context(net) as modified:
                    y = modified(xd)
                    (relevance,) = torch.autograd.grad(y, xd, y.detach() * r)
                found[key if kept else key + "_ignored"] = relevance.numpy()
        for key, composite in ("deconvnet", DeconvNet()), ("guided", GuidedBackprop()):
            with composite.context(net) as modified:
                (found_here,) = torch.autograd.grad(modified(xd), xd, r)
            found[key] = found_here.numpy()
        y = net(xd)
        save(os.path.join(folder, name + ".npz"), f"zennit on torch {torch.__version__}", x=x.numpy(),
             y=y.detach().numpy(), r=r.numpy(), **found)
        for key, value in found.items():
            print(name, key, value.sum((1, 2, 3)), np.abs(value).max(), (y.detach() * r).sum(1).numpy())


if __name__ == "__main__":
    main(sys.argv[1])
