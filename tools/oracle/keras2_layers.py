"""Small models as Keras 2 wrote them to .h5, mostly functions of TensorFlow recorded as layers.

    python keras2_layers.py OUT [NAME ...]

TensorFlow still carries a copy of Keras 2.6 (without batch normalization and
preprocessing) as tensorflow.python.keras; it makes the files here. A call of a
TensorFlow function on the symbolic output of a layer becomes a TFOpLambda,
slicing a SlicingOpLambda. Writes k2_NAME.h5 and k2_NAME.npz (see store.py).
"""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from tensorflow.python import keras
from tensorflow.python.keras import backend
from tensorflow.python.keras import layers as L
from tensorflow.python.keras.engine.sequential import Sequential
from tensorflow.python.keras.engine.training import Model
from tensorflow.python.keras.saving import hdf5_format

from store import generator, indexed, make_all, normal, numbered, save

keras.__version__ = "2.6.0"  # what the writer puts into the file
BATCH = 2
CASES = {}


def graph(name, shapes, function, **options):
    shapes = shapes if isinstance(shapes, list) else [shapes]

    def build():
        inputs = [L.Input(s) for s in shapes]
        return Model(inputs, function(*inputs))
    CASES[name] = (build, shapes, options)


def chain(name, shape, layers, **options):
    CASES[name] = (lambda: Sequential([L.InputLayer(shape), *layers()]), [shape], options)


IMAGE = (4, 6, 3)
CONSTANT = normal("constant", (3, 3, 3, 2), 0.3)
for name, function in {
        "times": lambda x: x * 2.0, "rtimes": lambda x: 2.5 * x, "plus": lambda x: x + 1.0, "rsub": lambda x: 1.0 - x,
        "minus_list": lambda x: x - [0.1, 0.2, 0.3], "divide": lambda x: x / 3.0, "neg": lambda x: -x,
        "pow": lambda x: x ** 2.0, "abs": abs, "floordiv": lambda x: x // 2.0, "mod": lambda x: x % 2.0,
        "preprocess": lambda x: tf.subtract(tf.math.truediv(x, 127.5), 1.0), "rdivide": lambda x: 1.0 / (x * x + 1.0),
        "nn_relu": tf.nn.relu, "nn_relu6": tf.nn.relu6, "nn_leaky_relu": tf.nn.leaky_relu, "nn_elu": tf.nn.elu,
        "nn_leaky_relu_alpha": lambda x: tf.nn.leaky_relu(x, alpha=0.1), "nn_selu": tf.nn.selu, "nn_swish": tf.nn.swish,
        "nn_softmax": tf.nn.softmax, "nn_softmax_axis": lambda x: tf.nn.softmax(x, axis=1), "nn_softplus": tf.nn.softplus,
        "nn_log_softmax": tf.nn.log_softmax, "nn_gelu": lambda x: tf.nn.gelu(x, approximate=True), "nn_sigmoid": tf.nn.sigmoid,
        "nn_l2_normalize": lambda x: tf.nn.l2_normalize(x, axis=-1), "math_l2_normalize": lambda x: tf.math.l2_normalize(x, [1, 2]),
        "nn_lrn": lambda x: tf.nn.local_response_normalization(x, depth_radius=1, bias=1.5, alpha=0.3, beta=0.6),
        "exp": tf.exp, "tanh": tf.tanh, "sigmoid": tf.sigmoid, "square": tf.square, "sign": tf.sign, "floor": tf.floor, "round": tf.round,
        "sin": tf.sin, "cos": tf.cos, "erf": tf.math.erf, "math_abs": tf.abs, "negative": tf.negative, "identity": tf.identity,
        "clip": lambda x: tf.clip_by_value(x, -0.5, 1.0), "maximum": lambda x: tf.maximum(x, 0.3), "minimum": lambda x: tf.math.minimum(0.3, x),
        "reshape": lambda x: tf.reshape(x, (-1, 6, 12)), "reshape_flat": lambda x: tf.reshape(x, [-1, 72]),
        "transpose": lambda x: tf.transpose(x, [0, 3, 1, 2]), "transpose_perm": lambda x: tf.transpose(x, perm=(0, 2, 1, 3)),
        "expand_dims": lambda x: tf.expand_dims(x, 1), "squeeze": lambda x: tf.squeeze(tf.expand_dims(x, axis=-1), axis=[-1]),
        "pad": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]]), "pad_value": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], constant_values=1.5),
        "pad_reflect": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], mode="REFLECT"),
        "pad_symmetric": lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], "SYMMETRIC"),
        "reduce_mean": lambda x: tf.reduce_mean(x, axis=[1, 2]), "reduce_mean_keepdims": lambda x: tf.reduce_mean(x, [1, 2], keepdims=True),
        "reduce_sum": lambda x: tf.reduce_sum(x, axis=-1), "reduce_max": lambda x: tf.reduce_max(x, axis=(1, 2)),
        "reduce_min": lambda x: tf.reduce_min(x, axis=1), "reduce_prod": lambda x: tf.reduce_prod(x, axis=-1),
        "reduce_std": lambda x: tf.math.reduce_std(x, axis=-1, keepdims=True), "reduce_variance": lambda x: tf.math.reduce_variance(x, axis=[1, 2]),
        "reduce_logsumexp": lambda x: tf.reduce_logsumexp(x, axis=-1), "norm": lambda x: tf.norm(x, axis=-1), "cumsum": lambda x: tf.cumsum(x, axis=1),
        "split": lambda x: tf.split(x, 3, axis=2), "split_sizes": lambda x: tf.split(x, [1, 3, 2], axis=2), "unstack": lambda x: tf.unstack(x, axis=3),
        "stack": lambda x: tf.stack([x, 2.0 * x], axis=1), "concat": lambda x: tf.concat([x, -x], axis=-1), "tile": lambda x: tf.tile(x, [1, 2, 1, 3]),
        "gather": lambda x: tf.gather(x, [2, 0], axis=3), "reverse": lambda x: tf.reverse(x, axis=[2]), "repeat": lambda x: tf.repeat(x, 2, axis=1),
        "getitem": lambda x: x[:, ::2, 1:-1], "getitem_index": lambda x: x[:, 0], "getitem_ellipsis": lambda x: x[..., 1:],
        "getitem_bgr": lambda x: x[..., ::-1], "getitem_new_axis": lambda x: x[:, tf.newaxis, :, 2], "slice": lambda x: tf.slice(x, [0, 1, 2, 0], [-1, 2, 3, 3]),
        "strided_slice": lambda x: tf.strided_slice(x, [0, 0, 1, 0], [2, 4, 6, 3], [1, 2, 2, 1]),
        "where": lambda x: tf.where(x > 0.0, x, 0.1 * x), "cast": lambda x: tf.cast(tf.cast(x * 10.0, tf.int32), tf.float32),
        "space_to_depth": lambda x: tf.nn.space_to_depth(x, 2), "depth_to_space": lambda x: tf.nn.depth_to_space(tf.concat([x, x, x, x], -1), 2),
        "image_resize": lambda x: tf.image.resize(x, [7, 5]), "image_resize_nearest": lambda x: tf.image.resize(x, (8, 12), method="nearest"),
        "image_resize_bicubic": lambda x: tf.image.resize(x, (8, 9), method="bicubic"),
        "image_per_channel": lambda x: tf.image.rgb_to_grayscale(x), "image_standardize": lambda x: tf.image.per_image_standardization(x),
        "image_central_crop": lambda x: tf.image.crop_to_bounding_box(x, 1, 2, 2, 3), "image_pad": lambda x: tf.image.pad_to_bounding_box(x, 1, 2, 7, 9),
        "image_flip": lambda x: tf.image.flip_left_right(x),
        "nn_max_pool": lambda x: tf.nn.max_pool2d(x, 2, 2, "SAME"), "nn_avg_pool": lambda x: tf.nn.avg_pool2d(x, [3, 3], [2, 2], "SAME"),
        "nn_conv2d": lambda x: tf.nn.conv2d(x, tf.ones((2, 2, 3, 2)) * 0.1, 1, "VALID"),
        "nn_bias_add": lambda x: tf.nn.bias_add(x, [0.1, 0.2, 0.3]), "einsum": lambda x: tf.einsum("bhwc,bhvc->bwv", x, x),
        "matmul_constant": lambda x: tf.matmul(tf.reshape(x, (-1, 72)), tf.ones((72, 2)) * 0.1), "argmax": lambda x: tf.argmax(x, axis=-1),
        "tensordot": lambda x: tf.tensordot(x, tf.ones((3, 2)), 1), "stop_gradient": lambda x: tf.stop_gradient(x) * x,
        "add_n": lambda x: tf.add_n([x, x * x, x]), "shape_reshape": lambda x: tf.reshape(x, [tf.shape(x)[0], -1]),
        "backend_mean": lambda x: backend.mean(x, axis=-1), "backend_l2_normalize": lambda x: backend.l2_normalize(x, axis=-1),
        "backend_resize": lambda x: backend.resize_images(x, 2, 3, "channels_last", "bilinear"),
        "expm1": tf.math.expm1, "erfc": tf.math.erfc, "atan": tf.atan, "asinh": tf.asinh, "sinh": tf.sinh, "cosh": tf.cosh, "ceil": tf.math.ceil, "rint": tf.math.rint,
        "zeros_like": lambda x: tf.zeros_like(x) + x, "ones_like": lambda x: tf.ones_like(x) * x, "argmin": lambda x: tf.argmin(x, axis=2),
        "logical": lambda x: tf.where(tf.logical_or(x < -1.0, tf.logical_not(x <= 1.0)), 0.5 * x, x), "not_equal": lambda x: tf.cast(tf.not_equal(tf.sign(x), 1.0), tf.float32) * x,
        "reduce_any": lambda x: tf.cast(tf.reduce_any(x > 1.0, axis=-1), tf.float32), "reduce_all": lambda x: tf.cast(tf.reduce_all(x < 1.0, axis=[1, 2], keepdims=True), tf.float32),
        "count_nonzero": lambda x: tf.cast(tf.math.count_nonzero(x > 0.0, axis=1), tf.float32), "floordiv_int": lambda x: tf.cast(tf.cast(x * 10.0, tf.int32) // 3, tf.float32),
        "floormod_int": lambda x: tf.cast(tf.cast(x * 10.0, tf.int32) % 3, tf.float32), "divide_int": lambda x: tf.cast(tf.cast(x * 10.0, tf.int32) / 4, tf.float32),
        "top_k": lambda x: tf.add_n([tf.cast(t, tf.float32) for t in tf.math.top_k(x, 2)]), "cumsum_reverse": lambda x: tf.cumsum(x, axis=2, exclusive=True, reverse=True), "roll": lambda x: tf.roll(x, [1, -2], axis=[1, 2]),
        "norm_sum": lambda x: tf.norm(x, ord=1, axis=-1, keepdims=True), "norm_max": lambda x: tf.norm(x, ord=np.inf, axis=2), "euclidean_norm": lambda x: tf.math.reduce_euclidean_norm(x, axis=[1, 2]),
        "reduce_batch": lambda x: x - tf.reduce_max(x, axis=0, keepdims=True), "reduce_nothing_kept": lambda x: x / tf.reduce_sum(x * x), "gather_nested": lambda x: tf.gather(x, [[2, 0], [1, 1]], axis=2),
        "gather_first": lambda x: tf.gather(x, 1, axis=3), "transpose_back": lambda x: tf.transpose(tf.transpose(x, [0, 3, 1, 2]) * 2.0, [0, 2, 3, 1]), "expand_dims_last": lambda x: tf.expand_dims(x, -1),
        "stack_last": lambda x: tf.stack([x, x * x], axis=-1), "unstack_rows": lambda x: tf.unstack(x, axis=1), "split_channels": lambda x: tf.split(x, 3, axis=-1)[1],
        "getitem_negative": lambda x: x[:, -3:-1, ::-2], "getitem_mixed": lambda x: x[:, 1, ..., tf.newaxis, 0:2], "strided_slice_masks": lambda x: tf.strided_slice(x, [0, 1, 0], [0, 3, 2], begin_mask=1, end_mask=1, shrink_axis_mask=2),
        "shape_multiply": lambda x: tf.reshape(x, [tf.shape(x)[0] * tf.shape(x)[1], 18]), "shape_prod": lambda x: tf.reshape(x, [tf.shape(x)[0], tf.reduce_prod(tf.shape(x)[1:])]),
        "shape_stack": lambda x: tf.reshape(x, tf.stack([tf.shape(x)[0], tf.shape(x)[2] // 2, -1])), "shape_concat": lambda x: tf.reshape(x, tf.concat([tf.shape(x)[:1], [9, 8]], axis=0)),
        "shape_divides": lambda x: x / tf.cast(tf.shape(x)[2], tf.float32), "size_divides": lambda x: tf.reduce_sum(x, [1, 2, 3]) / tf.cast(tf.size(x), tf.float32),
        "broadcast_to": lambda x: tf.broadcast_to(x[:, :1], tf.shape(x)) * x, "image_flip_up_down": lambda x: tf.image.flip_up_down(x), "image_grayscale_to_rgb": lambda x: tf.image.grayscale_to_rgb(x[..., :1]),
        "image_central_fraction": lambda x: tf.image.central_crop(x, 0.5), "image_brightness": lambda x: tf.image.adjust_brightness(x, 0.2), "image_contrast": lambda x: tf.image.adjust_contrast(x, 1.5),
        "image_resize_area": lambda x: tf.image.resize(x, [3, 4], method="area"), "image_resize_antialias": lambda x: tf.image.resize(x, [2, 3], antialias=True), "image_resize_lanczos": lambda x: tf.image.resize(x, [6, 9], method="lanczos3"),
        "v1_resize": lambda x: tf.compat.v1.image.resize(x, [7, 5]), "v1_resize_corners": lambda x: tf.compat.v1.image.resize(x, [7, 6], align_corners=True), "v1_resize_nearest": lambda x: tf.compat.v1.image.resize(x, [7, 9], method=1),
        "v1_resize_bilinear": lambda x: tf.compat.v1.image.resize_bilinear(x, [8, 3], align_corners=True), "nn_depthwise": lambda x: tf.nn.depthwise_conv2d(x, CONSTANT[:2, :2], [1, 1, 1, 1], "SAME"),
        "nn_conv2d_strides": lambda x: tf.nn.conv2d(x, CONSTANT, [1, 1, 2, 1], "SAME"), "nn_conv2d_dilations": lambda x: tf.nn.conv2d(x, CONSTANT[:2, :2], 1, "VALID", dilations=[1, 2]),
        "nn_convolution": lambda x: tf.nn.convolution(x, CONSTANT[:2, :2], padding="VALID"), "nn_batch_normalization": lambda x: tf.nn.batch_normalization(x, tf.constant([0.1, 0.2, 0.3]), tf.constant([1.0, 2.0, 3.0]), tf.constant([0.5, 0.0, -0.5]), tf.constant([1.0, 0.7, 1.3]), 1e-2),
        "nn_moments": lambda x: list(tf.nn.moments(x, [1, 2], keepdims=True)), "nn_max_pool_rank4": lambda x: tf.nn.max_pool(x, [1, 2, 3, 1], [1, 2, 1, 1], "VALID"), "nn_softsign": tf.nn.softsign, "nn_silu_beta": lambda x: tf.nn.silu(x, beta=1.5),
        "nn_gelu_exact": lambda x: tf.nn.gelu(x, approximate=False), "activations": lambda x: keras.activations.relu(x, alpha=0.1, max_value=1.2, threshold=0.2), "backend_hard_sigmoid": backend.hard_sigmoid,
        "backend_permute": lambda x: backend.permute_dimensions(x, (0, 2, 1, 3)), "backend_repeat_elements": lambda x: backend.repeat_elements(x, 2, 1),
        "backend_std": lambda x: backend.std(x, axis=[1, 2], keepdims=True), "backend_pad": lambda x: backend.spatial_2d_padding(x, ((1, 0), (2, 1))), "scalar_mul": lambda x: tf.math.scalar_mul(0.3, x),
        "image_patches": lambda x: tf.image.extract_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"), "image_patches_overlap": lambda x: tf.image.extract_patches(x, [1, 3, 2, 1], [1, 1, 2, 1], [1, 1, 1, 1], "SAME"),
        "image_patches_rates": lambda x: tf.image.extract_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 2, 3, 1], "VALID"), "image_crop_or_pad": lambda x: tf.image.resize_with_crop_or_pad(x, 7, 3),
        "range": lambda x: x * tf.cast(tf.range(tf.shape(x)[3]), tf.float32), "range_steps": lambda x: x + tf.cast(tf.range(tf.shape(x)[2], 0, -2), tf.float32),
        "ints_stay": lambda x: tf.cast(tf.maximum(tf.cast(x * 4.0, tf.int32), 1) - 2, tf.float32) * x,
}.items():
    graph("op_" + name, IMAGE, function)
for name, function in {"sqrt": tf.sqrt, "rsqrt": tf.math.rsqrt, "log": tf.math.log, "log1p": tf.math.log1p, "reciprocal": tf.math.reciprocal, "pow_fraction": lambda x: x ** 1.7, "rpow": lambda x: 1.5 ** x,
                       "truncatemod": lambda x: tf.truncatemod(x, 0.7), "acosh": lambda x: tf.acosh(x + 1.0)}.items():
    graph("op_" + name, IMAGE, function, positive=True)
for name, function in {
        "add": lambda a, b: a + b, "subtract": tf.subtract, "multiply": tf.multiply, "matmul": lambda a, b: tf.matmul(a, b, transpose_b=True),
        "concat_inputs": lambda a, b: tf.concat([a, b], 2), "stack_inputs": lambda a, b: tf.stack([a, b], axis=-1),
        "maximum_inputs": tf.maximum, "squared_difference": tf.math.squared_difference, "where_inputs": lambda a, b: tf.where(a > b, a, 2.0 * b),
        "divide_no_nan": tf.math.divide_no_nan, "atan2": tf.atan2, "minimum_inputs": tf.minimum, "pow_inputs": lambda a, b: tf.pow(tf.abs(a), b),
        "mod_inputs": lambda a, b: a % (tf.abs(b) + 0.5), "equal_inputs": lambda a, b: tf.where(tf.equal(tf.sign(a), tf.sign(b)), a, b), "channels": lambda a, b: a * b[:, :, :1] + b[:, :1],
        "tensordot_inputs": lambda a, b: tf.tensordot(a, tf.reduce_sum(b, 0), [[3], [2]])}.items():
    graph("op_" + name, [IMAGE, IMAGE], function)


def residual(x):
    y = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
    y = tf.nn.relu(y + L.Conv2D(4, 1)(x))
    return L.Dense(3, activation="softmax")(tf.reduce_mean(y, [1, 2]))


def shared(a, b):
    tower = L.Conv2D(3, 3, activation="relu", name="tower")
    return L.Concatenate()([L.GlobalAveragePooling2D()(tower(a)), L.GlobalMaxPooling2D()(tower(b))])


def inner_model():
    i = L.Input((6, 6, 3))
    return Model(i, L.Add()([L.Conv2D(4, 3, activation="relu")(i), L.Conv2D(4, 3)(i)]), name="inner")


def shared_submodel(a, b):
    inner = inner_model()
    return L.Dense(3)(L.Flatten()(L.Subtract()([inner(a), inner(b)])))


graph("net_residual", (6, 6, 3), residual)
graph("net_shared_layer", [(6, 6, 3)] * 2, shared)
graph("net_shared_submodel", [(6, 6, 3)] * 2, shared_submodel)
graph("net_two_outputs", (6, 6, 3), lambda x: [L.Flatten()(x), L.Dense(2, activation="softmax")(L.Flatten()(x))])
graph("net_squeeze_excite", (6, 6, 4), lambda x: x * L.Conv2D(4, 1, activation="hard_sigmoid")(
    L.Conv2D(2, 1, activation="relu")(tf.reduce_mean(x, [1, 2], keepdims=True))))
chain("net_cnn", (10, 10, 1), lambda: [
    L.Conv2D(4, 3, activation="relu"), L.MaxPooling2D(), L.Dropout(0.5), L.Flatten(), L.Dense(5, activation="softmax")])
chain("net_no_channel_axis", (10, 12), lambda: [
    L.Reshape((10, 12, 1)), L.Conv2D(2, 3, strides=2), L.LeakyReLU(), L.Flatten(), L.Dense(1, activation="sigmoid")])
chain("net_functional_in_sequential", (6, 6, 3), lambda: [inner_model(), L.Flatten(), L.Dense(3)])
chain("net_sequential_in_sequential", (10, 10, 2), lambda: [
    Sequential([L.InputLayer((10, 10, 2)), L.Conv2D(3, 3), L.ReLU()]), Sequential([L.MaxPooling2D(), L.Flatten()]), L.Dense(3)])
chain("activations", (3, 8), lambda: [
    L.LeakyReLU(alpha=0.2), L.ELU(alpha=0.7), L.PReLU(shared_axes=[1]), L.ThresholdedReLU(theta=0.3), L.Softmax(axis=1)])
chain("relu_all", (3, 8), lambda: [L.ReLU(max_value=2.5, negative_slope=0.1, threshold=0.7)])
chain("convolutions", (9, 9, 4), lambda: [
    L.Conv2D(4, 3, dilation_rate=2, activation="elu"), L.DepthwiseConv2D(3, depth_multiplier=2, activation="selu"),
    L.SeparableConv2D(4, 3, strides=2, padding="same"), L.Conv2DTranspose(3, 3, strides=2, padding="same", activation="tanh")])
chain("convolutions_1d", (12, 3), lambda: [
    L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"), L.SeparableConv1D(4, 3),
    L.ZeroPadding1D(2), L.MaxPooling1D(3, 2, padding="same"), L.UpSampling1D(2), L.Cropping1D(1), L.GlobalMaxPooling1D()])
chain("convolutions_3d", (6, 6, 6, 2), lambda: [
    L.Conv3D(3, 3, activation="relu"), L.ZeroPadding3D(1), L.AveragePooling3D(2), L.UpSampling3D(2),
    L.Conv3DTranspose(2, 2), L.GlobalAveragePooling3D()])
chain("images", (6, 7, 3), lambda: [
    L.ZeroPadding2D(((0, 1), (2, 3))), L.Cropping2D(((1, 0), (0, 2))), L.UpSampling2D(2, interpolation="bilinear"),
    L.AveragePooling2D(3, strides=2, padding="same"), L.Permute((3, 1, 2)), L.Flatten(), L.RepeatVector(2)])
chain("activation_names", (3, 8), lambda: [
    L.Activation(a) for a in ("hard_sigmoid", "exponential", "softplus", "swish", "gelu", "softsign", "linear")])
graph("attention", [(4, 6), (5, 6)], lambda q, v: [L.Attention()([q, v]), L.AdditiveAttention()([q, v])])


class LocallyConnected2D(L.Layer):
    """Written anew (TensorFlow's copy has lost it) after the documentation of Keras 2.6, implementation 1.

    y[n, i, j] = f(patch[n, i, j] . kernel[i * columns + j] + bias[i, j]); a patch is
    flattened as (row, column, channel).
    """

    def __init__(self, filters, kernel_size, strides, activation):
        super().__init__()
        self.options = dict(filters=filters, kernel_size=kernel_size, strides=strides, padding="valid",
                            data_format="channels_last", activation=activation, use_bias=True, implementation=1)

    def build(self, shape):
        o = self.options
        rows, columns = [(n - k) // s + 1 for n, k, s in zip(shape[1:3], o["kernel_size"], o["strides"])]
        size = int(np.prod(o["kernel_size"])) * shape[3]
        self.kernel = self.add_weight("kernel", (rows * columns, size, o["filters"]))
        self.bias = self.add_weight("bias", (rows, columns, o["filters"]))

    def call(self, x):
        o = self.options
        patches = tf.image.extract_patches(x, [1, *o["kernel_size"], 1], [1, *o["strides"], 1], [1] * 4, "VALID")
        rows, columns = self.bias.shape[:2]
        kernel = tf.reshape(self.kernel, (rows, columns, *self.kernel.shape[1:]))
        return tf.keras.activations.get(o["activation"])(tf.einsum("nijp,ijpf->nijf", patches, kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), **self.options}


class LocallyConnected1D(L.Layer):
    """As LocallyConnected2D, of one axis: kernel [steps, size * channels, filters], bias [steps, filters]."""

    def __init__(self, filters, size, stride):
        super().__init__()
        self.options = dict(filters=filters, kernel_size=(size,), strides=(stride,), padding="valid",
                            data_format="channels_last", activation="linear", use_bias=True, implementation=1)

    def build(self, shape):
        (size,), (stride,), filters = (self.options[k] for k in ("kernel_size", "strides", "filters"))
        self.steps = (shape[1] - size) // stride + 1
        self.kernel = self.add_weight("kernel", (self.steps, size * shape[2], filters))
        self.bias = self.add_weight("bias", (self.steps, filters))

    def call(self, x):
        (size,), (stride,) = self.options["kernel_size"], self.options["strides"]
        patches = [tf.reshape(x[:, i * stride:i * stride + size], (-1, 1, self.kernel.shape[1])) for i in range(self.steps)]
        return tf.einsum("nip,ipf->nif", tf.concat(patches, 1), self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), **self.options}


chain("locally_connected_2d", (6, 6, 2), lambda: [LocallyConnected2D(3, (3, 2), (2, 1), "relu")])
chain("locally_connected_1d", (8, 2), lambda: [LocallyConnected1D(3, 3, 2)])


def make(name, out):
    backend.clear_session()
    build, shapes, options = CASES[name]
    model = build()
    rng = generator(name + "/weights")
    model.set_weights([
        (rng.standard_normal(w.shape) * (0.3 if w.ndim < 2 else 1 / np.sqrt(np.prod(w.shape[:-1])))).astype("float32")
        for w in model.get_weights()])
    x = [normal(f"{name}/x{i}", (BATCH, *s)) for i, s in enumerate(shapes)]
    if options.get("positive"):
        x = [np.abs(a) + np.float32(0.3) for a in x]
    tensors = [tf.constant(a) for a in x]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        y = [tf.cast(t, tf.float32) for t in tf.nest.flatten(model(tensors if len(tensors) > 1 else tensors[0], training=False))]
        r = [normal(f"{name}/r{i}", tuple(t.shape)) for i, t in enumerate(y)]
        loss = sum(tf.reduce_sum(a * b) for a, b in zip(y, r))
    try:
        g = [None if t is None else t.numpy() for t in tape.gradient(loss, tensors)]
    except (LookupError, tf.errors.InvalidArgumentError) as e:
        print(f"{name}: no gradient: {type(e).__name__}: {' '.join(str(e).split())[:120]}", flush=True)
        g = []
    path = os.path.join(out, "k2_" + name)
    hdf5_format.save_model_to_hdf5(model, path + ".h5", include_optimizer=False)
    save(path + ".npz", f"tensorflow.python.keras (2.6) of tensorflow {tf.__version__}",
         **indexed("x", x), **numbered("y", [t.numpy() for t in y]), **numbered("r", r), **indexed("g", g))


if __name__ == "__main__":
    make_all(make, CASES)
