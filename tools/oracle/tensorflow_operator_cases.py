"""The table of tensorflow_operators.py: what is made of placeholders, and their shapes without the batch.

A case has `build`, `x` (shapes, or a function of the name that makes the inputs), and perhaps
`oracle`, which computes the same where TensorFlow cannot run `build` on a CPU, and `gradient`.
"""

import json

import numpy as np
import tensorflow as tf

from store import generator, normal

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


NODE = "node/"


def node(kind, inputs, attributes):
    """A node of a kind that Python has no function for; turned makes it what its name says."""
    return raw.IdentityN(input=inputs, name=NODE + json.dumps([kind, attributes]).encode().hex())[0]


def fused(kind, inputs, ops, args, attributes):
    return node(kind, [*inputs, *args], {"fused_ops": ops, "num_args": len(args), **attributes})


def turned(definition):
    for node in definition.node:
        if node.name.startswith(NODE):
            kind, attributes = json.loads(bytes.fromhex(node.name[len(NODE):]).decode())
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
                                    epsilon=0.001, is_training=True)[:3], (4, 5, 3), gradient=False)
case("fused_batch_norm_training_running",
     lambda x: norm("FusedBatchNormV3", x, 3, epsilon=0.001, is_training=True, exponential_avg_factor=0.25)[:3], (4, 5, 3),
     gradient=False)
for scaled in True, False:
    case(f"batch_norm_with_global_normalization_{scaled}".lower(),
         lambda x, scaled=scaled: node(
             "BatchNormWithGlobalNormalization", [x, w("mean", 3), positive("variance", 3), w("offset", 3), w("scale", 3)],
             {"variance_epsilon": 0.01, "scale_after_normalization": scaled}), (4, 5, 3),
         oracle=lambda x, scaled=scaled: tf.nn.batch_normalization(
             x, w("mean", 3), positive("variance", 3), w("offset", 3), w("scale", 3) if scaled else None, 0.01))
case("fused_batch_norm_ex",
     lambda x: node("_FusedBatchNormEx", [x, w("scale", 3), w("offset", 3), w("mean", 3), positive("variance", 3), x * 0.5], {
         "epsilon": 0.001, "is_training": False, "activation_mode": "Relu", "num_side_inputs": 1}), (4, 5, 3),
     oracle=lambda x: tf.nn.relu(norm("FusedBatchNormV3", x, 3, is_training=False, epsilon=0.001).y + x * 0.5))

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
for name, size, options in [
        ("maxpool_places", 2, {"padding": "VALID"}), ("maxpool_places_same", 3, {"padding": "SAME", "Targmax": tf.int32}),
        ("maxpool_places_in_the_batch", 2, {"padding": "SAME", "include_batch_in_index": True})]:
    case(name, lambda x, size=size, options=options: [
        pooled := raw.MaxPoolWithArgmax(input=tf.nn.relu(x) - x * 0.1, ksize=[1, size, size, 1], strides=[1, 2, 2, 1], **options),
        [pooled.output, pooled.argmax]][1], (5, 4, 3))

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

# ------------------------------------------------------------------ few bits only

for bits, narrow, low, high in [(8, False, -6.0, 6.0), (4, True, -1.3, 0.7), (3, False, 0.0, 2.0)]:
    case(f"fake_quant_args_{bits}", lambda x, bits=bits, narrow=narrow, low=low, high=high: raw.FakeQuantWithMinMaxArgs(
        inputs=x, min=low, max=high, num_bits=bits, narrow_range=narrow), (4, 5))
for name, low, high, narrow in [
        ("above", 1.0, 5.0, True), ("far_above", 0.5, 0.9, False), ("below", -3.0, -0.5, False), ("far_below", -0.9, -0.8, True),
        ("from_zero", 0.0, 1.3, True)]:
    case("fake_quant_" + name, lambda x, low=low, high=high, narrow=narrow: raw.FakeQuantWithMinMaxArgs(
        inputs=x, min=low, max=high, num_bits=4, narrow_range=narrow), (4, 5))
case("fake_quant_vars_above", lambda x: raw.FakeQuantWithMinMaxVars(inputs=x, min=0.4, max=1.6, num_bits=4), (3, 4, 5))
case("fake_quant_channels_anywhere", lambda x: raw.FakeQuantWithMinMaxVarsPerChannel(
    inputs=x, min=[-0.9, 0.2, -1.5, 0.0], max=[1.6, 0.9, -0.1, 0.0], num_bits=3), (3, 4))
case("fake_quant_uncounted", lambda x: raw.FakeQuantWithMinMaxVars(inputs=x, min=0.0, max=0.0) + x, (3, 4))
case("fake_quant_vars", lambda x: raw.FakeQuantWithMinMaxVars(inputs=x, min=-0.9, max=1.6, num_bits=4), (3, 4, 5))
case("fake_quant_per_channel", lambda x: raw.FakeQuantWithMinMaxVarsPerChannel(
    inputs=raw.BiasAdd(value=raw.AvgPool(value=x, ksize=[1, 2, 2, 1], strides=[1, 1, 1, 1], padding="SAME"), bias=[0.1, 0.0, 0.3]),
    min=[-0.9, -0.5, 0.0], max=[1.6, 0.5, 1.0], num_bits=4), (4, 5, 3))
for version in "V2", "V4":
    case("quantize_and_dequantize_" + version.lower(), lambda x, version=version: getattr(raw, "QuantizeAndDequantize" + version)(
        input=x, input_min=-0.8, input_max=1.1, num_bits=4, range_given=True), (4, 5))
case("quantize_and_dequantize_v3", lambda x: raw.QuantizeAndDequantizeV3(
    input=x, input_min=-1.5, input_max=1.1, num_bits=5, range_given=True), (4, 5))
case("quantize_and_dequantize_unsigned_up", lambda x: raw.QuantizeAndDequantizeV2(
    input=x, input_min=0.0, input_max=1.1, num_bits=3, range_given=True, signed_input=False, round_mode="HALF_UP"), (4, 5))


# ------------------------------------------------------------- numbers made anew

def whole(*shape, low=0, high=5, dtype=np.int32):
    return lambda name: [generator(name).integers(low, high, (2, *shape)).astype(dtype)]


case("one_hot", lambda x: raw.OneHot(indices=x, depth=4, on_value=1.5, off_value=-0.5), whole(3))
case("one_hot_first_axis", lambda x: raw.OneHot(indices=x, depth=4, on_value=1.0, off_value=0.0, axis=1), whole(3, 2))
case("fill", lambda x: x + raw.Fill(dims=[3, 1], value=1.5) * raw.Fill(dims=[4], value=2.0), (3, 4))
case("fill_for_each_image", lambda x: tf.concat([raw.Fill(dims=out_sizes(x, 1, 4), value=0.5), x], 1), (3, 4))
case("token_broadcast_for_each_image", lambda x: tf.concat(
    [raw.BroadcastTo(input=w("token", 1, 1, 4), shape=out_sizes(x, 1, 4)), x], 1), (3, 4))
case("token_tiled_for_each_image", lambda x: tf.concat(
    [raw.Tile(input=w("token", 1, 1, 4), multiples=out_sizes(x, 1, 1)), x], 1), (3, 4))
case("lin_space", lambda x: x * raw.LinSpace(start=-0.5, stop=2.0, num=5), (3, 5))
case("bucketize", lambda x: raw.Bucketize(input=x, boundaries=[-1.0, -0.2, 0.4, 1.0]), (3, 5))

# ----------------------------------------------------- orders and lengths of axes

case("invert_permutation", lambda x: tf.transpose(x, raw.InvertPermutation(x=[0, 2, 3, 1])), (3, 4, 5))
case("invert_permutation_computed", lambda x: raw.InvertPermutation(
    x=tf.math.top_k(-tf.reduce_sum(x, 0), 5).indices), (5,))
case("broadcast_args", lambda x: tf.broadcast_to(x, raw.BroadcastArgs(s0=tf.shape(x), s1=[2, 1, 5])), (3, 1))
CASES["broadcast_args"]["build"] = lambda x: tf.broadcast_to(x, raw.BroadcastArgs(s0=tf.shape(x), s1=[3, 5]))
case("shape_n", lambda x: tf.reshape(x, raw.ShapeN(input=[x, tf.reshape(x, [-1, 4, 3])])[1]), (3, 4))
case("data_format_vec_permute", lambda x: tf.reshape(x, raw.DataFormatVecPermute(x=tf.shape(x))), (3, 4, 5))
case("data_format_dim_map", lambda x: tf.reduce_sum(x, raw.DataFormatDimMap(x=[1, -1])), (3, 4, 5))

# -------------------------------------------------------------------- arithmetic

case("div_whole", lambda x: raw.Div(x=x, y=[3, -2, 4]), whole(3, low=-9, high=10))
case("div_floats", lambda x: raw.Div(x=x, y=[3.0, -2.0, 4.0]), (3,))
case("truncate_div", lambda x: raw.TruncateDiv(x=x, y=[3, -2, 4]), whole(3, low=-9, high=10))
case("xdivy", lambda x: raw.Xdivy(x=tf.nn.relu(x), y=positive("y", 4)), (3, 4))
case("xlogy", lambda x: raw.Xlogy(x=tf.nn.relu(x), y=tf.abs(x)), (3, 4))
case("xlog1py", lambda x: raw.Xlog1py(x=w("y", 4), y=tf.abs(x)), (3, 4))
case("mul_no_nan", lambda x: raw.MulNoNan(x=x, y=[0.0, 1.0, 2.0, 0.0]), (3, 4))
case("inv", lambda x: raw.Inv(x=x), (3, 4))
case("l2_loss", lambda x: raw.L2Loss(t=x) + x, (3, 4))
case("mean_whole", lambda x: raw.Mean(input=x, axis=[1]), whole(6, low=-9, high=10))
case("top_k_old", lambda x: node("TopK", [x], {"k": 3}), (3, 5), oracle=lambda x: tf.math.top_k(x, 3)[0])
case("concat_old", lambda x: raw.Concat(concat_dim=1, values=[x, x * 2.0]), (3, 4))
case("gather_old", lambda x: raw.Gather(params=w("table", 5, 3), indices=x), whole(4))
case("gather_nd", lambda x: raw.GatherNd(params=w("table", 5, 3), indices=tf.stack([x, x // 2], -1)), whole(4))
case("batch_mat_mul_v3", lambda x: raw.BatchMatMulV3(x=x, y=w("y", 3, 5, 4), adj_y=True, Tout=tf.float32), (3, 2, 4))
case("snapshot", lambda x: raw.Snapshot(input=x), (3, 4))
case("cumprod", lambda x: raw.Cumprod(x=x, axis=2), (3, 4))
case("cumprod_exclusive_reverse", lambda x: raw.Cumprod(x=x, axis=1, exclusive=True, reverse=True), (3, 4))

# ---------------------------------------------------------------------- matrices

case("matrix_band_part", lambda x: raw.MatrixBandPart(input=x, num_lower=1, num_upper=-1), (2, 4, 5))
case("matrix_diag_v3", lambda x: raw.MatrixDiagV3(diagonal=x, k=0, num_rows=-1, num_cols=-1, padding_value=0.0), (3, 4))
case("matrix_diag_part_v3", lambda x: raw.MatrixDiagPartV3(input=x, k=0, padding_value=0.0), (3, 4, 2))
for align in "RIGHT_LEFT", "LEFT_RIGHT", "LEFT_LEFT", "RIGHT_RIGHT":
    case("matrix_diag_part_" + align.lower(), lambda x, align=align: raw.MatrixDiagPartV3(
        input=x, k=[-2, 1], padding_value=0.7, align=align), (3, 5))
    case("matrix_diag_" + align.lower(), lambda x, align=align: raw.MatrixDiagV3(
        diagonal=x, k=[-1, 1], num_rows=4, num_cols=3, padding_value=0.7, align=align), (3, 3))
case("matrix_diag_rectangle", lambda x: raw.MatrixDiagV2(diagonal=x, k=1, num_rows=-1, num_cols=6, padding_value=-1.0), (3, 4))
case("matrix_diag_below", lambda x: raw.MatrixDiagV3(diagonal=x, k=-2, num_rows=-1, num_cols=-1, padding_value=0.0), (4,))
case("matrix_diag_part_above", lambda x: raw.MatrixDiagPartV2(input=x, k=2, padding_value=0.0), (3, 4, 5))
case("matrix_set_diag", lambda x, d: raw.MatrixSetDiag(input=x, diagonal=d), (2, 4, 5), (2, 4))
case("matrix_set_diag_band", lambda x: node("MatrixSetDiagV3", [x, 2.0 - x[:, :, :3], tf.constant([-1.0, 1.0])], {}), (3, 4),
     oracle=lambda x: raw.MatrixSetDiagV3(input=tf.ensure_shape(x, (2, 3, 4)), diagonal=2.0 - x[:, :, :3], k=[-1, 1]))
case("matrix_set_diag_v2", lambda x: raw.MatrixSetDiagV2(input=x, diagonal=x[:, 0, :3] * 2.0, k=1), (3, 4))
case("diag", lambda x: raw.Diag(diagonal=tf.reduce_mean(x, 0)), (2, 3), gradient=False)
case("diag_part", lambda x: raw.DiagPart(input=tf.reshape(tf.reduce_mean(x, 0), (2, 3, 2, 3))), (2, 3, 6), gradient=False)
case("cross", lambda x: raw.Cross(a=x, b=tf.reverse(tf.exp(x), [1])), (4, 3))
case("cross_on_channels", lambda x: raw.Cross(
    a=raw.MaxPool(input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID"), b=x[:, 1:3, 1:3]), (4, 4, 3))
case("select_rows_computed", lambda x: raw.Select(condition=tf.reduce_sum(x, [1, 2, 3]) > 0.0, x=raw.MaxPool(
    input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID"), y=x[:, 1:3, 1:3]), (4, 4, 3))
case("select_one_number_a_row", lambda x: raw.Select(condition=x[:, 0] > 0.0, x=x[:, 1], y=x[:, 2]), (3,))
case("reverse_sequence_computed", lambda x: raw.ReverseSequence(
    input=x, seq_lengths=tf.reduce_sum(tf.cast(x[:, :, 0, 0] > 0.0, tf.int64), 1), seq_dim=2, batch_dim=0), (4, 5, 3))
case("reverse_sequence_of_columns", lambda x: raw.ReverseSequence(input=x, seq_lengths=[1, 2, 3], seq_dim=1, batch_dim=2), (4, 3))

# ------------------------------------------------------------------------ images

for kind in "ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic":
    for word, options in [("old", {}), ("corners", {"align_corners": True}), ("centres", {"half_pixel_centers": True})]:
        for size in (7, 9), (3, 2):
            case(f"{kind.lower()}_{word}_{size[0]}x{size[1]}", lambda x, kind=kind, options=options, size=size: getattr(raw, kind)(
                images=x, size=size, **options), (5, 4, 3))
case("resize_to_known_sums", lambda x: raw.ResizeBilinear(
    images=x, size=tf.shape(x)[1:3] * 2 + 1, half_pixel_centers=True), (5, 4, 3))
case("resize_area", lambda x: raw.ResizeArea(images=x, size=(3, 2)), (5, 4, 3))
for kernel in "lanczos3", "triangle", "keyscubic", "gaussian":
    for antialias in True, False:
        case(f"scale_and_translate_{kernel}_{antialias}".lower(), lambda x, kernel=kernel, antialias=antialias: raw.ScaleAndTranslate(
            images=x, size=(3, 7), scale=(3 / 6, 7 / 4), translation=(0.0, 0.0), kernel_type=kernel, antialias=antialias), (6, 4, 3))
for mode in "REFLECT", "SYMMETRIC":
    case("mirror_pad_" + mode.lower(), lambda x, mode=mode: raw.MirrorPad(
        input=x, paddings=[[0, 0], [2, 1], [0, 3], [1, 2]], mode=mode), (4, 5, 3))


def colours(name):
    return [generator(name).uniform(0, 1, (2, 4, 5, 3)).astype(np.float32)]


case("rgb_to_hsv", lambda x: raw.RGBToHSV(images=x), colours)
case("hsv_to_rgb", lambda x: raw.HSVToRGB(images=x), colours)
case("adjust_hue", lambda x: raw.AdjustHue(images=x, delta=0.3), colours)
case("adjust_saturation", lambda x: raw.AdjustSaturation(images=x, scale=1.7), colours)
case("adjust_contrast", lambda x: raw.AdjustContrastv2(images=x, contrast_factor=1.7), colours)

# ------------------------------------------------------------------ codes of weights


def codes(kind, *shape):
    numbers = generator("codes").integers(-100 if kind == tf.qint8 else 0, 100, shape).astype(np.int8)
    return tf.constant(numbers.view(np.uint8 if kind == tf.quint8 else np.int8).view(kind.as_numpy_dtype), kind)


for kind in tf.quint8, tf.qint8:
    for mode in "MIN_COMBINED", "MIN_FIRST", "SCALED":
        case(f"dequantize_{kind.name}_{mode}".lower(), lambda x, kind=kind, mode=mode: x * raw.Dequantize(
            input=codes(kind, 3, 5), min_range=-1.3, max_range=0.9, mode=mode), (3, 5))
case("range_of_fractions", lambda x: x * raw.Range(start=0.5, limit=3.0, delta=0.5), (3, 5))
