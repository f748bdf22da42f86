"""VGG-16, ResNet-50 and MobileNetV2 in plain PyTorch, with random weights, and their export to ONNX.

Speed does not depend on what a network has learnt, so nothing is downloaded. The architectures are those of the
papers in the form that torchvision made common: VGG-16 without batch normalization, ResNet-50 "v1.5" (the stride
in the 3x3 convolution), MobileNetV2 of width 1. Weights are He-initialized, so that activations and gradients keep
a usual magnitude: numbers near zero (denormals) would slow every framework down.

    python3 architectures.py FOLDER        # writes vgg16.onnx, resnet50.onnx, mobilenetv2.onnx
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


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1 beside a shortcut. He et al. 2015, arXiv 1512.03385, figure 5."""

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


def resnet50(classes=1000):
    """He et al. 2015, table 1."""
    layers = [convolution(3, 64, 7, 2, activation=nn.ReLU()), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for width, repeats, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for i in range(repeats):
            layers.append(Bottleneck(inputs, width, stride if i == 0 else 1))
            inputs = 4 * width
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes)
    )


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
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, classes)
    )


ALL = {"vgg16": vgg16, "resnet50": resnet50, "mobilenetv2": mobilenetv2}


def build(name):
    """The network of that name, ready to be run; the same weights every time."""
    torch.manual_seed(7)
    network = ALL[name]()
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.normal_(module.bias, std=0.01)
    return network.eval()


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
    for each in ALL:
        print(export(each, sys.argv[1]))
