"""Torchvision (and timm) classifiers with random weights, exported to ONNX.

    python torch_exports.py OUT [NAME ...]

Each NAME.onnx has a NAME.npz: x (2 images), y (logits), r and g (the gradient of
sum(y * r) at x), computed by PyTorch in float64 with automatic differentiation.
Images are such that rounding does not decide (float32: how far PyTorch's own float32
gradient is off). Weights are random; batch normalization gets the statistics of a random batch,
then noise, so that every parameter shows in the result and activations stay sane.

Exported several ways, because files in the wild were: NAME (TorchScript exporter,
opset 17, free batch size), NAME-op13 and NAME-op9, NAME-fixed (batch of 2),
NAME-train (batch normalization left in the graph, not folded into convolutions)
and NAME-dynamo (the exporter of PyTorch 2, opset 18 and later).
"""

import os
import sys
import warnings

import numpy as np
import onnxruntime
import torch

from store import blotches, generator, make_all, normal, save

warnings.filterwarnings("ignore")
try:  # a torchvision built for another PyTorch has no compiled operators; models need none
    import torchvision
except RuntimeError:
    OPERATORS = torch.library.Library("torchvision", "DEF")
    for each in "nms", "qnms":
        OPERATORS.define(each + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    for name in [n for n in sys.modules if n.startswith("torchvision")]:
        del sys.modules[name]
    import torchvision

from torchvision import models

CLASSES = 10


def of_torchvision(name, **options):
    return lambda: getattr(models, name)(weights=None, num_classes=CLASSES, **options)


def of_timm(name, **options):
    def build():
        import timm
        return timm.create_model(name, pretrained=False, num_classes=CLASSES, **options)
    return build


# name: (how to build it, side of the image, further ways of exporting it)
NETS = {
    "squeezenet1_1": (of_torchvision("squeezenet1_1"), 64, ["op13", "op9", "dynamo"]),
    "resnet18": (of_torchvision("resnet18"), 64, ["op13", "op9", "fixed", "train", "dynamo"]),
    "mobilenet_v2": (of_torchvision("mobilenet_v2"), 64, ["op13", "fixed", "train", "dynamo"]),
    "densenet121": (of_torchvision("densenet121"), 64, ["op13", "dynamo"]),
    "efficientnet_b0": (of_torchvision("efficientnet_b0"), 64, ["op13", "train", "dynamo"]),
    "inception_v3": (of_torchvision("inception_v3", init_weights=False), 96, ["op13", "dynamo"]),
    "vgg11": (of_torchvision("vgg11"), 224, []),
    "vgg11_64": (of_torchvision("vgg11"), 64, ["dynamo"]),
    "vgg16": (of_torchvision("vgg16"), 224, []),
    "alexnet": (of_torchvision("alexnet"), 224, []),
    "resnet50": (of_torchvision("resnet50"), 64, ["dynamo"]),
    "shufflenet_v2_x1_0": (of_torchvision("shufflenet_v2_x1_0"), 64, ["op13", "dynamo"]),
    "googlenet": (of_torchvision("googlenet", init_weights=False), 64, ["dynamo"]),
    "regnet_y_400mf": (of_torchvision("regnet_y_400mf"), 64, ["dynamo"]),
    "mnasnet0_5": (of_torchvision("mnasnet0_5"), 64, ["dynamo"]),
    "mobilenet_v3_small": (of_torchvision("mobilenet_v3_small"), 64, ["op13", "train", "dynamo"]),
    "mobilenet_v3_large": (of_torchvision("mobilenet_v3_large"), 64, []),
    "convnext_tiny": (of_torchvision("convnext_tiny"), 64, ["op13", "dynamo"]),
    "swin_t": (of_torchvision("swin_t"), 64, ["dynamo"]),
    "vit_b_32": (of_torchvision("vit_b_32", image_size=64), 64, ["dynamo"]),
    "timm_vit_tiny": (of_timm("vit_tiny_patch16_224", img_size=64), 64, ["op13", "dynamo"]),
    "timm_mixer_s32": (of_timm("mixer_s32_224", img_size=64), 64, ["dynamo"]),
    "timm_ghostnet_100": (of_timm("ghostnet_100"), 64, []),
    "timm_resnest14d": (of_timm("resnest14d"), 64, []),
    "timm_efficientnet_lite0": (of_timm("efficientnet_lite0"), 64, []),
    "timm_tf_efficientnet_b0": (of_timm("tf_efficientnet_b0"), 64, []),
    "timm_nf_regnet_b0": (of_timm("nf_regnet_b0"), 64, []),
    "timm_gcresnet33ts": (of_timm("gcresnet33ts"), 64, []),
    "timm_hrnet_w18_small": (of_timm("hrnet_w18_small"), 64, []),
    "timm_repvgg_a0": (of_timm("repvgg_a0"), 64, []),
    "timm_convmixer_768_32": (of_timm("convmixer_768_32"), 64, []),
}


def randomize(net, name, x):
    """Biases and norms away from their trivial initial values."""
    rng = generator(name)
    noise = lambda p, scale: torch.from_numpy(rng.standard_normal(tuple(p.shape)) * scale).to(p)
    norms = [m for m in net.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    with torch.no_grad():
        for key, p in net.named_parameters():
            if p.ndim == 1 and key.endswith("bias"):
                p.copy_(noise(p, 0.1))
            elif p.ndim == 1:
                p.add_(noise(p, 0.1))
            elif "pos_embed" in key or "position" in key or "token" in key:
                p.copy_(noise(p, 0.3))
            elif "layer_scale" in key or key.endswith("gamma"):
                p.copy_(0.5 + noise(p, 0.1))
            elif not p.any():  # heads that begin at zero
                p.copy_(noise(p, p[0].numel() ** -0.5))
        for m in norms:
            m.train()
            m.momentum = None  # the plain average over the batches seen
        for _ in range(2 if norms else 0):
            net(x)
        for m in norms:
            m.eval()
            m.momentum = 0.1
            m.running_mean.add_(noise(m.running_mean, 0.2) * m.running_var.sqrt())
            m.running_var.mul_(torch.exp(noise(m.running_var, 0.2)))


def scale_logits(net, x):
    """Weights and bias of the last layer such that logits have mean 0 and a spread of about 1."""
    last = [m for m in net.modules() if isinstance(m, (torch.nn.Linear, torch.nn.Conv2d))
            and m.weight.shape[0] == CLASSES][-1]
    with torch.no_grad():
        last.weight.div_(net(x).std(0).mean())
        last.bias.sub_(net(x).mean(0))


def images(name, n, side):
    return torch.from_numpy(np.ascontiguousarray(blotches(name, n, side).transpose(0, 3, 1, 2)))


def gradient(net, x, r):
    x = x.clone().requires_grad_()
    y = net(x)
    (g,) = torch.autograd.grad((y * torch.from_numpy(r).to(y)).sum(), x)
    return y.detach(), g


def away_from_kinks(net, name, side, r):
    """Images where rounding does not tip a ReLU or a maximum over, and what PyTorch says of them in float64.

    There PyTorch's own gradients in float32, also those at images 1e-6 away, agree with float64;
    elsewhere a comparison would measure the roundings of two programs. Of 8 the best.
    """
    best = None
    for attempt in range(8):
        x = images(f"{name}/x{attempt or ''}", 2, side)
        y, g = gradient(net.double(), x.double(), r)
        net.float()
        nearby = [x] + [x + 1e-6 * images(f"{name}/near{k}", 2, side) for k in range(2)]
        off = max(((gradient(net, z, r)[1] - g).abs().max() / g.abs().max()).item() for z in nearby)
        if best is None or off < best[0]:
            best = off, x, y, g
        if off < 1e-4:
            break
    return best


def export(net, x, path, variant):
    free = {"input": {0: "batch"}, "output": {0: "batch"}}
    names = dict(input_names=["input"], output_names=["output"])
    if variant == "dynamo":
        torch.onnx.export(net, (x,), path, dynamo=True, external_data=False, verbose=False,
                          dynamic_shapes=({0: torch.export.Dim("batch")},), **names)
        return
    mode = torch.onnx.TrainingMode
    torch.onnx.export(
        net, (x,), path, dynamo=False, verbose=False,
        opset_version={"op13": 13, "op9": 9}.get(variant, 17),
        training=mode.PRESERVE if variant == "train" else mode.EVAL,
        do_constant_folding=variant != "train",
        dynamic_axes=None if variant == "fixed" else free, **names)


def make(name, out):
    build, side, variants = NETS[name]
    torch.manual_seed(1)
    net = build().eval()
    calibration = images(name + "/calibration", 8, side)
    randomize(net, name, calibration)
    scale_logits(net, calibration)
    r = normal(name + "/r", (2, CLASSES))
    off, x, y, g = away_from_kinks(net, name, side, r)
    y = y.numpy()

    for variant in [""] + variants:
        path = os.path.join(out, name + (variant and "-" + variant))
        try:
            export(net, x, path + ".onnx", variant)
            session = onnxruntime.InferenceSession(path + ".onnx", providers=["CPUExecutionProvider"])
            (again,) = session.run(None, {session.get_inputs()[0].name: x.numpy()})
            error = np.abs(again - y).max()
            if error > 1e-3:
                raise ValueError(f"ONNX Runtime differs by {error:.1e}")
        except Exception as e:
            if os.path.exists(path + ".onnx"):
                os.remove(path + ".onnx")
            print(f"{os.path.basename(path)}: NOT MADE: {type(e).__name__}: {str(e)[:300]}", flush=True)
            continue
        save(path + ".npz", f"torch {torch.__version__}, torchvision {torchvision.__version__}",
             x=x.numpy(), y=y, r=r, g=g.numpy(), float32=np.array([off]))
        print(f"{os.path.basename(path)}: y std {y.std():.2f}, |g| {g.abs().max():.1e}, in float32 {off:.1e},"
              f" ONNX Runtime differs by {error:.1e}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(2)
    make_all(make, NETS)
