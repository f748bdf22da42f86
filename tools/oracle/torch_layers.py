"""Small networks of the families that people explain, and what a layer of each puts out.

    python torch_layers.py FOLDER

NAME.onnx has a NAME.npz: x (2 images); a, the output of the layer that class activation
maps of such a network usually show, as [N, C, h, w] without tokens that are no position;
g, the gradient of the score of class 1 by it; and y, the scores. PyTorch computes both in
float64, with hooks on its modules. Weights are random; the batch normalizations of
`normalized` stay in the graph.
"""

import os
import sys
import warnings

import torch
from torch import nn
from torch.nn import functional as F

from store import generator, save

warnings.filterwarnings("ignore")
CLASSES = 3
WIDTH = 8


class Attention(nn.Module):
    def __init__(self, heads=2, packed=True):
        super().__init__()
        self.heads = heads
        self.packed = packed
        if packed:
            self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        else:
            self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.proj = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        n, t, c = x.shape
        if self.packed:
            q, k, v = self.qkv(x).reshape(-1, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        else:
            q, k, v = (
                f(x).view(-1, t, self.heads, c // self.heads).transpose(1, 2)
                for f in (self.query, self.key, self.value)
            )
        weights = (q @ k.transpose(-2, -1) * (c // self.heads) ** -0.5).softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(-1, t, c))


class Block(nn.Module):
    def __init__(self, **attention):
        super().__init__()
        self.norm1 = nn.LayerNorm(WIDTH)
        self.attn = Attention(**attention)
        self.norm2 = nn.LayerNorm(WIDTH)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Transformer(nn.Module):
    """Patches of 4 pixels, so many tokens before and after them, and a head that reads `read`."""

    def __init__(self, side, leading=1, trailing=0, read="class", **attention):
        super().__init__()
        self.patch = nn.Conv2d(3, WIDTH, 4, 4)
        self.leading = nn.Parameter(torch.randn(1, leading, WIDTH)) if leading else None
        self.trailing = nn.Parameter(torch.randn(1, trailing, WIDTH)) if trailing else None
        tokens = leading + (side[0] // 4) * (side[1] // 4) + trailing
        self.position = nn.Parameter(torch.randn(1, tokens, WIDTH))
        self.blocks = nn.Sequential(Block(**attention), Block(**attention))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, CLASSES)
        self.second = nn.Linear(WIDTH, CLASSES)
        self.read = read

    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        parts = [x]
        if self.leading is not None:
            parts.insert(0, self.leading.expand(x.shape[0], -1, -1))
        if self.trailing is not None:
            parts.append(self.trailing.expand(x.shape[0], -1, -1))
        x = self.norm(self.blocks(torch.cat(parts, 1) + self.position))
        if self.read == "class":
            return self.head(x[:, 0])
        if self.read == "both":
            return (self.head(x[:, 0]) + self.second(x[:, 1])) / 2
        if self.read == "last":
            return self.head(x[:, -1])
        return self.head(x[:, self.leading.shape[1]:].mean(1))


class Windows(nn.Module):
    """Attention within windows of 2 by 2 over [N, h, w, C], shifted by one or not."""

    def __init__(self, shift):
        super().__init__()
        self.shift = shift
        self.norm1 = nn.LayerNorm(WIDTH)
        self.attn = Attention()

    def forward(self, x):
        n, h, w, c = x.shape
        y = self.norm1(x)
        if self.shift:
            y = torch.roll(y, (-1, -1), (1, 2))
        y = y.view(-1, h // 2, 2, w // 2, 2, c).permute(0, 1, 3, 2, 4, 5).reshape(-1, 4, c)
        y = self.attn(y).view(-1, h // 2, w // 2, 2, 2, c).permute(0, 1, 3, 2, 4, 5).reshape(-1, h, w, c)
        if self.shift:
            y = torch.roll(y, (1, 1), (1, 2))
        return x + y


class Merging(nn.Module):
    def __init__(self):
        super().__init__()
        self.reduction = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        return self.reduction(
            torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        )


class Shifted(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, WIDTH, 2, 2)
        self.blocks = nn.Sequential(Windows(False), Windows(True), Merging(), Windows(False), Windows(True))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, CLASSES)

    def forward(self, x):
        x = self.blocks(self.patch(x).permute(0, 2, 3, 1))
        return self.head(self.norm(x).permute(0, 3, 1, 2).mean((2, 3)))


class Residual(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(WIDTH, WIDTH, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTH)
        self.conv2 = nn.Conv2d(WIDTH, WIDTH, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(WIDTH)
        self.down = nn.Conv2d(WIDTH, WIDTH, 1, stride, bias=False)
        self.relu1 = nn.ReLU()
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(x)))))
        return self.relu2(y + self.down(x))


class Inverted(nn.Module):
    """A block of ConvNeXt: channels last within."""

    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(WIDTH, WIDTH, 3, 1, 1, groups=WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))

    def forward(self, x):
        y = self.mlp(self.norm(self.depthwise(x).permute(0, 2, 3, 1)))
        return x + y.permute(0, 3, 1, 2)


class Gated(nn.Module):
    """Squeeze and excitation, as at the end of EfficientNet."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(WIDTH, WIDTH, 3, 2, 1)
        self.gate = nn.Conv2d(WIDTH, WIDTH, 1)
        self.act = nn.SiLU()

    def forward(self, x):
        y = self.act(self.conv(x))
        return y * self.gate(y.mean((2, 3), keepdim=True)).sigmoid()


class Fire(nn.Module):
    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Conv2d(WIDTH, 4, 1), nn.Conv2d(WIDTH, 4, 3, 1, 1)

    def forward(self, x):
        return torch.cat([F.relu(self.left(x)), F.relu(self.right(x))], 1)


def convolutional(*layers):
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(WIDTH, CLASSES)]
    return nn.Sequential(nn.Conv2d(3, WIDTH, 3, 2, 1), *layers, *head)


# name: (how to build it, height and width, which module's output, tokens before the positions)
NETS = {
    "vit": (lambda: Transformer((8, 12)), (8, 12), "blocks.1.norm1", 1),
    "vit_unpacked": (lambda: Transformer((8, 8), packed=False), (8, 8), "blocks.1.norm1", 1),
    "deit_distilled": (lambda: Transformer((8, 8), 2, read="both"), (8, 8), "blocks.1.norm1", 2),
    "vit_registers": (lambda: Transformer((8, 12), 4), (8, 12), "blocks.1.norm1", 4),
    "vit_class_last": (lambda: Transformer((8, 12), 0, 1, read="last"), (8, 12), "blocks.1.norm1", 0),
    "vit_mean": (lambda: Transformer((8, 12), 3, read="mean"), (8, 12), "norm", 3),
    "swin": (Shifted, (16, 16), "norm", None),
    "resnet": (lambda: convolutional(nn.ReLU(), Residual(1), Residual(2)), (12, 16), "3", None),
    "normalized": (lambda: convolutional(nn.BatchNorm2d(WIDTH), Residual(2)), (12, 16), "2", None),
    "vgg": (
        lambda: nn.Sequential(
            nn.Conv2d(3, WIDTH, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(WIDTH, WIDTH, 3, 1, 1),
            nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(WIDTH * 6, CLASSES)),
        (8, 12), "5", None),
    "densenet": (
        lambda: convolutional(nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(WIDTH, WIDTH, 3, 1, 1),
                              nn.BatchNorm2d(WIDTH), nn.ReLU()),
        (12, 16), "5", None),
    "convnext": (lambda: convolutional(Inverted(), Inverted()), (8, 12), "2", None),
    "efficientnet": (lambda: convolutional(nn.SiLU(), Gated()), (8, 12), "2", None),
    "squeezenet": (
        lambda: nn.Sequential(
            nn.Conv2d(3, WIDTH, 3, 2, 1), nn.ReLU(), Fire(), nn.Dropout(), nn.Conv2d(WIDTH, CLASSES, 1),
            nn.AdaptiveAvgPool2d(1), nn.Flatten()),
        (8, 12), "2", None),
}


def randomized(net):
    """Statistics and scales away from 0 and 1, so that each shows in the result."""
    for module in net.modules():
        if isinstance(module, (nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean, 0, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return net


def grid(value, net, height, width, leading):
    """[N, C, h, w] of a layer's value."""
    if leading is not None:
        inner = value[:, leading:leading + (height // 4) * (width // 4)]
        return inner.transpose(1, 2).reshape(len(value), -1, height // 4, width // 4)
    return value.permute(0, 3, 1, 2) if isinstance(net, Shifted) else value


def make(name, folder):
    build, (height, width), layer, leading = NETS[name]
    torch.manual_seed(sum(name.encode()))
    net = randomized(build()).eval()
    x = torch.from_numpy(generator(name).standard_normal((2, 3, height, width)).astype("float32"))
    keep = name in ("normalized", "densenet")
    torch.onnx.export(
        net, x, os.path.join(folder, name + ".onnx"), opset_version=17, dynamo=False,
        input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "N"}, "y": {0: "N"}},
        training=torch.onnx.TrainingMode.PRESERVE if keep else torch.onnx.TrainingMode.EVAL,
        do_constant_folding=True)
    net = net.double()
    seen = []
    dict(net.named_modules())[layer].register_forward_hook(lambda m, i, y: seen.append(y))
    y = net(x.double())
    g = torch.autograd.grad(y[:, 1].sum(), seen[0])[0]
    a, g = (grid(v.detach(), net, height, width, leading).numpy() for v in (seen[0], g))
    save(os.path.join(folder, name + ".npz"), "torch " + torch.__version__,
         x=x.numpy(), y=y.detach().numpy(), a=a, g=g)


if __name__ == "__main__":
    target = sys.argv[1]
    os.makedirs(target, exist_ok=True)
    for each in sys.argv[2:] or NETS:
        make(each, target)
