"""A small Swin transformer for attribution.py: attention within shifted windows, patches merged between two stages."""

import torch
from torch import nn

from attribution_parts import CLASSES, LAST, SIDE, Add, Product, Times, Unit


class Windows(nn.Module):
    """Self-attention within windows of [N, h, w, C], every other time shifted by half of one; relative positions have a bias.

    `cosine`: as in the second version of Swin, queries and keys have length one and logits a factor for each head."""

    def __init__(self, dim, heads, side, window, shift, cosine):
        super().__init__()
        self.heads, self.side, self.window, self.shift, self.cosine = heads, side, window, shift, cosine
        self.qkv, self.proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.softmax, self.logits, self.mix = nn.Softmax(-1), Product(), Product()
        self.add_bias, self.add_mask = Add(), Add()
        self.unit = Unit() if cosine else None
        self.scale = Times(nn.Parameter(torch.full((heads, 1, 1), 10.0)) if cosine else (dim // heads) ** -0.5)
        at = torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")).flatten(1)
        away = at[:, :, None] - at[:, None] + window - 1
        self.register_buffer("place", away[0] * (2 * window - 1) + away[1])
        self.table = nn.Parameter(0.1 * torch.randn((2 * window - 1) ** 2, heads))
        part = torch.zeros(side, side)
        if shift:
            row = torch.tensor([0] * (side - window) + [1] * (window - shift) + [2] * shift)
            part = 3 * row[:, None] + row[None].float()
        part = self.cut(part[None, :, :, None])[:, :, 0]
        self.register_buffer("mask", -100.0 * (part[:, :, None] != part[:, None]).float())

    def cut(self, x):
        """[N, h, w, C] as [N · windows, places, C]."""
        n, h, w, c = x.shape
        k = self.window
        return x.reshape(n, h // k, k, w // k, k, c).permute(0, 1, 3, 2, 4, 5).reshape(-1, k * k, c)

    def joined(self, x):
        k, m = self.window, self.side // self.window
        return x.reshape(-1, m, m, k, k, x.shape[-1]).permute(0, 1, 3, 2, 4, 5).reshape(-1, self.side, self.side, x.shape[-1])

    def forward(self, x):
        if self.shift:
            x = torch.roll(x, (-self.shift, -self.shift), (1, 2))
        x = self.cut(x)
        n, t, d = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if self.cosine:
            logits = self.scale(self.logits(self.unit(q), self.unit(k).transpose(-2, -1)))
        else:
            logits = self.logits(self.scale(q), k.transpose(-2, -1))
        logits = self.add_bias(logits, self.table[self.place.flatten()].reshape(t, t, -1).permute(2, 0, 1)[None])
        if self.shift:
            parts = self.mask.shape[0]
            logits = logits.reshape(-1, parts, self.heads, t, t)
            logits = self.add_mask(logits, self.mask[None, :, None]).reshape(n, self.heads, t, t)
        x = self.joined(self.proj(self.mix(self.softmax(logits), v).transpose(1, 2).reshape(n, t, d)))
        return torch.roll(x, (self.shift, self.shift), (1, 2)) if self.shift else x


class Shifted(nn.Module):
    """A block of Swin; `after`: normalizations behind attention and dense layers, as in the second version, not before."""

    def __init__(self, dim, heads, side, window, shift, after):
        super().__init__()
        self.after = after
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = Windows(dim, heads, side, window, shift, cosine=after)
        self.up, self.gelu, self.down = nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim)
        self.add1, self.add2 = Add(), Add()

    def dense(self, x):
        return self.down(self.gelu(self.up(x)))

    def forward(self, x):
        if self.after:
            x = self.add1(x, self.norm1(self.attention(x)))
            return self.add2(x, self.norm2(self.dense(x)))
        x = self.add1(x, self.attention(self.norm1(x)))
        return self.add2(x, self.dense(self.norm2(x)))


class Merging(nn.Module):
    """Four neighbours become one position."""

    def __init__(self, dim, after):
        super().__init__()
        self.after = after
        self.reduction = nn.Linear(4 * dim, 2 * dim, bias=False)
        self.norm = nn.LayerNorm(2 * dim if after else 4 * dim)

    def forward(self, x):
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        return self.norm(self.reduction(x)) if self.after else self.reduction(self.norm(x))


class Swin(nn.Module):
    """Two stages of windows, [N, h, w, C] as in torchvision; `swin` and, with what the second version changed, `swin2`."""

    side = (SIDE, SIDE)
    softmax = False

    def __init__(self, after):
        super().__init__()
        self.patches, self.norm0 = nn.Conv2d(3, 24, 4, 4), nn.LayerNorm(24)
        self.one = Shifted(24, 3, 8, 4, 0, after)
        self.two = Shifted(24, 3, 8, 4, 2, after)
        self.merging = Merging(24, after)
        self.three = Shifted(48, 6, 4, 4, 0, after)
        self.norm3 = nn.LayerNorm(48)
        self.mean, self.flatten = nn.AdaptiveAvgPool2d(1), nn.Flatten()
        self.dense = nn.Linear(48, CLASSES)

    def layers_of(self):
        return {"middle": (self.two.add2, "/two/add2/Add", LAST), "last": (self.three.add2, "/three/add2/Add", LAST),
                "normed": (self.norm3, "/norm3/LayerNormalization", LAST)}

    def forward(self, x):
        x = self.norm0(self.patches(x).permute(0, 2, 3, 1))
        x = self.norm3(self.three(self.merging(self.two(self.one(x)))))
        return self.dense(self.flatten(self.mean(x.permute(0, 3, 1, 2))))
