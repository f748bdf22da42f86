"""Small TensorFlow Lite files, one or a few for each family of operators, with the interpreter's own outputs.

    python tflite_zoo.py OUT [NAME ...]

Writes NAME.tflite and NAME.npz: x0, x1, ... and y, y1, ... of the interpreter without delegates. Where inputs
or outputs are quantized, these are the real numbers that the integers stand for, and `steps` holds what one
integer step is worth at each output (0: not quantized). Float files have r, g0, ... of TensorFlow too (see
store.py). Quantized ones have d, d1, ..., what a file means (tflite_float.py), and f, f1, ..., what it was made from.
OUT/cases.tsv says of each which operators are in it, and why it must be refused, if so.
"""

import csv
import os
import warnings

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from store import indexed, make_all, normal, numbered, save
from tensorflow_numbers import BATCH, ORACLE, away_from_kinks, deviation, eager, random_input
from tflite_cases import CASES
from tflite_float import dequantized

warnings.filterwarnings("ignore", ".*LiteRT.*|.*deprecated.*")
COLUMNS = ["file", "npz", "operators", "refused"]


def traced(function, shapes, options):
    specs = [tf.TensorSpec([options.get("batch"), *s], options.get("dtype", "float32"), f"x{i}") for i, s in enumerate(shapes)]
    return tf.function(function, input_signature=specs, autograph=False).get_concrete_function()


def convert(function, shapes, options, name):
    concrete = traced(function, shapes, options)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], tf.Module())
    options.get("convert", lambda c, sample: None)(
        converter, lambda n: [random_input(f"{name}/sample{n}/{i}", (1, *s), options) for i, s in enumerate(shapes)])
    return converter.convert()


class Interpreter:
    """Runs a file on real numbers, whatever its inputs and outputs are stored as."""

    def __init__(self, content, batch):
        self.inner = tf.lite.Interpreter(model_content=content, experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
        for d in self.inner.get_input_details():
            if len(d["shape_signature"]) and d["shape_signature"][0] == -1:
                self.inner.resize_tensor_input(d["index"], [batch, *d["shape"][1:]])
        self.inner.allocate_tensors()
        self.inputs = sorted(self.inner.get_input_details(), key=lambda d: d["name"])
        self.outputs = self.inner.get_output_details()

    def operators(self):
        return sorted({d["op_name"] for d in self.inner._get_ops_details()} - {"DELEGATE"})

    def steps(self):
        return np.array([d["quantization"][0] if d["dtype"] != np.float32 else 0 for d in self.outputs], np.float32)

    def stored(self, x):
        """x as its integers, and x as these integers say it."""
        result = []
        for d, a in zip(self.inputs, x):
            scale, zero = d["quantization"]
            if scale and d["dtype"] != np.float32:
                limits = np.iinfo(d["dtype"])
                a = np.clip(np.round(a / scale) + zero, limits.min, limits.max).astype(d["dtype"])
                result.append((a, ((a.astype(np.float64) - zero) * scale).astype(np.float32)))
            else:
                result.append((a.astype(d["dtype"]), a))
        return [a for a, _ in result], [a for _, a in result]

    def run(self, x):
        for d, a in zip(self.inputs, self.stored(x)[0]):
            self.inner.set_tensor(d["index"], a)
        self.inner.invoke()
        found = []
        for d in self.outputs:
            y = self.inner.get_tensor(d["index"])
            scale, zero = d["quantization"]
            real = scale and d["dtype"] != np.float32
            found.append(((y.astype(np.float64) - zero) * scale if real else y).astype(np.float32))
        return found


def make(name, folder):
    function, shapes, options = CASES[name]
    content = options["write"](function, shapes, options) if "write" in options else convert(function, shapes, options, name)
    with open(os.path.join(folder, name + ".tflite"), "wb") as f:
        f.write(content)
    row = {"file": name + ".tflite", "npz": name + ".npz", "operators": "", "refused": options.get("refused", "")}
    if "refused" in options:
        row["npz"] = ""
    else:
        batch = options.get("batch") or BATCH
        run = eager(function)
        first = [random_input(f"{name}/shape", (batch, *s), options) for s in shapes]
        r = [normal(f"{name}/r{i}", y.shape) for i, y in enumerate(run(first, None)[0])]
        off, x, truth, g = away_from_kinks(name, [(batch, *s) for s in shapes], options, lambda inputs: run(inputs, None if options.get("no_gradient") else r))
        file = Interpreter(content, batch)
        x = file.stored(x)[1]
        y = file.run(x)
        row["operators"] = " ".join(file.operators())
        quantized = "convert" in options or "write" in options
        if not quantized and deviation(y, truth) > 1e-4:
            raise ValueError(f"the file differs by {deviation(y, truth):.1e}")
        means = Interpreter(dequantized(content), batch).run(x) if quantized else []
        more = numbered("f", run(x, None)[0]) | numbered("d", means) | {"steps": file.steps()} if quantized else {**numbered("r", r), **indexed("g", g)}
        if max(off) > 1e-5:
            more["float32"] = np.array(off)
        save(os.path.join(folder, name + ".npz"), ORACLE, **indexed("x", x), **numbered("y", y), **more)
        if quantized:
            print(f"{name}: {len(content)} bytes, from float by {deviation(y, run(x, None)[0]):.1e}, from what it means by {deviation(y, means):.1e}; {row['operators']}", flush=True)
    table = os.path.join(folder, "cases.tsv")
    old = []
    if os.path.exists(table):
        with open(table, newline="") as f:
            old = [o for o in csv.DictReader(f, delimiter="\t") if o["file"] != row["file"]]
    with open(table, "w", newline="") as f:
        writer = csv.DictWriter(f, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*old, row], key=lambda o: o["file"]))


if __name__ == "__main__":
    make_all(make, CASES)
