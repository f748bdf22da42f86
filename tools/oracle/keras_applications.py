"""Every network of keras.applications with random weights.

    python keras_applications.py OUT [NAME ...]

Writes NAME.h5, NAME.keras (for the smaller ones) and NAME.npz: x0 (2 images),
y (10 classes after the softmax), logits (before it), r, g0 (gradient of sum(y * r) at x0) and g_logits0 (gradient of
sum(logits * r)). Batch normalization gets the statistics of a random batch, then
noise; biases, scales and offsets are not trivial; logits have a spread of about 1.
One network at a time, small ones first.
"""

import gc
import os
import sys

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from store import blotches, generator, normal, save

CLASSES = 10
PIXELS = ("MobileNetV3", "EfficientNet", "ConvNeXt")  # contain their own preprocessing
SIDES = {"InceptionV3": 96, "Xception": 96, "InceptionResNetV2": 96}
LARGE = 150e6  # bytes of weights; above it only .h5
NAMES = """MobileNetV2 MobileNet MobileNetV3Small MobileNetV3Large EfficientNetB0 EfficientNetV2B0 DenseNet121
    ResNet50 ResNet50V2 NASNetMobile InceptionV3 Xception InceptionResNetV2 ConvNeXtTiny VGG16 VGG19
    EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3
    DenseNet169 DenseNet201 ResNet101 ResNet101V2 ResNet152 ResNet152V2 EfficientNetB4 EfficientNetB5
    EfficientNetV2S ConvNeXtSmall ConvNeXtBase EfficientNetB6 EfficientNetB7 EfficientNetV2M
    NASNetLarge EfficientNetV2L""".split()


def randomize(model, name, x):
    rng = generator(name + "/weights")
    keras.utils.set_random_seed(1)
    for w in model.weights:
        kind = w.path.split("/")[-1]
        noise = lambda: rng.standard_normal(w.shape).astype("float32")
        if kind == "gamma" and "layer_scale" in w.path:
            w.assign(0.3 + 0.1 * noise())
        elif kind == "gamma":
            w.assign(1 + 0.1 * noise())
        elif kind in ("beta", "bias"):
            w.assign(0.1 * noise())
        elif "kernel" in kind and np.issubdtype(np.dtype(w.dtype), np.floating):
            fan_in = np.prod(w.shape[:2]) if "depthwise" in kind else np.prod(w.shape[:-1])
            w.assign(noise() * np.sqrt(1.5 / fan_in).astype("float32"))
    norms = [m for m in model._flatten_layers() if isinstance(m, keras.layers.BatchNormalization)]
    momenta = [m.momentum for m in norms]
    for m in norms:
        m.momentum = 0.0
    if norms:
        model(x, training=True)
    for m, momentum in zip(norms, momenta):
        m.momentum = momentum
        noise = rng.standard_normal((2, *m.moving_mean.shape)).astype("float32")
        deviation = np.sqrt(np.asarray(m.moving_variance))
        m.moving_mean.assign_add(0.1 * noise[0] * deviation)
        m.moving_variance.assign(np.asarray(m.moving_variance) * np.exp(0.1 * noise[1]) + 1e-3)


def images(name, key, n, side):
    """Of unit deviation, or as pixel values."""
    x = blotches(f"{name}/{key}", n, side)
    return np.clip(128 + 60 * x, 0, 255).astype("float32") if name.startswith(PIXELS) else x


def gradient(model, x, r):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        loss = tf.reduce_sum(y * r)
    return y.numpy(), tape.gradient(loss, x).numpy()


def make(name, out):
    keras.backend.clear_session()
    gc.collect()
    side = SIDES.get(name, 64)
    build = lambda activation: getattr(keras.applications, name)(
        weights=None, classes=CLASSES, input_shape=(side, side, 3), classifier_activation=activation)
    before = build(None)
    calibration = images(name, "calibration", 8, side)
    randomize(before, name, calibration)
    last = [m for m in before.layers if isinstance(m, (keras.layers.Dense, keras.layers.Conv2D))][-1]
    sample = np.asarray(before(calibration, training=False))
    spread = sample.std(0).mean()
    last.kernel.assign(np.asarray(last.kernel) / spread)
    last.bias.assign((np.asarray(last.bias) - sample.mean(0)) / spread + np.asarray(last.bias))

    x, r = images(name, "x", 2, side), normal(name + "/r", (2, CLASSES))
    logits, g_logits = gradient(before, x, r)
    model = build("softmax")
    model.set_weights(before.get_weights())
    del before
    y, g = gradient(model, x, r)
    save(os.path.join(out, name + ".npz"), f"keras {keras.__version__} on tensorflow {tf.__version__}",
         x0=x, y=y, r=r, g0=g, logits=logits, g_logits0=g_logits)
    model.save(os.path.join(out, name + ".h5"))
    if 4 * model.count_params() < LARGE:
        model.save(os.path.join(out, name + ".keras"))
    print(f"{name}: {model.count_params() / 1e6:.1f} M weights, logits {np.abs(logits).max():.2f},"
          f" spread of weights' scale {spread:.1e}, |g| {np.abs(g_logits).max():.1e}", flush=True)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    for each in sys.argv[2:] or NAMES:
        try:
            make(each, sys.argv[1])
        except Exception as e:
            print(f"{each}: NOT MADE: {type(e).__name__}: {' '.join(str(e).split())[:300]}", flush=True)
