"""Small files of every kind that TensorFlow writes, and what TensorFlow itself reads from them.

    python tensorflow_files.py RESOURCES/format/tensorflow

Each folder holds the files of one case and `expected.json`: by variable its type, shape and numbers as read by
tf.train.load_checkpoint. The TensorFlow.js case is a frozen graph in the JSON form of protocol buffers, as
TensorFlow's converter writes it, with weights that this script quantizes.
"""

import json
import os
import shutil
import sys
import tempfile

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from google.protobuf import json_format

tf1 = tf.compat.v1
NUMBERS = np.random.default_rng(20)
PARTS = np.arange(20.0).reshape(5, 4)

EVERY_TYPE = {
    "float": (tf.float32, [2, 3], [0.5, -1.25, 3e-40, 3e38, -0.0, 7]),
    "half": (tf.float16, [4], [0.5, -1.25, 65504, 6e-8]),
    "brain": (tf.bfloat16, [3], [0.5, -1.25, 1e30]),
    "double": (tf.float64, [2], [1e-300, np.pi]),
    "tiny": (tf.int8, [2], [-128, 127]),
    "small": (tf.int16, [2], [-32768, 32767]),
    "whole": (tf.int32, [2, 2], [1, -2, 3, 2**31 - 1]),
    "long": (tf.int64, [], [-(2**53)]),
    "byte": (tf.uint8, [3], [0, 128, 255]),
    "word": (tf.uint16, [1], [65535]),
    "truth": (tf.bool, [3], [True, False, True]),
    "nothing": (tf.float32, [0, 3], []),
}


def value(spec):
    kind, shape, numbers = spec
    return tf.constant(numbers, kind, shape)


def expected(folder, prefix):
    reader = tf.train.load_checkpoint(prefix)
    out = {}
    for key, shape in sorted(reader.get_variable_to_shape_map().items()):
        kind = reader.get_variable_to_dtype_map()[key]
        if kind in (tf.string, tf.complex64):
            out[key] = {"type": kind.name}
            continue
        # The reader does not put the parts of the first format together.
        array = PARTS if key == "parts" else reader.get_tensor(key)
        out[key] = {"type": kind.name, "shape": shape,
                    "values": np.asarray(array).astype(np.float64).ravel().tolist()}
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump(out, f, indent=1)


def graph_checkpoint(folder, build, *, name="model.ckpt", steps=(None,), text=False, meta=False, config=None, **saver):
    os.makedirs(folder)
    with tf.Graph().as_default(), tf1.Session(config=config) as session:
        build()
        session.run(tf1.global_variables_initializer())
        keep = tf1.train.Saver(**saver)
        for step in steps:
            prefix = keep.save(session, os.path.join(folder, name), global_step=step, write_meta_graph=meta)
        if text:
            keep.export_meta_graph(prefix + ".meta", as_text=True)
    expected(folder, prefix)


def part_of(whole):
    """Makes each part of a partitioned variable the part of one array."""
    def part(shape, dtype=None, partition_info=None):
        start = partition_info.var_offset if partition_info else [0] * whole.ndim
        return tf.constant(whole[tuple(slice(s, s + n) for s, n in zip(start, shape))], dtype)
    return part


def network(resource=True):
    """A network of two layers, one weight in three parts."""
    x = tf1.placeholder(tf.float32, [None, 4], name="input")
    with tf1.variable_scope("net", use_resource=resource):
        first = tf1.get_variable("first", [4, 6], initializer=tf1.constant_initializer(NUMBERS.normal(size=[4, 6])))
        second = tf1.get_variable("second", [7, 6],
                                  initializer=part_of(NUMBERS.normal(size=[7, 6])),
                                  partitioner=tf1.fixed_size_partitioner(3))
    tf.nn.softmax(tf.matmul(tf.matmul(x, first), tf.convert_to_tensor(second), transpose_b=True), name="scores")


def every_type():
    for name, spec in EVERY_TYPE.items():
        tf1.get_variable("all/" + name, initializer=value(spec), use_resource=True)
    tf1.get_variable("all/text", initializer=tf.constant(["a", "bc"]), use_resource=True)
    tf1.get_variable("all/complex", initializer=tf.constant([1j], tf.complex64), use_resource=True)


def spread():
    for i in range(5):
        with tf.device(f"/cpu:{i % 3}"):
            tf1.get_variable(f"spread/v{i}", initializer=tf.constant(NUMBERS.normal(size=[3, i + 1]), tf.float32),
                             use_resource=True)


def plain():
    """Types that the first format of checkpoints knew; one weight in parts, one long enough to be compressed."""
    for name in ("float", "double", "whole", "long", "byte", "truth"):
        tf1.get_variable("all/" + name, initializer=value(EVERY_TYPE[name]), use_resource=False)
    tf1.get_variable("parts", [5, 4], initializer=part_of(PARTS), use_resource=False,
                     partitioner=tf1.fixed_size_partitioner(2, axis=1))
    tf1.get_variable("long", initializer=tf.constant(np.arange(500) % 10, tf.float32), use_resource=False)


def two_graphs(folder):
    """TensorFlow 1: one set of variables, a graph to serve and one to train."""
    builder = tf1.saved_model.Builder(folder)
    for tags, factor in ((["serve"], 1.0), (["train", "gpu"], 2.0)):
        with tf.Graph().as_default(), tf1.Session() as session:
            x = tf1.placeholder(tf.float32, [None, 2], name="x")
            w = tf1.get_variable("w", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0]]), use_resource=True)
            y = tf.multiply(tf.matmul(x, w), factor, name="y")
            session.run(tf1.global_variables_initializer())
            signature = {"look": tf1.saved_model.signature_def_utils.predict_signature_def({"x": x}, {"y": y})}
            if tags == ["serve"]:
                builder.add_meta_graph_and_variables(session, tags, signature)
            else:
                builder.add_meta_graph(tags, signature)
    builder.save()
    expected(folder, os.path.join(folder, "variables", "variables"))


def objects(folder, scratch):
    """TensorFlow 2: a module with variables, a serving function, and labels among its assets."""
    labels = os.path.join(scratch, "labels.txt")
    with open(labels, "w") as f:
        f.write("0 cat\n1 dog\n2 the third\n")

    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(NUMBERS.normal(size=[4, 3]), dtype=tf.float32, name="w")
            self.b = tf.Variable(tf.zeros(3), name="b")
            self.labels = tf.saved_model.Asset(labels)

        @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="x")])
        def serve(self, x):
            return {"scores": tf.nn.softmax(x @ self.w + self.b)}

    net = Net()
    tf.saved_model.save(net, folder, signatures=net.serve)
    expected(folder, os.path.join(folder, "variables", "variables"))


def frozen(folder):
    os.makedirs(folder)
    with tf.Graph().as_default() as graph:
        x = tf1.placeholder(tf.float32, [None, 4, 4, 1], name="x")
        kernel = tf.constant(NUMBERS.normal(size=[3, 3, 1, 2]), tf.float32, name="kernel")
        y = tf.nn.relu(tf.nn.conv2d(x, kernel, 1, "SAME"), name="relu")
        dense = tf.constant(NUMBERS.normal(size=[32, 3]), tf.float32, name="dense")
        tf.nn.softmax(tf.matmul(tf.reshape(y, [-1, 32], name="flat"), dense), name="scores")
    tf.io.write_graph(graph.as_graph_def(), folder, "graph.pb", as_text=False)
    tf.io.write_graph(graph.as_graph_def(), folder, "graph.pbtxt")
    return graph.as_graph_def()


def tensorflow_js(folder, graph):
    """The layout of tensorflowjs' write_weights: values in shards, quantized by value = stored · scale + min."""
    os.makedirs(folder)
    weights, data, values = [], b"", {}
    for node in graph.node:
        if node.op != "Const":
            continue
        array = tf.make_ndarray(node.attr["value"].tensor)
        node.attr["value"].tensor.Clear()
        del node.attr["value"]
        entry = {"name": node.name, "shape": list(array.shape), "dtype": str(array.dtype)}
        if node.name == "kernel":
            scale, low = float((array.max() - array.min()) / 255), float(array.min())
            stored = np.round((array - low) / scale).astype(np.uint8)
            entry["quantization"] = {"dtype": "uint8", "scale": scale, "min": low, "original_dtype": "float32"}
            array = stored.astype(np.float32) * np.float32(scale) + np.float32(low)
        elif node.name == "dense":
            stored = array.astype(np.float16)
            entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
            array = stored.astype(np.float32)
        else:
            stored = array
        weights.append(entry)
        data += stored.tobytes()
        values[node.name] = {"type": str(array.dtype), "shape": list(array.shape),
                             "values": array.astype(np.float64).ravel().tolist()}
    # Texts among the weights are a length of four bytes and the characters, each.
    weights.insert(0, {"name": "words", "shape": [2], "dtype": "string"})
    data = b"\x01\0\0\0a\x02\0\0\0bc" + data
    cuts = [0, 40, 90, len(data)]
    paths = [f"group1-shard{i + 1}of3.bin" for i in range(3)]
    for path, start, end in zip(paths, cuts, cuts[1:]):
        with open(os.path.join(folder, path), "wb") as f:
            f.write(data[start:end])
    signature = {"inputs": {"image": {"name": "x:0", "dtype": "DT_FLOAT", "tensorShape": {
        "dim": [{"size": "-1"}, {"size": "4"}, {"size": "4"}, {"size": "1"}]}}},
        "outputs": {"scores": {"name": "scores:0", "dtype": "DT_FLOAT", "tensorShape": {
            "dim": [{"size": "-1"}, {"size": "3"}]}}}}
    model = {"format": "graph-model", "generatedBy": tf.__version__, "convertedBy": "TensorFlow.js Converter v4.22.0",
             "signature": signature, "modelTopology": json_format.MessageToDict(graph),
             "weightsManifest": [{"paths": paths, "weights": weights}]}
    with open(os.path.join(folder, "model.json"), "w") as f:
        json.dump(model, f)
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump(values, f, indent=1)


def checksums(data, out):
    """Sums of the variables of published SavedModels, for the test that reads those."""
    sums = {}
    wild = os.path.join(data, "wild")
    for model in sorted(os.listdir(wild)):
        prefix = os.path.join(wild, model, "variables", "variables")
        if not os.path.exists(prefix + ".index"):
            continue
        reader = tf.train.load_checkpoint(prefix)
        for key, shape in sorted(reader.get_variable_to_shape_map().items()):
            if reader.get_variable_to_dtype_map()[key] == tf.string:
                continue
            array = np.asarray(reader.get_tensor(key)).astype(np.float64).ravel()
            sums.setdefault(model, {})[key] = [shape, float(array.sum()), float((array * np.cos(np.arange(array.size))).sum())]
    with open(out, "w") as f:
        json.dump(sums, f, indent=1)


def main():
    out, data = sys.argv[1], [os.path.abspath(path) for path in sys.argv[2:]]
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    os.chdir(out)  # so that no file remembers where it was made
    at = lambda name: name
    graph_checkpoint(at("types"), every_type)
    graph_checkpoint(at("shards"), spread, sharded=True, config=tf1.ConfigProto(device_count={"CPU": 3}))
    graph_checkpoint(at("partitioned"), network, steps=(9, 10), meta=True, text=True)
    graph_checkpoint(at("first-format"), plain, meta=True, write_version=tf1.train.SaverDef.V1)
    graph_checkpoint(at("first-format-shards"), spread, sharded=True, write_version=tf1.train.SaverDef.V1,
                     config=tf1.ConfigProto(device_count={"CPU": 3}))
    two_graphs(at("two-graphs"))
    objects(at("objects"), tempfile.mkdtemp())
    tensorflow_js(at("js"), frozen(at("frozen")))
    for folder in data:
        checksums(folder, at("wild.json"))


main()
