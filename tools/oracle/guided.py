"""Guided backpropagation (Springenberg et al. 2014) by PyTorch, whose ReLUs have a backward pass of ours.

    python guided.py FOLDER

Writes guided.onnx, a small classifier with ReLU, ReLU6, a residual sum and a reused ReLU, and
guided.npz: x, y, r, the true gradient g and the guided gradient `guided` of sum(y * r) at x, in float64.
"""

import os
import sys

import numpy as np
import torch
from torch import nn

from store import normal, save


class Guided(torch.autograd.Function):
    """clamp(x, 0, top), which passes a gradient where it is positive and nothing was clamped."""

    @staticmethod
    def forward(context, x, top):
        context.save_for_backward(x)
        context.top = top
        return x.clamp(0, top)

    @staticmethod
    def backward(context, dy):
        (x,) = context.saved_tensors
        return torch.where((x > 0) & (x < context.top) & (dy > 0), dy, torch.zeros_like(dy)), None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1)
        self.branch = nn.Conv2d(6, 6, 3, padding=1)
        self.down = nn.Conv2d(6, 8, 3, stride=2)
        self.head = nn.Linear(8 * 3 * 3, 5)
        self.guided = False

    def rectify(self, x, top=None):
        if self.guided:
            return Guided.apply(x, top or float("inf"))
        return torch.relu(x) if top is None else nn.functional.hardtanh(x, 0.0, top)

    def forward(self, x):
        x = self.rectify(self.first(x), 6.0)
        x = self.rectify(x + self.branch(self.rectify(x)))
        x = nn.functional.max_pool2d(self.rectify(self.down(x)), 2)
        return self.head(x.flatten(1))


def main(folder):
    os.makedirs(folder, exist_ok=True)
    net = Net()
    with torch.no_grad():
        for key, p in net.named_parameters():
            p.copy_(torch.from_numpy(normal("guided/" + key, tuple(p.shape), 0.35)))
        net.first.weight.mul_(6)  # so that some pixels reach 6
    x = torch.from_numpy(normal("guided/x", (2, 3, 14, 14)))
    r = torch.from_numpy(normal("guided/r", (2, 5)))
    torch.onnx.export(net, (x,), os.path.join(folder, "guided.onnx"), dynamo=False, opset_version=17,
                      input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
    net.double()
    gradients = []
    for net.guided in False, True:
        xd = x.double().requires_grad_()
        y = net(xd)
        gradients += torch.autograd.grad((y * r.double()).sum(), xd)
    save(os.path.join(folder, "guided.npz"), f"torch {torch.__version__}", x=x.numpy(), y=y.detach().numpy(),
         r=r.numpy(), g=gradients[0].numpy(), guided=gradients[1].numpy())


if __name__ == "__main__":
    main(sys.argv[1])
