"""Small TensorFlow Lite files, an operator or a small network each, with what the interpreter makes of them.

    python tflite_ops.py OUT [NAME …]

Writes NAME.tflite and NAME.npz (see store.py). Outputs are the interpreter's (without
XNNPACK); gradients are TensorFlow's of the function that was converted. Names
that begin with q_ are quantized: their outputs are real numbers (dequantized), their inputs the
stored integers, and there are no gradients. Constants come from fixed seeds.
"""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from store import generator, indexed, make_all, normal, numbered, save

CASES = {}
IMAGE = (6, 7, 4)


def case(name, *shapes, batch=2, positive=False, scale=1.0):
    """Registers a function of tensors; shapes are without the batch, which the file leaves open if it is 2."""
    def register(fn):
        CASES[name] = dict(fn=fn, shapes=shapes or (IMAGE,), batch=batch, positive=positive, scale=scale)
        return fn
    return register


def const(name, *shape, scale=0.4):
    return tf.constant(normal("const/" + name, shape, scale))


def simple(name, fn, *shapes, **kw):
    case(name, *shapes, **kw)(fn)


for padding in ("SAME", "VALID"):
    for stride in (1, 2):
        simple(f"conv_{padding.lower()}_{stride}", lambda x, p=padding, s=stride: tf.nn.bias_add(
            tf.nn.conv2d(x, const("k", 3, 3, 4, 5), s, p), const("b", 5)))
        simple(f"depthwise_{padding.lower()}_{stride}", lambda x, p=padding, s=stride: tf.nn.bias_add(
            tf.nn.depthwise_conv2d(x, const("d", 3, 3, 4, 2), [1, s, s, 1], p), const("db", 8)))
        simple(f"max_pool_{padding.lower()}_{stride}", lambda x, p=padding, s=stride: tf.nn.max_pool2d(x, [3, 2], s, p))
        simple(f"average_pool_{padding.lower()}_{stride}", lambda x, p=padding, s=stride: tf.nn.avg_pool2d(x, [3, 2], s, p))
    simple(f"transpose_conv_{padding.lower()}", lambda x, p=padding: tf.nn.conv2d_transpose(
        x, const("t", 3, 3, 5, 4), [1, 12 if p == "SAME" else 13, 14 if p == "SAME" else 15, 5], 2, p), batch=1)
simple("conv_dilated", lambda x: tf.nn.conv2d(x, const("k", 3, 3, 4, 5), 1, "SAME", dilations=2), (9, 8, 4))
simple("conv_grouped", lambda x: tf.nn.conv2d(x, const("kg", 3, 3, 2, 6), 1, "SAME"))
simple("depthwise_dilated", lambda x: tf.nn.depthwise_conv2d(x, const("d1", 3, 3, 4, 1), [1, 1, 1, 1], "SAME", dilations=[2, 2]), (9, 8, 4))
for activation in (tf.nn.relu, tf.nn.relu6, tf.nn.tanh, lambda x: tf.clip_by_value(x, -1.0, 1.0)):
    n = getattr(activation, "__name__", "x").strip("<>")
    simple(f"conv_fused_{n}", lambda x, f=activation: f(tf.nn.bias_add(tf.nn.conv2d(x, const("k", 3, 3, 4, 5), 1, "SAME"), const("b", 5))), scale=3.0)
simple("fully_connected", lambda x: tf.nn.relu(tf.matmul(x, const("fc", 6, 5)) + const("fb", 5)), (6,))
simple("fully_connected_flatten", lambda x: tf.matmul(tf.reshape(x, [-1, 168]), const("ff", 168, 5)))
simple("fully_connected_keep", lambda x: tf.tensordot(x, const("fk", 4, 5), 1) + const("fb", 5))
simple("batch_matmul", lambda x, y: tf.matmul(x, y), (3, 4, 5), (3, 5, 2))
simple("batch_matmul_adjoint", lambda x, y: tf.matmul(x, y, transpose_a=True, transpose_b=True), (3, 5, 4), (3, 2, 5))
for op in ("add", "subtract", "multiply", "divide", "maximum", "minimum"):
    f = getattr(tf.math, op)
    simple(f"{op}_images", lambda x, y, f=f: f(x, tf.abs(y) + 0.5), IMAGE, IMAGE)
    simple(f"{op}_constant", lambda x, f=f: f(x, const("c", 4) + 2.0))
    simple(f"{op}_channels_of_batch", lambda x, y, f=f: f(x, tf.abs(y) + 0.5), IMAGE, (1, 1, 4))
simple("squared_difference", tf.math.squared_difference, IMAGE, IMAGE)
simple("pow_constant", lambda x: tf.pow(x, 1.7), positive=True)
simple("add_n", lambda x, y, z: tf.add_n([x, y, z]), IMAGE, IMAGE, IMAGE)
for op in ("softmax", "log_softmax", "sigmoid", "tanh", "relu", "relu6", "elu", "leaky_relu"):
    simple(op, getattr(tf.nn, op), scale=3.0)
simple("softmax_rows", tf.nn.softmax, (7,))
simple("softmax_times", lambda x: tf.nn.softmax(x * 2.0), (7,))
simple("hard_swish", lambda x: x * tf.nn.relu6(x + 3.0) * (1 / 6), scale=3.0)
simple("gelu", lambda x: tf.nn.gelu(x), scale=2.0)
simple("gelu_approximate", lambda x: tf.nn.gelu(x, approximate=True), scale=2.0)
simple("swish", tf.nn.silu, scale=2.0)
simple("prelu", lambda x: tf.nn.relu(x) + const("alpha", 1, 1, 4) * -tf.nn.relu(-x))
for op in ("exp", "log", "sqrt", "rsqrt", "square", "abs", "negative", "sin", "cos", "floor", "ceil", "round", "sign"):
    simple(op, getattr(tf.math, op), positive=op in ("log", "sqrt", "rsqrt"))
for op in ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"):
    f = getattr(tf.math, op)
    simple(f"where_{op}", lambda x, y, f=f: tf.where(f(x, y), x, 2.0 * y), IMAGE, IMAGE)
simple("logical", lambda x, y: tf.where(tf.logical_or(tf.logical_and(x > 0.0, y > 0.0), tf.logical_not(x < y)), x, y), IMAGE, IMAGE)
simple("select_broadcast", lambda x: tf.where(x > 0.0, x, 0.5))
simple("reshape", lambda x: tf.reshape(x, [-1, 3, 2, 28]))
simple("reshape_flat", lambda x: tf.reshape(x, [tf.shape(x)[0], -1]))
simple("reshape_fixed", lambda x: tf.nn.relu(tf.reshape(x, [1, 42, 4])), batch=1)
simple("squeeze", lambda x: tf.squeeze(tf.reduce_mean(x, [1, 2], keepdims=True), [1, 2]))
simple("expand_dims", lambda x: tf.expand_dims(x, 2))
simple("transpose", lambda x: tf.transpose(x, [0, 3, 1, 2]))
simple("transpose_places", lambda x: tf.transpose(x, [0, 2, 1, 3]))
simple("pad", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 0]]))
simple("pad_value", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 1]], constant_values=1.5))
simple("pad_reflect", lambda x: tf.pad(x, [[0, 0], [1, 2], [2, 3], [0, 0]], "REFLECT"))
simple("pad_symmetric", lambda x: tf.pad(x, [[0, 0], [1, 2], [2, 3], [0, 0]], "SYMMETRIC"))
simple("pad_conv", lambda x: tf.nn.conv2d(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), const("k", 3, 3, 4, 5), 2, "VALID"))
simple("concatenation", lambda x, y: tf.concat([x, y, const("cc", 1, 6, 7, 2)], -1), IMAGE, IMAGE, batch=1)
simple("concatenation_rows", lambda x, y: tf.concat([x, y], 1), IMAGE, IMAGE)
simple("split", lambda x: tf.split(x, 2, -1)[1] * tf.split(x, 2, -1)[0])
simple("split_sizes", lambda x: tf.split(x, [1, 3], -1)[1])
simple("pack", lambda x, y: tf.stack([x, y], 1), IMAGE, IMAGE)
simple("unpack", lambda x: tf.unstack(x, axis=2)[1] * tf.unstack(x, axis=2)[0], (3, 2, 4))
simple("slice", lambda x: tf.slice(x, [0, 1, 2, 0], [-1, 3, 4, 2]))
simple("strided_slice", lambda x: x[:, 1::2, ::-1, 1])
simple("strided_slice_new_axis", lambda x: x[:, tf.newaxis, 2, ..., 1:3])
simple("gather", lambda x: tf.gather(x, [2, 0, 0], axis=3))
simple("gather_rows", lambda x: tf.gather(x, [2, 0, 5, 1], axis=1))
simple("gather_nd", lambda x: tf.gather_nd(x, [[[1, 2], [0, 3]], [[3, 3], [2, 0]]], batch_dims=0), (4,), batch=4)
simple("tile", lambda x: tf.tile(x, [1, 2, 1, 3]))
simple("broadcast_to", lambda x: tf.broadcast_to(x, [1, 6, 5, 4]), (6, 1, 4), batch=1)
simple("zeros_like", lambda x: tf.zeros_like(x) + x * 2.0)
simple("top_k", lambda x: tf.math.top_k(x, 3)[0], (9,))
simple("arg_max", lambda x: tf.argmax(x, -1), (9,))
simple("arg_min", lambda x: tf.argmin(x, 1))
simple("one_hot", lambda x: tf.one_hot(tf.argmax(x, -1), 9) * x, (9,))
for op in ("mean", "sum", "max", "min", "prod"):
    f = getattr(tf.math, "reduce_" + op)
    simple(f"reduce_{op}", lambda x, f=f: f(x, [1, 2]))
    simple(f"reduce_{op}_keep", lambda x, f=f: f(x, [3], keepdims=True))
simple("global_average", lambda x: tf.nn.conv2d(tf.reduce_mean(x, [1, 2], keepdims=True), const("k1", 1, 1, 4, 3), 1, "SAME"))
simple("space_to_depth", lambda x: tf.nn.space_to_depth(x, 2), (6, 8, 3))
simple("depth_to_space", lambda x: tf.nn.depth_to_space(x, 2), (3, 4, 8))
simple("space_to_batch", lambda x: tf.batch_to_space(tf.nn.relu(tf.space_to_batch(x, [2, 2], [[1, 1], [2, 0]])), [2, 2], [[1, 1], [2, 0]]), (6, 8, 3))
for corners, centres in ((False, False), (True, False), (False, True)):
    n = "corners" if corners else "centres" if centres else "plain"
    simple(f"resize_bilinear_{n}", lambda x, a=corners, h=centres: tf.raw_ops.ResizeBilinear(images=x, size=[9, 5], align_corners=a, half_pixel_centers=h))
    simple(f"resize_nearest_{n}", lambda x, a=corners, h=centres: tf.raw_ops.ResizeNearestNeighbor(images=x, size=[9, 5], align_corners=a, half_pixel_centers=h))
simple("resize_twice", lambda x: tf.image.resize(x, [12, 14], "bilinear"))
simple("local_response", lambda x: tf.nn.lrn(x, 1, 1.0, 0.3, 0.6))
simple("l2_normalize", lambda x: tf.nn.l2_normalize(x, -1))
simple("layer_norm", lambda x: (x - tf.reduce_mean(x, -1, keepdims=True)) * tf.math.rsqrt(tf.reduce_mean(tf.square(x - tf.reduce_mean(x, -1, keepdims=True)), -1, keepdims=True) + 1e-3))
simple("cast", lambda x: tf.cast(tf.cast(x * 3.0, tf.int32), tf.float32) + x)
simple("reverse", lambda x: tf.reverse(x, [2]))
simple("cumsum", lambda x: tf.cumsum(x, 3, exclusive=True, reverse=True))
simple("fill_shape", lambda x: tf.fill(tf.shape(x)[:2], 2.0) * tf.reduce_mean(x, [2, 3]))
simple("range_constant", lambda x: x * tf.cast(tf.range(4), tf.float32))
simple("einsum", lambda x, y: tf.einsum("bqhd,bkhd->bhqk", x, y), (3, 2, 4), (5, 2, 4))
simple("floor_div", lambda x, y: tf.math.floordiv(x, tf.abs(y) + 0.5) + x, IMAGE, IMAGE)
simple("relu_n1", lambda x: tf.clip_by_value(x, -1.0, 1.0), scale=2.0)
simple("relu_01", lambda x: tf.clip_by_value(x, 0.0, 1.0), scale=2.0)
simple("clip", lambda x: tf.clip_by_value(x, -0.3, 0.7), scale=2.0)
simple("two_outputs", lambda x: [tf.nn.relu(x), tf.reduce_mean(x, [1, 2])])


def network(x):
    """Convolutions in the order of NHWC with everything a small classifier has."""
    y = tf.nn.relu6(tf.nn.bias_add(tf.nn.conv2d(x, const("n1", 3, 3, 3, 8, scale=0.3), 2, "SAME"), const("n1b", 8)))
    z = tf.nn.relu6(tf.nn.bias_add(tf.nn.depthwise_conv2d(y, const("n2", 3, 3, 8, 1, scale=0.3), [1, 1, 1, 1], "SAME"), const("n2b", 8)))
    z = tf.nn.bias_add(tf.nn.conv2d(z, const("n3", 1, 1, 8, 8, scale=0.3), 1, "SAME"), const("n3b", 8)) + y
    z = z * tf.nn.sigmoid(tf.nn.conv2d(tf.reduce_mean(z, [1, 2], keepdims=True), const("n4", 1, 1, 8, 8, scale=0.3), 1, "SAME"))
    z = tf.nn.max_pool2d(z, 2, 2, "SAME")
    z = tf.concat([tf.nn.relu(tf.nn.conv2d(z, const("n5", 3, 3, 8, 6, scale=0.3), 1, "SAME")), z], -1)
    z = tf.nn.avg_pool2d(tf.image.resize(z, [8, 8], "bilinear"), 2, 2, "VALID")
    z = tf.reshape(z, [-1, 4 * 4 * 14])
    return tf.nn.softmax(tf.matmul(z, const("n6", 224, 5, scale=0.2)) + const("n6b", 5))


simple("network", network, (16, 16, 3))
simple("network_float16", network, (16, 16, 3))
simple("network_dynamic", network, (16, 16, 3))
simple("q_network_int8", network, (16, 16, 3), batch=1)
simple("q_network_uint8", network, (16, 16, 3), batch=1)
simple("q_network_int16", network, (16, 16, 3), batch=1)
simple("q_network_float_edges", network, (16, 16, 3), batch=1)


def inputs_of(name, spec):
    scale = spec["scale"]
    xs = [normal(f"{name}/x{i}", (spec["batch"], *s), scale) for i, s in enumerate(spec["shapes"])]
    return [np.abs(x) + 0.1 for x in xs] if spec["positive"] else xs


def converted(name, spec):
    batch = spec["batch"] if spec["batch"] != 2 else None
    signature = [tf.TensorSpec((batch, *s), tf.float32, name=f"x{i}") for i, s in enumerate(spec["shapes"])]
    function = tf.function(spec["fn"], input_signature=signature)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function.get_concrete_function()], function)
    if name.endswith("_float16"):
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
    if name.endswith("_dynamic") or name.startswith("q_"):
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if name.startswith("q_"):
        converter.representative_dataset = lambda: (
            [normal(f"{name}/calibration{i}", (1, *spec["shapes"][0]))] for i in range(16))
        if name.endswith("int16"):
            converter.target_spec.supported_ops = [
                tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8]
        else:
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        kind = {"uint8": tf.uint8, "int8": tf.int8}.get(name.rsplit("_", 1)[1])
        if kind:
            converter.inference_input_type = converter.inference_output_type = kind
    return converter.convert(), function


def interpreted(model, xs):
    """Outputs of the interpreter, real numbers where it gives integers that stand for them."""
    interpreter = tf.lite.Interpreter(
        model_content=model, experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    details = interpreter.get_input_details()
    for d, x in zip(details, xs):
        if list(d["shape"]) != list(x.shape):
            interpreter.resize_tensor_input(d["index"], x.shape)
    interpreter.allocate_tensors()
    for d, x in zip(interpreter.get_input_details(), xs):
        interpreter.set_tensor(d["index"], x.astype(d["dtype"]))
    interpreter.invoke()
    return [real(interpreter.get_tensor(d["index"]), d) for d in interpreter.get_output_details()]


def real(y, details):
    scale, zero = details["quantization"]
    if scale == 0:
        return y
    return ((y.astype(np.float64) - zero) * scale).astype(np.float32)


def stored(model, xs):
    """Inputs as the file takes them: rounded to its integers."""
    interpreter = tf.lite.Interpreter(model_content=model)
    out = []
    for d, x in zip(interpreter.get_input_details(), xs):
        scale, zero = d["quantization"]
        if scale == 0:
            out.append(x)
        else:
            info = np.iinfo(d["dtype"])
            out.append(np.clip(np.round(x / scale + zero), info.min, info.max).astype(np.float32))
    return out


def gradients(tape, total, tensors):
    """None where TensorFlow cannot differentiate on a CPU, as through grouped and dilated convolutions."""
    try:
        return [g.numpy() for g in tape.gradient(total, tensors, unconnected_gradients="zero")]
    except tf.errors.InvalidArgumentError:
        return [None] * len(tensors)


def make(name, folder):
    spec = CASES[name]
    model, function = converted(name, spec)
    path = os.path.join(folder, name)
    with open(path + ".tflite", "wb") as f:
        f.write(model)
    xs = stored(model, inputs_of(name, spec))
    ys = interpreted(model, xs)
    arrays = dict(indexed("x", xs), **numbered("y", [np.asarray(y) for y in ys]))
    if not name.startswith("q_"):
        tensors = [tf.constant(x) for x in xs]
        with tf.GradientTape() as tape:
            tape.watch(tensors)
            outputs = tf.nest.flatten(function(*tensors))
            rs = [normal(f"{name}/r{i}", y.shape) for i, y in enumerate(ys)]
            floats = [(o, r) for o, r in zip(outputs, rs) if o.dtype.is_floating]
            total = tf.add_n([tf.reduce_sum(o * r) for o, r in floats]) if floats else None
        if floats:
            gs = gradients(tape, total, tensors)
            arrays.update(numbered("r", rs), **indexed("g", gs))
    save(path + ".npz", f"tensorflow lite of tensorflow {tf.__version__}", **arrays)


if __name__ == "__main__":
    make_all(make, list(CASES))
