"""Networks and parts of them as people wrote them in TensorFlow 1, for tensorflow_cases.py."""

import numpy as np
import tensorflow as tf

from store import normal

v1 = tf.compat.v1


# ---- parts of networks, named as people name them ---------------------------------------------

def variable(name, shape, scale=None, shift=0.0):
    scope = v1.get_variable_scope().name
    scale = 1 / np.sqrt(max(1, np.prod(shape[:-1]))) if scale is None else scale
    return v1.get_variable(name, initializer=normal(f"{scope}/{name}", shape, scale) + np.float32(shift), use_resource=False)


def conv(x, filters, size=3, stride=1, padding="SAME", activation=tf.nn.relu, bias=True, dilation=1, name="conv"):
    size = size if isinstance(size, tuple) else (size, size)
    with v1.variable_scope(None, name):
        y = tf.nn.conv2d(x, variable("weights", (*size, x.shape[-1], filters)), stride, padding, dilations=dilation)
        y = tf.nn.bias_add(y, variable("biases", (filters,), 0.3)) if bias else y
        return activation(y) if activation else y


def dense(x, units, activation=None, name="fc"):
    with v1.variable_scope(None, name):
        y = tf.nn.bias_add(tf.matmul(x, variable("weights", (x.shape[-1], units))), variable("biases", (units,), 0.3))
        return activation(y) if activation else y


def spread(x, filters, dilation, padding="SAME"):
    """conv() without activation, its kernel with zeros between: TensorFlow cannot differentiate dilations on a CPU."""
    dilation = dilation if isinstance(dilation, tuple) else (dilation, dilation)
    with v1.variable_scope(None, "conv"):
        kernel = normal("conv/weights", (3, 3, x.shape[-1], filters), 1 / np.sqrt(9 * x.shape[-1]))
        sparse = np.zeros((2 * dilation[0] + 1, 2 * dilation[1] + 1, *kernel.shape[2:]), "float32")
        sparse[::dilation[0], ::dilation[1]] = kernel
        return tf.nn.bias_add(tf.nn.conv2d(x, sparse, 1, padding), variable("biases", (filters,), 0.3))


def grouped(x, kernel, groups):
    parts = zip(tf.split(x, groups, 3), tf.split(kernel, groups, 3))
    return tf.concat([tf.nn.conv2d(a, b, 1, "SAME") for a, b in parts], 3)


def depthwise(x, multiplier=1, size=3, stride=1, padding="SAME", dilations=None, name="depthwise"):
    with v1.variable_scope(None, name):
        kernel = variable("depthwise_weights", (size, size, x.shape[-1], multiplier), 0.4)
        return tf.nn.depthwise_conv2d(x, kernel, [1, stride, stride, 1], padding, dilations=dilations)


def norm_values(c, name):
    return (variable("gamma", (c,), 0.2, 1.0), variable("beta", (c,), 0.3), variable("moving_mean", (c,), 0.3),
            v1.get_variable("moving_variance", initializer=np.exp(normal(f"{name}/variance", (c,), 0.4)), use_resource=False))


def norm(x, activation=tf.nn.relu, name="BatchNorm", fused=True):
    """TF-Slim's, at inference; or the Mul, Rsqrt, Sub and Add of it."""
    with v1.variable_scope(None, name) as scope:
        gamma, beta, mean, variance = norm_values(x.shape[-1], scope.name)
        if fused:
            y = v1.nn.fused_batch_norm(x, gamma, beta, mean, variance, 0.001, is_training=False)[0]
        else:
            y = tf.nn.batch_normalization(x, mean, variance, beta, gamma, 0.001)
        return activation(y) if activation else y


def layer_norm(x, name="LayerNorm"):
    with v1.variable_scope(None, name):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, mean, variance, variable("beta", (x.shape[-1],), 0.3), variable("gamma", (x.shape[-1],), 0.2, 1.0), 1e-6)


def pool(x, size=2, stride=2, padding="VALID", kind=tf.nn.max_pool2d):
    return kind(x, size, stride, padding)


def average(x, size=2, stride=2, padding="VALID"):
    return pool(x, size, stride, padding, tf.nn.avg_pool2d)


def global_mean(x):
    return tf.reduce_mean(x, [1, 2], name="global_pool")


def flat(x):
    return tf.reshape(x, [-1, int(np.prod(x.shape[1:]))])


def head(x, classes=5):
    """Logits and softmax, from a feature map or a vector."""
    return tf.nn.softmax(dense(global_mean(x) if len(x.shape) == 4 else x, classes, name="logits"), name="Softmax")


# ---- whole classifiers ------------------------------------------------------------------------

def lenet(x):
    y = pool(conv(pool(conv(x, 4, 5)), 6, 5, padding="VALID"))
    return head(dense(dense(flat(y), 16, tf.nn.relu), 12, tf.nn.relu), 10)


def inception(x):
    y = tf.nn.local_response_normalization(pool(conv(x, 8, 5, 2), 3, 2, "SAME"), 5, 1.0, 1e-2, 0.75)
    with v1.variable_scope("mixed"):
        pooled = conv(average(y, 3, 1, "SAME"), 3, 1)
        y = tf.concat([conv(y, 4, 1), conv(conv(y, 3, 1), 4, 3), conv(conv(conv(y, 3, 1), 4, (1, 5)), 4, (5, 1)), pooled], 3, name="concat")
    return head(pool(y, 3, 2, "SAME"))


def residual(x, fused=True):
    y = pool(norm(conv(x, 8, 7, 2, activation=None, bias=False), fused=fused), 3, 2, "SAME")
    for stride, width in (1, 8), (2, 12):
        short = y if stride == 1 else conv(y, width, 1, stride, activation=None, bias=False)
        z = norm(conv(y, width, 3, stride, activation=None, bias=False), fused=fused)
        y = tf.nn.relu(norm(conv(z, width, 3, activation=None, bias=False), None, fused=fused) + short)
    return head(y)


def mobilenet(x):
    y = norm(conv(x, 8, 3, 2, activation=None, bias=False), tf.nn.relu6)
    for stride in 1, 2:
        z = norm(conv(y, 16, 1, activation=None, bias=False), tf.nn.relu6)
        z = norm(depthwise(z, stride=stride), tf.nn.relu6)
        z = norm(conv(z, 8, 1, activation=None, bias=False), None)
        y = y + z if stride == 1 else z
    y = dense(tf.reshape(average(y, int(y.shape[1]), 1), [-1, 1, 1, 8])[:, 0, 0], 5)
    return tf.reshape(tf.nn.softmax(y), tf.shape(y), name="Reshape_1")


def squeeze(x):
    y = pool(conv(x, 8, 3, 2, "VALID"), 3, 2)
    y = tf.concat([conv(conv(y, 4, 1, name="squeeze1x1"), 6, 1, name="expand1x1"), conv(conv(y, 4, 1, name="squeeze1x1"), 6, 3, name="expand3x3")], -1)
    return tf.nn.softmax(tf.squeeze(tf.reduce_mean(conv(y, 5, 1), [1, 2], keepdims=True), [1, 2]))


def separable(x):
    with v1.variable_scope("separable"):
        y = tf.nn.separable_conv2d(x, variable("depthwise", (3, 3, 3, 2), 0.4), variable("pointwise", (1, 1, 6, 8)), [1, 2, 2, 1], "SAME")
    return head(norm(y))


def unet(x):
    a = conv(conv(x, 6), 6)
    b = conv(conv(pool(a), 8), 8)
    with v1.variable_scope("up"):
        shape = tf.shape(a)
        kernel = variable("kernel", (2, 2, 6, 8), 0.3)
        up = tf.nn.conv2d_transpose(b, kernel, tf.stack([shape[0], shape[1], shape[2], 6]), 2, "VALID")
    return tf.nn.softmax(conv(conv(tf.concat([a, tf.nn.relu(up)], 3), 6), 3, 1, activation=None), axis=3)


def deeplab(x, side=16):
    y = norm(conv(x, 8, 3, 2, activation=None, bias=False), tf.nn.relu6)
    branches = [norm(conv(y, 6, 1, activation=None, bias=False))]
    for rate in 2, 4:
        branches.append(norm(conv(norm(depthwise(y, dilations=(rate, rate))), 6, 1, activation=None, bias=False)))
    image = norm(conv(average(y, side // 2, 1), 6, 1, activation=None, bias=False))
    branches.append(v1.image.resize_bilinear(image, [side // 2, side // 2], align_corners=True))
    y = norm(conv(tf.concat(branches, 3), 8, 1, activation=None, bias=False))
    y = conv(y, 3, 1, activation=None, name="logits")
    return v1.image.resize_bilinear(y, tf.shape(x)[1:3], align_corners=True, name="ResizeBilinear_3")


def attention(x, heads, name):
    n, width = x.shape[1], x.shape[2]
    with v1.variable_scope(name):
        def split(t):
            return tf.transpose(tf.reshape(t, [-1, n, heads, width // heads]), [0, 2, 1, 3])
        q, k, v = (split(tf.reshape(dense(tf.reshape(x, [-1, width]), width, name=part), [-1, n, width])) for part in ("query", "key", "value"))
        scores = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) * (1 / np.sqrt(width // heads)).astype("float32"))
        y = tf.reshape(tf.transpose(tf.matmul(scores, v), [0, 2, 1, 3]), [-1, width])
        return tf.reshape(dense(y, width, name="out"), [-1, n, width])


def gelu_erf(x):
    return 0.5 * x * (1.0 + tf.math.erf(x / np.sqrt(2.0).astype("float32")))


def gelu_tanh(x):
    return 0.5 * x * (1.0 + tf.tanh(np.sqrt(2 / np.pi).astype("float32") * (x + 0.044715 * tf.pow(x, 3.0))))


def transformer(x, gelu=gelu_erf):
    y = conv(x, 12, 4, 4, "VALID", activation=None, name="patches")
    n, width = int(y.shape[1] * y.shape[2]), 12
    y = tf.reshape(y, [-1, n, width])
    token = tf.tile(variable("class_token", (1, 1, width), 0.5), tf.stack([tf.shape(y)[0], 1, 1]))
    y = tf.concat([token, y], 1) + variable("positions", (1, n + 1, width), 0.3)
    for i in range(2):
        y = y + attention(layer_norm(y), 3, f"block{i}")
        z = layer_norm(y)
        z = tf.einsum("bnc,cd->bnd", gelu(tf.einsum("bnc,cd->bnd", z, variable(f"mlp{i}/in", (width, 24)))), variable(f"mlp{i}/out", (24, width)))
        y = y + z
    return head(layer_norm(y)[:, 0])


def channels_first(x):
    """A graph of channels-first pieces, as exports of PyTorch by way of ONNX have them: Transpose around everything."""
    y = tf.transpose(x, [0, 2, 3, 1])
    for filters in 6, 8:
        y = tf.transpose(conv(y, filters, 3, 1, "VALID", activation=None), [0, 3, 1, 2])
        y = tf.nn.relu(y * variable(f"scale{filters}", (1, filters, 1, 1), 0.2, 1.0))
        y = tf.transpose(pool(tf.transpose(y, [0, 2, 3, 1])), [0, 3, 1, 2]) if filters == 6 else y
        y = tf.transpose(tf.pad(y, [[0, 0], [0, 0], [1, 1], [1, 1]]), [0, 2, 3, 1])
    y = tf.reduce_mean(tf.transpose(y, [0, 3, 1, 2]), [2, 3])
    return tf.nn.softmax(dense(y, 5))


def first_channels(x, native):
    """What a GPU trained: every operator says data_format NCHW; or the same by way of NHWC."""
    def through(function, t):
        return function(t, "NCHW") if native else tf.transpose(function(tf.transpose(t, [0, 2, 3, 1]), "NHWC"), [0, 3, 1, 2])

    def spatial(n, data_format):
        return [1, 1, n, n] if data_format == "NCHW" else [1, n, n, 1]
    y = x
    for i, (before, after) in enumerate([(3, 8), (8, 6)]):
        kernel, bias = normal(f"first/{i}", (3, 3, before, after), 0.2), normal(f"first/bias{i}", (after,), 0.3)
        scale, mean, variance = 1 + normal("first/s", (after,), 0.2), normal("first/m", (after,), 0.3), np.exp(normal("first/v", (after,), 0.3))
        y = through(lambda t, f: tf.nn.conv2d(t, kernel, spatial(2 - i, f), "SAME", data_format=f), y)
        y = through(lambda t, f: tf.nn.bias_add(t, bias, data_format=f), y)
        y = tf.nn.relu(through(lambda t, f: v1.nn.fused_batch_norm(t, scale, bias, mean, variance, is_training=False, data_format=f)[0], y))
        pool_2d = tf.nn.max_pool2d if i == 0 else tf.nn.avg_pool2d
        y = through(lambda t, f: pool_2d(t, spatial(3, f), spatial(2, f), "SAME", data_format=f), y)
    return tf.nn.softmax(dense(flat(y), 5))


def vgg_pixels(x):
    """The mean subtracted and blue first within the graph."""
    red, green, blue = tf.split(x * 255.0, 3, 3)
    y = tf.concat([blue - 103.939, green - 116.779, red - 123.68], 3) * 0.01
    return head(flat(pool(conv(pool(conv(y, 6)), 8))))


def uint8_pixels(x, way):
    y = {"cast": lambda: tf.cast(x, tf.float32) / 255.0,
         "signed": lambda: (tf.cast(x, tf.float32) - 127.5) * (1 / 127.5),
         "image": lambda: tf.image.convert_image_dtype(x, tf.float32) * 2.0 - 1.0,
         "resize": lambda: v1.image.resize_bilinear(tf.cast(x, tf.float32), [10, 12]) / 255.0}[way]()
    return head(conv(y, 6, 3, 2))


def keep_prob(x):
    keep = v1.placeholder(tf.float32, name="keep_prob")
    return head(v1.nn.dropout(dense(v1.nn.dropout(flat(pool(conv(x, 4))), keep), 8, tf.nn.relu), keep_prob=keep))


def keep_prob_default(x):
    keep = v1.placeholder_with_default(1.0, [], name="keep_prob")
    return head(v1.nn.dropout(dense(flat(pool(conv(x, 4))), 8, tf.nn.relu), keep))


def old_dropout(x, keep):
    """What tf.nn.dropout was until TensorFlow 1.12: random_uniform, Floor, RealDiv, Mul."""
    with tf.name_scope("dropout"):
        noise = keep + v1.random_uniform(tf.shape(x), 0, 1, seed=1)
        y = (x / keep) * tf.floor(noise)
        y.set_shape(x.shape)
        return y


def old_dropout_fed(x):
    keep = v1.placeholder(tf.float32, name="keep_prob")
    return head(old_dropout(dense(flat(pool(conv(x, 4))), 8, tf.nn.relu), keep))


def dropout_frozen(x, function):
    """A dropout that somebody froze with its rate in it: its expectation is the identity."""
    y = dense(flat(pool(conv(x, 4))), 8, tf.nn.relu)
    return head(function(y))


def is_train(x):
    train = v1.placeholder(tf.bool, [], name="is_train")
    y = conv(x, 6, activation=None)
    with v1.variable_scope("bn"):
        gamma, beta, mean, variance = norm_values(6, "bn")

        def moments():
            m, v = tf.nn.moments(y, [0, 1, 2])
            return tf.identity(m), tf.identity(v)
        m, v = v1.cond(train, moments, lambda: (tf.identity(mean), tf.identity(variance)))
        y = tf.nn.relu(tf.nn.batch_normalization(y, m, v, beta, gamma, 0.001))
    y = dense(flat(pool(y)), 8, tf.nn.relu)
    return head(v1.cond(train, lambda: v1.nn.dropout(y, keep_prob=0.5), lambda: tf.identity(y)))


def is_train_default(x):
    train = v1.placeholder_with_default(False, [], name="phase_train")
    y = dense(flat(pool(conv(x, 4))), 8, tf.nn.relu)
    return head(v1.cond(tf.logical_not(train), lambda: y * 1.0, lambda: v1.nn.dropout(y, keep_prob=0.5)))


def learning_phase(x):
    """As Keras 1 and 2 on TensorFlow wrote it, by way of keras_learning_phase."""
    phase = v1.placeholder(tf.bool, name="keras_learning_phase")
    y = flat(pool(conv(x, 4)))
    y = v1.cond(phase, lambda: v1.nn.dropout(y * 1.0, keep_prob=0.75), lambda: tf.identity(y))
    return head(dense(y, 8, tf.nn.relu))


def fused_norm_switch(x):
    """Slim's batch normalization with a placeholder: two FusedBatchNorm in a cond."""
    train = v1.placeholder(tf.bool, [], name="is_training")
    y = conv(x, 6, activation=None, bias=False)
    with v1.variable_scope("bn"):
        gamma, beta, mean, variance = norm_values(6, "bn")
        y = v1.cond(train, lambda: v1.nn.fused_batch_norm(y, gamma, beta, is_training=True)[0],
                    lambda: v1.nn.fused_batch_norm(y, gamma, beta, mean, variance, is_training=False)[0])
    return head(tf.nn.relu(y))


def iterator(_):
    data = tf.data.Dataset.from_tensor_slices(normal("iterator", (2, 8, 8, 3))).batch(2)
    x = v1.data.make_initializable_iterator(data).get_next()
    return head(conv(x, 6, 3, 2))


def iterator_pairs(_):
    data = tf.data.Dataset.from_tensor_slices((normal("iterator", (2, 8, 8, 3)), np.arange(2))).batch(2)
    x, label = v1.data.make_one_shot_iterator(data).get_next()
    y = head(conv(x, 6, 3, 2))
    tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), label), tf.float32), name="accuracy")
    return y


def queue(_):
    fifo = v1.FIFOQueue(10, [tf.float32], [[8, 8, 3]], name="input_queue")
    return head(conv(fifo.dequeue_many(2, name="batch"), 6, 3, 2))


def half_weights(x, dtype):
    kernel = tf.constant(normal("half", (3, 3, 3, 6), 0.2).astype(dtype.as_numpy_dtype))
    return head(tf.nn.relu(tf.nn.conv2d(x, tf.cast(kernel, tf.float32), 1, "SAME")))


def fake_quantized(x):
    y = tf.quantization.fake_quant_with_min_max_vars(x, -3.0, 3.0)
    with v1.variable_scope("conv"):
        kernel = tf.quantization.fake_quant_with_min_max_vars(variable("weights", (3, 3, 3, 6)), -0.6, 0.6, 8, True)
    y = tf.nn.relu6(tf.nn.conv2d(y, kernel, 2, "SAME"))
    return head(tf.quantization.fake_quant_with_min_max_args(y, 0.0, 6.0))


def shape_arithmetic(x):
    y = conv(x, 4, 3, 2)
    shape = tf.shape(y)
    size = shape[1] * shape[2] * shape[3]
    return head(tf.ensure_shape(tf.reshape(y, tf.stack([shape[0], size])), [None, int(np.prod(y.shape[1:]))]))


def shape_reduce_prod(x):
    y = conv(x, 4, 3, 2)
    rest = tf.reduce_prod(tf.shape(y)[1:])
    return head(tf.ensure_shape(tf.reshape(y, tf.concat([[-1], [rest]], 0)), [None, int(np.prod(y.shape[1:]))]))


def flatten_by_batch(x):
    y = conv(x, 4, 3, 2)
    return head(tf.ensure_shape(tf.reshape(y, [tf.shape(y)[0], -1]), [None, int(np.prod(y.shape[1:]))]))


def loop(x):
    y = conv(x, 3)
    return head(tf.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t * 0.9 + 0.1), [tf.constant(0), y])[1])


def dynamic_loop(x):
    """Runs as often as the numbers say."""
    y = conv(x, 3)
    return head(tf.while_loop(lambda t: tf.reduce_max(t) > 0.5, lambda t: t * 0.9, [y])[0])


def several_outputs(x):
    y = conv(x, 6, 3, 2)
    logits = dense(global_mean(y), 5, name="logits")
    values, indices = tf.nn.top_k(tf.nn.softmax(logits), 2)
    return values, indices, tf.argmax(logits, 1, name="classes"), y


def with_training(x):
    """Loss, accuracy, summaries, gradients and an optimizer beside the network."""
    labels = v1.placeholder(tf.int64, [None], name="labels")
    logits = dense(flat(pool(conv(x, 4))), 5)
    y = tf.nn.softmax(logits, name="predictions")
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), labels), tf.float32), name="accuracy")
    v1.gradients(loss, v1.trainable_variables())
    return y


# ------------------------------------------- placeholders that only their use tells about

def unnamed(use, dtype=tf.float32, shape=None):
    """A network with a dropout, steered by a placeholder that its author gave no name."""
    def network(x):
        number = v1.placeholder(dtype, shape)
        return head(use(dense(flat(pool(conv(x, 4))), 8, tf.nn.relu), number))
    return network


def kept_by_comparing(y, keep):
    kept = y / keep * tf.cast(v1.random_uniform(tf.shape(y), seed=1) < keep, tf.float32)
    return tf.ensure_shape(kept, y.shape)


def dropped_unless_used(y, used):
    return v1.cond(used, lambda: tf.identity(y), lambda: v1.nn.dropout(y, keep_prob=0.5))


def retrained(x):
    """As "TensorFlow for Poets" writes it: what is fed while training has the network's output as its default."""
    bottleneck = global_mean(conv(x, 6, 3, 2))
    return head(v1.placeholder_with_default(bottleneck, (None, 6), name="input_1/BottleneckInputPlaceholder"))


def retrained_twice(x):
    y = v1.placeholder_with_default(conv(v1.placeholder_with_default(x * 2.0, (None, 10, 10, 3)), 4), (None, 10, 10, 4))
    return head(global_mean(y))


def preprocessed_default(x):
    """The image itself has a default, which no network computes."""
    del x
    images = v1.placeholder_with_default(np.zeros((1, 10, 10, 3), np.float32), (None, 10, 10, 3), name="images")
    return head(conv(images, 4, 3, 2))


def batch_size(x):
    size = v1.placeholder(tf.int32, [], name="batch_size")
    return head(tf.reshape(conv(x, 4), tf.stack([size, 10 * 10 * 4])) + tf.zeros(tf.stack([size, 400])))


def batch_size_default(x):
    size = v1.placeholder_with_default(16, [], name="batch_size")
    return head(tf.reshape(conv(x, 4), [size, 400]))


def queue_up_to(_):
    fifo = v1.FIFOQueue(10, [tf.int32, tf.float32], [[], [8, 8, 3]], name="input_queue")
    return head(conv(fifo.dequeue_up_to(2, name="batch")[1], 6, 3, 2))
