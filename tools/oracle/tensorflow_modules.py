"""SavedModels of TensorFlow 2 for tensorflow_zoo.py: modules and functions. SAVES has a function for each, which writes a
folder and gives its line for the table. Each function here saves to a path and gives the function that the numbers
come from.
"""

import os

import numpy as np
import tensorflow as tf

from store import normal
from tensorflow_cases import NET
from tensorflow_saves import saved_model

SAVES = {}


class Net(tf.Module):
    def __init__(self, width=6):
        super().__init__(name="net")
        self.kernel = tf.Variable(normal("kernel", (3, 3, 3, width), 0.2), name="kernel")
        self.bias = tf.Variable(normal("bias", (width,), 0.3), name="bias")
        self.scale = tf.Variable(1 + normal("scale", (width,), 0.2), name="scale", trainable=False)
        self.logits = [tf.Variable(normal("logits", (width, 5), 0.5)), tf.Variable(normal("b", (5,), 0.3))]

    def features(self, x):
        y = tf.nn.relu(tf.nn.conv2d(x, self.kernel, 2, "SAME") + self.bias)
        return tf.reduce_mean(y * self.scale, [1, 2])

    def scores(self, x):
        return tf.nn.softmax(tf.matmul(self.features(x), self.logits[0]) + self.logits[1])


SPEC = tf.TensorSpec([None, *NET], tf.float32, "image")


def module(path, **signatures):
    net = Net()
    functions = {k: tf.function(f(net), input_signature=[SPEC]) for k, f in signatures.items()}
    tf.saved_model.save(net, path, signatures=functions)
    return net.scores


def without_signatures(path):
    class Called(Net):
        @tf.function(input_signature=[SPEC])
        def __call__(self, image):
            return self.scores(image)
    net = Called()
    tf.saved_model.save(net, path)
    return net.scores


def several_functions(path):
    """No signature, and two functions of the object graph, one with several traces."""
    class Called(Net):
        @tf.function
        def __call__(self, image, training=False):
            y = self.features(image)
            y = tf.nn.dropout(y, 0.5) if training else y
            return tf.nn.softmax(tf.matmul(y, self.logits[0]) + self.logits[1])
    net = Called()
    net(tf.zeros([1, *NET]), training=True)
    net(tf.zeros([1, *NET]))
    net.__call__.get_concrete_function(SPEC, training=False)
    net.__call__.get_concrete_function(SPEC, training=True)
    tf.saved_model.save(net, path)
    return net.scores


def shards(path):
    net = Net()
    policy = tf.train.experimental.MaxShardSizePolicy(max_shard_size=250)
    tf.saved_model.save(net, path, tf.function(net.scores, input_signature=[SPEC]),
                        tf.saved_model.SaveOptions(experimental_sharding_callback=policy))
    return net.scores


def nested(path):
    net = Net()

    @tf.function
    def inner(t):
        return tf.nn.relu(t) * net.scale

    @tf.function
    def middle(t):
        return inner(t) + inner(t * 0.5)

    def outer(image):
        y = middle(tf.nn.conv2d(image, net.kernel, 2, "SAME") + net.bias)
        return {"scores": tf.nn.softmax(tf.matmul(tf.reduce_mean(y, [1, 2]), net.logits[0])), "features": y}
    tf.saved_model.save(net, path, tf.function(outer, input_signature=[SPEC]))
    return lambda x: [outer(x)["features"], outer(x)["scores"]]


def compiled(path):
    """XLA's functions, and one without inlining."""
    net = Net()
    scores = tf.function(net.scores, jit_compile=True)
    apart = tf.function(lambda x: scores(x) * 1.0, experimental_attributes={"_noinline": True})
    tf.saved_model.save(net, path, tf.function(lambda image: apart(image), input_signature=[SPEC]))
    return net.scores


def tensor_cond(path):
    """A branch on a tensor that is False in the signature."""
    net = Net()

    @tf.function
    def scores(x, training):
        y = net.features(x)
        y = tf.cond(training, lambda: tf.nn.dropout(y, 0.5), lambda: y * 1.0)
        return tf.nn.softmax(tf.matmul(y, net.logits[0]) + net.logits[1])
    tf.saved_model.save(net, path, tf.function(lambda image: scores(image, tf.constant(False)), input_signature=[SPEC]))
    return net.scores


def training_argument(path):
    """The signature has a second input, `training`, of truths."""
    net = Net()

    def scores(image, training):
        y = net.features(image)
        y = tf.cond(training, lambda: tf.nn.dropout(y, 0.5), lambda: y * 1.0)
        return tf.nn.softmax(tf.matmul(y, net.logits[0]) + net.logits[1])
    tf.saved_model.save(net, path, tf.function(scores, input_signature=[SPEC, tf.TensorSpec([], tf.bool, "training")]))
    return net.scores


def encoded(path):
    """base64 pictures of a web service: map_fn over decode_jpeg, then the network."""
    net = Net()

    def decode(text):
        picture = tf.io.decode_jpeg(text, channels=3)
        return tf.image.resize(tf.image.convert_image_dtype(picture, tf.float32), NET[:2])

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, "image_bytes")])
    def serve(image_bytes):
        images = tf.map_fn(decode, image_bytes, fn_output_signature=tf.float32)
        return {"probabilities": net.scores(tf.ensure_shape(images, [None, *NET]))}
    tf.saved_model.save(net, path, serve)
    return net.scores


def encoded_one(path):
    """One picture without map_fn, of any size, with pixels in uint8 before the resize."""
    net = Net()

    @tf.function(input_signature=[tf.TensorSpec([], tf.string, "bytes")])
    def serve(text):
        picture = tf.io.decode_image(text, channels=3, expand_animations=False)
        return net.scores(tf.image.resize(picture[tf.newaxis], NET[:2]) / 255.0)
    tf.saved_model.save(net, path, serve)
    return net.scores


def example_strings(path):
    net = Net()

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, "examples")])
    def serve(examples):
        found = tf.io.parse_example(examples, {"x": tf.io.FixedLenFeature([int(np.prod(NET))], tf.float32)})
        return net.scores(tf.reshape(found["x"], [-1, *NET]))
    tf.saved_model.save(net, path, serve)
    return net.scores


def word_table(path):
    """Names of classes from a table, beside the scores."""
    class Named(Net):
        def __init__(self):
            super().__init__()
            words = path + ".words.txt"
            tf.io.write_file(words, "a\nb\nc\nd\ne\n")
            self.table = tf.lookup.StaticHashTable(tf.lookup.TextFileInitializer(
                words, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE), "?")

        @tf.function(input_signature=[SPEC])
        def serve(self, image):
            scores = self.scores(image)
            return {"scores": scores, "classes": self.table.lookup(tf.argmax(scores, 1))}
    net = Named()
    tf.saved_model.save(net, path, net.serve)
    os.remove(path + ".words.txt")
    return net.scores


def uint8_image(path):
    net = Net()

    def serve(image):
        return net.scores(tf.cast(image, tf.float32) / 127.5 - 1.0)
    tf.saved_model.save(net, path, tf.function(serve, input_signature=[tf.TensorSpec([None, *NET], tf.uint8)]))
    return serve


def open_size(path):
    net = Net()
    tf.saved_model.save(net, path, tf.function(net.scores, input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32)]))
    return net.scores


def fixed_batch(path):
    net = Net()
    tf.saved_model.save(net, path, tf.function(net.scores, input_signature=[tf.TensorSpec([1, *NET], tf.float32)]))
    return net.scores


def two_inputs(path):
    net = Net()

    def serve(left, right):
        return {"same": tf.reduce_sum(net.features(left) * net.features(right), 1, keepdims=True), "left": net.scores(left)}
    tf.saved_model.save(net, path, tf.function(serve, input_signature=[tf.TensorSpec(SPEC.shape, SPEC.dtype, n) for n in ("left", "right")]))
    return lambda left, right: [serve(left, right)["left"], serve(left, right)["same"]]


def looping(path):
    net = Net()

    def serve(image):
        i = tf.constant(0)
        y = image
        while i < 3:
            y, i = y * 0.9 + 0.1, i + 1
        return net.scores(y)
    tf.saved_model.save(net, path, tf.function(serve, input_signature=[SPEC]))
    return serve


saved_model(SAVES, "sm2_module", NET, lambda path: module(path, serving_default=lambda net: net.scores))
saved_model(SAVES, "sm2_named_outputs", NET, lambda path: module(path, serving_default=lambda net: lambda image: {"scores": net.scores(image)}))
saved_model(SAVES, "sm2_one_odd_name", NET, lambda path: module(path, classify=lambda net: net.scores))
saved_model(SAVES, "sm2_two_signatures", NET, lambda path: module(path, classify=lambda net: net.scores, embed=lambda net: net.features), signature="classify")
saved_model(SAVES, "sm2_two_with_default", NET, lambda path: module(path, serving_default=lambda net: net.scores, embed=lambda net: net.features))
saved_model(SAVES, "sm2_without_signatures", NET, without_signatures)
saved_model(SAVES, "sm2_several_functions", NET, several_functions)
saved_model(SAVES, "sm2_shards", NET, shards)
saved_model(SAVES, "sm2_nested", NET, nested)
saved_model(SAVES, "sm2_compiled", NET, compiled)
saved_model(SAVES, "sm2_tensor_cond", NET, tensor_cond)
saved_model(SAVES, "sm2_training_argument", NET, training_argument, fed="training=False")
saved_model(SAVES, "sm2_encoded", NET, encoded)
saved_model(SAVES, "sm2_encoded_one", NET, encoded_one, inputs="truediv:0")  # the network, from its pixels on
saved_model(SAVES, "sm2_examples", NET, example_strings)
saved_model(SAVES, "sm2_word_table", NET, word_table)
saved_model(SAVES, "sm2_uint8", NET, uint8_image, dtype="uint8", integers=256)
saved_model(SAVES, "sm2_open_size", (15, 18, 3), open_size)
saved_model(SAVES, "sm2_fixed_batch", NET, fixed_batch, batch=1)
saved_model(SAVES, "sm2_two_inputs", [NET, NET], two_inputs)
saved_model(SAVES, "sm2_loop", NET, looping, refused="loop")
