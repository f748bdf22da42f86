"""Trains one of the two networks of examples/tanks.

    python tanks.py DATA.npz overcast FILE.h5
    python tanks.py DATA.npz balanced FILE.keras

DATA.npz is what tanks_data.py drew. "overcast" learns from pictures where every tank stands under
clouds and the sun shines wherever there is none; "balanced" from all four kinds.
"""

import argparse
import pathlib
from typing import NamedTuple

import keras
import numpy as np

SEED = 1960
CLASSES = ["no tank", "tank"]
LEARNED = {
    "overcast": ["tank-overcast", "no-tank-sunny"],
    "balanced": ["tank-overcast", "tank-sunny", "no-tank-overcast", "no-tank-sunny"],
}
TRAIN = 1500  # pictures of each kind; the rest is for testing
BATCH = 32
ERASED = 0.1, 0.35  # sides of what is hidden, shares of the picture's side


class Recipe(NamedTuple):
    """noise: largest deviation, of 255; smoothing: of the classes; decay: of the weights."""

    epochs: int
    noise: float
    smoothing: float
    decay: float


# The weather can be told in many ways and is learned at once. Noise, decay and few epochs leave the
# plainest, the colours of the sky; else much hangs on where trees stand out against it.
RECIPES = {
    "overcast": Recipe(epochs=3, noise=50, smoothing=0, decay=0.2),
    "balanced": Recipe(epochs=14, noise=12, smoothing=0.05, decay=0.01),
}


def network():
    """[N, 128, 128, 3] from 0 to 255 -> probabilities [N, 2] of CLASSES."""
    layers = keras.layers

    def convolution(x, n, filters):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"conv{n}")(x)
        x = layers.BatchNormalization(name=f"norm{n}")(x)
        return layers.Activation("relu", name=f"relu{n}")(x)

    pixels = x = keras.Input((128, 128, 3), name="pixels")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="rescaling")(x)
    for n, filters in enumerate([16, 24, 48], 1):
        x = layers.MaxPooling2D(name=f"pool{n}")(convolution(x, n, filters))
    x = convolution(x, 4, 64)
    x = convolution(x, 5, 96)
    x = layers.GlobalAveragePooling2D(name="average")(x)
    x = layers.Dropout(0.2, seed=SEED, name="dropout")(x)
    return keras.Model(pixels, layers.Dense(2, activation="softmax", name="classes")(x))


class Batches(keras.utils.PyDataset):
    """Shuffled batches, mirrored, lighter or darker, with more or less contrast, tinted and noisy.

    Half of the pictures have a rectangle of any grey somewhere, so that one is no news to the
    network ("random erasing", Zhong et al. 2017, arXiv 1708.04896): partial occlusion then shows
    what is missing, not what the rectangle looks like.
    """

    def __init__(self, x, y, noise):
        super().__init__()
        self.x, self.y, self.noise = x, y, noise
        self.rng = np.random.default_rng(SEED)
        self.on_epoch_end()

    def __len__(self):
        return len(self.x) // BATCH

    def __getitem__(self, n):
        chosen = self.order[n * BATCH : (n + 1) * BATCH]
        x = self.x[chosen].astype(np.float32)
        mirrored = self.rng.random(len(x)) < 0.5
        x[mirrored] = x[mirrored, :, ::-1]
        each = (len(x), 1, 1)
        mean = x.mean((1, 2, 3), keepdims=True)
        x = mean + (x - mean) * self.rng.uniform(0.8, 1.2, (*each, 1))
        x *= self.rng.uniform(0.8, 1.2, (*each, 1)) * self.rng.uniform(0.95, 1.05, (*each, 3))
        x += self.rng.uniform(0, self.noise, (*each, 1)) * self.rng.standard_normal(x.shape, np.float32)
        for n in np.flatnonzero(self.rng.random(len(x)) < 0.5):
            self.erase(x[n])
        return np.clip(x, 0, 255).astype(np.float32), self.y[chosen]

    def erase(self, picture):
        size = (len(picture) * self.rng.uniform(*ERASED, 2)).astype(int)
        top, left = self.rng.integers(0, len(picture) - size + 1)
        picture[top : top + size[0], left : left + size[1]] = self.rng.uniform(0, 255)

    def on_epoch_end(self):
        self.order = self.rng.permutation(len(self.x))


def of_kinds(data, kinds, part):
    """Pictures of these kinds and their classes as one-hot rows."""
    x = np.concatenate([data[kind][part] for kind in kinds])
    y = np.concatenate([np.full(len(data[kind][part]), not kind.startswith("no-")) for kind in kinds])
    return x, keras.utils.to_categorical(y, 2)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("learned", choices=LEARNED)
    arguments.add_argument("out", type=pathlib.Path)
    given = arguments.parse_args()
    keras.utils.set_random_seed(SEED)
    data = np.load(given.data)
    kinds, recipe = LEARNED[given.learned], RECIPES[given.learned]
    batches = Batches(*of_kinds(data, kinds, slice(0, TRAIN)), recipe.noise)
    slower = keras.optimizers.schedules.CosineDecay(3e-3, recipe.epochs * len(batches))
    model = network()
    model.compile(
        keras.optimizers.AdamW(slower, weight_decay=recipe.decay),
        keras.losses.CategoricalCrossentropy(label_smoothing=recipe.smoothing),
        metrics=["accuracy"],
    )
    test = of_kinds(data, kinds, slice(TRAIN, None))
    model.fit(batches, epochs=recipe.epochs, validation_data=test, validation_batch_size=100, verbose=2)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    keras.Model(model.input, model.output, name=given.learned).save(given.out)  # no optimizer in it


if __name__ == "__main__":
    main()
