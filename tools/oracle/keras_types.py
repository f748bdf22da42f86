"""One small model in several types of numbers, as Keras 3 saves them.

    python keras_types.py RESOURCES/format/keras/types

Writes TYPE.keras and TYPE.h5 for each dtype policy, and TYPE.npz (see store.py): what the same weights, as
they are in the file, compute in float32. before_TYPE.npz in the folder quantized: what was before the model
was quantized, which it nearly is; Picasso has that folder in odd.
"""

import os
import sys

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers as L

from keras_layers import ORACLE, evaluate, randomize
from store import normal, save


def net(policy):
    return keras.Sequential([
        keras.Input((6, 6, 3)), L.Conv2D(4, 3, dtype=policy), L.BatchNormalization(dtype=policy), L.ReLU(dtype=policy),
        L.Flatten(dtype=policy), L.Dense(8, dtype=policy), L.Dense(3, activation="softmax", dtype=policy)])


if __name__ == "__main__":
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for policy in "bfloat16", "float16", "float64", "mixed_bfloat16", "mixed_float16":
        keras.backend.clear_session()
        model = net(policy)
        randomize(model, "types/" + policy)
        plain = net("float32")
        for a, b in zip(plain.weights, model.weights):
            a.assign(np.asarray(keras.ops.cast(b, "float32")))
        save(os.path.join(out, policy + ".npz"), ORACLE, **evaluate(plain, [normal("types/x", (2, 6, 6, 3))], policy))
        for extension in ".keras", ".h5":
            model.save(os.path.join(out, policy + extension))
    os.makedirs(os.path.join(out, "quantized"), exist_ok=True)
    for mode in "int8", "float8", "int4":
        keras.backend.clear_session()
        model = net("float32")
        randomize(model, "types/" + mode)
        arrays = evaluate(model, [normal("types/x", (2, 6, 6, 3))], mode)
        model.quantize(mode)
        save(os.path.join(out, "quantized", "before_" + mode + ".npz"), ORACLE, **arrays)
        model.save(os.path.join(out, "quantized", mode + ".keras"))
