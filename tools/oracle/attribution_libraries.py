"""The same methods by the projects that published them, where they run: Captum, pytorch-grad-cam, Zennit, PAIR saliency.

Each is brought to Picasso's convention here, in the open: signed, in the layer's own frame, nothing scaled.
"""

import sys

import numpy as np
import torch
from torch import nn

try:  # a torchvision built for another PyTorch has no compiled operators; Zennit and pytorch-grad-cam need none
    import torchvision  # noqa: F401
except RuntimeError:
    OPERATORS = torch.library.Library("torchvision", "DEF")
    for each in "nms", "qnms":
        OPERATORS.define(each + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    for key in [n for n in sys.modules if n.startswith("torchvision")]:
        del sys.modules[key]
    import torchvision  # noqa: F401

from attribution_baselines import starts
from attribution_methods import Call, folded, integrated_gradients, swapped, with_rule
from attribution_parts import Add, Gate


# ---------------------------------------------------------------- Zennit

def lrp(s, composite, bias="kept", low=None, high=None):
    """Zennit's composites; normalizations merged first, the epsilon of every layer 1e-6. It has no rule for a product of two
    values: all goes to the signal, none to its gate (Arras et al. 2017, arXiv 1706.07206)."""
    from zennit.canonizers import SequentialMergeBatchNorm
    from zennit.composites import (EpsilonAlpha2Beta1, EpsilonAlpha2Beta1Flat, EpsilonGammaBox, EpsilonPlus,
                                   EpsilonPlusFlat, LayerMapComposite, layer_map_base)
    from zennit.layer import Sum
    from zennit.rules import Epsilon, Gamma
    from zennit.types import Convolution, Linear
    options = {"canonizers": [SequentialMergeBatchNorm()]}
    if bias == "ignored":
        options["zero_params"] = ["bias"]
    if composite == "epsilon":
        zero = options.pop("zero_params", None)
        made = LayerMapComposite(layer_map_base() + [(Linear, Epsilon(zero_params=zero))], **options)
    elif composite == "gamma":
        made = LayerMapComposite(layer_map_base() + [(Convolution, Gamma()), (Linear, Epsilon())], **options)
    elif composite == "epsilon-gamma-box":
        made = EpsilonGammaBox(low=low, high=high, **options)
    else:
        made = {"epsilon-plus": EpsilonPlus, "epsilon-plus-flat": EpsilonPlusFlat,
                "epsilon-alpha2-beta1": EpsilonAlpha2Beta1, "epsilon-alpha2-beta1-flat": EpsilonAlpha2Beta1Flat}[composite](**options)
    signal = with_rule(lambda a, b: a * b, lambda r, inputs, y: (r, torch.zeros_like(inputs[1])))
    adds = [m for m in s.net.modules() if isinstance(m, Add)]
    for add in adds:
        add.total = Sum()
    try:
        x = s.x.detach().requires_grad_()
        with swapped(s.net, lambda m: Call(signal) if isinstance(m, Gate) else None), made.context(s.net) as net:
            y = net(x)
            return torch.autograd.grad(y, x, y.detach() * s.weights)[0]
    finally:
        for add in adds:
            add.total = None


# ---------------------------------------------------------------- Captum

def captum(s, kind, **options):
    import captum.attr as attr
    k = int(s.weights.argmax())
    x = s.x.detach().requires_grad_()
    made = getattr(attr, kind)(s.net)
    if kind == "Saliency":
        options["abs"] = False
    return made.attribute(x, target=k, **options).detach()


def captum_deeplift(s):
    """A step between each rectifier and max pool: Captum 0.9 gives two neighbours with rules the wrong gradient, since its
    hooks for both lie on the tensor between, and the first one's comes first."""
    def apart(module):
        return nn.Sequential(Call(lambda x: x * 1), module) if isinstance(module, nn.MaxPool2d) else None
    with swapped(s.net, apart):
        return captum(s, "DeepLift")


def captum_grad_cam(s, layer):
    from captum.attr import LayerGradCam
    module, _ = s.layer(layer)
    return LayerGradCam(s.net, module).attribute(s.x, target=int(s.weights.argmax()), relu_attributions=True).detach()[:, 0]


def captum_guided_grad_cam(s, layer):
    from captum.attr import GuidedGradCam
    module, _ = s.layer(layer)
    x = s.x.detach().requires_grad_()
    return GuidedGradCam(s.net, module).attribute(x, target=int(s.weights.argmax()), interpolate_mode="bilinear").detach()


# ---------------------------------------------------------------- pytorch-grad-cam

def gradcam_map(s, method, layer):
    """The map before that project clips, resizes and scales it (its `get_cam_image`), then ReLU."""
    import pytorch_grad_cam
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    module, grid = s.layer(layer)
    reshape = (lambda a: folded(a, grid)) if grid is not None else None
    with getattr(pytorch_grad_cam, method)(s.net, [module], reshape_transform=reshape) as made:
        targets = [ClassifierOutputTarget(int(s.weights.argmax()))] * len(s.x)
        x = s.x.detach().clone().requires_grad_()
        y = made.activations_and_grads(x)
        if made.uses_gradients:
            s.net.zero_grad()
            sum(t(o) for t, o in zip(targets, y)).backward(retain_graph=True)
        a = made.activations_and_grads.activations[0].detach().numpy()
        g = made.activations_and_grads.gradients[0].detach().numpy() if made.uses_gradients else None
        m = made.get_cam_image(x, module, targets, a, g, False)
    return torch.from_numpy(np.maximum(np.asarray(m), 0))


# ---------------------------------------------------------------- PAIR saliency

def guided_ig(s, baseline):
    maps = [pair(s, "GuidedIG", start) for start in starts(s.x, baseline)]
    return sum(maps) / len(maps)


def pair(s, method, start=None, **options):
    """BlurIG and GuidedIG, an image [H, W, C] at a time."""
    import saliency.core as core
    keys = core.base.INPUT_OUTPUT_GRADIENTS

    def call(batch, call_model_args=None, expected_keys=None):
        x = torch.from_numpy(np.asarray(batch)).permute(0, 3, 1, 2).to(s.x.dtype)
        return {keys: s.gradient(x).permute(0, 2, 3, 1).numpy()}
    made, out = getattr(core, method)(), []
    quantile = np.quantile
    np.quantile = lambda *a, interpolation="linear", **k: quantile(*a, method=interpolation, **k)  # the old name
    try:
        for i, image in enumerate(s.x):
            if start is not None:
                options["x_baseline"] = start[i].permute(1, 2, 0).numpy()
            out.append(made.GetMask(image.permute(1, 2, 0).numpy(), call, **options))
    finally:
        np.quantile = quantile
    return torch.from_numpy(np.stack(out)).permute(0, 3, 1, 2)


def xrai(s, steps=100, channels="largest"):
    """Regions by gain density, of gradients integrated from black (0) and white (1) pixels, [N, H, W].

    Regions are Picasso's, whose cuts are compared elsewhere. That project widens them by 5 pixels and skips additions under 50,
    of pictures of 224: as shares of the picture both come to less than a pixel here."""
    import saliency.core as core
    parameters = core.XRAIParameters()
    parameters.experimental_params["min_pixel_diff"] = 1
    both = sum(integrated_gradients(s, steps, "trapezoid", b) for b in ("black", "white")) / 2
    reduced = both.amax(1) if channels == "largest" else both.sum(1)
    out = []
    for image, total, cuts in zip(s.x, reduced, s.regions("xrai")):
        segments = [(cut == k).numpy() for cut in cuts for k in range(int(cut.max()) + 1)]
        out.append(core.XRAI().GetMask(image.permute(1, 2, 0).numpy(), None, segments=segments, extra_parameters=parameters,
                                       base_attribution=np.repeat(total.numpy()[..., None], 3, -1)))
    return torch.from_numpy(np.stack(out))
