"""Trains small networks on pixels of known kinds, for the tests of the doctor.

Which of six photographs does a patch of 32x32 pixels come from? Every network learns that from pixels
that were scaled in one of five ways, red or blue first; with batch normalization, as PyTorch exports
it for training ("bn", statistics kept) and for inference ("folded", merged into the convolutions).

    python tools/oracle/doctor_networks.py PHOTOGRAPHS OUT
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

warnings.filterwarnings("ignore")
NAMES = ["bird.bmp", "cat.bmp", "dragonfly.bmp", "sunflower.bmp", "parrot.jpg", "owl.jpg"]
MEAN = np.array([0.485, 0.456, 0.406], "float32").reshape(1, 3, 1, 1)
DEVIATION = np.array([0.229, 0.224, 0.225], "float32").reshape(1, 3, 1, 1)
CAFFE = np.array([123.68, 116.779, 103.939], "float32").reshape(1, 3, 1, 1)
SCALINGS = {
    "unit": lambda x: x / 255,
    "tf": lambda x: x / 127.5 - 1,
    "none": lambda x: x,
    "torch": lambda x: (x / 255 - MEAN) / DEVIATION,
    "caffe": lambda x: x - CAFFE,
}


def patches(photographs, n, seed):
    random = np.random.default_rng(seed)
    xs, ys = [], []
    for _ in range(n):
        k = random.integers(len(photographs))
        side = random.integers(64, 200)
        top, left = random.integers(0, 256 - side, 2)
        patch = photographs[k].crop((left, top, left + side, top + side)).resize((32, 32), 2)
        pixels = np.asarray(patch).astype("float32")
        xs.append(pixels[:, ::-1] if random.random() < 0.5 else pixels)
        ys.append(k)
    return np.stack(xs).transpose(0, 3, 1, 2), torch.tensor(ys)


def network():
    def block(a, b):
        return [nn.Conv2d(a, b, 3, 2, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU()]

    return nn.Sequential(
        *block(3, 10), *block(10, 14), *block(14, 18), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(18, len(NAMES)))


def main(folder, out):
    torch.set_num_threads(2)
    photographs = [
        Image.open(Path(folder) / name).convert("RGB").resize((256, 256)) for name in NAMES]
    pixels, y = patches(photographs, 5000, 1)
    for i, (name, scale) in enumerate(SCALINGS.items()):
        for order in ("rgb", "bgr"):
            torch.manual_seed(10 * i + (order == "bgr"))
            scaled = scale(pixels)
            x = torch.tensor(scaled if order == "rgb" else scaled[:, ::-1].copy())
            model = network()
            optimizer = torch.optim.Adam(model.parameters(), 3e-3)
            for _ in range(500):
                batch = torch.randint(0, len(x), (64,))
                loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            model.eval()
            right = (model(x[:1000]).argmax(1) == y[:1000]).float().mean().item()
            print(name, order, f"{right:.3f}", flush=True)
            common = dict(
                input_names=["x"], output_names=["y"], opset_version=13, dynamo=False,
                dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
            file = f"{out}/{name}_{order}"
            torch.onnx.export(
                model, x[:1], f"{file}_bn.onnx", do_constant_folding=False,
                training=torch.onnx.TrainingMode.PRESERVE, **common)
            torch.onnx.export(model, x[:1], f"{file}_folded.onnx", **common)


main(*sys.argv[1:])
