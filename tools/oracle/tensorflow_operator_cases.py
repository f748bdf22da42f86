"""The table of tensorflow_operators.py: what is made of placeholders, and their shapes without the batch.

A case has `build`, `x` (shapes, or a function of the name that makes the inputs), and perhaps
`oracle`, which computes the same where TensorFlow cannot run `build` on a CPU, and `gradient`.
"""

import json

import numpy as np
import tensorflow as tf

from store import normal

raw = tf.raw_ops
CASES = {}


def case(name, build, *x, **options):
    CASES[name] = {"build": build, "x": x[0] if len(x) == 1 and callable(x[0]) else x, **options}


def w(name, *shape, scale=0.5):
    return tf.constant(normal("w/" + name, shape, scale))


def positive(name, *shape):
    return tf.constant(np.abs(normal("w/" + name, shape)) + np.float32(0.3))


def swapped(operator):
    """An operator with channels first by the same with channels last."""
    return lambda x: tf.transpose(operator(tf.transpose(x, (0, 2, 3, 1))), (0, 3, 1, 2))


# ------------------------------------------------------------------ convolutions

for h, wide, k, s, d, padding in [
        (7, 8, 3, 1, 1, "SAME"), (7, 8, 3, 2, 1, "SAME"), (6, 5, 2, 3, 1, "SAME"), (9, 7, 3, 1, 2, "SAME"),
        (1, 2, 5, 2, 1, "SAME"), (9, 8, 3, 2, 1, "VALID")]:
    name = f"conv2d_{h}x{wide}_k{k}_s{s}_d{d}_{padding.lower()}"
    case(name, lambda x, k=k, s=s, d=d, padding=padding: raw.Conv2D(
        input=x, filter=w("conv", k, k, 3, 4), strides=[1, s, s, 1], dilations=[1, d, d, 1], padding=padding), (h, wide, 3))
case("conv2d_explicit", lambda x: raw.Conv2D(
    input=x, filter=w("conv", 3, 2, 3, 4), strides=[1, 2, 1, 1], padding="EXPLICIT",
    explicit_paddings=[0, 0, 1, 2, 0, 3, 0, 0]), (6, 5, 3))
case("conv2d_grouped", lambda x: raw.Conv2D(input=x, filter=w("conv", 3, 3, 2, 6), strides=[1, 1, 1, 1], padding="SAME"),
     (5, 5, 4), gradient=False)
case("conv2d_channels_first",
     lambda x: raw.Conv2D(input=x, filter=w("conv", 3, 2, 3, 4), strides=[1, 1, 2, 1], dilations=[1, 1, 1, 2],
                          padding="EXPLICIT", explicit_paddings=[0, 0, 0, 0, 1, 0, 2, 1], data_format="NCHW"),
     (3, 6, 5),
     oracle=swapped(lambda x: raw.Conv2D(
         input=tf.pad(x, [[0, 0], [1, 0], [2, 1], [0, 0]])[:, :, :, :], filter=w("conv", 3, 2, 3, 4),
         strides=[1, 1, 1, 1], dilations=[1, 1, 2, 1], padding="VALID")[:, ::2]))
case("conv2d_computed_kernel", lambda x: raw.Conv2D(
    input=x, filter=raw.FakeQuantWithMinMaxVars(inputs=w("conv", 3, 3, 3, 4), min=-1.0, max=1.0, num_bits=4),
    strides=[1, 1, 1, 1], padding="SAME"), (5, 5, 3))
case("depthwise_computed_kernel", lambda x: raw.DepthwiseConv2dNative(
    input=x, filter=raw.FakeQuantWithMinMaxVars(inputs=w("conv", 3, 3, 3, 2), min=-1.0, max=1.0, num_bits=4),
    strides=[1, 1, 1, 1], padding="VALID"), (5, 5, 3))
case("depthwise_explicit", lambda x: raw.DepthwiseConv2dNative(
    input=x, filter=w("conv", 3, 2, 3, 2), strides=[1, 2, 2, 1], padding="EXPLICIT",
    explicit_paddings=[0, 0, 1, 0, 2, 0, 0, 0]), (6, 5, 3))
case("conv3d_same", lambda x: raw.Conv3D(
    input=x, filter=w("conv", 2, 3, 3, 2, 3), strides=[1, 1, 2, 1, 1], padding="SAME"), (3, 5, 4, 2))


# ------------------------------------------------------------------------- fused

def steps(*ops, **more):
    """The operators that a fused one replaces, behind a product."""
    def apply(y):
        n = y.shape[-1]
        for op in ops:
            if op == "BiasAdd":
                y = raw.BiasAdd(value=y, bias=w("bias", n))
            elif op == "FusedBatchNorm":
                y = raw.FusedBatchNormV3(x=y, scale=w("scale", n), offset=w("offset", n), mean=w("mean", n),
                                         variance=positive("variance", n), epsilon=0.01, is_training=False).y
            elif op == "Add":
                y = y + w("side", *y.shape[1:])[None]
            elif op == "LeakyRelu":
                y = raw.LeakyRelu(features=y, alpha=0.3)
            elif op == "GeluExact":
                y = tf.nn.gelu(y)
            elif op == "GeluApproximate":
                y = tf.nn.gelu(y, approximate=True)
            else:
                y = getattr(raw, op)(**{"x" if op in ("Tanh", "Sigmoid") else "features": y})
        return y
    return apply


def fused_args(y, ops):
    n, args = y[-1], []
    for op in ops:
        if op == "BiasAdd":
            args += [w("bias", n)]
        elif op == "FusedBatchNorm":
            args += [w("scale", n), w("offset", n), w("mean", n), positive("variance", n)]
        elif op == "Add":
            args += [w("side", *y[1:])[None]]
    return args


FUSED = "fused/"


def fused(kind, inputs, ops, args, attributes):
    """A node of a kind that Python has no function for; turn_fused makes it what its name says."""
    meaning = json.dumps([kind, {"fused_ops": ops, "num_args": len(args), **attributes}])
    return tf.raw_ops.IdentityN(input=[*inputs, *args], name=FUSED + meaning.encode().hex())[0]


def turn_fused(definition):
    for node in definition.node:
        if node.name.startswith(FUSED):
            kind, attributes = json.loads(bytes.fromhex(node.name[len(FUSED):]).decode())
            node.op = kind
            node.attr.clear()
            node.attr["T"].type = tf.float32.as_datatype_enum
            for key, v in attributes.items():
                if isinstance(v, list) and isinstance(v[0], str):
                    node.attr[key].list.s.extend(x.encode() for x in v)
                elif isinstance(v, list):
                    node.attr[key].list.i.extend(v)
                elif isinstance(v, str):
                    node.attr[key].s = v.encode()
                else:
                    setattr(node.attr[key], "b" if isinstance(v, bool) else "i" if isinstance(v, int) else "f", v)
            for other in definition.node:
                other.input[:] = [i.replace(node.name, kind) for i in other.input]
            node.name = kind
    return definition


for ops in [("BiasAdd",), ("BiasAdd", "Relu"), ("BiasAdd", "Relu6"), ("BiasAdd", "Elu"), ("BiasAdd", "LeakyRelu"),
            ("BiasAdd", "Tanh"), ("BiasAdd", "Sigmoid"), ("FusedBatchNorm",), ("FusedBatchNorm", "Relu"),
            ("BiasAdd", "Add", "Relu")]:
    word = "_".join(o.lower() for o in ops)
    case("fused_conv2d_" + word,
         lambda x, ops=ops: fused("_FusedConv2D", [x, w("conv", 3, 3, 3, 4)], ops, fused_args((2, 3, 3, 4), ops), {
             "strides": [1, 2, 2, 1], "padding": "SAME", "epsilon": 0.01, "leakyrelu_alpha": 0.3}),
         (5, 6, 3),
         oracle=lambda x, ops=ops: steps(*ops)(raw.Conv2D(
             input=x, filter=w("conv", 3, 3, 3, 4), strides=[1, 2, 2, 1], padding="SAME")))
for ops in [("BiasAdd",), ("BiasAdd", "GeluApproximate"), ("BiasAdd", "GeluExact"), ("BiasAdd", "Relu"), ("BiasAdd", "Add")]:
    case("fused_matmul_" + "_".join(o.lower() for o in ops),
         lambda x, ops=ops: fused("_FusedMatMul", [x, w("matmul", 4, 5)], ops, fused_args((2, 4), ops), {
             "transpose_b": True}), (5,),
         oracle=lambda x, ops=ops: steps(*ops)(tf.matmul(x, w("matmul", 4, 5), transpose_b=True)))
case("fused_depthwise_biasadd_relu6",
     lambda x: fused("_FusedDepthwiseConv2dNative", [x, w("conv", 3, 3, 3, 2)], ("BiasAdd", "Relu6"), [w("bias", 6)], {
         "strides": [1, 1, 1, 1], "padding": "SAME"}), (5, 4, 3),
     oracle=lambda x: steps("BiasAdd", "Relu6")(raw.DepthwiseConv2dNative(
         input=x, filter=w("conv", 3, 3, 3, 2), strides=[1, 1, 1, 1], padding="SAME")))

# ----------------------------------------------------------- batch normalization


def norm(kind, x, n, **options):
    return getattr(raw, kind)(x=x, scale=w("scale", n), offset=w("offset", n), mean=w("mean", n),
                              variance=positive("variance", n), **options)


case("fused_batch_norm", lambda x: norm("FusedBatchNorm", x, 3, is_training=False, epsilon=0.02).y, (4, 5, 3))
case("fused_batch_norm_v2", lambda x: norm("FusedBatchNormV2", x, 3, is_training=False).y, (4, 5, 3))
case("fused_batch_norm_v3", lambda x: norm("FusedBatchNormV3", x, 3, is_training=False, epsilon=0.001)[:3], (4, 5, 3))
case("fused_batch_norm_channels_first",
     lambda x: norm("FusedBatchNormV3", x, 3, is_training=False, data_format="NCHW").y, (3, 4, 5),
     oracle=swapped(lambda x: norm("FusedBatchNormV3", x, 3, is_training=False).y))
case("fused_batch_norm_training",
     lambda x: raw.FusedBatchNormV3(x=x, scale=w("scale", 3), offset=w("offset", 3), mean=tf.zeros(0), variance=tf.zeros(0),
                                    epsilon=0.001, is_training=True)[:3], (4, 5, 3))
case("batch_norm_with_global_normalization", lambda x: tf.nn.batch_normalization(
    x, w("mean", 3), positive("variance", 3), w("offset", 3), w("scale", 3), 0.01), (4, 5, 3))
CASES["batch_norm_with_global_normalization"]["oracle"] = CASES["batch_norm_with_global_normalization"]["build"]

# ----------------------------------------------------------------------- pooling

for h, wide, k, s, padding in [(7, 8, 3, 2, "SAME"), (6, 5, 2, 3, "SAME"), (2, 1, 3, 1, "SAME"), (9, 8, 3, 2, "VALID")]:
    for kind in "MaxPool", "AvgPool":
        case(f"{kind.lower()}_{h}x{wide}_k{k}_s{s}_{padding.lower()}", lambda x, kind=kind, k=k, s=s, padding=padding:
             getattr(raw, kind)(**{"input" if kind == "MaxPool" else "value": x}, ksize=[1, k, k, 1], strides=[1, s, s, 1],
                                padding=padding), (h, wide, 3))
case("maxpool_explicit", lambda x: raw.MaxPool(
    input=x - 5, ksize=[1, 3, 2, 1], strides=[1, 2, 1, 1], padding="EXPLICIT", explicit_paddings=[0, 0, 2, 1, 1, 0, 0, 0]), (6, 5, 3))
case("maxpool_channels_first", lambda x: raw.MaxPool(
    input=x, ksize=[1, 1, 3, 2], strides=[1, 1, 2, 1], padding="SAME", data_format="NCHW"), (3, 6, 5),
    oracle=swapped(lambda x: raw.MaxPool(input=x, ksize=[1, 3, 2, 1], strides=[1, 2, 1, 1], padding="SAME")))
case("maxpool_v2", lambda x: raw.MaxPoolV2(input=x, ksize=[1, 3, 2, 1], strides=[1, 2, 1, 1], padding="SAME"), (6, 5, 3))
case("maxpool3d", lambda x: raw.MaxPool3D(input=x, ksize=[1, 2, 3, 2, 1], strides=[1, 2, 1, 2, 1], padding="SAME"), (3, 5, 4, 2))
case("avgpool3d", lambda x: raw.AvgPool3D(input=x, ksize=[1, 2, 3, 2, 1], strides=[1, 2, 1, 2, 1], padding="SAME"), (3, 5, 4, 2))
case("maxpool_with_argmax", lambda x: raw.MaxPoolWithArgmax(
    input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME").output, (5, 4, 3))

# ------------------------------------------------------- transposed convolutions


def out_sizes(x, *sizes):
    return tf.stack([tf.shape(x)[0], *sizes])


for size, k, s, d, padding in [
        ((8, 10), 3, 2, 1, "SAME"), ((7, 9), 3, 2, 1, "SAME"), ((7, 9), 4, 2, 1, "SAME"), ((10, 11), 3, 2, 1, "VALID"),
        ((9, 12), 3, 2, 1, "VALID"), ((11, 13), 2, 3, 1, "VALID"), ((12, 14), 2, 3, 1, "SAME"), ((4, 5), 3, 1, 1, "SAME")]:
    rows = [-(-n // s) if padding == "SAME" else (n - (k - 1) * d - 1) // s + 1 for n in size]
    case(f"conv2d_transposed_{size[0]}x{size[1]}_k{k}_s{s}_{padding.lower()}",
         lambda x, size=size, k=k, s=s, d=d, padding=padding: raw.Conv2DBackpropInput(
             input_sizes=out_sizes(x, *size, 4), filter=w("conv", k, k, 4, 3), out_backprop=x, strides=[1, s, s, 1],
             dilations=[1, d, d, 1], padding=padding), (*rows, 3))
case("conv2d_transposed_explicit", lambda x: raw.Conv2DBackpropInput(
    input_sizes=[2, 8, 7, 4], filter=w("conv", 3, 3, 4, 3), out_backprop=x, strides=[1, 2, 2, 1], padding="EXPLICIT",
    explicit_paddings=[0, 0, 1, 0, 0, 2, 0, 0]), (4, 4, 3))
case("conv2d_transposed_doubled", lambda x: raw.Conv2DBackpropInput(
    input_sizes=tf.stack([tf.shape(x)[0], 2 * tf.shape(x)[1] - 1, tf.shape(x)[2] * 2, 4]), filter=w("conv", 3, 3, 4, 3),
    out_backprop=x, strides=[1, 2, 2, 1], padding="SAME"), (4, 3, 3))
case("conv3d_transposed", lambda x: raw.Conv3DBackpropInputV2(
    input_sizes=out_sizes(x, 6, 5, 4, 2), filter=w("conv", 3, 2, 2, 2, 3), out_backprop=x, strides=[1, 2, 1, 2, 1],
    padding="SAME"), (3, 5, 2, 3))
case("depthwise_transposed", lambda x: raw.DepthwiseConv2dNativeBackpropInput(
    input_sizes=out_sizes(x, 8, 7, 3), filter=w("conv", 3, 3, 3, 2), out_backprop=x, strides=[1, 2, 2, 1], padding="SAME"), (4, 4, 6))

# ------------------------------------------------------- places within the batch

case("space_to_batch_nd", lambda x: raw.SpaceToBatchND(input=x, block_shape=[2, 3], paddings=[[1, 0], [2, 2]]), (5, 5, 3))
case("space_to_batch_nd_one_axis", lambda x: raw.SpaceToBatchND(input=x, block_shape=[2], paddings=[[0, 1]]), (5, 4))
case("batch_to_space_nd", lambda x: raw.BatchToSpaceND(
    input=raw.SpaceToBatchND(input=x, block_shape=[2, 3], paddings=[[1, 0], [2, 2]]) * w("cell", 3, 3, 3)[None],
    block_shape=[2, 3], crops=[[1, 2], [0, 3]]), (5, 5, 3))
case("space_to_batch", lambda x: raw.BatchToSpace(
    input=tf.nn.relu(raw.SpaceToBatch(input=x, paddings=[[1, 0], [0, 1]], block_size=2)), crops=[[0, 1], [1, 0]], block_size=2),
    (5, 5, 3))
case("atrous_convolution", lambda x: raw.BatchToSpaceND(
    input=raw.Conv2D(input=raw.SpaceToBatchND(input=x, block_shape=[2, 2], paddings=[[2, 3], [2, 2]]),
                     filter=w("conv", 3, 3, 3, 4), strides=[1, 1, 1, 1], padding="VALID"),
    block_shape=[2, 2], crops=[[0, 1], [0, 0]]), (7, 8, 3))
case("atrous_depthwise", lambda x: raw.BatchToSpaceND(
    input=raw.DepthwiseConv2dNative(input=raw.SpaceToBatchND(input=x, block_shape=[2, 2], paddings=[[2, 3], [2, 2]]),
                                    filter=w("conv", 3, 3, 3, 2), strides=[1, 1, 1, 1], padding="VALID"),
    block_shape=[2, 2], crops=[[0, 1], [0, 0]]), (7, 8, 3))
