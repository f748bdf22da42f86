"""Pieces of the networks of attribution.py that relevance has rules for, so that each is a module that can be exchanged."""

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10
SIDE = 32
LAST = "channels last"


class Add(nn.Module):
    """a + b; `total` may be set to another module that adds what is stacked along the last axis."""

    def __init__(self):
        super().__init__()
        self.total = None

    def forward(self, a, b):
        return a + b if self.total is None else self.total(torch.stack([a, b], -1))


class Gate(nn.Module):
    """A signal times what says how much of it passes."""

    def forward(self, signal, gate):
        return signal * gate


class Product(nn.Module):
    """A matrix product of two computed values."""

    def forward(self, a, b):
        return a @ b


class Times(nn.Module):
    """A product with a constant."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return x * self.factor


class Unit(nn.Module):
    """Each vector over its length."""

    def forward(self, x):
        return F.normalize(x, dim=-1)
