"""One network of each family of torchvision and of keras.applications, for the table of methods on models.

    python method_networks.py OUT [NAME ...]

OUT gets NAME.onnx or NAME.keras, and NAME.npy with one image as fed. Networks are as wide and as deep as published, but for two
kinds: VGG-11 has dense layers of 256 in place of 4096, and images are small. Weights are random from fixed seeds, normalizations
and scores made sane as in torch_exports.py and keras_applications.py.
"""

import os

import numpy as np

from store import make_all

CLASSES = 10
SIDE = 64

# name: the function of torchvision, the side of the image, further options
TORCH = {
    "resnet50": ("resnet50", SIDE, {}),
    "vgg11": ("vgg11", SIDE, {}),
    "densenet121": ("densenet121", SIDE, {}),
    "mobilenet_v2": ("mobilenet_v2", SIDE, {}),
    "mobilenet_v3_large": ("mobilenet_v3_large", SIDE, {}),
    "efficientnet_b0": ("efficientnet_b0", SIDE, {}),
    "inception_v3": ("inception_v3", 128, {"init_weights": False}),
    "squeezenet1_1": ("squeezenet1_1", SIDE, {}),
    "shufflenet_v2_x1_0": ("shufflenet_v2_x1_0", SIDE, {}),
    "regnet_y_400mf": ("regnet_y_400mf", SIDE, {}),
    "convnext_tiny": ("convnext_tiny", SIDE, {}),
    "vit_b_16": ("vit_b_16", SIDE, {"image_size": SIDE}),
    "swin_t": ("swin_t", SIDE, {}),
    "swin_v2_t": ("swin_v2_t", SIDE, {}),
}
KERAS = {"keras_mobilenet_v2": "MobileNetV2", "keras_resnet50": "ResNet50", "keras_convnext_tiny": "ConvNeXtTiny"}


def torch_network(function, **options):
    import torch

    import torch_exports

    net = torch_exports.of_torchvision(function, **options)()
    if function.startswith("vgg"):  # its adaptive pool enlarges 2 x 2 to 7 x 7 here, which no exporter writes
        net.avgpool = torch.nn.Identity()
        net.classifier = torch.nn.Sequential(
            torch.nn.Linear(512 * 4, 256), torch.nn.ReLU(), torch.nn.Dropout(), torch.nn.Linear(256, CLASSES))
    return net.eval()


def make_torch(name, path):
    import torch

    import torch_exports

    function, side, options = TORCH[name]
    torch.manual_seed(1)
    net = torch_network(function, **options)
    calibration = torch_exports.images(name + "/calibration", 8, side)
    torch_exports.randomize(net, name, calibration)
    torch_exports.scale_logits(net, calibration)
    x = torch_exports.images(name + "/x", 2, side)
    torch_exports.export(net, x, path + ".onnx", "")
    return x[:1].numpy()


def make_keras(name, path):
    import keras

    import keras_applications

    family = KERAS[name]
    net = getattr(keras.applications, family)(weights=None, classes=CLASSES, input_shape=(SIDE, SIDE, 3))
    keras_applications.randomize(net, family, keras_applications.images(family, "calibration", 8, SIDE))
    net.save(path + ".keras")
    return keras_applications.images(family, "x", 1, SIDE)


def make(name, out):
    path = os.path.join(out, name)
    x = (make_torch if name in TORCH else make_keras)(name, path)
    np.save(path + ".npy", x.astype(np.float32))
    size = sum(os.path.getsize(path + e) for e in (".onnx", ".keras") if os.path.exists(path + e))
    print(f"{name}: {size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    make_all(make, [*TORCH, *KERAS])
