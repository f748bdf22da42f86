"""The files of tflite_zoo.py: one entry a file, the batch axis left out.

    lite(name, shapes, function)    function of the inputs, one tensor or several
    op(name, function)              the same for an image [6, 7, 3]

Options are those of tensorflow_cases.py where they mean anything here, and `convert(converter, sample)`, which
sets the converter; sample(i) gives random inputs. `write` makes the bytes in another way.
"""

import numpy as np
import tensorflow as tf

from store import normal

v1 = tf.compat.v1
raw = tf.raw_ops
CASES = {}
IMAGE = (6, 7, 3)
PHOTO = (16, 16, 3)


def lite(name, shapes, function, **options):
    if name in CASES:
        raise ValueError("twice: " + name)
    CASES[name] = (function, shapes if isinstance(shapes, list) else [shapes], options)


def op(name, function, **options):
    lite(name, options.pop("shape", IMAGE), function, **options)


def weight(name, *shape):
    return normal(name, shape, 1 / np.sqrt(max(1, np.prod(shape[:-1]))))


def conv(x, filters, size=3, stride=1, padding="SAME", dilation=1):
    size = size if isinstance(size, tuple) else (size, size)
    kernel = weight(f"conv/{size}/{filters}", *size, x.shape[-1], filters)
    return tf.nn.bias_add(tf.nn.conv2d(x, kernel, stride, padding, dilations=dilation), normal("bias", (filters,), 0.3))


def depthwise(x, multiplier=1, size=3, stride=1, padding="SAME", dilation=1):
    kernel = normal("depthwise", (size, size, x.shape[-1], multiplier), 0.4)
    y = tf.nn.depthwise_conv2d(x, kernel, [1, stride, stride, 1], padding, dilations=[dilation, dilation])
    return tf.nn.bias_add(y, normal("bias", (x.shape[-1] * multiplier,), 0.3))


def dense(x, units):
    return tf.matmul(x, weight(f"dense{units}", x.shape[-1], units)) + normal("dense/bias", (units,), 0.3)


def flat(x):
    return tf.reshape(x, [-1, int(np.prod(x.shape[1:]))])


# ---- convolutions, pools, dense ---------------------------------------------------------------

for size, stride, padding in (1, 1, "SAME"), (3, 1, "SAME"), (3, 2, "SAME"), (4, 2, "SAME"), (2, 3, "SAME"), (5, 3, "SAME"), (3, 1, "VALID"), (3, 2, "VALID"), (1, 2, "SAME"):
    for h, w in (7, 8), (8, 9):
        lite(f"conv_{padding.lower()}_k{size}_s{stride}_{h}x{w}", (h, w, 3), lambda x, k=size, s=stride, p=padding: conv(x, 4, k, s, p))
        if size > 1:
            lite(f"depthwise_{padding.lower()}_k{size}_s{stride}_{h}x{w}", (h, w, 3), lambda x, k=size, s=stride, p=padding: depthwise(x, 1 + k % 2, k, s, p))
lite("conv_stride32", (9, 8, 3), lambda x: conv(x, 4, (3, 5), (3, 2)))
lite("conv_dilation_same", (9, 10, 3), lambda x: conv(x, 4, dilation=2), no_gradient=True)
lite("conv_dilation_valid", (9, 10, 3), lambda x: conv(x, 4, dilation=3, padding="VALID"), no_gradient=True)
lite("conv_groups", (6, 7, 4), lambda x: tf.nn.conv2d(x, weight("grouped", 3, 3, 2, 6), 1, "SAME"), no_gradient=True)
lite("conv_fixed_batch", (6, 7, 3), lambda x: conv(x, 4), batch=1)
lite("conv_space_to_batch", (9, 10, 3), lambda x: tf.batch_to_space(conv(tf.space_to_batch(x, [2, 2], [[2, 3], [2, 2]]), 4, padding="VALID"), [2, 2], [[0, 1], [0, 0]]))
lite("conv_padded", (7, 8, 3), lambda x: conv(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 4, 3, 2, "VALID"))
lite("conv_norm_relu6", (7, 8, 3), lambda x: tf.nn.relu6(tf.nn.batch_normalization(conv(x, 4), *np.float32([[.1, .2, .3, .4], [1, 2, .5, .7], [0, .1, .2, .3], [1, 1.1, .9, .8]]), 1e-3)))
lite("conv_3d", (4, 5, 6, 2), lambda x: tf.nn.conv3d(x, weight("w3", 3, 3, 3, 2, 3), [1, 2, 1, 2, 1], "SAME"))
lite("depthwise_dilation", (9, 10, 3), lambda x: depthwise(x, dilation=2))
lite("depthwise_one_channel", (7, 8, 1), lambda x: depthwise(x, 4))
for activation in "relu", "relu6", "tanh":
    lite(f"conv_{activation}", (6, 7, 3), lambda x, a=getattr(tf.nn, activation): a(conv(x, 4)))
lite("conv_relu_n1_to_1", (6, 7, 3), lambda x: tf.maximum(-1.0, tf.minimum(conv(x, 4), 1.0)))
for size, stride, padding, out in (2, 2, "VALID", (6, 8)), (3, 2, "SAME", (6, 8)), (3, 2, "SAME", (5, 7)), (4, 2, "SAME", (6, 8)), (3, 2, "VALID", (7, 9)), (3, 1, "SAME", (3, 4)):
    lite(f"transposed_{padding.lower()}_k{size}_s{stride}_{out[0]}", (3, 4, 3), lambda x, k=size, s=stride, p=padding, o=out:
         tf.nn.bias_add(tf.nn.conv2d_transpose(x, weight("t", k, k, 2, 3), tf.stack([tf.shape(x)[0], *o, 2]), s, p), [0.1, 0.2]))
for kind, function in ("max", tf.nn.max_pool2d), ("average", tf.nn.avg_pool2d):
    for size, stride, padding in (2, 2, "VALID"), (2, 2, "SAME"), (3, 2, "SAME"), (3, 2, "VALID"), (3, 1, "SAME"), (2, 3, "SAME"):
        lite(f"pool_{kind}_{padding.lower()}_k{size}_s{stride}", (7, 9, 3), lambda x, f=function, k=size, s=stride, p=padding: f(x, k, s, p))
lite("pool_average_relu", (6, 8, 3), lambda x: tf.nn.relu(tf.nn.avg_pool2d(x, 2, 2, "VALID")))
lite("dense", (9,), lambda x: dense(x, 5))
lite("dense_relu", (9,), lambda x: tf.nn.relu(dense(x, 5)))
lite("dense_without_bias", (9,), lambda x: tf.matmul(x, weight("w", 9, 5)))
lite("dense_rank3", (4, 9), lambda x: tf.tensordot(x, weight("w", 9, 5), 1) + normal("b", (5,)))
lite("dense_flattened", (6, 7, 3), lambda x: dense(flat(x), 5))
lite("matmul_both", [(4, 5), (5, 6)], lambda a, b: tf.matmul(a, b))
lite("matmul_transposed", (4, 5), lambda x: tf.matmul(x, x, transpose_b=True))
lite("matmul_adjoint_first", (4, 5), lambda x: tf.matmul(x, x * 0.5, transpose_a=True))
lite("matmul_weights", (2, 4, 5), lambda x: tf.matmul(x, weight("w", 1, 2, 5, 3)))
lite("attention", (5, 8), lambda x: tf.matmul(tf.nn.softmax(tf.matmul(x, x, transpose_b=True) * 0.35), x))
lite("einsum", (5, 8), lambda x: tf.einsum("bnc,cd->bnd", x, weight("w", 8, 4)))

# ---- activations, arithmetic, shapes ----------------------------------------------------------

for name, function in {
        "relu": tf.nn.relu, "relu6": tf.nn.relu6, "relu_n1_to_1": lambda x: tf.maximum(-1.0, tf.minimum(x, 1.0)), "relu_0_to_1": lambda x: tf.clip_by_value(x, 0.0, 1.0), "leaky_relu": lambda x: tf.nn.leaky_relu(x, 0.15), "elu": tf.nn.elu, "tanh": tf.tanh,
        "logistic": tf.sigmoid, "hard_swish": lambda x: x * tf.nn.relu6(x + 3.0) * np.float32(1 / 6), "gelu": tf.nn.gelu, "gelu_tanh": lambda x: tf.nn.gelu(x, approximate=True), "prelu": lambda x: tf.nn.relu(x) + np.float32([[[-0.1, -0.2, 0.3]]]) * tf.nn.relu(-x), "prelu_apart": lambda x: tf.nn.relu(x) - np.float32([0.1, 0.2, -0.3]) * tf.nn.relu(-x),
        "softmax": tf.nn.softmax, "log_softmax": tf.nn.log_softmax, "softmax_axis": lambda x: tf.nn.softmax(x, 1), "l2_normalize": lambda x: tf.nn.l2_normalize(x, 3), "lrn": lambda x: tf.nn.local_response_normalization(x, 1, 1.5, 0.3, 0.6), "swish": tf.nn.swish, "softplus": tf.nn.softplus,
        "exp": tf.exp, "abs": tf.abs, "neg": tf.negative, "square": tf.square, "sin": tf.sin, "cos": tf.cos, "floor": lambda x: tf.floor(x) + x, "ceil": lambda x: tf.math.ceil(x) * x, "round": lambda x: tf.round(x) * x, "sign": lambda x: tf.sign(x) * x * x,
        "add": lambda x: x + np.float32([0.1, 0.2, 0.3]), "add_same": lambda x: x + x * 0.5, "add_relu": lambda x: tf.nn.relu(x + x * x), "add_scalar": lambda x: x + 2.5, "add_rows": lambda x: x + normal("rows", (6, 1, 1)), "sub": lambda x: x - np.float32([0.1, 0.2, 0.3]), "sub_from": lambda x: 1.0 - x,
        "mul": lambda x: x * np.float32([1, 2, 3]), "mul_gate": lambda x: x * tf.sigmoid(tf.reduce_mean(x, [1, 2], keepdims=True)), "div": lambda x: x / np.float32([1, 2, 3]), "div_into": lambda x: 1.0 / (x * x + 1.0), "maximum": lambda x: tf.maximum(x, 0.3), "minimum": lambda x: tf.minimum(x, np.float32([0.3, 0, -1])),
        "squared_difference": lambda x: tf.math.squared_difference(x, np.float32([0.1, 0.2, 0.3])), "floor_div": lambda x: tf.math.floordiv(x, 0.7) + x, "floor_mod": lambda x: tf.math.floormod(x, 0.7), "pow": lambda x: tf.pow(x, 3.0), "add_n": lambda x: tf.add_n([x, x * 2.0, tf.sin(x)]),
        "mean": lambda x: tf.reduce_mean(x, [1, 2]), "mean_keep": lambda x: tf.reduce_mean(x, [1, 2], keepdims=True), "mean_channels": lambda x: tf.reduce_mean(x, 3), "mean_all": lambda x: tf.reduce_mean(x, [1, 2, 3]), "sum": lambda x: tf.reduce_sum(x, [1, 2]), "reduce_max": lambda x: tf.reduce_max(x, [1, 2]),
        "reduce_min": lambda x: tf.reduce_min(x, 3), "reduce_prod": lambda x: tf.reduce_prod(x, 3), "reshape": lambda x: tf.reshape(x, [-1, 7, 18]), "reshape_flat": flat, "reshape_computed": lambda x: tf.reshape(x, tf.stack([tf.shape(x)[0], tf.shape(x)[1] * tf.shape(x)[2], 3])),
        "squeeze": lambda x: tf.squeeze(tf.reduce_mean(x, [1, 2], keepdims=True), [1, 2]), "expand_dims": lambda x: tf.expand_dims(x, 1) * 2.0, "transpose": lambda x: tf.transpose(x, [0, 3, 1, 2]), "transpose_swap": lambda x: tf.transpose(x, [0, 2, 1, 3]),
        "concat": lambda x: tf.concat([x, x * 2.0], 3), "concat_rows": lambda x: tf.concat([x, x * x], 1), "concat_negative": lambda x: tf.concat([x, tf.sin(x), x * 3.0], -1), "pack": lambda x: tf.stack([x, x * 2.0], 1), "pack_last": lambda x: tf.stack([x, tf.sin(x)], -1),
        "unpack": lambda x: tf.unstack(x, axis=3), "split": lambda x: tf.split(x, 3, 3), "split_v": lambda x: tf.split(x, [1, 3, 2], 1), "slice": lambda x: tf.slice(x, [0, 1, 2, 0], [-1, 3, -1, 2]), "strided_slice": lambda x: x[:, 1:-1, ::2, :], "strided_slice_shrink": lambda x: x[:, 1, 2:, 0],
        "strided_slice_reverse": lambda x: x[:, ::-1, :, 1:], "strided_slice_new": lambda x: x[:, tf.newaxis, 2:], "strided_slice_offset": lambda x: x[..., -2:], "reverse": lambda x: tf.reverse(x, [2]), "tile": lambda x: tf.tile(x, [1, 2, 1, 3]), "broadcast_to": lambda x: tf.broadcast_to(tf.reduce_mean(x, [1, 2], keepdims=True), tf.shape(x)) * x,
        "pad": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]]), "pad_channels": lambda x: tf.pad(x, [[0, 0], [0, 0], [0, 0], [1, 2]]), "pad_v2": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [1, 0]], constant_values=0.7), "mirror_pad_reflect": lambda x: tf.pad(x, [[0, 0], [1, 2], [3, 1], [0, 0]], "REFLECT"),
        "mirror_pad_symmetric": lambda x: tf.pad(x, [[0, 0], [2, 1], [1, 3], [0, 0]], "SYMMETRIC"), "gather": lambda x: tf.gather(x, [2, 0, 0], axis=3), "gather_rows": lambda x: tf.gather(x, [5, 1], axis=1), "gather_one": lambda x: tf.gather(x, 1, axis=3), "gather_nd": lambda x: tf.gather_nd(tf.transpose(x, [1, 2, 0, 3]), [[0, 1], [4, 2]]),
        "space_to_depth": lambda x: tf.nn.space_to_depth(x[:, :, :6], 2), "depth_to_space": lambda x: tf.nn.depth_to_space(tf.concat([x, x, x, x * 2.0], 3), 2), "arg_max": lambda x: tf.argmax(x, 3), "arg_min": lambda x: tf.argmin(x, 1, output_type=tf.int32), "top_k": lambda x: tf.nn.top_k(x, 2), "one_hot": lambda x: tf.one_hot(tf.argmax(x, 3), 3, 2.0, -1.0) * x,
        "cumsum": lambda x: tf.cumsum(x, 1), "cumsum_reverse": lambda x: tf.cumsum(x, 2, exclusive=True, reverse=True), "select": lambda x: tf.where(x > 0.2, x * 2.0, -x), "select_broadcast": lambda x: tf.where(x[..., :1] > 0.0, x, x * 0.1), "compare": lambda x: tf.cast(tf.greater_equal(x, 0.5), tf.float32) + tf.cast(tf.less(x, -0.5), tf.float32) * x,
        "logical": lambda x: tf.cast(tf.logical_or(tf.logical_and(x > 0, x < 1), tf.logical_not(x > -1)), tf.float32) * x, "equal": lambda x: tf.cast(tf.equal(x, tf.reduce_max(x, 3, keepdims=True)), tf.float32) * x, "cast": lambda x: tf.cast(tf.cast(x * 4, tf.int32), tf.float32) + x, "fill": lambda x: x + tf.fill([tf.shape(x)[2], 1], 0.5),
        "range": lambda x: x * tf.cast(tf.range(0, tf.shape(x)[3]), tf.float32), "zeros_like": lambda x: tf.zeros_like(x) + x, "batch_norm_apart": lambda x: x * np.float32([1, 2, 3]) + np.float32([0.1, 0.2, 0.3]), "layer_norm": lambda x: tf.nn.batch_normalization(x, *tf.nn.moments(x, [3], keepdims=True), np.float32([0.1, 0.2, 0.3]), np.float32([1, 2, 3]), 1e-3),
        "dynamic_update": lambda x: tf.tensor_scatter_nd_update(tf.transpose(x, [1, 0, 2, 3]), [[1]], tf.transpose(x, [1, 0, 2, 3])[2:3] * 2.0), "rank": lambda x: x * tf.cast(tf.rank(x), tf.float32),
        }.items():
    op(name, function)
for name, function in {"log": tf.math.log, "sqrt": tf.sqrt, "rsqrt": tf.math.rsqrt, "pow_fraction": lambda x: tf.pow(x, 0.7)}.items():
    op(name, function, positive=True, shift=0.2)
for corners, centers in (False, False), (True, False), (False, True):
    label = "_corners" if corners else "_centers" if centers else ""
    for size in (12, 14), (9, 10), (4, 3):
        for kind, function in ("bilinear", raw.ResizeBilinear), ("nearest", raw.ResizeNearestNeighbor):
            lite(f"resize_{kind}{label}_{size[0]}x{size[1]}", IMAGE, lambda x, f=function, s=size, a=corners, h=centers: f(images=x, size=s, align_corners=a, half_pixel_centers=h))
lite("two_inputs", [IMAGE, IMAGE], lambda a, b: conv(tf.concat([a, b * 2.0], 3), 4))
lite("two_outputs", IMAGE, lambda x: [tf.nn.softmax(dense(flat(x), 4)), conv(x, 3)])
lite("tokens", (9,), lambda t: dense(tf.reduce_mean(tf.gather(normal("table", (20, 6)), t), 1), 3), dtype="int32", integers=20)
lite("uint8_pixels", IMAGE, lambda x: conv(tf.cast(x, tf.float32) / 255.0, 4), dtype="uint8")

# ---- networks, in float and quantized ---------------------------------------------------------


def network(x):
    y = tf.nn.relu6(conv(x, 16, 3, 2))
    z = tf.nn.relu6(depthwise(y))
    y = y + conv(z, 16, 1)
    y = tf.nn.relu(conv(tf.concat([tf.nn.max_pool2d(y, 2, 2, "SAME"), tf.nn.avg_pool2d(y, 2, 2, "SAME")], 3), 24, 3))
    y = dense(tf.reduce_mean(y, [1, 2]), 64)
    return tf.nn.softmax(dense(tf.nn.relu(y), 10))


def segmenting(x):
    y = tf.nn.relu(conv(x, 8, 3, 2))
    y = tf.nn.leaky_relu(tf.nn.conv2d_transpose(y, weight("up", 3, 3, 6, 8), tf.stack([tf.shape(x)[0], 16, 16, 6]), 2, "SAME"), 0.2)
    y = tf.image.resize(tf.nn.avg_pool2d(y, 2, 2, "VALID"), [16, 16]) * tf.sigmoid(y)
    return conv(tf.pad(y, [[0, 0], [1, 1], [1, 1], [0, 0]]), 3, 3, 1, "VALID")


def float16(converter, sample):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]


def dynamic_range(converter, sample):
    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def integers(kind=None, per_channel=True, wide=False):
    def convert(converter, sample):
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: (sample(i) for i in range(100))
        converter.target_spec.supported_ops = [tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8 if wide else tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter._experimental_disable_per_channel = not per_channel
        if kind:
            converter.inference_input_type = converter.inference_output_type = kind
    return convert


def quantized_as_trained(function, shapes, options):
    """The old way: a graph with nodes of FakeQuant, made uint8 by TensorFlow 1's converter."""
    def quant(x, low, high):
        return tf.quantization.fake_quant_with_min_max_vars(x, low, high)
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [1, *shapes[0]], "input")
        kernel = quant(tf.constant(weight("conv/(3, 3)/8", 3, 3, 3, 8)), -0.6, 0.6)
        y = quant(tf.nn.relu6(tf.nn.conv2d(quant(x, -1.0, 1.0), kernel, 2, "SAME") + normal("b", (8,), 0.3)), 0.0, 6.0)
        y = quant(tf.nn.avg_pool2d(y, 8, 8, "VALID"), 0.0, 6.0)
        y = tf.reshape(y, [1, 8])
        kernel = quant(tf.constant(weight("dense5", 8, 5)), -1.2, 1.2)
        y = quant(tf.matmul(y, kernel) + normal("c", (5,), 0.3), -4.0, 4.0)
        y = tf.nn.softmax(y)
        with v1.Session() as session:
            converter = v1.lite.TFLiteConverter.from_session(session, [x], [y])
            converter.inference_type = tf.uint8
            converter.quantized_input_stats = {"input": (127.5, 127.5)}
            return converter.convert()


def as_trained(x):
    y = tf.nn.relu6(tf.nn.conv2d(x, weight("conv/(3, 3)/8", 3, 3, 3, 8), 2, "SAME") + normal("b", (8,), 0.3))
    return tf.nn.softmax(tf.matmul(tf.reshape(tf.nn.avg_pool2d(y, 8, 8, "VALID"), [-1, 8]), weight("dense5", 8, 5)) + normal("c", (5,), 0.3))


def flex(converter, sample):
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]


def custom(converter, sample):
    converter.allow_custom_ops = True


for name, function in ("net", network), ("segment", segmenting):
    lite(name + "_float", PHOTO, function)
    lite(name + "_float16", PHOTO, function, convert=float16)
    lite(name + "_dynamic", PHOTO, function, convert=dynamic_range)
    lite(name + "_int8", PHOTO, function, convert=integers())
    lite(name + "_int8_inout", PHOTO, function, convert=integers(tf.int8))
    lite(name + "_uint8_inout", PHOTO, function, convert=integers(tf.uint8))
    lite(name + "_int8_per_tensor", PHOTO, function, convert=integers(per_channel=False))
    lite(name + "_int16", PHOTO, function, convert=integers(wide=True))
lite("net_uint8_as_trained", PHOTO, as_trained, write=quantized_as_trained, batch=1)
for name, function in {
        "conv": lambda x: conv(x, 4), "conv_relu": lambda x: tf.nn.relu(conv(x, 4, 3, 2)), "depthwise": lambda x: depthwise(x, 2), "dense": lambda x: dense(flat(x), 5), "transposed": lambda x: tf.nn.conv2d_transpose(x, weight("t", 3, 3, 2, 3), tf.stack([tf.shape(x)[0], 12, 14, 2]), 2, "SAME"),
        "add": lambda x: x + x * 0.5, "mul": lambda x: x * tf.sigmoid(x), "concat": lambda x: tf.concat([x, tf.nn.relu(x)], 3), "average": lambda x: tf.nn.avg_pool2d(x, 2, 2, "SAME"), "max": lambda x: tf.nn.max_pool2d(x, 2, 2, "SAME"), "mean": lambda x: tf.reduce_mean(x, [1, 2]),
        "softmax": tf.nn.softmax, "logistic": tf.sigmoid, "tanh": tf.tanh, "leaky_relu": lambda x: tf.nn.leaky_relu(x, 0.2), "hard_swish": lambda x: x * tf.nn.relu6(x + 3.0) * np.float32(1 / 6), "pad": lambda x: tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), "resize": lambda x: tf.image.resize(x, [12, 14]),
        "gelu": tf.nn.gelu, "l2_normalize": lambda x: tf.nn.l2_normalize(x, 3), "matmul": lambda x: tf.matmul(x, x, transpose_b=True), "split": lambda x: tf.split(x, 3, 3), "transpose": lambda x: tf.transpose(x, [0, 3, 1, 2]), "strided_slice": lambda x: x[:, 1:4, ::2], "maximum": lambda x: tf.maximum(x, 0.2),
        }.items():
    op("int8_" + name, function, convert=integers(tf.int8))
lite("if", IMAGE, lambda x: tf.cond(tf.reduce_sum(x) > 0, lambda: x * 2.0, lambda: x + 1.0), refused="depends on the numbers")
lite("while", IMAGE, lambda x: tf.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t * 0.9 + 0.1), [tf.constant(0), x])[1], refused="loop")
lite("flex", IMAGE, lambda x: tf.math.lgamma(tf.abs(x) + 1.0), convert=flex, refused="an operator of TensorFlow")
lite("custom", IMAGE, lambda x: tf.math.lgamma(tf.abs(x) + 1.0), convert=custom, refused="a custom operator")
