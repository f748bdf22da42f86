"""Attribution maps of small networks, for engine/src/test/resources/dev/picasso/attribution/oracle.

    PYTHONPATH=captum:pytorch-grad-cam:zennit/src:saliency python attribution.py WORK OUT [PART ...]

WORK keeps the trained networks, so that a second run changes no weight; OUT gets NETWORK/model.onnx, NETWORK/x.npy (two
images of two classes), NETWORK/same.npy (two of one class), NETWORK/N-METHOD.npy and cases.tsv. With PARTs, only methods
or networks of these names are made anew, with the PART missing files that are not there (the table is always written whole).

Numbers are PyTorch's in float64 by attribution_methods.py, LRP's are Zennit's, those of blur and guided IG PAIR's; what Captum
and pytorch-grad-cam have is computed by them as well and must agree. float32 is tried too: rows where PyTorch's own float32
is off by more than a third of the tolerance are told, since rounding decides there.
"""

import copy
import os
import sys

import numpy as np
import torch

from attribution_cases import LIKE, cases
from attribution_methods import Subject
from attribution_networks import NETWORKS, export, images, trained

CLASS = 3
DIFFERENCE = "3-8"
IMAGES = {"vgg": 1, "resnet": 1, "mobile": 1, "mixed": 1, "vit": 3, "vitwide": 2, "tokens": 2, "swin": 3,
          "swin2": 2}  # which draw of images


def network(name, work):
    path = os.path.join(work, name + ".pt")
    if not os.path.exists(path):
        net, known = trained(name)
        print(f"{name}: knows {known:.0%} of new images", flush=True)
        torch.save(net.state_dict(), path)
    net = NETWORKS[name]()
    net.load_state_dict(torch.load(path))
    for p in net.parameters():
        p.requires_grad_(False)
    return net.eval()


def pictures(name, net):
    """x: an image of CLASS and one of another, both known; same: two of CLASS."""
    def known(label, classes):
        for attempt in range(100):
            x, y = images(f"{name}/{label}/{IMAGES[name]}/{attempt}", 2, *net.side, classes=classes)
            if (net(x).argmax(1) == y).all():
                return x
        raise ValueError(name)
    return {"x": known("x", [CLASS, 8]), "same": known("same", [CLASS, CLASS])}


def regions_of(folder, images):
    """What RegionsOfTheOracleTest has written of these images: numbers of regions."""
    return lambda way: torch.from_numpy(np.load(os.path.join(folder, f"{images}.{way}.npy"))).long()


def apart(a, b):
    """The largest difference, as a share of the largest value of b."""
    return float(np.abs(a - b).max() / np.abs(b).max())


def correlation(a, b):
    return min(float(np.corrcoef(p.ravel(), q.ravel())[0, 1]) for p, q in zip(a, b))


def made(case, name, subject, single):
    """The numbers of a case, and what is odd about them; `single` is the same subject in float32."""
    expected, doubts = case.make(subject).detach().numpy(), []
    if not np.isfinite(expected).all() or np.abs(expected).max() == 0:
        doubts.append("nothing, or no numbers")
    for networks, theirs in case.checks:
        if name in networks:
            off = apart(theirs(subject).detach().numpy(), expected)
            if off > case.loosely:
                doubts.append(f"a library is off by {off:.1e}")
    if case.compare == LIKE:
        try:
            off = apart(case.make(single).detach().numpy(), expected)
            if off > case.tolerance / 3:
                doubts.append(f"float32 is off by {off:.1e}")
        except (AssertionError, RuntimeError, TypeError) as e:
            doubts.append(f"float32: {str(e)[:100]}")
    return expected, doubts


def main(work, out, parts):
    os.makedirs(work, exist_ok=True)
    rows = []
    nets = {name: network(name, work) for name in NETWORKS}
    wide = {name: copy.deepcopy(net).double() for name, net in nets.items()}
    for net in [*nets.values(), *wide.values()]:
        net.layers = net.layers_of()
    shown = {name: pictures(name, net) for name, net in nets.items()}
    for name, net in nets.items():
        folder = os.path.join(out, name)
        os.makedirs(folder, exist_ok=True)
        if not parts or name in parts:
            export(net, os.path.join(folder, "model.onnx"))
            for label, x in shown[name].items():
                np.save(os.path.join(folder, label + ".npy"), x.numpy())
    counts = {}
    for case in cases():
        for name in case.networks:
            number = counts[name, case.method] = counts.get((name, case.method), 0) + 1
            file = f"{name}/{case.method}-{number}.npy"
            target = DIFFERENCE if case.target else str(CLASS)
            rows.append([name, case.images, case.method, case.settings or "-", target, case.layer or "-", case.compare,
                         f"{case.tolerance:g}", file])
            missing = "missing" in parts and not os.path.exists(os.path.join(out, file))
            if parts and name not in parts and case.method not in parts and not missing:
                continue
            x = shown[name][case.images]
            regions = regions_of(os.path.join(out, name), case.images)
            subject = Subject(wide[name], x.double(), target, regions)
            expected, doubts = made(case, name, subject, Subject(nets[name], x, target, regions))
            for doubt in doubts:
                print(f"{file}: {doubt}", flush=True)
            np.save(os.path.join(out, file), expected.astype(np.float32))
    with open(os.path.join(out, "cases.tsv"), "w") as f:
        f.write("network\timages\tmethod\tsettings\tclass\tlayer\tcompare\ttolerance\tfile\n")
        f.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
