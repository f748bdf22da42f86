"""Outputs, gradients and inputs at which both are steady, for graphs of TensorFlow 1 and functions of 2."""

import numpy as np
import tensorflow as tf

from store import generator, indexed, normal, numbered, save
from tensorflow_rewrites import terminals

v1 = tf.compat.v1
BATCH = 2
ORACLE = f"tensorflow {tf.__version__}"


def random_input(key, shape, options):
    if "integers" in options or options.get("dtype") == "uint8":
        return generator(key).integers(0, options.get("integers", 256), shape).astype(options["dtype"])
    x = normal(key, shape, options.get("scale", 1))
    return (np.abs(x) if options.get("positive") else x) + np.float32(options.get("shift", 0))


def deviation(actual, expected):
    pairs = [(a, e) for a, e in zip(actual, expected) if e is not None and e.size]
    return max((np.abs(a - e).max() / max(1e-6, np.abs(e).max()) for a, e in pairs), default=0.0)


def away_from_kinks(name, shapes, options, run):
    """The first of 6 random inputs at which run(inputs) -> (outputs, gradients) is steady, else the steadiest."""
    best = None
    for attempt in range(6):
        x = [random_input(f"{name}/x{i}" + (f"/{attempt}" if attempt else ""), s, options) for i, s in enumerate(shapes)]
        y, g = run(x)
        near = [a + np.float32(1e-6) * normal(f"{name}/near", a.shape) if a.dtype == np.float32 else a for a in x]
        y_near, g_near = run(near)
        off = deviation(g_near, g), deviation([np.float32(a) for a in y_near], [np.float32(a) for a in y])
        if best is None or max(off) < max(best[0]):
            best = off, x, y, g
        if max(off) < 1e-4:
            break
    return best


def eager(function):
    """A runner for a function of tensors that gives one tensor, several, or a dictionary of them."""
    def run(x, r):
        x = [tf.constant(a) for a in x]
        with tf.GradientTape() as tape:
            tape.watch([t for t in x if t.dtype.is_floating])
            y = [tf.cast(t, tf.float32) for t in tf.nest.flatten(function(*x))]
            loss = None if r is None else tf.add_n([tf.reduce_sum(a * b) for a, b in zip(y, r)])
        g = [] if r is None else tape.gradient(loss, x)
        return [t.numpy() for t in y], [None if t is None else t.numpy() for t in g]
    return run


def write_numbers(path, name, shapes, options, run_with):
    """run_with(inputs, cotangents or None) -> outputs, gradients."""
    first = [random_input(f"{name}/shape{i}", s, options) for i, s in enumerate(shapes)]
    r = [normal(f"{name}/r{i}", np.shape(y)) for i, y in enumerate(run_with(first, None)[0])]
    off, x, y, g = away_from_kinks(name, shapes, options, lambda inputs: run_with(inputs, r))
    off = np.maximum(off, options.get("rounding", 0))
    more = {"float32": off} if max(off) > 1e-5 else {}
    save(path, ORACLE, **indexed("x", x), **numbered("y", [np.asarray(a, np.float32) for a in y]), **numbered("r", r), **indexed("g", g), **more)
    return x, y


def runner(session, inputs, outputs, fed, differentiable=True):
    """Runs a v1 graph: inputs and outputs are tensors of it."""
    with session.graph.as_default():
        y = [tf.cast(t, tf.float32) for t in outputs]
        seeds = [v1.placeholder(tf.float32, t.shape) for t in y]
        wanted = [t for t in inputs if t.dtype.is_floating] if differentiable else []
        loss = tf.add_n([tf.reduce_sum(a * b) for a, b in zip(y, seeds)])
        slopes = v1.gradients(loss, wanted) if wanted else []
    by = {id(t): s for t, s in zip(wanted, slopes) if s is not None}

    def run(x, r):
        feed = {**dict(zip(inputs, x)), **fed}
        if r is None:
            return session.run(y, feed), []
        found, gradients = session.run([y, list(by.values())], {**feed, **dict(zip(seeds, r))})
        order = dict(zip(by, gradients))
        return found, [order.get(id(t)) for t in inputs]
    return run


def built(function, shapes, options):
    """The graph of a case with its inputs and outputs."""
    graph = tf.Graph()
    with graph.as_default():
        v1.set_random_seed(1)
        if "instead" in options:
            y = function(None)
            x = [graph.get_tensor_by_name(options["instead"])]
        else:
            names = ["input"] if len(shapes) == 1 else [f"input_{i}" for i in range(len(shapes))]
            x = [v1.placeholder(options.get("dtype", "float32"), [options.get("batch"), *s], n) for s, n in zip(shapes, names)]
            y = function(*x)
        y = list(y) if isinstance(y, (tuple, list)) or hasattr(y, "_fields") else [y]
        start = v1.global_variables_initializer()
    session = v1.Session(graph=graph)
    session.run(start)
    return session, x, y


def frozen(session, outputs, named):
    ends = [t.op.name for t in outputs]
    if named:
        ends += [n for n in terminals(session.graph.as_graph_def()) if "nit" not in n]
    with session.graph.as_default():
        result = v1.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), list(dict.fromkeys(ends)))
    for node in result.node:
        node.attr.pop("_output_shapes", None)
    return result


def imported(graph_def, inputs, outputs):
    graph = tf.Graph()
    with graph.as_default():
        found = tf.import_graph_def(graph_def, name="", return_elements=[*inputs, *outputs])
    return v1.Session(graph=graph), found[:len(inputs)], found[len(inputs):]
