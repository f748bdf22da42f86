"""Networks of keras.applications as SavedModels and TensorFlow Lite files.

    python tensorflow_applications.py OUT [NAME ...]

Random weights and images as in keras_applications.py. Writes for each

    NAME                   the SavedModel of model.export
    NAME_float.tflite      and _float16, _dynamic, _int8 (float in and out), _int8_inout, _uint8_inout
    NAME.npz, NAME_float.npz, ...

Each .npz has x0, y, r, g0 of Keras in float64, and `float32`, how far Keras is from it in float32; those of
.tflite files have t0, the output of TensorFlow Lite's interpreter, and d0, what the file means (tflite_float.py),
so that what quantization does can be told from what another program does; and `steps`, what one integer step is worth at the output (0: none).
"""

import gc
import os
import shutil

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from keras_applications import CLASSES, away_from_kinks, images, networks
from store import make_all, normal, save
from tflite_float import dequantized
from tflite_zoo import Interpreter

NAMES = "MobileNetV2 MobileNetV3Small EfficientNetB0 ResNet50 ConvNeXtTiny".split()
SIDES = {"ResNet50": 32}  # fewer units, so that images are found where rounding tips none of them


def integers(name, side, kind=None):
    def settings(converter):
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([images(name, f"sample{i}", 1, side)] for i in range(40))
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        if kind:
            converter.inference_input_type = converter.inference_output_type = kind
    return settings


def float16(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]


def dynamic(converter):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def make(name, out):
    keras.backend.clear_session()
    gc.collect()
    side = SIDES.get(name, 64)
    model, double, _ = networks(name, side)
    r = normal(name + "/r", (2, CLASSES))
    off, x, y, g = away_from_kinks(model, double, name, side, r, 40)
    del double
    oracle = f"keras {keras.__version__} on tensorflow {tf.__version__}"
    numbers = {"x0": x, "y": y, "r": r, "g0": g, "float32": np.array(off)}
    save(os.path.join(out, name + ".npz"), oracle, **numbers)
    folder = os.path.join(out, name)
    shutil.rmtree(folder, ignore_errors=True)
    model.export(folder, verbose=False)
    ways = {"float": lambda c: None, "float16": float16, "dynamic": dynamic, "int8": integers(name, side),
            "int8_inout": integers(name, side, tf.int8), "uint8_inout": integers(name, side, tf.uint8)}
    for way, settings in ways.items():
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        settings(converter)
        content = converter.convert()
        with open(os.path.join(out, f"{name}_{way}.tflite"), "wb") as f:
            f.write(content)
        file = Interpreter(content, 2)
        t = file.run([x])[0]
        d = Interpreter(dequantized(content), 2).run([x])[0]
        save(os.path.join(out, f"{name}_{way}.npz"), oracle, **numbers, t0=t, d0=d, steps=file.steps())
        print(f"{name}_{way}: {len(content) / 1e6:.1f} MB, the interpreter's output is off by {np.abs(t - y).max() / np.abs(y).max():.1e}, from what the file means by {np.abs(t - d).max() / np.abs(d).max():.1e}", flush=True)
    print(f"{name}: in float32 gradient {off[0]:.1e}, outputs {off[1]:.1e}", flush=True)


if __name__ == "__main__":
    make_all(make, NAMES)
