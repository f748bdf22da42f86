"""The frozen graphs of tensorflow_zoo.py: one entry a graph, the batch axis left out.

    graph(name, shapes, function)   function gets the placeholders, gives one tensor or several
    op(name, function)              the same for an image [6, 7, 3]

Variables become constants when the graph is frozen. Options:

    dtype, batch          of the placeholders (float32; any)
    positive, integers n, scale, shift    of the random input
    fed                   what else must be fed
    instead               the tensor that is fed in place of a placeholder
    told                  outputs must be told: they are a part of what nothing else reads, or are read themselves
    named                 outputs must be told: other nodes lead nowhere, too
    twin                  a function of the same numbers that TensorFlow can differentiate
    plain                 the function that the numbers come from, where the graph's own are random
    rewrite               from the GraphDef to the one that is written
    numbers               from the written GraphDef to the one that the numbers come from
    v2                    control flow as functions
    text                  written as .pbtxt, too
    no_gradient           TensorFlow has none
    refused               why the file cannot be read
"""

import numpy as np
import tensorflow as tf

from store import normal
from tensorflow_networks import (
    batch_size, batch_size_default, channels_first, conv, deeplab, dense, depthwise, dropout_frozen,
    dropped_unless_used, dynamic_loop, fake_quantized, kept_by_comparing, preprocessed_default, queue_up_to,
    retrained, retrained_twice, unnamed,
    first_channels, flat, flatten_by_batch, fused_norm_switch, gelu_erf, gelu_tanh, global_mean, grouped,
    half_weights, head, inception, is_train, is_train_default, iterator, iterator_pairs, keep_prob,
    keep_prob_default, learning_phase, lenet, loop, mobilenet, norm, old_dropout, old_dropout_fed, queue,
    residual, separable, several_outputs, shape_arithmetic, shape_reduce_prod, spread, squeeze, transformer,
    uint8_pixels, unet, variable, vgg_pixels, with_training)
from tensorflow_rewrites import as_double, as_float, as_half, fuse, fuse_norm, remap, without_shapes

v1 = tf.compat.v1
raw = tf.raw_ops
CASES = {}
IMAGE = (6, 7, 3)


def graph(name, shapes, function, **options):
    if name in CASES:
        raise ValueError("twice: " + name)
    CASES[name] = (function, shapes if isinstance(shapes, list) else [shapes], options)


def op(name, function, **options):
    graph("op_" + name, options.pop("shape", IMAGE), function, **options)


NET = (10, 10, 3)
graph("net_lenet", (20, 20, 1), lenet, text=True)
graph("net_inception", (17, 17, 3), inception)
graph("net_residual", (17, 17, 3), residual)
graph("net_residual_unfused", (17, 17, 3), lambda x: residual(x, False), text=True)
graph("net_mobilenet", (16, 16, 3), mobilenet)
graph("net_squeeze", (19, 19, 3), squeeze)
graph("net_separable", (13, 14, 3), separable)
graph("net_unet", (8, 12, 3), unet)
graph("net_deeplab", (16, 16, 3), deeplab)
graph("net_deeplab_classes", (16, 16, 3), lambda x: tf.argmax(deeplab(x), 3, name="SemanticPredictions"), no_gradient=True)
graph("net_transformer", (12, 12, 3), transformer)
graph("net_transformer_tanh", (12, 12, 3), lambda x: transformer(x, gelu_tanh))
graph("net_channels_first", (3, 14, 14), channels_first)
graph("net_nchw", (3, 17, 15), lambda x: first_channels(x, True), twin=lambda x: first_channels(x, False))
graph("net_nchw_inside", (17, 15, 3), lambda x: first_channels(tf.transpose(x, [0, 3, 1, 2]), True),
      twin=lambda x: first_channels(tf.transpose(x, [0, 3, 1, 2]), False))
graph("net_vgg_pixels", NET, vgg_pixels, positive=True)
for way in "cast", "signed", "image", "resize":
    graph("net_uint8_" + way, NET, lambda x, way=way: uint8_pixels(x, way), dtype="uint8")
graph("net_batch_of_one", NET, lambda x: head(tf.reshape(conv(x, 4), [1, 10 * 10 * 4])), batch=1)
graph("net_batch_of_two", NET, lambda x: head(tf.reshape(conv(x, 4), [2, -1])), batch=2)
graph("net_without_shapes", (14, 14, 3), lenet, rewrite=without_shapes)
graph("net_keep_prob", NET, keep_prob, fed={"keep_prob:0": 1.0})
graph("net_keep_prob_default", NET, keep_prob_default)
graph("net_keep_prob_old", NET, old_dropout_fed, fed={"keep_prob:0": 1.0})
graph("net_dropout_frozen_old", NET, lambda x: dropout_frozen(x, lambda y: old_dropout(y, 0.5)), plain=lambda x: dropout_frozen(x, lambda y: y))
graph("net_dropout_frozen_v1", NET, lambda x: dropout_frozen(x, lambda y: v1.nn.dropout(y, keep_prob=0.6)), plain=lambda x: dropout_frozen(x, lambda y: y))
graph("net_dropout_frozen_v2", NET, lambda x: dropout_frozen(x, lambda y: tf.nn.dropout(y, 0.3)), plain=lambda x: dropout_frozen(x, lambda y: y))
for way, use, value in [("keep_old", old_dropout, 1.0), ("keep", lambda y, p: v1.nn.dropout(y, keep_prob=p), 1.0),
                        ("rate", lambda y, p: tf.nn.dropout(y, rate=p), 0.0), ("rate_old", lambda y, p: old_dropout(y, 1.0 - p), 0.0),
                        ("keep_compared", kept_by_comparing, 1.0)]:
    graph("net_unnamed_" + way, NET, unnamed(use), fed={"Placeholder:0": value})
graph("net_unnamed_flag", NET, unnamed(dropped_unless_used, tf.bool, []), fed={"Placeholder:0": True})
graph("net_unnamed_flag_functional", NET, unnamed(dropped_unless_used, tf.bool, []), fed={"Placeholder:0": True}, v2=True)
graph("net_retrained", NET, retrained)
graph("net_retrained_twice", NET, retrained_twice)
graph("net_image_with_default", NET, preprocessed_default, instead="images:0")
graph("net_batch_size", NET, batch_size, fed={"batch_size:0": 2})
graph("net_batch_size_default", NET, batch_size_default, fed={"batch_size:0": 2})
graph("net_queue_up_to", (8, 8, 3), queue_up_to, instead="batch:1")
graph("net_is_train", NET, is_train, fed={"is_train:0": False})
graph("net_is_train_functional", NET, is_train, fed={"is_train:0": False}, v2=True)
graph("net_is_train_default", NET, is_train_default)
graph("net_learning_phase", NET, learning_phase, fed={"keras_learning_phase:0": False}, text=True)
graph("net_fused_norm_switch", NET, fused_norm_switch, fed={"is_training:0": False})
graph("net_iterator", (8, 8, 3), iterator, instead="IteratorGetNext:0")
graph("net_iterator_pairs", (8, 8, 3), iterator_pairs, instead="IteratorGetNext:0", named=True)
graph("net_queue", (8, 8, 3), queue, instead="batch:0")
for dtype in tf.float16, tf.bfloat16, tf.float64:
    graph("net_weights_" + dtype.name, NET, lambda x, dtype=dtype: half_weights(x, dtype))
graph("net_all_float16", (14, 14, 3), lenet, rewrite=as_half, numbers=as_float)
graph("net_all_float64", (14, 14, 3), lenet, rewrite=as_double, numbers=as_float)
graph("net_fake_quantized", NET, fake_quantized)
graph("net_shape_arithmetic", NET, shape_arithmetic)
graph("net_shape_reduce_prod", NET, shape_reduce_prod)
graph("net_shape_flatten", NET, flatten_by_batch)
graph("net_several_outputs", NET, several_outputs, told=True)
graph("net_with_training", NET, with_training, named=True)
graph("net_remapped", (14, 14, 3), lenet, rewrite=remap)
graph("net_remapped_norm", (17, 17, 3), residual, rewrite=remap)
graph("net_remapped_relu6", NET, lambda x: head(conv(x, 6, 3, 2, activation=tf.nn.relu6)), rewrite=remap)
graph("net_fused_conv", NET, lambda x: head(conv(conv(x, 6, 3, 2), 6, activation=None)), rewrite=fuse)
graph("net_fused_matmul", (20,), lambda x: head(dense(dense(x, 8, tf.nn.relu), 8, tf.nn.elu)), rewrite=fuse)
graph("net_fused_depthwise", NET, lambda x: head(tf.nn.relu6(tf.nn.bias_add(depthwise(x, 2), normal("d", (6,), 0.3)))), rewrite=fuse)
graph("net_fused_norm", NET, lambda x: head(norm(conv(x, 8, activation=None, bias=False))), rewrite=fuse_norm)
graph("net_loop", NET, loop, refused="loop")
graph("net_loop_functional", NET, loop, refused="loop", v2=True)
graph("net_loop_dynamic", NET, dynamic_loop, refused="loop")

# ---- convolutions and pools -------------------------------------------------------------------

for h, w in (7, 8), (10, 9):
    for size in 1, 2, 3, 4, 5:
        for stride in 1, 2, 3:
            if (h, size) in ((10, 1), (10, 4)):
                continue
            graph(f"conv_same_{h}x{w}_k{size}_s{stride}", (h, w, 3), lambda x, k=size, s=stride: conv(x, 4, k, s, activation=None))
graph("conv_same_stride32", (9, 8, 3), lambda x: conv(x, 4, (3, 5), (3, 2), activation=None))
graph("conv_valid_stride", (9, 8, 3), lambda x: conv(x, 4, (3, 2), (2, 3), "VALID"))
for d in 2, 3:
    graph(f"conv_same_dilation{d}", (9, 10, 3), lambda x, d=d: conv(x, 4, 3, dilation=d, activation=None), twin=lambda x, d=d: spread(x, 4, d))
graph("conv_valid_dilation23", (9, 10, 3), lambda x: conv(x, 4, 3, padding="VALID", dilation=(2, 3), activation=None), twin=lambda x: spread(x, 4, (2, 3), "VALID"))
graph("conv_explicit", (7, 8, 3), lambda x: conv(x, 4, 3, 2, [[0, 0], [1, 0], [2, 1], [0, 0]], activation=None))
graph("conv_explicit_large", (7, 8, 3), lambda x: conv(x, 4, 3, 1, [[0, 0], [3, 1], [0, 2], [0, 0]], activation=None))
graph("conv_padded_before", (7, 8, 3), lambda x: conv(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 4, 3, 2, "VALID"))
graph("conv_groups", (7, 8, 4), lambda x: tf.nn.conv2d(x, variable("w", (3, 3, 2, 6)), 1, "SAME"), twin=lambda x: grouped(x, variable("w", (3, 3, 2, 6)), 2))
graph("conv_1d", (12, 3), lambda x: tf.nn.conv1d(x, variable("w", (4, 3, 5)), 2, "SAME"))
graph("conv_3d", (5, 6, 5, 2), lambda x: tf.nn.conv3d(x, variable("w", (3, 3, 3, 2, 3)), [1, 2, 2, 2, 1], "SAME"))
graph("conv_space_to_batch", (9, 10, 3), lambda x: tf.batch_to_space(conv(tf.space_to_batch(x, [2, 2], [[2, 3], [2, 2]]), 4, 3, padding="VALID", activation=None), [2, 2], [[0, 1], [0, 0]]))
graph("conv_space_to_batch_valid", (9, 10, 3), lambda x: tf.batch_to_space(conv(tf.space_to_batch(x, [2, 3], [[0, 1], [0, 2]]), 4, 3, padding="VALID", activation=None), [2, 3], [[0, 1], [0, 2]]))


def space_to_batch_computed(x, rate=(2, 2)):
    """As tf.nn.convolution wrote it when the image's size was not known."""
    base = [[rate[0], rate[0]], [rate[1], rate[1]]]
    pads, crops = v1.required_space_to_batch_paddings(tf.shape(x)[1:3], rate, base)
    return tf.batch_to_space(conv(tf.space_to_batch(x, rate, pads), 4, 3, padding="VALID"), rate, crops)


def space_to_batch_depthwise(x):
    y = depthwise(tf.space_to_batch(x, [2, 2], [[2, 3], [2, 2]]), padding="VALID")
    return tf.batch_to_space(y, [2, 2], [[0, 1], [0, 0]])


graph("conv_space_to_batch_computed", (9, 10, 3), space_to_batch_computed)
graph("conv_space_to_batch_depthwise", (9, 10, 3), space_to_batch_depthwise)
graph("conv_unfused_dilation_bias", (9, 10, 3), lambda x: tf.nn.relu(tf.nn.bias_add(tf.batch_to_space(
    conv(tf.space_to_batch(x, [3, 3], [[3, 6], [3, 5]]), 4, 3, padding="VALID", bias=False, activation=None), [3, 3], [[0, 3], [0, 2]]), normal("b", (4,)))))
for stride, size, padding in (1, 3, "SAME"), (2, 3, "SAME"), (2, 4, "SAME"), (2, 3, "VALID"), (3, 2, "SAME"):
    graph(f"depthwise_{padding.lower()}_k{size}_s{stride}", (7, 8, 3), lambda x, s=stride, k=size, p=padding: depthwise(x, 2, k, s, p))
graph("depthwise_dilation", (9, 8, 3), lambda x: depthwise(x, 1, 3, dilations=(2, 2)))
graph("depthwise_explicit", (7, 8, 3), lambda x: depthwise(x, 1, 3, 2, [[0, 0], [0, 1], [0, 1], [0, 0]]))
for kind in "max", "avg":
    function = {"max": tf.nn.max_pool2d, "avg": tf.nn.avg_pool2d}[kind]
    for size, stride, padding in (2, 2, "VALID"), (2, 2, "SAME"), (3, 2, "SAME"), (3, 2, "VALID"), (3, 1, "SAME"), (2, 3, "SAME"), ((2, 3), (3, 2), "SAME"):
        label = "x".join(map(str, size)) if isinstance(size, tuple) else size
        graph(f"pool_{kind}_{padding.lower()}_k{label}_s{stride if isinstance(stride, int) else '3x2'}", (7, 8, 3),
              lambda x, f=function, k=size, s=stride, p=padding: f(x, k, s, p))
graph("pool_max_explicit", (7, 8, 3), lambda x: tf.nn.max_pool2d(x, 3, 2, [[0, 0], [1, 1], [1, 0], [0, 0]]))
graph("pool_max_v2", (7, 8, 3), lambda x: raw.MaxPoolV2(input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME"))
graph("pool_max_argmax", (6, 8, 3), lambda x: raw.MaxPoolWithArgmax(input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID")[0])
graph("pool_max_3d", (4, 6, 5, 2), lambda x: tf.nn.max_pool3d(x, 2, 2, "SAME"))
graph("pool_avg_3d", (4, 6, 5, 2), lambda x: tf.nn.avg_pool3d(x, 2, 2, "VALID"))
for size, stride, padding, out in (2, 2, "VALID", (6, 8)), (3, 2, "SAME", (6, 8)), (3, 2, "SAME", (5, 7)), (4, 2, "SAME", (6, 8)), (3, 2, "VALID", (7, 9)), (2, 3, "SAME", (9, 12)):
    graph(f"transposed_{padding.lower()}_k{size}_s{stride}_{out[0]}", (3, 4, 3), lambda x, k=size, s=stride, p=padding, o=out:
          tf.nn.conv2d_transpose(x, variable("w", (k, k, 2, 3)), tf.stack([tf.shape(x)[0], *o, 2]), s, p))
graph("transposed_fixed_batch", (3, 4, 3), lambda x: tf.nn.conv2d_transpose(x, variable("w", (3, 3, 2, 3)), [1, 6, 8, 2], 2, "SAME"), batch=1)

# ---- single operators -------------------------------------------------------------------------

for name, function in {
        "relu": tf.nn.relu, "relu6": tf.nn.relu6, "elu": tf.nn.elu, "selu": tf.nn.selu, "leaky_relu": lambda x: tf.nn.leaky_relu(x, 0.1),
        "softplus": tf.nn.softplus, "softsign": tf.nn.softsign, "sigmoid": tf.sigmoid, "tanh": tf.tanh, "swish": lambda x: x * tf.sigmoid(x),
        "hard_swish": lambda x: x * tf.nn.relu6(x + 3.0) * (1 / 6), "gelu_erf": gelu_erf, "gelu_tanh": gelu_tanh,
        "prelu": lambda x: tf.nn.relu(x) + variable("alpha", (3,), 0.3) * (x - tf.abs(x)) * 0.5,
        "leaky_by_maximum": lambda x: tf.maximum(x, x * 0.2), "crelu": tf.nn.crelu, "mish": lambda x: x * tf.tanh(tf.nn.softplus(x)),
        "softmax": tf.nn.softmax, "log_softmax": tf.nn.log_softmax, "softmax_axis": lambda x: tf.nn.softmax(x, 1),
        "softmax_by_hand": lambda x: tf.exp(x - tf.reduce_max(x, -1, keepdims=True)) / tf.reduce_sum(tf.exp(x - tf.reduce_max(x, -1, keepdims=True)), -1, keepdims=True),
        "abs": tf.abs, "neg": tf.negative, "sign": lambda x: tf.sign(x) + x, "floor": lambda x: tf.floor(x) + x, "ceil": lambda x: tf.math.ceil(x) * x,
        "round": lambda x: tf.round(x) * x, "rint": lambda x: tf.math.rint(x) * x, "square": tf.square, "cube": lambda x: tf.pow(x, 3.0), "exp": tf.exp, "expm1": tf.math.expm1, "erf": tf.math.erf,
        "erfc": tf.math.erfc, "sin": tf.sin, "cos": tf.cos, "tan": lambda x: tf.tan(x * 0.4), "sinh": tf.sinh, "cosh": tf.cosh, "atan": tf.atan,
        "asinh": tf.asinh, "sigmoid_by_hand": lambda x: 1 / (1 + tf.exp(-x)), "logistic_log": lambda x: tf.math.log_sigmoid(x),
        "add_v1": lambda x: raw.Add(x=x, y=x * 0.5), "add_constant": lambda x: x + [0.1, 0.2, 0.3], "sub_constant": lambda x: 1.0 - x, "mul_constant": lambda x: x * [[[[2.0]]]], "div_constant": lambda x: x / [3.0, 2.0, 0.5],
        "div_no_nan": lambda x: tf.math.divide_no_nan(x, [2.0, 0.0, 4.0]), "squared_difference": lambda x: tf.math.squared_difference(x, [0.1, 0.2, 0.3]),
        "maximum": lambda x: tf.maximum(x, 0.3), "minimum": lambda x: tf.minimum(x, [0.3, 0.1, -0.2]), "clip": lambda x: tf.clip_by_value(x, -0.5, 1.0), "clip_op": lambda x: raw.ClipByValue(t=x, clip_value_min=-0.5, clip_value_max=1.0),
        "floor_div": lambda x: tf.math.floordiv(x, 0.7) + x, "floor_mod": lambda x: tf.math.floormod(x, 0.7), "atan2": lambda x: tf.atan2(x, [1.0, 2.0, -1.5]),
        "mean": lambda x: tf.reduce_mean(x, [1, 2]), "mean_keep": lambda x: tf.reduce_mean(x, [1, 2], keepdims=True) * x, "mean_channels": lambda x: tf.reduce_mean(x, 3), "mean_negative": lambda x: tf.reduce_mean(x, [-2, -3]),
        "sum": lambda x: tf.reduce_sum(x, [3]), "max": lambda x: tf.reduce_max(x, [1, 2]), "min": lambda x: tf.reduce_min(x, -1), "prod": lambda x: tf.reduce_prod(x, 3), "reduce_none": lambda x: tf.reduce_sum(x, []) * 2.0,
        "logsumexp": lambda x: tf.reduce_logsumexp(x, 3), "euclidean_norm": lambda x: tf.math.reduce_euclidean_norm(x, 3), "std": lambda x: tf.math.reduce_std(x, [1, 2]), "moments": lambda x: tf.nn.moments(x, [1, 2]),
        "l2_normalize": lambda x: tf.nn.l2_normalize(x, 3), "l2_loss": lambda x: tf.nn.l2_loss(x) * tf.ones([2]), "lrn": lambda x: tf.nn.local_response_normalization(x, 1, 1.5, 0.3, 0.6),
        "lrn_default": tf.nn.local_response_normalization, "reshape": lambda x: tf.reshape(x, [-1, 7, 18]), "reshape_channels": lambda x: tf.reshape(x, [-1, 6, 21]), "flatten": flat,
        "transpose": lambda x: tf.transpose(x, [0, 3, 1, 2]), "transpose_swap": lambda x: tf.transpose(x, [0, 2, 1, 3]), "expand_dims": lambda x: tf.expand_dims(x, 1), "expand_dims_last": lambda x: tf.expand_dims(x, -1),
        "squeeze": lambda x: tf.squeeze(tf.reduce_mean(x, [1, 2], keepdims=True), [1, 2]), "squeeze_all": lambda x: tf.squeeze(tf.reduce_mean(x, [1, 2], keepdims=True)),
        "concat_channels": lambda x: tf.concat([x, x * 2.0], 3), "concat_rows": lambda x: tf.concat([x, x * 2.0], 1), "concat_negative": lambda x: tf.concat([x, x * x], -1), "concat_constant": lambda x: tf.concat([x, tf.zeros_like(x)], -2),
        "concat_v1": lambda x: raw.Concat(concat_dim=3, values=[x, x * 3.0]),
        "split": lambda x: tf.split(x, 3, 3), "split_v": lambda x: tf.split(x, [1, 3, 2], 1), "unstack": lambda x: tf.unstack(x, axis=3),
        "stack": lambda x: tf.stack([x, x * 2.0], 1), "stack_last": lambda x: tf.stack([x, x * x], -1), "add_n": lambda x: tf.add_n([x, x * 2.0, tf.sin(x)]), "accumulate": lambda x: raw.AccumulateNV2(inputs=[x, x * 2.0], shape=[None, 6, 7, 3]),
        "slice": lambda x: tf.slice(x, [0, 1, 2, 0], [-1, 3, -1, 2]), "strided": lambda x: x[:, 1:-1, ::2, :], "strided_reverse": lambda x: x[:, ::-1, :, ::-1], "strided_ellipsis": lambda x: x[..., 1:], "strided_new": lambda x: x[:, tf.newaxis, 2, ..., 0],
        "strided_shrink": lambda x: x[:, 1, 2], "reverse": lambda x: tf.reverse(x, [2, -1]), "roll": lambda x: tf.roll(x, [1, -2], [1, 2]),
        "pad": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]]), "pad_channels": lambda x: tf.pad(x, [[0, 0], [0, 0], [0, 0], [1, 2]]), "pad_value": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [1, 0]], constant_values=0.7),
        "pad_reflect": lambda x: tf.pad(x, [[0, 0], [1, 2], [3, 1], [0, 0]], "REFLECT"), "pad_symmetric": lambda x: tf.pad(x, [[0, 0], [2, 1], [1, 3], [0, 0]], "SYMMETRIC"),
        "tile": lambda x: tf.tile(x, [1, 2, 1, 3]), "repeat": lambda x: tf.repeat(x, 2, 1), "broadcast_to": lambda x: tf.broadcast_to(tf.reduce_mean(x, [1, 2], keepdims=True), tf.shape(x)) * x,
        "gather_channels": lambda x: tf.gather(x, [2, 0, 0], axis=3), "gather_rows": lambda x: tf.gather(x, [5, 1], axis=1), "gather_one": lambda x: tf.gather(x, 2, axis=-1), "gather_nd": lambda x: tf.gather_nd(tf.transpose(x, [1, 2, 0, 3]), [[0, 1], [4, 2]]),
        "gather_table": lambda x: tf.gather(normal("table", (8, 3)), tf.cast(tf.clip_by_value(x[:, 0, :, 0] * 3 + 3, 0, 7), tf.int32)), "one_hot": lambda x: tf.one_hot(tf.argmax(x, 3), 3, on_value=2.0, off_value=-1.0) * x,
        "one_hot_axis": lambda x: tf.one_hot(tf.argmax(x[:, 0], 2), 4, axis=1), "arg_max": lambda x: tf.argmax(x, 3), "arg_max_int32": lambda x: tf.argmax(x, -1, output_type=tf.int32), "arg_min": lambda x: tf.argmin(x, 1), "top_k": lambda x: tf.nn.top_k(x, 2),
        "top_k_values": lambda x: tf.nn.top_k(flat(x), 5)[0], "cumsum": lambda x: tf.cumsum(x, 1), "cumsum_reverse": lambda x: tf.cumsum(x, 2, exclusive=True, reverse=True), "cumprod": lambda x: tf.math.cumprod(x, 2),
        "where": lambda x: tf.where(x > 0.2, x * 2.0, -x), "select": lambda x: raw.Select(condition=tf.less(x, 0.0), x=tf.exp(x), y=x + 1.0), "select_scalar": lambda x: tf.where(tf.constant([True, False, True]), x, tf.zeros_like(x)), "logical": lambda x: tf.cast(tf.logical_or(tf.logical_and(x > 0, x < 1), tf.logical_not(x > -1)), tf.float32) * x,
        "compare": lambda x: tf.cast(tf.greater_equal(x, 0.5), tf.float32) + tf.cast(tf.less_equal(x, -0.5), tf.float32) * x, "equal": lambda x: tf.cast(tf.equal(x, tf.reduce_max(x, 3, keepdims=True)), tf.float32) * x, "cast_int": lambda x: tf.cast(tf.cast(x * 4, tf.int32), tf.float32) + x,
        "matmul": lambda x: tf.matmul(flat(x), variable("w", (126, 4))), "matmul_transposed": lambda x: tf.matmul(flat(x), variable("w", (4, 126)), transpose_b=True), "matmul_batches": lambda x: tf.matmul(x, x, transpose_b=True), "matmul_weights": lambda x: tf.matmul(x, variable("w", (1, 6, 3, 4))),
        "matmul_transposed_first": lambda x: tf.matmul(x, variable("w", (1, 6, 7, 4)), transpose_a=True), "batch_matmul_v1": lambda x: raw.BatchMatMul(x=x, y=x, adj_x=True), "einsum_dense": lambda x: tf.einsum("bhwc,cd->bhwd", x, variable("w", (3, 4))), "einsum_attention": lambda x: tf.einsum("bqhd,bkhd->bhqk", x, x * 0.5),
        "einsum_trace": lambda x: tf.einsum("bhwc->bcw", x), "tensordot": lambda x: tf.tensordot(x, variable("w", (3, 4)), 1), "bias_add": lambda x: tf.nn.bias_add(x, normal("b", (3,))), "bias_add_nc": lambda x: tf.nn.bias_add(x, normal("b", (6,)), data_format="NCHW"), "bias_add_v1": lambda x: raw.BiasAddV1(value=x, bias=normal("b", (3,))),
        "space_to_depth": lambda x: tf.nn.space_to_depth(x[:, :, :6], 2), "depth_to_space": lambda x: tf.nn.depth_to_space(tf.concat([x, x, x, x * 2.0], 3), 2), "depth_to_space_nchw": lambda x: tf.nn.depth_to_space(tf.tile(x[..., :1], [1, 1, 1, 4]), 2),
        "extract_patches": lambda x: tf.image.extract_patches(x, [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], "SAME"), "identity_n": lambda x: tf.identity_n([x * 2.0, x + 1.0]), "stop_gradient": lambda x: tf.stop_gradient(x) * x, "prevent_gradient": lambda x: raw.CheckNumerics(tensor=x * 2.0, message="is not a number"),
        "check_asserts": lambda x: asserted(x), "fused_norm_v1": lambda x: raw.FusedBatchNorm(x=x, scale=[1.1, 0.9, 1.2], offset=[0.1, 0.2, 0.3], mean=[0.0, 0.1, -0.1], variance=[0.5, 1.0, 2.0], is_training=False)[0],
        "fused_norm_v2": lambda x: raw.FusedBatchNormV2(x=x, scale=[1.1, 0.9, 1.2], offset=[0.1, 0.2, 0.3], mean=[0.0, 0.1, -0.1], variance=[0.5, 1.0, 2.0], is_training=False, epsilon=0.01)[0],
        "fused_norm_training": lambda x: raw.FusedBatchNormV3(x=x, scale=[1.1, 0.9, 1.2], offset=[0.1, 0.2, 0.3], mean=[], variance=[], is_training=True)[0], "norm_old": lambda x: old_norm(x),
        "fill": lambda x: x + tf.fill([3], 0.5) + tf.zeros([7, 1]), "range": lambda x: x * tf.cast(tf.range(0, 3), tf.float32), "linspace": lambda x: x * tf.linspace(0.5, 1.5, 3), "zeros_like": lambda x: tf.ones_like(x) + x * tf.zeros_like(x) + x, "rank_size": lambda x: x * tf.cast(tf.rank(x) * tf.size(x[0]), tf.float32) * 0.01,
        "shape_n": lambda x: tf.reshape(x, tf.shape_n([x, x])[1]) * 2.0, "meshgrid": lambda x: x + tf.expand_dims(tf.meshgrid(tf.range(7.0), tf.range(6.0))[0], -1) * 0.1, "band_part": lambda x: tf.linalg.band_part(x, 1, 1), "diag": lambda x: tf.matmul(x, tf.linalg.diag([1.0, 2.0, 3.0])),
        "dilation2d": lambda x: tf.nn.dilation2d(x, normal("f", (3, 3, 3), 0.3), [1, 1, 1, 1], "SAME", "NHWC", [1, 1, 1, 1]), "in_top_k": lambda x: tf.cast(tf.math.in_top_k([0, 1], tf.reduce_mean(x, [1, 2]), 2), tf.float32), "invert_permutation": lambda x: tf.transpose(x, tf.math.invert_permutation([0, 2, 3, 1])),
        "crop_and_resize": lambda x: tf.image.crop_and_resize(x, [[0.1, 0.2, 0.8, 0.9], [0.0, 0.0, 1.0, 1.0]], [0, 1], [4, 5]),
        "standardize": lambda x: (x - tf.reduce_mean(x, [1, 2, 3], keepdims=True)) / tf.maximum(tf.math.reduce_std(x, [1, 2, 3], keepdims=True), 0.0787),
        }.items():
    op(name, function)


def asserted(x):
    """Control edges from an assertion."""
    with tf.control_dependencies([v1.assert_equal(tf.shape(x)[1], 6, message="height")]):
        return tf.identity(x * 2.0)


def old_norm(x):
    mean, variance, gamma = np.float32([[0.1, 0.2, 0.3], [0.5, 1.0, 2.0], [1.1, 0.9, 1.2]])
    return tf.nn.batch_normalization(x, mean, variance, None, gamma, 0.01)


for name, function in {"log": tf.math.log, "log1p": tf.math.log1p, "sqrt": tf.sqrt, "rsqrt": tf.math.rsqrt, "reciprocal": tf.math.reciprocal, "pow": lambda x: tf.pow(x, 0.7),
                       "pow_base": lambda x: tf.pow(2.0, x), "acosh": lambda x: tf.acosh(x + 1.0), "lgamma": tf.math.lgamma, "xlogy": lambda x: tf.math.xlogy(x, x), "inv": lambda x: raw.Inv(x=x)}.items():
    op(name, function, positive=True, shift=0.2)
op("split_used", lambda x: tf.split(x, [4, -1], 2)[1], told=True)
op("unstack_rows", lambda x: tf.unstack(x, axis=1)[2], told=True)
op("snapshot", lambda x: raw.Snapshot(input=x * 2.0), twin=lambda x: x * 2.0)
for name, function in {"asin": tf.asin, "acos": tf.acos, "atanh": tf.atanh}.items():
    op(name, function, scale=0.2)
for corners, centers in (False, False), (True, False), (False, True):
    label = "_corners" if corners else "_centers" if centers else ""
    for size in (12, 14), (9, 10), (4, 3), (1, 1):
        for kind, function in ("bilinear", raw.ResizeBilinear), ("nearest", raw.ResizeNearestNeighbor):
            graph(f"resize_{kind}{label}_{size[0]}x{size[1]}", (6, 7, 3), lambda x, f=function, s=size, a=corners, h=centers: f(images=x, size=s, align_corners=a, half_pixel_centers=h))
for corners, centers in (False, False), (True, False), (False, True):
    label = "_corners" if corners else "_centers" if centers else ""
    graph(f"resize_bicubic{label}", (6, 7, 3), lambda x, a=corners, h=centers: raw.ResizeBicubic(images=x, size=[9, 10], align_corners=a, half_pixel_centers=h))
graph("resize_area", (6, 8, 3), lambda x: v1.image.resize_area(x, [3, 4]), no_gradient=True)
graph("resize_twice", (5, 6, 3), lambda x: v1.image.resize_nearest_neighbor(x, tf.shape(x)[1:3] * 2))
graph("resize_v2", (6, 7, 3), lambda x: tf.image.resize(x, [8, 9]))
graph("resize_v2_antialias", (12, 10, 3), lambda x: tf.image.resize(x, [5, 4], antialias=True))
graph("resize_crop", (9, 10, 3), lambda x: tf.image.resize_with_crop_or_pad(x, 6, 12))
graph("central_crop", (8, 8, 3), lambda x: tf.image.central_crop(x, 0.5))
graph("two_inputs", [(6, 7, 3), (6, 7, 3)], lambda a, b: conv(tf.concat([a, b * 2.0], 3), 4))
graph("two_inputs_vector", [(6, 7, 3), (5,)], lambda a, b: head(tf.concat([global_mean(conv(a, 4)), b], 1)))
graph("tokens", (9,), lambda t: head(tf.reduce_mean(tf.nn.embedding_lookup(variable("embedding", (20, 6)), t), 1)), dtype="int32", integers=20)
