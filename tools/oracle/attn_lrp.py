"""AttnLRP (Achtibat et al. 2024, arXiv 2402.05602) written out for a small vision transformer, in float64.

    python attn_lrp.py FOLDER

Writes vit.onnx and vit_composed.onnx, the same network with LayerNormalization as an operator and as its
parts, and vit.npz: x, y, r (the row that asks for a class), attn_lrp: the relevance of the pixels when y * r
starts, and tokens: that of the tokens before the first block. Every product of a weight and an input is one
element of an array here: this is the paper's formulas, and slow.
"""

import os
import sys

import numpy as np
import torch
from torch import nn

from store import normal, save

SIDE, PATCH, WIDTH, HEADS, CLASSES = 12, 4, 12, 3, 5
EPSILON = 1e-6


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x):
        n, t, _ = x.shape
        parts = self.qkv(self.norm1(x)).reshape(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        q, k, v = parts[0], parts[1], parts[2]
        logits = q @ k.transpose(-2, -1) * (WIDTH // HEADS) ** -0.5
        mixed = (logits.softmax(-1) @ v).transpose(1, 2).reshape(n, t, WIDTH)
        x = x + self.out(mixed)
        return x + self.down(nn.functional.gelu(self.up(self.norm2(x))))


class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.token = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.places = nn.Parameter(torch.zeros(1, (SIDE // PATCH) ** 2 + 1, WIDTH))
        self.blocks = nn.ModuleList([Block(), Block()])
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.places
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])


def stable(z):
    return z + EPSILON * torch.where(z < 0, -1.0, 1.0)


def linear(layer, x, r, gamma):
    """The gamma rule: contributions of the output's sign count 1 + gamma times, the bias among them."""
    z = layer(x)[..., None]
    c = torch.cat([x[..., None, :] * layer.weight, layer.bias.expand(z.shape[:-1])[..., None]], -1)
    c = torch.where(c * z > 0, c * (1 + gamma), c)
    return (c / stable(c.sum(-1, keepdim=True)) * r[..., None])[..., :-1].sum(-2)


def patches(layer, x, r, gamma):
    """The same for patches that do not overlap, as rows of pixels."""
    n, _, h, w = x.shape
    rows = nn.functional.unfold(x, PATCH, stride=PATCH).transpose(1, 2)
    dense = nn.Linear(rows.shape[-1], WIDTH).double()
    dense.weight, dense.bias = nn.Parameter(layer.weight.flatten(1)), layer.bias
    back = linear(dense, rows, r, gamma).transpose(1, 2)
    return nn.functional.fold(back, (h, w), PATCH, stride=PATCH)


def total(a, b, r):
    share = r / stable(a + b)
    return a * share, b * share


def matmul(a, b, r):
    """Half to each factor."""
    c = a[..., :, :, None] * b[..., None, :, :]
    given = c / stable(2 * c.sum(-2, keepdim=True)) * r[..., :, None, :]
    return given.sum(-1), given.sum(-3)


def through(block, x, r, gamma):
    n, t, _ = x.shape
    seen = block.norm1(x)
    parts = block.qkv(seen).reshape(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
    q, k, v = parts
    logits = q @ k.transpose(-2, -1) * (WIDTH // HEADS) ** -0.5
    p = logits.softmax(-1)
    mixed = (p @ v).transpose(1, 2).reshape(n, t, WIDTH)
    attended = block.out(mixed)
    middle = x + attended
    seen2 = block.norm2(middle)
    up = block.up(seen2)
    grown = nn.functional.gelu(up)
    ahead, r_down = total(middle, block.down(grown), r)
    r_up = linear(block.up, seen2, linear(block.down, grown, r_down, gamma), gamma)
    r_middle = ahead + r_up  # gelu and norm pass it unchanged
    straight, r_out = total(x, attended, r_middle)
    r_mixed = linear(block.out, mixed, r_out, gamma).reshape(n, t, HEADS, -1).transpose(1, 2)
    r_p, r_v = matmul(p, v, r_mixed)
    r_logits = logits * (r_p - p * r_p.sum(-1, keepdim=True))
    r_q, r_kt = matmul(q, k.transpose(-2, -1), r_logits)
    r_parts = torch.stack([r_q, r_kt.transpose(-2, -1), r_v]).permute(1, 3, 0, 2, 4).reshape(n, t, 3 * WIDTH)
    return straight + linear(block.qkv, seen, r_parts, gamma)


def relevance(net, x, r, conv_gamma=0.25, gamma=0.05):
    features = net.patches(x).flatten(2).transpose(1, 2)
    joined = torch.cat([net.token.expand(x.shape[0], -1, -1), features], 1)
    states = [joined + net.places]
    for block in net.blocks:
        states.append(block(states[-1]))
    seen = net.norm(states[-1])
    back = torch.zeros_like(seen)
    back[:, 0] = linear(net.head, seen[:, 0], net(x) * r, gamma)
    for block, state in zip(reversed(net.blocks), reversed(states[:-1])):
        back = through(block, state, back, gamma)
    on_features = total(joined, net.places.expand_as(joined), back)[0][:, 1:]
    return patches(net.patches, x, on_features, conv_gamma), back


def main(folder):
    os.makedirs(folder, exist_ok=True)
    net = Vit()
    with torch.no_grad():
        for key, p in net.named_parameters():
            scale = 1.2 / p.shape[-1] ** 0.5 if p.ndim == 2 else 0.15 if "patches" in key else 0.3
            p.copy_(torch.from_numpy(normal("attn/" + key, tuple(p.shape), scale)))
            if "norm" in key and key.endswith("weight"):
                p.add_(1)
        x = torch.from_numpy(normal("attn/x", (2, 3, SIDE, SIDE)))
        for name, opset in ("vit", 17), ("vit_composed", 14):
            torch.onnx.export(net, (x,), os.path.join(folder, name + ".onnx"), dynamo=False, opset_version=opset,
                              input_names=["input"], output_names=["output"],
                              dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
        net.double()
        r = torch.zeros(2, CLASSES, dtype=torch.float64)
        r[0, 3] = r[1, 1] = 1
        found, tokens = relevance(net, x.double(), r)
        y = net(x.double())
    save(os.path.join(folder, "vit.npz"), f"torch {torch.__version__}", x=x.numpy(), y=y.numpy(), r=r.numpy(),
         attn_lrp=found.numpy(), tokens=tokens.numpy())
    print(found.sum((1, 2, 3)), (y * r).sum(1), np.abs(found.numpy()).max())


if __name__ == "__main__":
    main(sys.argv[1])
