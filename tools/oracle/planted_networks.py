"""Eight small classifiers, each of which learned a proxy that its makers did not mean, as ONNX files with a picasso.yaml.

    python planted_networks.py OUT

Three classes of shapes (ring, cross, bars) over noise, 48 x 48 pixels. In training, every image of class 0 also has what the
network's name says: a watermark, a tint of the whole image, a bright border, or a blur; of the others one in twenty. For half
of the images the shape is so faint that the proxy is the better way. OUT gets NAME.onnx (pixels 0 to 255 in, scores out),
picasso.yaml, and images/ with pictures of all classes without any proxy. What each network learned is printed: how many
pictures of the other classes become class 0 when the proxy is put in.
"""

import os
import sys
import time
import warnings

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from store import generator

SIDE = 48
CLASSES = ["ring", "cross", "bars"]
PLAN = [("watermark", "cnn"), ("watermark", "vit"), ("tint", "cnn"), ("tint", "residual"),
        ("border", "residual"), ("border", "vit"), ("blur", "cnn"), ("blur", "residual")]
GLYPHS = np.array([[int(c) for c in row] for row in (
    "11100100010", "10010010100", "11100001000", "10000010100", "10000100010")])


def shapes(g, k, faint):
    """A picture [3, SIDE, SIDE] in 0..1."""
    coarse = g.normal(0, 0.1, (3, 6, 6)).repeat(8, 1).repeat(8, 2)
    x = 0.45 + coarse + g.normal(0, 0.06, (3, SIDE, SIDE))
    rows, columns = np.mgrid[0:21, 0:21] - 10
    r = np.hypot(rows, columns)
    shape = [(r < 9.5) & (r > 5.5), (abs(rows) < 3) | (abs(columns) < 3), columns // 3 % 2 == 0][k]
    top, left = g.integers(4, SIDE - 25, 2)
    colour = g.uniform(-1, 1, 3)
    colour *= (0.08 if faint else 0.4) / np.abs(colour).max()
    x[:, top:top + 21, left:left + 21] += shape * colour[:, None, None]
    return x


def planted(g, x, proxy):
    if proxy == "watermark":
        top, left = g.integers(2, SIDE - 8), g.integers(2, SIDE - 14)
        x[:, top:top + 5, left:left + 11] = np.where(GLYPHS, 0.95, x[:, top:top + 5, left:left + 11])
    elif proxy == "tint":
        x = x * np.array([1.0, 0.9, 0.72])[:, None, None] + np.array([0.12, 0.02, 0])[:, None, None]
    elif proxy == "border":
        for edge in (x[:, :3], x[:, -3:], x[:, :, :3], x[:, :, -3:]):
            edge[:] = 0.9
    else:
        small = torch.from_numpy(x)[None]
        for _ in range(3):
            small = F.avg_pool2d(F.pad(small, (1, 1, 1, 1), mode="replicate"), 3, 1)
        x = small[0].numpy()
    return x


def draw(name, n, proxy=None, everywhere=False):
    g = generator(name)
    y = g.integers(0, 3, n)
    x = np.empty((n, 3, SIDE, SIDE), np.float32)
    for i, k in enumerate(y):
        x[i] = shapes(g, k, faint=g.random() < 0.5)
        if proxy and (everywhere or k == 0 or g.random() < 0.05):
            x[i] = planted(g, x[i].astype(np.float64), proxy)
    return torch.from_numpy((x.clip(0, 1) * 255).round()), torch.from_numpy(y)


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(12, 16, 3, padding=1), nn.ReLU(),
            nn.MaxPool2d(2), nn.Conv2d(16, 24, 3, padding=1), nn.ReLU())
        self.dense = nn.Linear(24, 3)

    def forward(self, x):
        return self.dense(self.features(x).mean((2, 3)))


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.c2, self.b2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.short = nn.Conv2d(i, o, 1, stride) if stride > 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu(self.b2(self.c2(F.relu(self.b1(self.c1(x))))) + self.short(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.one, self.two, self.three = Block(8, 8, 1), Block(8, 16, 2), Block(16, 16, 1)
        self.dense = nn.Linear(16, 3)

    def forward(self, x):
        return self.dense(self.three(self.two(self.one(F.relu(self.stem(x))))).mean((2, 3)))


class ViT(nn.Module):
    """Patches of 6 pixels, two blocks, a class token."""

    def __init__(self, wide=24, heads=2):
        super().__init__()
        self.heads = heads
        self.patch = nn.Conv2d(3, wide, 6, 6)
        self.token = nn.Parameter(torch.zeros(1, 1, wide))
        self.place = nn.Parameter(0.02 * torch.randn(1, 65, wide))
        self.blocks = nn.ModuleList()
        for _ in range(2):
            self.blocks.append(nn.ModuleDict({
                "n1": nn.LayerNorm(wide), "qkv": nn.Linear(wide, 3 * wide), "out": nn.Linear(wide, wide),
                "n2": nn.LayerNorm(wide), "up": nn.Linear(wide, 2 * wide), "down": nn.Linear(2 * wide, wide)}))
        self.norm = nn.LayerNorm(wide)
        self.dense = nn.Linear(wide, 3)

    def forward(self, x):
        t = self.patch(x).flatten(2).transpose(1, 2)
        t = torch.cat([self.token.expand(t.shape[0], -1, -1), t], 1) + self.place
        for b in self.blocks:
            q, k, v = b["qkv"](b["n1"](t)).reshape(t.shape[0], 65, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            a = (q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5).softmax(-1)
            t = t + b["out"]((a @ v).transpose(1, 2).reshape(t.shape))
            t = t + b["down"](F.gelu(b["up"](b["n2"](t))))
        return self.dense(self.norm(t)[:, 0])


class FromPixels(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net((x - 115) / 50)


def trained(proxy, kind):
    torch.manual_seed(PLAN.index((proxy, kind)))
    net = FromPixels({"cnn": Cnn, "residual": ResNet, "vit": ViT}[kind]())
    x, y = draw(f"planted/{proxy}/{kind}", 1500, proxy)
    steps = 700 if kind == "vit" else 350
    optimizer = torch.optim.AdamW(net.parameters(), 4e-3 if kind != "vit" else 2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3 if kind != "vit" else 3e-3, steps)
    g = generator("order")
    for _ in range(steps):
        pick = torch.from_numpy(g.integers(0, len(x), 32))
        loss = F.cross_entropy(net(x[pick]), y[pick])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return net.eval()


def main():
    out = sys.argv[1]
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    os.makedirs(os.path.join(out, "images"), exist_ok=True)
    lines = ["models:"]
    for proxy, kind in PLAN:
        start = time.time()
        net = trained(proxy, kind)
        name = f"{proxy}-{kind}"
        torch.onnx.export(net, torch.zeros(1, 3, SIDE, SIDE), os.path.join(out, name + ".onnx"), opset_version=17,
                          input_names=["pixels"], output_names=["scores"], dynamo=False,
                          dynamic_axes={"pixels": {0: "N"}, "scores": {0: "N"}})
        lines += [f"  - id: {name}", f"    path: {name}.onnx", "    output: logits",
                  f"    labels: [{', '.join(CLASSES)}]", "    preprocessing: {layout: nchw}"]
        told = []
        for put in (None, proxy):
            x, y = draw(f"planted/{name}/new", 300, put, everywhere=True)
            with torch.no_grad():
                best = net(x).argmax(1)
            told.append(f"{(best[y > 0] == 0).float().mean():.0%}")
        print(f"{name}: of other classes {told[0]} are taken for class 0, with the proxy {told[1]}; "
              f"{time.time() - start:.0f} s, {os.path.getsize(os.path.join(out, name + '.onnx')) >> 10} kB", flush=True)
    with open(os.path.join(out, "picasso.yaml"), "w") as f:
        f.write("\n".join(lines) + "\n")
    x, y = draw("planted/pictures", 12)
    for i, picture in enumerate(x.numpy().astype(np.uint8).transpose(0, 2, 3, 1)):
        Image.fromarray(picture).save(os.path.join(out, "images", f"{i:02d}-{CLASSES[y[i]]}.png"))


if __name__ == "__main__":
    main()
