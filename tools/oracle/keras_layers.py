"""Small Keras 3 models of every layer that an image classifier may use.

    python keras_layers.py OUT [NAME ...]

Writes NAME.keras, NAME.h5 and NAME.npz (see store.py) for each entry of
keras_cases.py, computed in float32 with the automatic differentiation of
TensorFlow, or of JAX for what TensorFlow cannot do on a CPU. A file that Keras
writes but cannot read back, or reads back as something else, goes to
OUT/unreadable. Whole nets are also written as a topology and weights apart:
OUT/topology/NAME.json and NAME.weights.h5. With KERAS_BACKEND=jax all is made by JAX (see compare.py).
"""

import os
import re
import subprocess
import sys
from importlib import import_module

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np

from keras_cases import CASES
from store import generator, indexed, normal, numbered, save

BATCH = 2
BACKEND = keras.backend.backend()
ORACLE = f"keras {keras.__version__} on {BACKEND} {import_module(BACKEND).__version__}"


def randomize(model, name):
    """Weights of about unit gain; statistics, scales and offsets far from trivial."""
    rng = generator(name + "/weights")
    for w in model.weights:
        kind = w.path.split("/")[-1]
        if not np.issubdtype(np.dtype(w.dtype), np.floating):
            continue  # seeds and counters
        noise = rng.standard_normal(w.shape)
        if "variance" in kind:
            value = np.exp(0.5 * noise)
        elif kind in ("gamma", "scale"):
            value = 1 + 0.3 * noise
        elif kind in ("beta", "bias", "mean", "moving_mean", "alpha") or len(w.shape) < 2:
            value = 0.3 * noise
        elif kind in ("vector_u", "embeddings"):
            value = noise
        else:
            value = noise / np.sqrt(max(1, np.prod(w.shape[:-1])))
        w.assign(value.astype("float32"))
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()


def inputs(name, shapes, options):
    result = []
    for i, shape in enumerate(shapes):
        shape = (BATCH, *(8 if s is None else s for s in shape))
        key = f"{name}/x{i}"
        if "integers" in options:
            result.append(generator(key).integers(0, options["integers"], shape).astype("int32"))
            continue
        x = normal(key, shape, options.get("scale", 1))
        result.append((np.abs(x) if options.get("positive") else x) + np.float32(options.get("shift", 0)))
    return result


def outputs(model, x):
    """Inputs as tensors to the flat list of outputs, integers and truths as floats."""
    y = keras.tree.flatten(model(x if len(x) > 1 else x[0], training=False))
    return [keras.ops.cast(t, "float32") for t in y]


def gradients_by_tensorflow(model, x, r):
    import tensorflow as tf
    x = [tf.constant(a) for a in x]
    with tf.GradientTape() as tape:
        tape.watch([t for t in x if t.dtype.is_floating])
        loss = sum(tf.reduce_sum(a * b) for a, b in zip(outputs(model, x), r))
    g = tape.gradient(loss, x)
    return [None if a is None else tf.convert_to_tensor(a).numpy() for a in g]


def gradients_by_jax(model, x, r):
    import jax
    floats = [i for i, a in enumerate(x) if a.dtype.kind == "f"]

    def loss(*values):
        full = list(x)
        for i, v in zip(floats, values):
            full[i] = v
        return sum((a * b).sum() for a, b in zip(outputs(model, full), r))
    g = jax.grad(loss, argnums=tuple(range(len(floats))))(*[x[i] for i in floats]) if floats else []
    return [np.asarray(g[floats.index(i)]) if i in floats else None for i in range(len(x))]


def evaluate(model, x, name):
    """Outputs, cotangents and gradients as the arrays of an .npz."""
    y = [np.asarray(t) for t in outputs(model, x)]
    r = [normal(f"{name}/r{i}", t.shape) for i, t in enumerate(y)]
    arrays = {**indexed("x", x), **numbered("y", y), **numbered("r", r)}
    by = gradients_by_jax if BACKEND == "jax" else gradients_by_tensorflow
    try:
        return {**arrays, **indexed("g", by(model, x, r))}
    except Exception as e:
        print(f"{name}: no gradient: {type(e).__name__}: {str(e)[:120]}", flush=True)
        return arrays


def check(path, arrays):
    """Keras must get the same outputs from the file that it has just written."""
    again = keras.models.load_model(path, compile=False)
    x = [arrays[k] for k in sorted(arrays) if re.fullmatch(r"x\d+", k)]
    for i, t in enumerate(outputs(again, x)):
        error = np.abs(np.asarray(t) - arrays["y" + (str(i) if i else "")]).max()
        if error > 1e-5:
            raise ValueError(f"{os.path.basename(path)}: read back, it differs by {error:.1e}")


def make(name, out):
    keras.backend.clear_session()
    build, shapes, options = CASES[name]
    model = build()
    randomize(model, name)
    x = inputs(name, shapes, options)
    arrays = evaluate(model, x, name)
    save(os.path.join(out, name + ".npz"), ORACLE, **arrays)
    if name.startswith("net_"):
        apart = os.path.join(out, "topology")
        os.makedirs(apart, exist_ok=True)
        with open(os.path.join(apart, name + ".json"), "w") as f:
            f.write(model.to_json())
        model.save_weights(os.path.join(apart, name + ".weights.h5"))
    for extension in ".keras", ".h5":
        path = os.path.join(out, name + extension)
        try:
            model.save(path)
            check(path, arrays)
        except Exception as e:
            whole = extension == ".keras" or "model_config" in h5py.File(path).attrs
            if whole:
                os.makedirs(os.path.join(out, "unreadable"), exist_ok=True)
                os.replace(path, os.path.join(out, "unreadable", name + extension))
            else:
                os.remove(path)
            print(f"{name}{extension}: {'unreadable' if whole else 'not written'}: {type(e).__name__}: {str(e).splitlines()[0][:160]}", flush=True)


if __name__ == "__main__":
    folder, names, failed = sys.argv[1], sys.argv[2:] or list(CASES), []
    os.makedirs(folder, exist_ok=True)
    for each in names:
        try:
            make(each, folder)
        except Exception as e:
            failed.append(each)
            print(f"{each}: {BACKEND} cannot: {type(e).__name__}: {' '.join(str(e).split())[:200]}", flush=True)
    if failed and BACKEND == "tensorflow":
        subprocess.run([sys.executable, __file__, folder, *failed], env={**os.environ, "KERAS_BACKEND": "jax"})
