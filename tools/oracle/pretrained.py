"""One network of each family of torchvision, small images, as ONNX: every method is to run on each without an exception.

    python pretrained.py OUT [NAME ...]

OUT gets NAME.onnx and NAME.npy (two images as fed). Weights are random from fixed seeds, normalizations and scores made sane as
in torch_exports.py; layers are as wide as torchvision's, but for VGG's dense layers of 4096, which would be 500 MB.
"""

import os

import numpy as np
import torch

import torch_exports
from store import make_all
from torch_exports import of_torchvision

NETS = {
    "resnet18": ("resnet18", 64, {}),
    "resnet50": ("resnet50", 64, {}),
    "vgg11": ("vgg11", 64, {}),
    "densenet121": ("densenet121", 64, {}),
    "mobilenet_v2": ("mobilenet_v2", 64, {}),
    "mobilenet_v3_small": ("mobilenet_v3_small", 64, {}),
    "efficientnet_b0": ("efficientnet_b0", 64, {}),
    "inception_v3": ("inception_v3", 96, {"init_weights": False}),
    "squeezenet1_1": ("squeezenet1_1", 64, {}),
    "shufflenet_v2_x1_0": ("shufflenet_v2_x1_0", 64, {}),
    "regnet_y_400mf": ("regnet_y_400mf", 64, {}),
    "convnext_tiny": ("convnext_tiny", 64, {}),
    "vit_b_16": ("vit_b_16", 64, {"image_size": 64}),
    "swin_t": ("swin_t", 64, {}),
}


def make(name, out):
    function, side, options = NETS[name]
    torch.manual_seed(1)
    net = of_torchvision(function, **options)().eval()
    if function.startswith("vgg"):
        net.classifier = torch.nn.Sequential(
            torch.nn.Linear(512 * 49, 256), torch.nn.ReLU(), torch.nn.Linear(256, torch_exports.CLASSES))
    calibration = torch_exports.images(name + "/calibration", 8, side)
    torch_exports.randomize(net, name, calibration)
    torch_exports.scale_logits(net, calibration)
    x = torch_exports.images(name + "/x", 2, side)
    path = os.path.join(out, name)
    torch_exports.export(net, x, path + ".onnx", "")
    np.save(path + ".npy", x.numpy())
    print(name, f"{os.path.getsize(path + '.onnx') / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    make_all(make, NETS)
