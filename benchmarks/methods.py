"""What benchmarks/table measures: the methods, and each side's work for them."""

from typing import NamedTuple

CLASSES = [7, 8, 9, 10, 11]
SIDE, PATCH, STRIDE = 224, 16, 8
BOX = [80, 80, 64, 64]  # left, top, width, height
LAYOUTS = ("contiguous", "channels_last")
BATCHES = (1, 4, 16)


def positions(stride):
    return ((SIDE - PATCH) // stride + 1) ** 2


class Method(NamedTuple):
    """A method as it is measured.

    counts: how many steps, masks or positions may be timed, the whole work first; time grows in proportion, so that
    of long work a share is timed. batches: of PyTorch, tuned; (1,) where there is nothing to put side by side.
    """

    id: str
    title: str
    unit: str = ""
    counts: tuple = (1,)
    batches: tuple = (1,)
    maps: bool = True

    @property
    def full(self):
        return self.counts[0]


ALL = [
    Method("forward", "forward pass", maps=False),
    Method("saliency", "saliency"),
    Method("saliency-5", "saliency of 5 classes", batches=(1, 16)),
    Method("grad-cam", "Grad-CAM"),
    Method("recipro-cam", "Recipro-CAM"),
    Method("integrated-gradients", "integrated gradients, 50 steps", "steps", (50, 32, 16), BATCHES),
    Method("smoothgrad", "SmoothGrad, 50 samples", "samples", (50, 32, 16), BATCHES, maps=False),
    Method("rise", "RISE, 4,000 masks", "masks", (4000, 1024, 512, 256, 128, 64), BATCHES),
    Method("occlusion", "occlusion, patch 16, stride 8", "positions", tuple(map(positions, (8, 16, 24, 32, 40, 48, 56))), BATCHES),
    Method("box", "what if: one box hidden", maps=False),
]
BY_ID = {method.id: method for method in ALL}


def stride(count):
    """The stride with so many positions."""
    return next(s for s in range(STRIDE, SIDE, STRIDE) if positions(s) == count)


def attribution(method, classes=1, **settings):
    return {
        "kind": "method",
        "method": method,
        "settings": {name: str(value) for name, value in settings.items()},
        "classes": CLASSES[:classes],
    }


def of_picasso(method, count):
    """Picasso's work by name: (request, units that it does).

    Occlusion in parts is timed on all positions, since it gets ready for them at once; with regions off it is a share.
    """
    if method.id == "forward":
        return {"Picasso": ({"kind": "forward"}, 1)}
    if method.id == "box":
        box = {"kind": "box", "box": BOX}
        return {"Picasso": (box, 1), "Picasso, regions off": ({**box, "regions": "off"}, 1)}
    if method.id == "saliency-5":
        return {"Picasso": (attribution("saliency", classes=5), 1)}
    if method.id == "integrated-gradients":
        return {"Picasso": (attribution(method.id, steps=count), count)}
    if method.id == "smoothgrad":
        return {"Picasso": (attribution(method.id, samples=count), count)}
    if method.id == "rise":
        return {"Picasso": (attribution(method.id, masks=count), count)}
    if method.id == "occlusion":
        share = attribution(method.id, stride=stride(count), regions="off")
        found = {"Picasso": (attribution(method.id, stride=STRIDE), method.full), "Picasso, regions off": (share, count)}
        for side in (1, 0.6, 0.4):
            work = attribution(method.id, stride=STRIDE, regions="approximate", share=side)
            found[f"Picasso, approximate, share {side}"] = (work, method.full)
        return found
    return {"Picasso": (attribution(method.id), 1)}
