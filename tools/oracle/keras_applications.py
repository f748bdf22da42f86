"""Every network of keras.applications with random weights.

    python keras_applications.py OUT [NAME ...]

Writes NAME.h5, NAME.keras and NAME.npz: x0 (2 images), y (10 classes after the
softmax), r and g0 (gradient of sum(y * r) at x0), computed by Keras in float64. Images are such that rounding
does not decide, as far as such were found (float32: how far Keras's own float32 gradient and outputs are off). Batch normalization gets the statistics of a random batch, then
noise; biases, scales and offsets are not trivial; logits have a spread of about 1.
One network at a time, small ones first.
"""

import gc
import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from store import blotches, generator, make_all, normal, save

CLASSES = 10
PIXELS = ("MobileNetV3", "EfficientNet", "ConvNeXt")  # contain their own preprocessing
SIDES = {"InceptionV3": 96, "Xception": 96, "InceptionResNetV2": 96}
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
        loss = tf.reduce_sum(y * tf.cast(r, y.dtype))
    return y.numpy(), tape.gradient(loss, x).numpy()


def deviation(actual, expected):
    return np.abs(actual - expected).max() / np.abs(expected).max()


def away_from_kinks(single, double, name, side, r, attempts=6):
    """Images where rounding does not tip a ReLU or a maximum over, and what Keras says of them in float64.

    There Keras's own gradients in float32, also those at images 1e-6 away, agree with float64; elsewhere a
    comparison would measure the roundings of two programs. Of some attempts the best.
    """
    best = None
    for attempt in range(attempts):
        x = images(name, f"x{attempt or ''}", 2, side)
        y, g = gradient(double, x.astype("float64"), r)
        near = x + np.float32(1e-6 * x.std()) * normal(f"{name}/near{attempt}", x.shape)
        found = [gradient(single, z, r) for z in (x, near)]
        off = [max(deviation(a[1], g) for a in found), deviation(found[0][0], y)]
        if best is None or off[0] < best[0][0]:
            best = off, x, y, g
        if off[0] < 1e-4:
            break
    return best


def networks(name, side):
    """The network with random weights, logits of unit spread and a softmax; the same in float64; the spread before."""
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

    weights = before.get_weights()
    del before
    model = build("softmax")
    model.set_weights(weights)
    keras.config.set_dtype_policy("float64")
    double = build("softmax")
    double.set_weights(weights)
    keras.config.set_dtype_policy("float32")
    return model, double, spread


def make(name, out):
    keras.backend.clear_session()
    gc.collect()
    side = SIDES.get(name, 64)
    model, double, spread = networks(name, side)
    r = normal(name + "/r", (2, CLASSES))
    off, x, y, g = away_from_kinks(model, double, name, side, r)
    del double
    save(os.path.join(out, name + ".npz"), f"keras {keras.__version__} on tensorflow {tf.__version__}",
         x0=x, y=y, r=r, g0=g, float32=np.array(off))
    model.save(os.path.join(out, name + ".h5"))
    model.save(os.path.join(out, name + ".keras"))
    print(f"{name}: {model.count_params() / 1e6:.1f} M weights, spread of logits {spread:.1e}, |g| {np.abs(g).max():.1e},"
          f" in float32 gradient {off[0]:.1e}, outputs {off[1]:.1e}", flush=True)


if __name__ == "__main__":
    make_all(make, NAMES)
