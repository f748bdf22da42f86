"""One small network of each family of torchvision and of keras.applications, for the table of methods on models.

    python method_networks.py OUT [NAME ...]

OUT gets NAME.onnx or NAME.keras, and NAME.npy with an image as fed. Torchvision's are built from its own blocks with fewer and
narrower layers (but for SqueezeNet and Inception-v3, which have no such choice), so that all methods run on all of them in minutes;
those of Keras are as they are, MobileNetV2 with alpha = 0.35. Weights are random from fixed seeds, normalizations and scores made
sane as in torch_exports.py and keras_applications.py.
"""

import os
from functools import partial

import numpy as np

from store import make_all

CLASSES = 10


def resnet():
    from torchvision.models import resnet
    return resnet.ResNet(resnet.Bottleneck, [1, 2, 1, 1], CLASSES, width_per_group=16)


def vgg():
    import torch
    from torchvision.models import vgg
    net = vgg.VGG(vgg.make_layers([16, "M", 32, "M", 64, 64, "M"]), CLASSES, init_weights=False)
    net.avgpool = torch.nn.AdaptiveAvgPool2d(4)
    net.classifier = torch.nn.Sequential(
        torch.nn.Linear(64 * 16, 64), torch.nn.ReLU(), torch.nn.Dropout(), torch.nn.Linear(64, CLASSES))
    return net


def densenet():
    from torchvision.models import DenseNet
    return DenseNet(8, (2, 2, 2, 2), 16, num_classes=CLASSES)


def mobilenet_v2():
    from torchvision.models import MobileNetV2
    return MobileNetV2(CLASSES, width_mult=0.25)


def mobilenet_v3():
    from torchvision.models import mobilenetv3
    settings, last = mobilenetv3._mobilenet_v3_conf("mobilenet_v3_small", width_mult=0.25)
    return mobilenetv3.MobileNetV3(settings, last // 4, CLASSES)


def efficientnet():
    from torchvision.models import efficientnet
    settings, last = efficientnet._efficientnet_conf("efficientnet_b0", width_mult=0.25, depth_mult=0.5)
    return efficientnet.EfficientNet(settings, 0.2, num_classes=CLASSES, last_channel=last or 64)


def inception_v3():
    from torchvision.models import inception_v3
    return inception_v3(weights=None, num_classes=CLASSES, init_weights=False)


def squeezenet():
    from torchvision.models import squeezenet1_1
    return squeezenet1_1(weights=None, num_classes=CLASSES)


def shufflenet():
    from torchvision.models import ShuffleNetV2
    return ShuffleNetV2([2, 3, 2], [24, 16, 32, 64, 128], CLASSES)


def regnet():
    from torchvision.models import regnet
    blocks = regnet.BlockParams.from_init_params(
        depth=6, w_0=16, w_a=8.0, w_m=2.0, group_width=8, se_ratio=0.25)
    return regnet.RegNet(blocks, num_classes=CLASSES)


def convnext():
    from torchvision.models import convnext
    settings = [convnext.CNBlockConfig(24, 48, 1), convnext.CNBlockConfig(48, 64, 2), convnext.CNBlockConfig(64, None, 1)]
    return convnext.ConvNeXt(settings, num_classes=CLASSES)


def vit():
    from torchvision.models import VisionTransformer
    return VisionTransformer(64, 8, 3, 4, 64, 128, num_classes=CLASSES)


def swin():
    from torchvision.models import SwinTransformer
    return SwinTransformer([4, 4], 24, [2, 2], [2, 4], [4, 4], num_classes=CLASSES)


TORCH = {f.__name__: f for f in (
    resnet, vgg, densenet, mobilenet_v2, mobilenet_v3, efficientnet, inception_v3, squeezenet, shufflenet, regnet, convnext, vit, swin)}


def of_keras(name, **options):
    import keras
    return getattr(keras.applications, name)(weights=None, classes=CLASSES, input_shape=(64, 64, 3), **options)


KERAS = {
    "keras_mobilenet_v2": ("MobileNetV2", partial(of_keras, "MobileNetV2", alpha=0.35)),
    "keras_resnet50": ("ResNet50", partial(of_keras, "ResNet50")),
    "keras_convnext_tiny": ("ConvNeXtTiny", partial(of_keras, "ConvNeXtTiny")),
}


def make_torch(name, path):
    import torch

    import torch_exports

    torch.manual_seed(1)
    side = 128 if name == "inception_v3" else 64
    net = TORCH[name]().eval()
    calibration = torch_exports.images(name + "/calibration", 8, side)
    torch_exports.randomize(net, name, calibration)
    torch_exports.scale_logits(net, calibration)
    x = torch_exports.images(name + "/x", 2, side)
    torch_exports.export(net, x, path + ".onnx", "")
    return x[:1].numpy()


def make_keras(name, path):
    import keras_applications

    family, build = KERAS[name]
    net = build()
    keras_applications.randomize(net, family, keras_applications.images(family, "calibration", 8, 64))
    net.save(path + ".keras")
    return keras_applications.images(family, "x", 1, 64)


def make(name, out):
    path = os.path.join(out, name)
    x = (make_torch if name in TORCH else make_keras)(name, path)
    np.save(path + ".npy", x.astype(np.float32))
    size = sum(os.path.getsize(path + e) for e in (".onnx", ".keras") if os.path.exists(path + e))
    print(f"{name}: {size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    make_all(make, [*TORCH, *KERAS])
