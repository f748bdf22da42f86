"""Expected outputs and gradients for the models in the test data folder.

    python shared_data.py DATA OUT

DATA is the test data folder (models that other people made). For each model that
any oracle can open writes OUT/RELATIVE__PATH.npz (see store.py) for a batch of two
random inputs. Tried in turn: Keras 3 (on JAX, which can do channels_first on a
CPU), TensorFlow's copy of Keras 2.6, and evaluator.py; the latter alone where the
file says that Theano made it, for both forget to turn Theano's kernels. SavedModels are run by
TensorFlow, TensorFlow.js models by tfjs.mjs (run where node finds @tensorflow/tfjs).
"""

import glob
import json
import os
import subprocess
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import jax
import keras
import numpy as np
import tensorflow as tf

import evaluator
from store import indexed, normal, save

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 2


def by_keras3(path, name):
    model = keras.models.load_model(path, compile=False)
    x = normal(name + "/x0", (BATCH, *model.inputs[0].shape[1:]))
    y = np.asarray(model(x, training=False))
    r = normal(name + "/r", y.shape)
    g = jax.grad(lambda v: (model(v, training=False) * r).sum())(x)
    return f"keras {keras.__version__} on jax {jax.__version__}", x, y, r, np.asarray(g)


def by_keras2(path, name):
    from tensorflow.python.keras.saving import hdf5_format
    model = hdf5_format.load_model_from_hdf5(path, compile=False)
    x = tf.constant(normal(name + "/x0", (BATCH, *model.inputs[0].shape[1:])))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        r = normal(name + "/r", tuple(y.shape))
        loss = tf.reduce_sum(y * r)
    return (f"tensorflow.python.keras (2.6) of tensorflow {tf.__version__}",
            x.numpy(), y.numpy(), r, tape.gradient(loss, x).numpy())


def by_evaluator(path, name, weights=None):
    layers = evaluator.layers_of(path, weights)
    x = normal(name + "/x0", (BATCH, *evaluator.input_shape(layers)))
    oracle = "evaluator.py (float64)" + (", kernels of Theano turned" if layers[0].theano else "")
    return (oracle, x, *evaluator.evaluate(layers, x, lambda shape: normal(name + "/r", shape)))


def by_space_to_depth(path, name):
    """Files whose only layers are a Lambda that calls tf.space_to_depth, alone or beside a second input."""
    with h5py.File(path) as f:
        config = json.loads(f.attrs["model_config"])["config"]
    layers = config if isinstance(config, list) else config["layers"]
    if [layer["config"]["name"] for layer in layers if layer["class_name"] == "Lambda"] != ["space_to_depth_x2"]:
        raise ValueError("another model")
    shapes = [layer["config"]["batch_input_shape"][1:] for layer in layers if "batch_input_shape" in layer["config"]]
    xs = [tf.constant(normal(f"{name}/x{i}", (BATCH, *shape))) for i, shape in enumerate(shapes)]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        y = tf.concat([tf.nn.space_to_depth(xs[0], 2), *xs[1:]], -1)
        r = normal(name + "/r", tuple(y.shape))
        loss = tf.reduce_sum(y * r)
    return (f"tf.nn.space_to_depth of tensorflow {tf.__version__}",
            [x.numpy() for x in xs], y.numpy(), r, [g.numpy() for g in tape.gradient(loss, xs)])


def by_saved_model(path, name):
    """As a TensorFlow 1 graph: objects saved by old optimizers do not stand in its way."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], path)
        signature = meta.signature_def["serving_default"]
        (source,), (target,) = signature.inputs.values(), signature.outputs.values()
        tensor = session.graph.get_tensor_by_name
        x = normal(name + "/x0", [BATCH] + [d.size for d in source.tensor_shape.dim][1:])
        r = normal(name + "/r", [BATCH] + [d.size for d in target.tensor_shape.dim][1:])
        (slope,) = tf.gradients(tf.reduce_sum(tensor(target.name) * r), tensor(source.name))
        y, g = session.run([tensor(target.name), slope], {source.name: x})
    return f"SavedModel on tensorflow {tf.__version__}", x, y, r, g


def by_tensorflow_js(path, name):
    layers = json.load(open(path))["modelTopology"]["model_config"]["config"]["layers"]
    x = np.abs(normal(name + "/x0", (BATCH, *layers[0]["config"]["batch_input_shape"][1:]), 0.1))  # not saturated
    r = normal(name + "/r", (BATCH, layers[-1]["config"]["units"]))
    answer = json.loads(subprocess.run(
        ["node", os.path.join(HERE, "tfjs.mjs"), path], check=True, capture_output=True, text=True,
        input=json.dumps({"x": x.tolist(), "r": r.tolist()})).stdout)
    return answer["oracle"], x, np.float32(answer["y"]), r, np.float32(answer["g"])


def holds_topology(path):
    if not h5py.is_hdf5(path):
        return False
    with h5py.File(path) as f:
        return "model_config" in f.attrs


def try_all(data, path, oracles, out):
    name = os.path.relpath(path, data).replace(os.sep, "__")
    reasons = []
    for oracle in oracles:
        try:
            made_by, x, y, r, g = oracle(path, name)
        except Exception as e:
            reasons.append(f"{oracle.__name__}: {type(e).__name__}: {' '.join(str(e).split())[:110]}")
            continue
        several = isinstance(x, list)
        save(os.path.join(out, name + ".npz"), made_by, y=y, r=r,
             **indexed("x", x if several else [x]), **indexed("g", g if several else [g]))
        print(f"{name}: {made_by}; y {np.abs(y).max():.2g}", flush=True)
        return
    print(f"{name}: NOT MADE\n    " + "\n    ".join(reasons), flush=True)


if __name__ == "__main__":
    data, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for path in sorted(glob.glob(os.path.join(data, "keras", "*", "*"))):
        if holds_topology(path):
            theano = h5py.File(path).attrs.get("backend") == "theano"
            try_all(data, path, [by_evaluator] if theano else [by_keras3, by_keras2, by_evaluator, by_space_to_depth], out)
    for path in sorted(glob.glob(os.path.join(data, "keras", "tfscope", "model.json*"))):
        weights = path.replace("model.json", "model.weight")
        try_all(data, path, [lambda p, n: by_evaluator(p, n, weights)], out)
    for path in sorted(glob.glob(os.path.join(data, "wild", "*", "*.keras"))):
        try_all(data, path, [by_keras3], out)
    for path in sorted(glob.glob(os.path.join(data, "wild", "*", "saved_model.pb"))):
        try_all(data, os.path.dirname(path), [by_saved_model], out)
    for path in sorted(glob.glob(os.path.join(data, "wild", "*", "model.json"))):
        try_all(data, path, [by_tensorflow_js], out)
