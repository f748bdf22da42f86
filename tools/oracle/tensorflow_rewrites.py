"""What tools make of a frozen GraphDef: other types, fused operators, no shapes."""

import tensorflow as tf
from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import config_pb2, rewriter_config_pb2
from tensorflow.python.grappler import tf_optimizer

FLOATS = (tf.float32, tf.float16, tf.float64, tf.bfloat16)


def copy(graph_def):
    result = graph_pb2.GraphDef()
    result.CopyFrom(graph_def)
    return result


def without_shapes(graph_def):
    """Placeholders of any shape at all."""
    result = copy(graph_def)
    for node in result.node:
        if node.op == "Placeholder":
            node.attr["shape"].shape.Clear()
            node.attr["shape"].shape.unknown_rank = True
    return result


def retyped(graph_def, target):
    """Every floating-point tensor in another type, constants and placeholders included."""
    result = copy(graph_def)
    floats = [t.as_datatype_enum for t in FLOATS]
    for node in result.node:
        for value in node.attr.values():
            if value.HasField("type") and value.type in floats:
                value.type = target.as_datatype_enum
            elif value.HasField("tensor") and value.tensor.dtype in floats:
                value.tensor.CopyFrom(tf.make_tensor_proto(tf.make_ndarray(value.tensor).astype(target.as_numpy_dtype)))
    return result


def as_half(graph_def):
    return retyped(graph_def, tf.float16)


def as_double(graph_def):
    return retyped(graph_def, tf.float64)


def as_float(graph_def):
    return retyped(graph_def, tf.float32)


def consumers(graph_def):
    result = {}
    for node in graph_def.node:
        for name in node.input:
            result.setdefault(name.split(":")[0].lstrip("^"), []).append(node)
    return result


def terminals(graph_def):
    """Names of the nodes that nothing reads."""
    used = consumers(graph_def)
    return [n.name for n in graph_def.node if n.name not in used and n.op not in ("NoOp", "Const", "Placeholder")]


def remap(graph_def):
    """The fusions that TensorFlow's own optimizer makes for a CPU."""
    placed = copy(graph_def)
    for node in placed.node:
        node.device = "/job:localhost/replica:0/task:0/device:CPU:0"
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(placed, name="")
        meta = tf.compat.v1.train.export_meta_graph(graph_def=graph.as_graph_def(), graph=graph)
    meta.collection_def["train_op"].node_list.value.extend(terminals(graph_def))
    config = config_pb2.ConfigProto()
    config.graph_options.rewrite_options.CopyFrom(rewriter_config_pb2.RewriterConfig(
        optimizers=["remap"], meta_optimizer_iterations=rewriter_config_pb2.RewriterConfig.ONE, min_graph_nodes=-1))
    result = tf_optimizer.OptimizeGraph(config, meta)
    if not any(n.op.startswith("_Fused") for n in result.node):
        raise ValueError("nothing was fused")
    for node in result.node:
        node.device = ""
    return result


def fuse(graph_def):
    """Conv2D, MatMul or depthwise convolution with the BiasAdd and the activation behind it, by hand."""
    result = copy(graph_def)
    used = consumers(result)
    gone = set()
    for node in result.node:
        if node.op not in ("Conv2D", "MatMul", "DepthwiseConv2dNative"):
            continue
        after = used[node.name][0]
        if after.op != "BiasAdd":
            continue
        chain = [after]
        following = used.get(after.name, [])
        if len(following) == 1 and following[0].op in ("Relu", "Relu6", "Elu"):
            chain.append(following[0])
        last = chain[-1]
        fused = last.__class__()
        fused.CopyFrom(node)
        fused.op = "_Fused" + node.op
        fused.name = last.name
        fused.input.append(after.input[1])
        fused.attr["num_args"].i = 1
        if node.op == "Conv2D":
            fused.attr["TArgs"].list.type.append(tf.float32.as_datatype_enum)
        fused.attr["fused_ops"].list.s.extend(n.op.encode() for n in chain)
        fused.attr["epsilon"].f = 0.0001
        gone |= {n.name for n in (node, *chain[:-1])}
        last.CopyFrom(fused)
    return kept(result, gone)


def fuse_norm(graph_def):
    """FusedBatchNormV3 with the Relu behind it."""
    result = copy(graph_def)
    used = consumers(result)
    gone = set()
    for node in result.node:
        if node.op == "FusedBatchNormV3":
            relu = used[node.name][0]
            fused = relu.__class__()
            fused.CopyFrom(node)
            fused.op, fused.name = "_FusedBatchNormEx", relu.name
            del fused.attr["exponential_avg_factor"]
            fused.attr["num_side_inputs"].i = 0
            fused.attr["activation_mode"].s = b"Relu"
            gone.add(node.name)
            relu.CopyFrom(fused)
    return kept(result, gone)


def kept(graph_def, gone):
    nodes = [n for n in graph_def.node if n.name not in gone]
    del graph_def.node[:]
    graph_def.node.extend(nodes)
    return graph_def
