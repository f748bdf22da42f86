"""The table of attribution.py: which method with which settings on which network, and what makes its numbers."""

from dataclasses import dataclass, field

import attribution_libraries as libraries
import attribution_methods as methods
import attribution_regions as regions

CNN = ["vgg", "resnet", "mobile", "mixed"]
RELU = ["vgg", "resnet", "mixed"]  # whose only rectifier is ReLU: Captum knows no other
TOKENS = ["vit", "vitwide", "tokens"]
WINDOWS = ["swin", "swin2"]
ALL = CNN + TOKENS
LIKE = "close"
ALIKE = "correlated"


@dataclass
class Case:
    """One row; `make(subject)` gives the numbers, each of `checks` must give the same to 1e-5."""

    method: str
    networks: list
    make: object
    settings: str = ""
    target: str = ""
    layer: str = ""
    images: str = "x"
    compare: str = LIKE
    tolerance: float = 1e-3
    checks: list = field(default_factory=list)
    loosely: float = 1e-5


def check(f, *names, **options):
    return lambda s: f(s, *names, **options)


def cases():
    m, lib = methods, libraries
    yield Case("saliency", ALL, m.saliency, checks=[(RELU, check(lib.captum, "Saliency"))])
    yield Case("saliency", ["vgg", "resnet", "vit"], m.saliency, target="difference")
    yield Case("gradient-x-input", ALL, m.gradient_x_input, checks=[(RELU, check(lib.captum, "InputXGradient"))])
    yield Case("deconvnet", CNN, m.deconvnet, checks=[(RELU, check(lib.captum, "Deconvolution"))])
    yield Case("guided-backprop", CNN, m.guided_backprop, checks=[(RELU, check(lib.captum, "GuidedBackprop"))])
    for form in "signed", "absolute", "squared", "variance":
        yield Case("smoothgrad", ["vgg", "mixed"] if form != "signed" else ["vgg", "mixed", "vit"],
                   check(m.smoothgrad, 4000, 0.15, form, 1), f"samples=600 noise=0.15 form={form} seed=5",
                   compare=ALIKE, tolerance=0.95)
    yield Case("smoothgrad", ["resnet"], m.saliency, "samples=3 noise=0 form=signed")
    yield Case("smoothgrad", ["resnet"], lambda s: m.saliency(s) ** 2, "samples=3 noise=0 form=squared")
    yield Case("integrated-gradients", ["vgg", "resnet", "vitwide"], check(m.integrated_gradients, 50, "trapezoid"),
               "steps=50 rule=trapezoid baseline=zero")
    yield Case("integrated-gradients", ["vgg", "mixed", "mobile", "vit"], check(m.integrated_gradients, 32, "gauss-legendre"),
               "steps=32 rule=gauss-legendre baseline=zero",
               checks=[(ALL, check(lib.captum, "IntegratedGradients", n_steps=32, method="gausslegendre"))])
    yield Case("integrated-gradients", ["resnet"], check(m.integrated_gradients, 20, "gauss-legendre"),
               "steps=20 rule=gauss-legendre baseline=zero", target="difference")
    yield Case("blur-ig", ["vgg", "mixed", "vit"], check(lib.pair, "BlurIG", batch_size=1))
    yield Case("guided-ig", ["vgg", "mixed", "tokens"], check(lib.guided_ig, "zero"), "baseline=zero",
               compare=ALIKE, tolerance=0.98)
    yield Case("expected-gradients", ["vgg", "mixed"], check(m.expected_gradients, 4000, 0.09, 1),
               "samples=600 noise=0.09 baseline=zero seed=5", compare=ALIKE, tolerance=0.95)
    # a flat baseline is the same all over a pool: where a picture's border is near, rounding says which place is its first maximum,
    # in one of 512 pools of vgg; with baselines that are not flat there are no such ties
    yield Case("deeplift", ["vgg"], m.deeplift, "baseline=zero", tolerance=1e-2, loosely=1e-2,
               checks=[(["vgg"], lib.captum_deeplift)])
    yield Case("deeplift", ["resnet", "mixed"], m.deeplift, "baseline=zero", loosely=1e-3,
               checks=[(["mixed"], lib.captum_deeplift)])
    yield Case("deeplift", ["vgg"], m.deeplift, "baseline=zero", target="difference", tolerance=1e-2)
    yield Case("full-gradient", CNN, m.full_gradient)
    yield Case("full-gradient", ["vgg", "resnet"], check(m.full_gradient, rescale=True), "rescale=true")

    for composite in "epsilon", "epsilon-plus", "epsilon-plus-flat", "gamma", "epsilon-alpha2-beta1":
        yield Case("lrp", ["vgg", "resnet", "mixed"], check(lib.lrp, composite), f"composite={composite}")
    yield Case("lrp", ["vgg", "resnet"], check(lib.lrp, "epsilon-alpha2-beta1-flat"), "composite=epsilon-alpha2-beta1-flat")
    yield Case("lrp", ["vgg", "resnet", "mixed"], check(lib.lrp, "epsilon-gamma-box", low=0.0, high=1.0),
               "composite=epsilon-gamma-box")  # what pixels can be as fed, where nothing is known: 0 to 1
    yield Case("lrp", ["vgg", "resnet"], check(lib.lrp, "epsilon", bias="ignored"), "composite=epsilon bias=ignored")
    yield Case("lrp", ["vgg"], check(lib.lrp, "epsilon-plus", bias="ignored"), "composite=epsilon-plus bias=ignored")
    yield Case("lrp", ["vgg"], check(lib.lrp, "epsilon-plus"), "composite=epsilon-plus", target="difference")

    yield Case("cam", ["resnet", "mobile"], check(m.cam, "last"))
    torch_cam = {"grad-cam": (m.grad_cam, "GradCAM"), "grad-cam-plus-plus": (m.grad_cam_plus_plus, "GradCAMPlusPlus"),
                 "xgrad-cam": (m.xgrad_cam, "XGradCAM"), "layer-cam": (m.layer_cam, "LayerCAM"),
                 "hires-cam": (m.hires_cam, "HiResCAM"), "ablation-cam": (m.ablation_cam, None),
                 "score-cam": (m.score_cam, None)}
    for name, (f, theirs) in torch_cam.items():
        # their ++ and X add an epsilon below the line; their Score- and Ablation-CAM need float32 and other conventions
        loosely = {"grad-cam-plus-plus": 0.05, "xgrad-cam": 1e-3}.get(name, 1e-5)
        checks = [(ALL, check(lib.gradcam_map, theirs, "last"))] if theirs else []
        if name == "grad-cam":
            checks.append((CNN, check(lib.captum_grad_cam, "last")))
        yield Case(name, CNN + ["vit", "vitwide", "tokens"], check(f, "last"), layer="last", checks=checks, loosely=loosely)
        yield Case(name, ["vgg", "mobile"], check(f, "middle"), layer="middle")
    yield Case("grad-cam", ["resnet", "mobile"], check(m.grad_cam, "last"))  # the layer that is chosen without a word
    yield Case("grad-cam", ["resnet", "vit"], check(m.grad_cam, "last", relu=False), "relu=false", layer="last")
    yield Case("grad-cam", ["vgg", "resnet"], check(m.grad_cam, "last"), layer="last", target="difference")
    yield Case("finer-cam", CNN + ["vit"], check(m.finer_cam, "last"), layer="last", images="same")
    yield Case("eigen-cam", CNN + ["vit", "vitwide"], check(m.eigen_cam, "last"), layer="last")
    yield Case("eigen-cam", CNN + ["vit"], check(m.eigen_cam, "last", centred=True), "centred=true", layer="last")
    yield Case("recipro-cam", ["vgg", "mobile", "mixed", "vit", "tokens"], check(m.recipro_cam, "last"), layer="last")
    yield Case("guided-grad-cam", CNN, check(m.guided_grad_cam, "last"), layer="last",
               checks=[(RELU, check(lib.captum_guided_grad_cam, "last"))])

    yield Case("occlusion", ["vgg", "resnet", "mobile", "mixed", "vit", "tokens"], check(m.occlusion, 16, 8))
    yield Case("occlusion", ["vgg", "mixed"], check(m.occlusion, 7, 5, 0.5), "patch=7 stride=5 fill=0.5")
    yield Case("occlusion", ["mobile"], check(m.occlusion, 5, 5, -1.0), "patch=5 stride=5 fill=-1")
    yield Case("rise", ["vgg", "mobile"], check(m.rise, 4000, 7, 0.5, 1), "masks=4000 grid=7 keep=0.5 seed=5",
               compare=ALIKE, tolerance=0.9)
    # 4,000 masks leave noise of half the signal here: p·m has a deviation of .3, the map one of .007
    yield Case("rise", ["mixed"], check(m.rise, 4000, 5, 0.6, 1), "masks=4000 grid=5 keep=0.6 seed=5",
               compare=ALIKE, tolerance=0.8)

    for network in "vgg", "mobile":
        yield Case("lime", [network], lambda s: regions.lime(s, regions.cells(s, 3), 4000),
                   "segmentation=grid segments=9 samples=4000 fill=0 seed=5", tolerance=0.05)
        yield Case("kernel-shap", [network], lambda s: regions.shapley(s, regions.cells(s, 3)),
                   "segmentation=grid segments=9 samples=1000 fill=0")

    yield Case("activation", ["resnet", "vitwide"], check(m.activation, "last"), layer="last")
    yield Case("attention-relevance", TOKENS, m.attention_relevance)
    yield Case("attention-relevance", ["vit"], m.attention_relevance, target="difference")
    yield Case("attn-lrp", TOKENS, m.attn_lrp)
    yield from of_windows()
    yield from of_baselines()
    yield from of_gates()
    yield from of_regions()
    yield from of_folded_layers()


def of_windows():
    """Swin of both kinds: layers are [N, h, w, C]."""
    m, lib = methods, libraries
    yield Case("saliency", WINDOWS, m.saliency, checks=[(["swin"], check(lib.captum, "Saliency"))])
    yield Case("gradient-x-input", WINDOWS, m.gradient_x_input)
    yield Case("integrated-gradients", WINDOWS, check(m.integrated_gradients, 50, "trapezoid"), "steps=50 rule=trapezoid")
    yield Case("cam", WINDOWS, check(m.cam, "normed"))
    for name, f in {"grad-cam": m.grad_cam, "grad-cam-plus-plus": m.grad_cam_plus_plus, "xgrad-cam": m.xgrad_cam,
                    "layer-cam": m.layer_cam, "ablation-cam": m.ablation_cam, "score-cam": m.score_cam, "recipro-cam": m.recipro_cam, "eigen-cam": m.eigen_cam}.items():
        yield Case(name, WINDOWS, check(f, "last"), layer="last")
        yield Case(name, ["swin"], check(f, "middle"), layer="middle")
    # not "last": before a layer normalization the sum of A x G over channels is 0 and its sign is rounding's
    yield Case("hires-cam", WINDOWS, check(m.hires_cam, "normed"), layer="normed")
    yield Case("finer-cam", WINDOWS, check(m.finer_cam, "last"), layer="last", images="same")
    yield Case("activation", WINDOWS, check(m.activation, "middle"), layer="middle")
    yield Case("occlusion", WINDOWS, check(m.occlusion, 16, 8))
    yield Case("attn-lrp", WINDOWS, m.attn_lrp_of_modules)
    yield Case("attn-lrp", WINDOWS, m.attn_lrp_of_modules, target="difference")


def of_baselines():
    """Black is 0 and white 1 where nothing is known of the pixels; random is the mean over five images of noise."""
    m, lib = methods, libraries
    for baseline in "black", "white", "blur", "random":
        yield Case("integrated-gradients", ["vgg", "resnet", "vit"], check(m.integrated_gradients, 50, "trapezoid", baseline),
                   f"steps=50 rule=trapezoid baseline={baseline}")
        flat = baseline == "black"
        yield Case("deeplift", ["resnet", "mobile", "mixed"] + ([] if flat else ["vgg"]), check(m.deeplift, baseline),
                   f"baseline={baseline}")
        yield Case("expected-gradients", ["vgg", "tokens"], check(m.expected_gradients_as_drawn, 20, 0.09, 5, baseline),
                   f"samples=20 noise=0.09 baseline={baseline} seed=5")
        yield Case("guided-ig", ["vgg", "tokens"], check(lib.guided_ig, baseline), f"baseline={baseline}", compare=ALIKE,
                   tolerance=0.98)


def of_gates():
    """Squeeze and excitation, hard swish: products of two computed values."""
    for composite in ("epsilon", "epsilon-plus", "epsilon-plus-flat", "gamma", "epsilon-alpha2-beta1",
                      "epsilon-alpha2-beta1-flat"):
        yield Case("lrp", ["mobile"], check(libraries.lrp, composite), f"composite={composite}")
    yield Case("lrp", ["mobile"], check(libraries.lrp, "epsilon-gamma-box", low=0.0, high=1.0), "composite=epsilon-gamma-box")
    yield Case("lrp", ["mobile"], check(libraries.lrp, "epsilon-plus", bias="ignored"), "composite=epsilon-plus bias=ignored")
    yield Case("lrp", ["mixed"], check(libraries.lrp, "epsilon-alpha2-beta1-flat"), "composite=epsilon-alpha2-beta1-flat")
    yield Case("lrp", ["resnet"], check(libraries.lrp, "epsilon-plus", bias="ignored"), "composite=epsilon-plus bias=ignored")
    yield Case("deeplift", ["mobile"], methods.deeplift, "baseline=zero")
    yield Case("deeplift", ["mobile"], methods.deeplift, "baseline=zero", target="difference")


def of_regions():
    """Regions by SLIC as Picasso cuts them: 3 to 11, so that all sets of them can be tried."""
    for network in "vgg", "mobile", "vit":
        cuts = lambda s: s.regions("slic-60")
        yield Case("lime", [network], lambda s: regions.lime(s, cuts(s), 4000, regions.own), "samples=4000 seed=5", tolerance=0.05)
        if network != "vit":
            yield Case("lime", [network], lambda s: regions.lime(s, cuts(s), 8000), "samples=8000 fill=0 seed=5", tolerance=0.05)
        yield Case("kernel-shap", [network], lambda s: regions.shapley(s, cuts(s)), "samples=4000")
    yield Case("kernel-shap", ["vit"], lambda s: regions.shapley(s, s.regions("slic-60")), "samples=1000", compare=ALIKE,
               tolerance=0.98)
    for channels in "largest", "sum":
        yield Case("xrai", ["vgg", "mixed", "vit"], check(libraries.xrai, channels=channels), f"channels={channels}")


def of_folded_layers():
    """A convolution before the normalization that is folded into it, the normalization, and a layer of the export's folding."""
    m = methods
    for layer in "conv", "norm":
        yield Case("activation", ["resnet"], check(m.activation, layer), layer=layer)
        for name, f in {"grad-cam": m.grad_cam, "layer-cam": m.layer_cam, "score-cam": m.score_cam,
                        "ablation-cam": m.ablation_cam}.items():
            yield Case(name, ["resnet"], check(f, layer), layer=layer)
    yield Case("activation", ["mobile"], check(m.activation, "middle"), layer="middle")
