"""Image classifiers in plain PyTorch, with random weights, and their export to ONNX.

Speed does not depend on what a network has learnt, so nothing is downloaded. The architectures are those of the
papers in the form that torchvision made common: VGG-16 without batch normalization, ResNet "v1.5" (the stride in the
3x3 convolution), MobileNetV2 of width 1. Numbers near zero (denormals) or beyond float32 would make every framework
slower or its maps empty; so weights are He-initialized, and batch normalization gets the statistics of a few images
of noise, random scales and small shifts.

    python3 architectures.py FOLDER [NAME ...]   # writes vgg16.onnx and so on; needs torch and onnx
"""

import pathlib
import sys

import torch
from torch import nn


def vgg16(classes=1000):
    """Simonyan & Zisserman 2014, arXiv 1409.1556, configuration D."""
    layers, channels = [], 3
    for width, repeats in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(repeats):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(
        *layers,
        nn.Flatten(),
        nn.Linear(512 * 7 * 7, 4096),
        nn.ReLU(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, classes),
    )


def convolution(inputs, outputs, size, stride=1, groups=1, activation=None):
    """Convolution, batch normalization and, if given, an activation."""
    layers = [
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([activation] if activation else []))


class Basic(nn.Module):
    """3x3, 3x3 beside a shortcut. He et al. 2015, arXiv 1512.03385, figure 5 left."""

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            convolution(inputs, width, 3, stride, activation=nn.ReLU()),
            convolution(width, width, 3),
        )
        same = inputs == width and stride == 1
        self.shortcut = nn.Identity() if same else convolution(inputs, width, 1, stride)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.body(x) + self.shortcut(x))


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 beside a shortcut. He et al. 2015, figure 5 right."""

    def __init__(self, inputs, width, stride):
        super().__init__()
        outputs = 4 * width
        self.body = nn.Sequential(
            convolution(inputs, width, 1, activation=nn.ReLU()),
            convolution(width, width, 3, stride, activation=nn.ReLU()),
            convolution(width, outputs, 1),
        )
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else convolution(inputs, outputs, 1, stride)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.body(x) + self.shortcut(x))


def classifier(layers, channels, classes):
    """The mean over all positions and a dense layer behind it."""
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)
    )


def resnet(block, expansion, depths, classes):
    """He et al. 2015, table 1."""
    layers = [convolution(3, 64, 7, 2, activation=nn.ReLU()), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, repeats in enumerate(depths):
        width = 64 << stage
        for i in range(repeats):
            layers.append(block(inputs, width, 2 if stage > 0 and i == 0 else 1))
            inputs = expansion * width
    return classifier(layers, inputs, classes)


def resnet18(classes=1000):
    return resnet(Basic, 1, (2, 2, 2, 2), classes)


def resnet50(classes=1000):
    return resnet(Bottleneck, 4, (3, 4, 6, 3), classes)


class DenseLayer(nn.Module):
    """What came before, and 32 channels more. Huang et al. 2016, arXiv 1608.06993, section 3."""

    def __init__(self, inputs, growth=32):
        super().__init__()
        self.body = nn.Sequential(
            nn.BatchNorm2d(inputs),
            nn.ReLU(),
            convolution(inputs, 4 * growth, 1, activation=nn.ReLU()),
            nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False),
        )

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


def densenet121(classes=1000):
    """Huang et al. 2016, table 1."""
    layers, channels = [convolution(3, 64, 7, 2, activation=nn.ReLU()), nn.MaxPool2d(3, 2, 1)], 64
    for block, repeats in enumerate((6, 12, 24, 16)):
        if block > 0:
            layers += [nn.BatchNorm2d(channels), nn.ReLU()]
            layers += [nn.Conv2d(channels, channels // 2, 1, bias=False), nn.AvgPool2d(2)]
            channels //= 2
        for _ in range(repeats):
            layers.append(DenseLayer(channels))
            channels += 32
    return classifier([*layers, nn.BatchNorm2d(channels), nn.ReLU()], channels, classes)


class InvertedResidual(nn.Module):
    """Expansion, depthwise 3x3, linear projection. Sandler et al. 2018, arXiv 1801.04381, table 1."""

    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        expand = [convolution(inputs, hidden, 1, activation=nn.ReLU6())]
        self.body = nn.Sequential(
            *(expand if expansion > 1 else []),
            convolution(hidden, hidden, 3, stride, groups=hidden, activation=nn.ReLU6()),
            convolution(hidden, outputs, 1),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.residual else self.body(x)


def mobilenetv2(classes=1000):
    """Sandler et al. 2018, table 2."""
    layers, inputs = [convolution(3, 32, 3, 2, activation=nn.ReLU6())], 32
    for expansion, outputs, repeats, stride in (
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ):
        for i in range(repeats):
            layers.append(InvertedResidual(inputs, outputs, stride if i == 0 else 1, expansion))
            inputs = outputs
    layers.append(convolution(inputs, 1280, 1, activation=nn.ReLU6()))
    return classifier(layers, 1280, classes)


class Excitation(nn.Module):
    """Each channel times a number from 0 to 1 that all of the image decides. Hu et al. 2017, arXiv 1709.01507."""

    def __init__(self, channels, squeezed):
        super().__init__()
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, squeezed, 1),
            nn.SiLU(),
            nn.Conv2d(squeezed, channels, 1),
            nn.Sigmoid(),
        )

    def forward(self, x):
        return x * self.gate(x)


class MobileBlock(nn.Module):
    """An inverted residual with an excitation. Tan and Le 2019, arXiv 1905.11946, section 4."""

    def __init__(self, inputs, outputs, size, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        expand = [convolution(inputs, hidden, 1, activation=nn.SiLU())]
        self.body = nn.Sequential(
            *(expand if expansion > 1 else []),
            convolution(hidden, hidden, size, stride, groups=hidden, activation=nn.SiLU()),
            Excitation(hidden, inputs // 4),
            convolution(hidden, outputs, 1),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.residual else self.body(x)


def efficientnet_b0(classes=1000):
    """Tan and Le 2019, table 1."""
    layers, inputs = [convolution(3, 32, 3, 2, activation=nn.SiLU())], 32
    for expansion, size, outputs, repeats, stride in (
        (1, 3, 16, 1, 1),
        (6, 3, 24, 2, 2),
        (6, 5, 40, 2, 2),
        (6, 3, 80, 3, 2),
        (6, 5, 112, 3, 1),
        (6, 5, 192, 4, 2),
        (6, 3, 320, 1, 1),
    ):
        for i in range(repeats):
            layers.append(MobileBlock(inputs, outputs, size, stride if i == 0 else 1, expansion))
            inputs = outputs
    layers.append(convolution(inputs, 1280, 1, activation=nn.SiLU()))
    return classifier(layers, 1280, classes)


ALL = {
    each.__name__: each
    for each in (vgg16, resnet18, resnet50, densenet121, mobilenetv2, efficientnet_b0)
}


def build(name):
    """The network of that name, ready to be run; the same weights every time."""
    torch.manual_seed(7)
    network = ALL[name]()
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.normal_(module.bias, std=0.01)
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, std=0.1)
            module.momentum = None  # the plain mean of what it sees
    if any(isinstance(module, nn.BatchNorm2d) for module in network.modules()):
        with torch.no_grad():
            network.train()(torch.randn(8, 3, 224, 224))
    return network.eval()


def parts(network):
    """What comes before the last layer with positions, that layer included, and the rest."""
    layers = list(network)
    first = next(i for i, layer in enumerate(layers) if isinstance(layer, (nn.Flatten, nn.AdaptiveAvgPool2d)))
    return nn.Sequential(*layers[:first]), nn.Sequential(*layers[first:])


def export(name, folder):
    """Writes NAME.onnx: input [N, 3, 224, 224], output [N, 1000] logits."""
    path = pathlib.Path(folder) / f"{name}.onnx"
    torch.onnx.export(
        build(name),
        (torch.zeros(1, 3, 224, 224),),
        str(path),
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "N"}, "logits": {0: "N"}},
    )
    return path


if __name__ == "__main__":
    for each in sys.argv[2:] or ALL:
        print(export(each, sys.argv[1]))
