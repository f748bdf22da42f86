"""Graph models of TensorFlow.js, written from frozen graphs in the form of its converter: model.json with the graph and
a list of the weights, which lie one behind the other in shards.

SAVES has a function for each, as in tensorflow_sessions.py. tfjs_graph.mjs checks what it writes.
"""

import json
import os
import shutil

import numpy as np
import tensorflow as tf
from google.protobuf import json_format

from tensorflow_cases import CASES
from tensorflow_numbers import BATCH, built, frozen, imported, runner, write_numbers
from tensorflow_rewrites import copy, fuse, remap

v1 = tf.compat.v1
SAVES = {}
SHARD = 4096  # bytes; the converter takes 4 MB


def quantized(a, dtype):
    """The stored numbers of a weight, what is said about them, and what they stand for."""
    if dtype is None or a.dtype != np.float32 or a.size < 2:
        return a, None, a
    if dtype == "float16":
        return a.astype(np.float16), {"dtype": "float16", "original_dtype": "float32"}, a.astype(np.float16).astype(np.float32)
    levels = 2 ** (8 * np.dtype(dtype).itemsize) - 1
    low, high = min(float(a.min()), 0.0), max(float(a.max()), 0.0)
    scale = (high - low) / levels or 1.0
    zero = round(-low / scale)  # so that 0 stays 0
    low = -zero * scale
    stored = np.clip(np.round((a - low) / scale), 0, levels).astype(dtype)
    return stored, {"dtype": dtype, "min": low, "scale": scale, "original_dtype": "float32"}, (stored * scale + low).astype(np.float32)


def split(graph_def, dtype):
    """The graph without its constants' values, the entries of the list, their bytes, and the graph that they stand for."""
    bare, meant = copy(graph_def), copy(graph_def)
    entries, data = [], b""
    for node, full in zip(bare.node, meant.node):
        if node.op != "Const":
            continue
        a = tf.make_ndarray(node.attr["value"].tensor)
        stored, said, value = quantized(a, dtype)
        entries.append({"name": node.name, "shape": list(a.shape), "dtype": {"int64": "int32"}.get(a.dtype.name, a.dtype.name)} | ({"quantization": said} if said else {}))
        data += (stored.astype(np.int32) if a.dtype == np.int64 else stored).tobytes()
        kept = node.attr["value"].tensor
        for field in [f.name for f, _ in kept.ListFields() if f.name not in ("dtype", "tensor_shape")]:
            kept.ClearField(field)
        full.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))
    return bare, entries, data, meant


def described(tensors):
    return {t.name: {"name": t.name, "dtype": "DT_FLOAT", "tensorShape": {"dim": [{"size": str(-1 if d is None else d)} for d in t.shape]}} for t in tensors}


def write(path, graph_def, entries, data, signature):
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    shards = [data[i:i + SHARD] for i in range(0, len(data), SHARD)]
    names = [f"group1-shard{i + 1}of{len(shards)}.bin" for i in range(len(shards))]
    for name, part in zip(names, shards):
        with open(os.path.join(path, name), "wb") as f:
            f.write(part)
    with open(os.path.join(path, "model.json"), "w") as f:
        json.dump({"format": "graph-model", "generatedBy": tf.__version__, "convertedBy": "TensorFlow.js Converter v4.22.0", "signature": signature,
                   "modelTopology": json.loads(json_format.MessageToJson(graph_def, sort_keys=True)), "weightsManifest": [{"paths": names, "weights": entries}]}, f)


def graph_model(name, case, dtype=None, rewrite=lambda g: g):
    def make(_, folder):
        v1.disable_control_flow_v2()
        function, shapes, options = CASES[case]
        session, x, y = built(function, shapes, options)
        bare, entries, data, meant = split(rewrite(frozen(session, y, False)), dtype)
        for node in bare.node:  # a name of its own for what no kernel of TensorFlow is called
            node.op = {"_FusedDepthwiseConv2dNative": "FusedDepthwiseConv2dNative"}.get(node.op, node.op)
        write(os.path.join(folder, name), bare, entries, data, {"inputs": described(x), "outputs": described(y)})
        inputs, outputs = [t.name for t in x], [t.name for t in y]
        plain = split(frozen(session, y, False), dtype)[3]  # the fused operators have no gradients
        write_numbers(os.path.join(folder, name + ".npz"), name, [(BATCH, *s) for s in shapes], options, runner(*imported(plain, inputs, outputs), {}))
        return [{"file": name + "/model.json", "npz": name + ".npz", "kind": "graph-model", "inputs": ",".join(inputs), "outputs": ",".join(outputs)}]
    SAVES[name] = make


graph_model("tfjs_residual", "net_residual")
graph_model("tfjs_remapped", "net_inception", rewrite=remap)
graph_model("tfjs_mobilenet", "net_mobilenet", rewrite=fuse)
graph_model("tfjs_fused_depthwise", "net_fused_depthwise", rewrite=fuse)
graph_model("tfjs_inception_uint8", "net_inception", "uint8")
graph_model("tfjs_lenet_uint16", "net_lenet", "uint16", remap)
graph_model("tfjs_transformer_float16", "net_transformer", "float16")
graph_model("tfjs_unet_uint8", "net_unet", "uint8")
