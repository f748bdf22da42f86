"""TensorFlow files of every kind as people have them, with TensorFlow's own outputs and gradients.

    python tensorflow_zoo.py OUT [NAME ...]

Writes for each graph of tensorflow_cases.py NAME.pb (some also as NAME.pbtxt), for each entry of
tensorflow_sessions.py, tensorflow_modules.py, tensorflow_keras.py and tensorflow_js.py a folder NAME, and NAME.npz (see store.py). OUT/cases.tsv has a line for each file:

    file, npz         names within OUT; npz is empty where the file must be refused
    kind              frozen, checkpoint, saved-model or graph-model
    inputs, outputs   names of tensors, separated by commas; outputs in parentheses need not be told
    signature, tags   what has to be said to open it, if anything
    fed               what TensorFlow had to be fed beside
    refused           why it cannot be read

Where rounding could tip a ReLU, another input was taken: there the gradient does not change under noise of
1e-6. `float32` in the .npz says how far gradient and outputs changed nevertheless.
"""

import csv
import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import tensorflow_js
import tensorflow_keras
import tensorflow_modules
import tensorflow_sessions
from store import make_all
from tensorflow_cases import CASES
from tensorflow_numbers import BATCH, built, deviation, frozen, imported, runner, write_numbers

v1 = tf.compat.v1
SAVES = {**tensorflow_sessions.SAVES, **tensorflow_modules.SAVES, **tensorflow_keras.SAVES, **tensorflow_js.SAVES}
COLUMNS = ["file", "npz", "kind", "inputs", "outputs", "signature", "tags", "fed", "refused"]


def make_frozen(name, folder):
    function, shapes, options = CASES[name]
    (v1.enable_control_flow_v2 if options.get("v2") else v1.disable_control_flow_v2)()
    session, x, y = built(function, shapes, options)
    graph_def = options.get("rewrite", lambda g: g)(frozen(session, y, "named" in options))
    inputs, outputs = [t.name for t in x], [t.name for t in y]
    with open(os.path.join(folder, name + ".pb"), "wb") as f:
        f.write(graph_def.SerializeToString(deterministic=True))
    files = [name + ".pb"]
    if options.get("text"):
        tf.io.write_graph(graph_def, folder, name + ".pbtxt", as_text=True)
        files.append(name + ".pbtxt")
    told = ",".join(outputs) if "named" in options or "told" in options else "(" + ",".join(outputs) + ")"
    fed = options.get("fed", {})
    row = {"kind": "frozen", "inputs": ",".join(inputs), "outputs": told, "fed": ",".join(f"{k}={v}" for k, v in fed.items()), "refused": options.get("refused", "")}
    if "refused" not in options:
        other = options.get("plain", options.get("twin"))
        if other or options.get("v2"):
            v1.disable_control_flow_v2()
            source = built(other or function, shapes, options)
        elif "numbers" in options:
            source = imported(options["numbers"](graph_def), inputs, outputs)
        else:
            source = session, x, y
        feed = {source[0].graph.get_tensor_by_name(k): v for k, v in fed.items()}
        batches = [(options.get("batch") or BATCH, *s) for s in shapes]
        given, expected = write_numbers(os.path.join(folder, name + ".npz"), name, batches, options, runner(*source, feed, not options.get("no_gradient")))
        row["npz"] = name + ".npz"
        if "plain" not in options:
            check(name, graph_def, inputs, outputs, given, fed, expected, 1e-2 if "numbers" in options else 1e-5)
    return [{"file": f, **row} for f in files]


def check(name, graph_def, inputs, outputs, x, fed, expected, tolerance):
    """TensorFlow must get the same from what was written."""
    try:
        session, given, wanted = imported(graph_def, inputs, outputs)
        found = session.run(wanted, {**{t: a.astype(t.dtype.as_numpy_dtype) for t, a in zip(given, x)}, **fed})
    except tf.errors.OpError as e:
        if not any(words in str(e) for words in ("No OpKernel", "Missing 0-th output", "NHWC")):
            raise
        print(f"{name}: TensorFlow has no such operator on a CPU without oneDNN", flush=True)
        return
    off = deviation([np.asarray(a, np.float32) for a in found], expected)
    if off > tolerance:
        raise ValueError(f"what was written differs by {off:.1e}")


def make(name, folder):
    rows = make_frozen(name, folder) if name in CASES else SAVES[name](name, folder)
    table = os.path.join(folder, "cases.tsv")
    old = []
    if os.path.exists(table):
        with open(table, newline="") as f:
            old = [r for r in csv.DictReader(f, delimiter="\t") if r["file"] not in {n["file"] for n in rows}]
    with open(table, "w", newline="") as f:
        writer = csv.DictWriter(f, COLUMNS, restval="", delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(old + rows, key=lambda r: r["file"]))


if __name__ == "__main__":
    make_all(make, [*CASES, *SAVES])
