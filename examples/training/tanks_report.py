"""Draws the sample pictures of examples/tanks and writes the numbers into its README.md.

    python tanks_report.py DATA.npz FOLDER

FOLDER holds overcast.h5, balanced.keras and README.md, where what stands between the two
"numbers" comments is replaced.
"""

import pathlib
import re
import sys

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

import scenes
import tanks
import tanks_data

FILES = {"overcast": "overcast.h5", "balanced": "balanced.keras"}
SAMPLES, SAMPLE_SIDE, SAMPLE_SEED = 3, 256, 7
LOOKED_AT = 50  # test pictures of each kind with a tank
WINDOW, STEP = 32, 8


def scores(model, x):
    """The two values before the softmax."""
    features = keras.Model(model.input, model.get_layer("average").output)(x, training=False)
    kernel, bias = model.get_layer("classes").weights
    return tf.matmul(features, kernel.value) + bias.value


def saliency(model, pictures, targets):
    """|d score / d pixel|, the largest of the three channels: [n, side, side]."""
    x = tf.constant(pictures.astype(np.float32))
    with tf.GradientTape() as tape:
        tape.watch(x)
        chosen = tf.reduce_sum(tf.gather(scores(model, x), targets, axis=1, batch_dims=1))
    return np.abs(tape.gradient(chosen, x).numpy()).max(-1)


def occlusion(model, picture, target):
    """How much the probability falls with a grey window at each place: [places, places]."""
    places = range(0, len(picture) - WINDOW + 1, STEP)
    hidden = np.repeat(picture[None].astype(np.float32), len(places) ** 2 + 1, 0)
    for n, (y, x) in enumerate((y, x) for y in places for x in places):
        hidden[n, y : y + WINDOW, x : x + WINDOW] = 127
    probability = model.predict_on_batch(hidden)[:, target]
    return (probability[-1] - probability[:-1]).reshape(len(places), len(places))


def shares(weights, regions):
    """Which share of weights [n, h, w] lies in regions [n, h, w], mean over the pictures."""
    total = weights.sum((1, 2))
    seen = total > 0
    return float(((weights * regions).sum((1, 2))[seen] / total[seen]).mean())


def accuracy(model, data, kind):
    x, y = tanks.of_kinds(data, [kind], slice(tanks.TRAIN, None))
    return float((model.predict(x, batch_size=100, verbose=0).argmax(1) == y.argmax(1)).mean())


def accuracies(models, data):
    kinds = tanks.LEARNED["balanced"]
    rows = ["| right of the test pictures | " + " | ".join(models) + " |", "|---|---|---|"]
    found = {name: {k: accuracy(m, data, k) for k in kinds} for name, m in models.items()}
    groups = [
        *((kind, [kind]) for kind in kinds),
        ("like what *overcast* learned from", tanks.LEARNED["overcast"]),
        ("all four kinds alike", kinds),
    ]
    for title, group in groups:
        cells = [f"{np.mean([found[m][k] for k in group]):.1%}" for m in models]
        rows.append(f"| {title} | " + " | ".join(cells) + " |")
    return rows


def looks(models, data):
    """Where the two networks look, as rows of a table."""
    part = slice(tanks.TRAIN, tanks.TRAIN + LOOKED_AT)
    kinds = ["tank-overcast", "tank-sunny"]
    pictures = np.concatenate([data[kind][part] for kind in kinds])
    regions = {
        name: np.concatenate([data[f"{kind}/{name}"][:LOOKED_AT] for kind in kinds]) / 255
        for name in ("tank", "sky")
    }
    middle = np.arange(0, pictures.shape[1] - WINDOW + 1, STEP) + WINDOW // 2
    rows = ["| share, mean | on the tank | on the sky |", "|---|---|---|"]
    rows.append("| of the picture's area | " + " | ".join(f"{r.mean():.0%}" for r in regions.values()) + " |")
    for name, model in models.items():
        targets = model.predict(pictures, verbose=0).argmax(1)
        slopes = saliency(model, pictures, targets)
        drops = np.stack([occlusion(model, p, t) for p, t in zip(pictures, targets, strict=True)])
        cells = [f"{shares(slopes, region):.0%}" for region in regions.values()]
        rows.append(f"| of the absolute gradient, *{name}* | " + " | ".join(cells) + " |")
        centres = [region[:, middle][:, :, middle] for region in regions.values()]
        cells = [f"{shares(drops.clip(0), centre):.0%}" for centre in centres]
        rows.append(f"| of the drop under a grey window, *{name}* | " + " | ".join(cells) + " |")
    return rows


def samples(folder):
    """Pictures of the four kinds that neither network has seen, the first that come."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, (with_tank, sunny) in enumerate(tanks_data.KINDS):
        for n in range(SAMPLES):
            rng = np.random.default_rng((SAMPLE_SEED, kind, n))
            scene = scenes.draw(rng, SAMPLE_SIDE, with_tank, sunny)
            name = f"{tanks_data.name(with_tank, sunny)}-{n + 1}.png"
            Image.fromarray(scene.pixels).save(folder / name, optimize=True)


def main():
    data, folder = np.load(sys.argv[1]), pathlib.Path(sys.argv[2])
    samples(folder / "images")
    models = {name: keras.models.load_model(folder / file) for name, file in FILES.items()}
    numbers = "\n".join([*accuracies(models, data), "", *looks(models, data)])
    print(numbers)
    readme = folder / "README.md"
    marked = re.compile("(?<=<!-- numbers -->\n).*?(?=<!-- end of numbers -->)", re.DOTALL)
    readme.write_text(marked.sub(lambda _: numbers + "\n", readme.read_text()))


if __name__ == "__main__":
    main()
