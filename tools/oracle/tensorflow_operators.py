"""Frozen graphs of one operator of TensorFlow, or of a few, and what TensorFlow makes of them.

    python tensorflow_operators.py OUT [NAME ...]

Writes NAME.pb, a GraphDef with placeholders x0, x1, ... of an open batch and results y, y1, ...,
and NAME.npz (see store.py; a batch of 2). The table of cases: tensorflow_operator_cases.py.
"""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

from store import indexed, make_all, normal, numbered, save
from tensorflow_operator_cases import CASES, turned

BATCH = 2
v1 = tf.compat.v1


def record(build, x):
    """The GraphDef, the outputs and the cotangents and gradients of what build makes of placeholders like x."""
    with v1.Graph().as_default() as graph:
        inputs = [v1.placeholder(a.dtype, (None, *a.shape[1:]), f"x{i}") for i, a in enumerate(x)]
        made = build(*inputs)
        made = list(made) if isinstance(made, (list, tuple)) else [made]
        outputs = [tf.identity(t, "y" + (str(i) if i else "")) for i, t in enumerate(made)]
        definition = graph.as_graph_def()
        floats = [tf.cast(t, tf.float32) for t in outputs]
        with v1.Session(graph=graph) as session:
            feed = dict(zip(inputs, x))
            y = session.run(floats, feed)
            r = [normal(f"r{i}/{t.shape}", t.shape) for i, t in enumerate(y)]
            g = {}
            try:
                slopes = v1.gradients(floats, inputs, [tf.constant(a) for a in r])
                for i, s in enumerate(slopes):
                    if s is not None and x[i].dtype == np.float32:
                        g[i] = session.run(tf.convert_to_tensor(s), feed)
            except (LookupError, ValueError, tf.errors.OpError) as e:
                print(f"no gradient: {type(e).__name__}: {' '.join(str(e).split())[:120]}", flush=True)
                g = {}
    return definition, y, r, [g.get(i) for i in range(len(x))]


def graph_of(build, x):
    """The GraphDef alone, of operators that TensorFlow cannot run on a CPU."""
    with v1.Graph().as_default() as graph:
        inputs = [v1.placeholder(a.dtype, (None, *a.shape[1:]), f"x{i}") for i, a in enumerate(x)]
        made = build(*inputs)
        for i, t in enumerate(made if isinstance(made, (list, tuple)) else [made]):
            tf.identity(t, "y" + (str(i) if i else ""))
        return turned(graph.as_graph_def())


def make(name, out):
    case = CASES[name]
    x = case["x"](name) if callable(case["x"]) else [normal(f"{name}/x{i}", (BATCH, *s)) for i, s in enumerate(case["x"])]
    definition, y, r, g = record(case.get("oracle", case["build"]), x)
    if "oracle" in case:
        definition = graph_of(case["build"], x)
    if not case.get("gradient", True):
        g = []
    definition.ClearField("library")
    path = os.path.join(out, name)
    with open(path + ".pb", "wb") as f:
        f.write(definition.SerializeToString(deterministic=True))
    save(path + ".npz", f"tensorflow {tf.__version__}", **indexed("x", x), **numbered("y", y), **numbered("r", r), **indexed("g", g))


if __name__ == "__main__":
    make_all(make, CASES)
