"""VGG-16 with random weights, in a weights file laid out as Keras 1 left the published one.

Usage: vgg16_weights.py OUT [FILTERS UNITS]. Keras' own definition of the network says what the layers
are; the widths of its convolutions and dense layers are divided by these (32 and 128 for the test's
resource; 1 and 1 give the network as it is). Writes OUT.h5, with groups by layer and datasets such as
block1_conv1_W_1:0, and OUT.npz with the outputs y for the image of `image`.
"""

import sys

import h5py
import keras
import numpy as np

from store import normal, save


def image():
    """One image [1, 224, 224, 3] that needs no file: 100 sin(0.1 h + 0.07 (c + 1) w)."""
    h, w, c = np.meshgrid(np.arange(224), np.arange(224), np.arange(3), indexing="ij")
    return (100 * np.sin(0.1 * h + 0.07 * (c + 1) * w))[None].astype(np.float32)


def network(filters, units):
    """Keras' VGG-16, narrower."""
    config = keras.applications.VGG16(weights=None).get_config()
    for layer in config["layers"]:
        layer.pop("build_config", None)  # has the shapes of the wide one
        at = layer["config"]
        if "filters" in at:
            at["filters"] //= filters
        if "units" in at:
            at["units"] //= units
    return keras.Model.from_config(config)


def randomize(model):
    """Weights that keep the size of what passes, so that every layer counts in the output."""
    for layer in model.layers:
        if layer.weights:
            kernel, bias = layer.get_weights()
            fan_in = np.prod(kernel.shape[:-1])
            layer.set_weights([
                normal(layer.name, kernel.shape, np.sqrt(2 / fan_in) * (0.02 if layer.name == "predictions" else 1)),
                normal(layer.name + "/bias", bias.shape, 0.1),
            ])


def write(model, path):
    with h5py.File(path, "w") as file:
        names = ["input_1" if layer.name.startswith("input") else layer.name for layer in model.layers]
        file.attrs["layer_names"] = [n.encode() for n in names]
        for name, layer in zip(names, model.layers):
            group = file.create_group(name)
            weights = layer.get_weights()
            datasets = [f"{name}_W_1:0", f"{name}_b_1:0"][: len(weights)]
            group.attrs["weight_names"] = [d.encode() for d in datasets]
            for dataset, values in zip(datasets, weights):
                group.create_dataset(dataset, data=values)


def main(out, filters="32", units="128"):
    model = network(int(filters), int(units))
    randomize(model)
    write(model, out + ".h5")
    save(out + ".npz", f"Keras {keras.__version__}", y=model.predict(image(), verbose=0))


main(*sys.argv[1:])
