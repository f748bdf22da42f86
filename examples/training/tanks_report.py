"""Measures the two networks of examples/tanks and writes the numbers into its README.md.

    python tanks_report.py DATA.npz FOLDER

FOLDER holds overcast.h5, balanced.keras, picasso.yaml, the sample pictures and README.md, where what
stands between the two "numbers" comments is replaced. Keras says how often they are right, Picasso
where they look; where both say the same thing, they have to agree.
"""

import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from typing import NamedTuple

import keras
import numpy as np
from PIL import Image

import tanks

PICASSO = pathlib.Path(__file__).resolve().parents[2] / "picasso"
FILES = {"overcast": "overcast.h5", "balanced": "balanced.keras"}
LOOKED_AT = 50  # test pictures of each kind with a tank: the last, no recipe was chosen by them
OCCLUSION = ["--shows", "drop", "--window", "0.25", "--per-side", "13"]
METHODS = {"saliency": [], "partial-occlusion": OCCLUSION}
SHOWN = "tank-sunny-2"  # the sample of the figure
FIGURE_SIDE, GAP = 256, 6


class Map(NamedTuple):
    """What Picasso found: numbers [h, w] in the network's frame, and a picture of them."""

    values: np.ndarray
    overlay: Image.Image
    label: str
    probability: float


def maps(folder, name, method, images):
    """Maps of the class that each image most probably is, by the image's name."""
    with tempfile.TemporaryDirectory() as out:
        command = [PICASSO, "explain", folder, *images, "--id", f"tanks-{name}", "--top", "1"]
        command += ["--method", method, *METHODS[method], "--output", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        out = pathlib.Path(out)
        found = {}
        for image in json.loads((out / "results.json").read_text())["images"]:
            panel = image["panels"][0]
            found[pathlib.Path(image["image"]).stem] = Map(
                np.load(out / panel["array"]).astype(float),
                Image.open(out / panel["overlay"]).convert("RGB"),
                panel["label"],
                panel["number"],
            )
        return found


def share(values, region):
    """Which share of positive values [h, w] lies in a region [h, w]."""
    positive = values.clip(0)
    return (positive * region).sum() / positive.sum() if positive.any() else np.nan


def peak_in(values, region):
    """Whether the largest value, or the middle of where it is reached, lies in a region."""
    y, x = (round(places.mean()) for places in np.nonzero(values == values.max()))
    return bool(region[y, x] > 0.5)


def accuracies(models, data):
    kinds = tanks.LEARNED["balanced"]
    right = {}
    for name, model in models.items():
        for kind in kinds:
            x, y = tanks.of_kinds(data, [kind], slice(tanks.TRAIN, None))
            said = model.predict(x, batch_size=100, verbose=0).argmax(1)
            right[name, kind] = (said == y.argmax(1)).mean()
    groups = [
        *((kind, [kind]) for kind in kinds),
        ("**like those that *overcast* learned from**", tanks.LEARNED["overcast"]),
        ("**all four kinds alike**", kinds),
    ]
    rows = ["| right, of the test pictures | " + " | ".join(f"*{n}*" for n in models) + " |", "|---|---|---|"]
    for title, group in groups:
        cells = [f"{np.mean([right[name, kind] for kind in group]):.1%}" for name in models]
        rows.append(f"| {title} | " + " | ".join(cells) + " |")
    return rows


def looks(models, data, folder):
    """Where the two networks look, as rows of a table."""
    last = slice(-LOOKED_AT, None)
    pictures, regions = {}, {"the sky": {}, "the tank": {}}
    for kind in ("tank-overcast", "tank-sunny"):
        for n, picture in enumerate(data[kind][last]):
            pictures[f"{kind}-{n}"] = picture
            regions["the sky"][f"{kind}-{n}"] = data[f"{kind}/sky"][last][n] / 255
            regions["the tank"][f"{kind}-{n}"] = data[f"{kind}/tank"][last][n] / 255
    rows = [
        "| | share on the sky | share on the tank | peak on the sky | peak on the tank | largest drop, median |",
        "|---|---|---|---|---|---|",
    ]
    areas = [f"{np.mean(list(r.values())):.0%}" for r in regions.values()]
    rows.append("| the picture's area | " + " | ".join(areas) + " | – | – | – |")
    with tempfile.TemporaryDirectory() as images:
        for name, picture in pictures.items():
            Image.fromarray(picture).save(f"{images}/{name}.png")
        for method, name in itertools.product(METHODS, models):
            found = maps(folder, name, method, [images])
            agree(models[name], pictures, found)
            cells = [
                f"{np.nanmean([measure(found[p].values, region[p]) for p in pictures]):.0%}"
                for measure in (share, peak_in)
                for region in regions.values()
            ]
            largest = np.median([found[p].values.max() for p in pictures])
            cells.append(f"{largest:.3f}" if method == "partial-occlusion" else "–")
            rows.append(f"| {method}, *{name}* | " + " | ".join(cells) + " |")
    return rows


def agree(model, pictures, found):
    """Picasso's probabilities are those of Keras."""
    probabilities = model.predict(np.stack(list(pictures.values())), verbose=0)
    for picture, p in zip(pictures, probabilities, strict=True):
        said = found[picture]
        assert tanks.CLASSES[p.argmax()] == said.label, picture
        assert abs(p.max() - said.probability) < 1e-4, picture


def figure(folder):
    """A sample, what the first looks at, what the second looks at; a row for each method."""
    sample = folder / "images" / f"{SHOWN}.png"
    rows = [
        [Image.open(sample), *(maps(folder, name, method, [sample])[SHOWN].overlay for name in FILES)]
        for method in METHODS
    ]
    step = FIGURE_SIDE + GAP
    sheet = Image.new("RGB", (3 * step - GAP, len(rows) * step - GAP), "white")
    for (y, row), x in itertools.product(enumerate(rows), range(3)):
        sheet.paste(row[x].convert("RGB").resize((FIGURE_SIDE, FIGURE_SIDE)), (x * step, y * step))
    sheet.save(folder / "maps.png", optimize=True)


def main():
    data, folder = np.load(sys.argv[1]), pathlib.Path(sys.argv[2])
    models = {name: keras.models.load_model(folder / file) for name, file in FILES.items()}
    numbers = "\n".join([*accuracies(models, data), "", *looks(models, data, folder)])
    print(numbers)
    readme = folder / "README.md"
    marked = re.compile("(?<=<!-- numbers -->\n).*?(?=<!-- end of numbers -->)", re.DOTALL)
    readme.write_text(marked.sub(lambda _: numbers + "\n", readme.read_text()))
    figure(folder)


if __name__ == "__main__":
    main()
