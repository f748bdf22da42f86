"""Checkpoints and SavedModels of tensorflow_zoo.py. SAVES has a function for each, which writes a folder and gives its
lines for the table; two functions make the many alike: checkpoint() and saved_model().
"""

import os
import shutil

import keras
import numpy as np
import tensorflow as tf

from store import generator, normal
from tensorflow_cases import NET
from tensorflow_numbers import deviation, eager, runner, write_numbers

v1 = tf.compat.v1
SAVES = {}


def fresh(folder, name):
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    return path


def numbers(folder, name, shape, run, batch=2, **options):
    shapes = shape if isinstance(shape, list) else [shape]
    return write_numbers(os.path.join(folder, name + ".npz"), name, [(batch, *s) for s in shapes], options, run)


# ---- checkpoints with a meta graph ------------------------------------------------------------

def network(x, resource=False, keep=None, partitioner=None):
    with v1.variable_scope("net", use_resource=resource, partitioner=partitioner):
        def weight(name, shape):
            deviation = 1 / np.sqrt(max(1, np.prod(shape[:-1])))
            start = v1.random_normal_initializer(0, deviation, seed=1) if partitioner else v1.constant_initializer(normal(name, shape, deviation))
            return v1.get_variable(name, shape, initializer=start)
        y = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, weight("conv/kernel", (3, 3, 3, 6)), 2, "SAME"), weight("conv/bias", (6,))))
        y = tf.reshape(y, [-1, 5 * 5 * 6])
        y = tf.nn.relu(tf.matmul(y, weight("dense/kernel", (5 * 5 * 6, 12))) + weight("dense/bias", (12,)))
        y = y if keep is None else v1.nn.dropout(y, keep_prob=keep)
        return tf.matmul(y, weight("logits/kernel", (12, 5))) + weight("logits/bias", (5,))


class Session:
    """A graph, a session and what is in it."""

    def __init__(self, build, config=None):
        self.graph = tf.Graph()
        with self.graph.as_default():
            v1.set_random_seed(1)
            self.x = v1.placeholder(tf.float32, [None, *NET], "input")
            self.y, self.fed = build(self.x)
            start = v1.global_variables_initializer()
            self.session = v1.Session(graph=self.graph, config=config)
            self.session.run(start)

    def save(self, folder, step=7, saver=None, **options):
        with self.graph.as_default():
            saver = saver or v1.train.Saver(**options)
            os.makedirs(folder, exist_ok=True)
            return saver.save(self.session, os.path.join(folder, "model.ckpt"), step)

    def shift(self):
        """Other weights, as after further training."""
        with self.graph.as_default():
            for w in v1.trainable_variables():
                w.load(self.session.run(w) * np.float32(0.8) + np.float32(0.01), self.session)


def plain(x, **options):
    return tf.nn.softmax(network(x, **options), name="Softmax"), {}


def training(x, resource=False):
    keep = v1.placeholder(tf.float32, name="keep_prob")
    labels = v1.placeholder(tf.int64, [None], "labels")
    logits = network(x, resource, keep)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits), name="loss")
    v1.train.AdamOptimizer(1e-3).minimize(loss, global_step=v1.train.get_or_create_global_step())
    v1.summary.scalar("loss", loss)
    v1.summary.merge_all()
    y = tf.nn.softmax(logits, name="Softmax")
    tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), labels), tf.float32), name="accuracy")
    return y, {keep: 1.0}


def row(file, name, kind, inputs, outputs, **more):
    return {"file": file, "npz": name + ".npz", "kind": kind, "inputs": inputs, "outputs": outputs} | more


def ends(made):
    return row("", "", "checkpoint", made.x.name, made.y.name, fed=",".join(f"{t.name}={v}" for t, v in made.fed.items()))


def checkpoint(name, build, write=lambda made, path: made.save(path), config=None, after=lambda path: None, files=("",)):
    """write(made, path) saves into the folder; the numbers are taken after it. `files`: ways to say where it is."""
    def make(_, folder):
        v1.disable_control_flow_v2()
        path = fresh(folder, name)
        made = Session(build, config)
        write(made, path)
        numbers(folder, name, NET, runner(made.session, [made.x], [made.y], made.fed))
        after(path)
        return [{**ends(made), "file": os.path.join(name, f) if f else name, "npz": name + ".npz"} for f in files]
    SAVES[name] = make


def several(made, path):
    saver = None
    for step in 9, 10, 200:
        with made.graph.as_default():
            saver = saver or v1.train.Saver(max_to_keep=5)
        if step > 9:
            made.shift()
        made.save(path, step, saver)


def without_state(path):
    os.remove(os.path.join(path, "checkpoint"))


def moved(path):
    """The list of checkpoints as it is after the folder came from another machine."""
    v1.train.update_checkpoint_state(path, "/home/somebody/train/model.ckpt-200", ["/home/somebody/train/model.ckpt-10", "/home/somebody/train/model.ckpt-200"])


def older_is_named(path):
    """Somebody went back to an older one: the list names it."""
    v1.train.update_checkpoint_state(path, os.path.join(path, "model.ckpt-10"))


def back_to_ten(made, path):
    several(made, path)
    with made.graph.as_default():
        v1.train.Saver().restore(made.session, os.path.join(path, "model.ckpt-10"))


def two_devices(x):
    with v1.device(lambda op: "/cpu:1" if "dense" in op.name and op.type in ("VariableV2", "Assign") else "/cpu:0"):
        return plain(x)


def averaged_training(x):
    y, fed = plain(x)
    average = v1.train.ExponentialMovingAverage(0.5)
    average.apply(v1.trainable_variables())
    return y, fed


def averaged_evaluation(x):
    y, fed = plain(x)
    averaged_evaluation.names = v1.train.ExponentialMovingAverage(0.5).variables_to_restore()
    return y, fed


def save_averaged(made, path):
    """As evaluation does: the saver of the meta graph reads each variable under its shadow's name."""
    with made.graph.as_default():
        made.save(path, 7, v1.train.Saver(averaged_evaluation.names))


checkpoint("ckpt_v2", plain, files=("", "model.ckpt-7.meta", "model.ckpt-7.index", "checkpoint"))
checkpoint("ckpt_v1", plain, lambda made, path: made.save(path, write_version=v1.train.SaverDef.V1))
checkpoint("ckpt_v1_sharded", two_devices, lambda made, path: made.save(path, write_version=v1.train.SaverDef.V1, sharded=True), v1.ConfigProto(device_count={"CPU": 2}))
checkpoint("ckpt_training", training)
checkpoint("ckpt_training_resource", lambda x: training(x, True))
checkpoint("ckpt_resource", lambda x: plain(x, resource=True))
checkpoint("ckpt_sharded", two_devices, lambda made, path: made.save(path, sharded=True), v1.ConfigProto(device_count={"CPU": 2}))
checkpoint("ckpt_partitioned", lambda x: plain(x, partitioner=v1.fixed_size_partitioner(3)))
checkpoint("ckpt_partitioned_resource", lambda x: plain(x, resource=True, partitioner=v1.fixed_size_partitioner(3)))
checkpoint("ckpt_several", plain, several)
checkpoint("ckpt_several_without_state", plain, several, after=without_state)
checkpoint("ckpt_several_moved", plain, several, after=moved)
checkpoint("ckpt_several_older", plain, back_to_ten, after=older_is_named)
checkpoint("ckpt_averages_beside", averaged_training)
checkpoint("ckpt_averages_restored", averaged_evaluation, save_averaged)


# ---- SavedModels of TensorFlow 1 --------------------------------------------------------------

def builder(name, words, signatures, build=plain, **said):
    """signatures(made) gives the signatures by name; said is for the table."""
    def make(_, folder):
        v1.disable_control_flow_v2()
        path = fresh(folder, name)
        made = Session(build)
        with made.graph.as_default():
            writer = v1.saved_model.Builder(path)
            writer.add_meta_graph_and_variables(made.session, words, signatures(made), strip_default_attrs=True)
            writer.save()
        numbers(folder, name, NET, runner(made.session, [made.x], [made.y], made.fed))
        return [{**ends(made), "kind": "saved-model", "file": name, "npz": name + ".npz", **said}]
    SAVES[name] = make


def predict(made, key="serving_default"):
    return {key: v1.saved_model.predict_signature_def({"images": made.x}, {"scores": made.y})}


def classify_and_predict(made):
    """serving_default takes tf.Example strings; predict_images takes the pictures parsed from them."""
    info = v1.saved_model.build_tensor_info
    signature = v1.saved_model.build_signature_def
    text = made.graph.get_tensor_by_name("tf_example:0")
    return {"serving_default": signature({"inputs": info(text)}, {"scores": info(made.y)}, "tensorflow/serving/classify"),
            "predict_images": signature({"images": info(made.x)}, {"scores": info(made.y)}, "tensorflow/serving/predict")}


class Parsed(Session):
    """The pictures come from tf.Example strings or from encoded images."""

    def __init__(self, way):
        self.graph = tf.Graph()
        with self.graph.as_default():
            text = v1.placeholder(tf.string, [None], "tf_example")
            if way == "examples":
                size = int(np.prod(NET))
                parsed = tf.io.parse_example(text, {"x": tf.io.FixedLenFeature([size], tf.float32)})
                self.x = tf.identity(tf.reshape(parsed["x"], [-1, *NET]), name="x")
            else:
                def decode(one):
                    picture = tf.image.decode_jpeg(one, channels=3)
                    picture = v1.image.resize_bilinear(tf.expand_dims(tf.cast(picture, tf.float32) / 255.0, 0), NET[:2])
                    return tf.squeeze(picture, [0])
                self.x = tf.ensure_shape(tf.map_fn(decode, text, dtype=tf.float32), [None, *NET])
            self.y, self.fed = plain(self.x)
            start = v1.global_variables_initializer()
        self.session = v1.Session(graph=self.graph)
        self.session.run(start)


def parsed(name, way, signatures, **said):
    def make(_, folder):
        v1.disable_control_flow_v2()
        path = fresh(folder, name)
        made = Parsed(way)
        with made.graph.as_default():
            writer = v1.saved_model.Builder(path)
            writer.add_meta_graph_and_variables(made.session, ["serve"], signatures(made))
            writer.save()
        numbers(folder, name, NET, runner(made.session, [made.x], [made.y], {}))
        return [{**ends(made), "kind": "saved-model", "file": name, "npz": name + ".npz", **said}]
    SAVES[name] = make


def two_graphs(_, folder):
    """A graph of training and one that serves, in one file."""
    name = "sm1_two_graphs"
    v1.disable_control_flow_v2()
    path = fresh(folder, name)
    first = Session(training)
    with first.graph.as_default():
        writer = v1.saved_model.Builder(path)
        writer.add_meta_graph_and_variables(first.session, ["train"], {})
        values = {w.op.name: first.session.run(w) for w in v1.trainable_variables()}
    made = Session(plain)
    with made.graph.as_default():
        for w in v1.trainable_variables():
            w.load(values[w.op.name], made.session)
        writer.add_meta_graph(["serve"], predict(made))
        writer.save()
    numbers(folder, name, NET, runner(made.session, [made.x], [made.y], {}))
    return [{**ends(made), "kind": "saved-model", "file": name, "npz": name + ".npz"}]


SAVES["sm1_two_graphs"] = two_graphs
builder("sm1_predict", ["serve"], predict)
builder("sm1_resource", ["serve"], predict, lambda x: plain(x, resource=True))
builder("sm1_training", ["serve"], predict, training)
builder("sm1_custom_name", ["serve"], lambda made: predict(made, "predict_images"))
builder("sm1_tags", ["serve", "gpu"], predict)
builder("sm1_tags_custom", ["production"], predict, tags="production")
builder("sm1_without_signatures", ["serve"], lambda made: {})
builder("sm1_training_tag", ["train"], lambda made: {}, training, tags="train")
parsed("sm1_examples", "examples", classify_and_predict)
parsed("sm1_examples_only", "examples", lambda made: {"serving_default": classify_and_predict(made)["serving_default"]})
parsed("sm1_encoded", "images", lambda made: {"serving_default": classify_and_predict(made)["serving_default"]})


# ---- SavedModels of TensorFlow 2 --------------------------------------------------------------

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


def saved_model(name, shape, make_it, batch=2, **said):
    """make_it(path) saves and gives the function from inputs to outputs that the numbers come from."""
    def make(_, folder):
        keras.backend.clear_session()
        v1.enable_control_flow_v2()
        path = fresh(folder, name)
        function = make_it(path)
        options = {k: said[k] for k in ("dtype", "integers", "rounding") if k in said}
        numbers(folder, name, shape, eager(function), batch, **options)
        again = tf.saved_model.load(path, tags=said.get("tags") and said["tags"].split(",")).signatures
        given = [a for k, a in sorted(np.load(os.path.join(folder, name + ".npz")).items()) if k.startswith("x")]
        key = said.get("signature") or (list(again)[0] if len(again) == 1 else "serving_default")
        if "refused" not in said and key in again and not any(s.dtype == tf.string for s in again[key].structured_input_signature[1].values()):
            names = again[key].structured_input_signature[1]
            inputs = dict(zip([n for n in sorted(names) if n != "training"], map(tf.constant, given)))
            inputs |= {"training": tf.constant(False)} if "training" in names else {}
            found = [tf.cast(t, tf.float32).numpy() for t in tf.nest.flatten(again[key](**inputs)) if t.dtype != tf.string]
            off = deviation(found, eager(function)(given, None)[0])
            if off > 1e-5:
                raise ValueError(f"what was written differs by {off:.1e}")
        if "refused" in said:
            os.remove(os.path.join(folder, name + ".npz"))
            said["npz"] = ""
        return [row(name, name, "saved-model", "", "", **{k: v for k, v in said.items() if k not in options})]
    SAVES[name] = make


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


def random_weights(model, name):
    rng = generator(name + "/weights")
    for w in model.weights:
        kind = getattr(w, "path", w.name).split("/")[-1].split(":")[0]
        noise = rng.standard_normal(w.shape)
        if not np.issubdtype(np.dtype(getattr(w.dtype, "as_numpy_dtype", w.dtype)), np.floating):
            continue
        value = np.exp(0.4 * noise) if "variance" in kind else 1 + 0.2 * noise if kind == "gamma" else noise / np.sqrt(max(1, np.prod(w.shape[:-1])))
        w.assign(value.astype("float32"))


def keras_model(layers, shape=NET):
    model = keras.Sequential([keras.Input(shape), *layers])
    random_weights(model, "keras")
    return model


def exported(layers, shape=NET, save="export"):
    def make_it(path):
        model = keras_model(layers(), shape)
        if save == "export":
            model.export(path, verbose=False)
        else:
            tf.saved_model.save(model, path)
        return lambda x: model(x, training=False)
    return make_it


def cnn():
    L = keras.layers
    return [L.Conv2D(6, 3, strides=2, padding="same", use_bias=False), L.BatchNormalization(), L.ReLU(), L.Dropout(0.3),
            L.SeparableConv2D(8, 3, padding="same", activation="swish"), L.MaxPooling2D(), L.Flatten(), L.Dense(12, activation="gelu"), L.Dropout(0.5), L.Dense(5, activation="softmax")]


def preprocessing(noise=True):
    L = keras.layers
    random = [L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.RandomZoom(0.1), L.RandomContrast(0.2), L.GaussianNoise(0.1)] if noise else []
    normalization = L.Normalization(mean=[0.1, 0.2, 0.3], variance=[0.5, 0.7, 0.9])
    return [L.Resizing(18, 18), L.CenterCrop(14, 12), L.Rescaling(1 / 127.5, offset=-1), normalization, *random,
            L.Conv2D(6, 3, activation="relu"), L.GlobalAveragePooling2D(), L.Dense(5, activation="softmax")]


def functional(path):
    L = keras.layers
    image = keras.Input(NET, name="image")
    y = L.Conv2D(8, 3, padding="same", activation="relu", name="stem")(image)
    z = L.DepthwiseConv2D(3, padding="same", name="depthwise")(y)
    y = L.Add(name="sum")([y, L.BatchNormalization(name="bn")(z)])
    y = L.Concatenate()([L.AveragePooling2D(2)(y), L.MaxPooling2D()(y)])
    y = L.UpSampling2D(2, interpolation="bilinear")(y)
    y = L.Conv2DTranspose(6, 3, strides=2, padding="same", activation="leaky_relu")(y)
    t = L.Reshape((20 * 20, 6))(y)[:, ::50]
    t = L.LayerNormalization()(L.MultiHeadAttention(2, 4)(t, t) + t)
    y = L.GroupNormalization(2)(y)
    model = keras.Model(image, {"classes": L.Dense(5, activation="softmax", name="classes")(L.Concatenate()([L.GlobalAveragePooling2D()(y), L.GlobalMaxPooling1D()(t)]))})
    random_weights(model, "functional")
    model.export(path, verbose=False)
    return lambda x: model(x, training=False)


def mixed(path):
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        model = keras_model([keras.layers.Dense(8), keras.layers.Dense(4, activation="softmax", dtype="float32")], (6,))
        model.export(path, verbose=False)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    return lambda x: model(x, training=False)


def several_endpoints(path):
    model = keras_model(cnn())
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("classify", lambda x: model(x, training=False), [tf.TensorSpec([None, *NET], tf.float32)])
    archive.add_endpoint("train", lambda x: model(x, training=True), [tf.TensorSpec([None, *NET], tf.float32)])
    archive.write_out(path, verbose=False)
    return lambda x: model(x, training=False)


def keras2(path, compiled=False):
    """As Keras 2's model.save(path, save_format="tf") wrote it, with all its functions and its metadata."""
    from tensorflow.python import keras as old
    from tensorflow.python.keras import layers as L
    from tensorflow.python.keras.engine.sequential import Sequential
    old.__version__ = "2.6.0"
    old.backend.clear_session()
    model = Sequential([L.InputLayer(NET), L.Conv2D(6, 3, strides=2, padding="same", activation="relu"), L.DepthwiseConv2D(3), L.ReLU(6.0), L.Dropout(0.3), L.SpatialDropout2D(0.2),
                        L.MaxPooling2D(), L.Flatten(), L.Dense(12, activation="elu"), L.Dropout(0.5), L.Dense(5, activation="softmax")])
    random_weights(model, "keras2")
    if compiled:
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    model.save(path, save_format="tf")
    return lambda x: model(x, training=False)


def keras2_functional(path):
    from tensorflow.python import keras as old
    from tensorflow.python.keras import layers as L
    from tensorflow.python.keras.engine.training import Model
    old.__version__ = "2.6.0"
    old.backend.clear_session()
    image = L.Input(NET, name="image")
    y = L.Conv2D(6, 3, padding="same", name="stem")(image)
    inner = Model(inner_input := L.Input((10, 10, 6)), L.Activation("tanh")(L.SeparableConv2D(6, 3, padding="same")(inner_input)), name="block")
    y = L.Add()([inner(y), y, inner(y)])
    y = L.ZeroPadding2D(((0, 1), (1, 0)))(y)
    y = L.UpSampling2D(2)(L.AveragePooling2D(3, 2, "same")(y))
    y = L.Dense(5, activation="softmax", name="classes")(L.GlobalMaxPooling2D()(tf.nn.relu6(y * 2.0)))
    model = Model(image, y)
    random_weights(model, "keras2f")
    model.save(path, save_format="tf")
    return lambda x: model(x, training=False)


saved_model("sm2_module", NET, lambda path: module(path, serving_default=lambda net: net.scores))
saved_model("sm2_named_outputs", NET, lambda path: module(path, serving_default=lambda net: lambda image: {"scores": net.scores(image)}))
saved_model("sm2_one_odd_name", NET, lambda path: module(path, classify=lambda net: net.scores))
saved_model("sm2_two_signatures", NET, lambda path: module(path, classify=lambda net: net.scores, embed=lambda net: net.features), signature="classify")
saved_model("sm2_two_with_default", NET, lambda path: module(path, serving_default=lambda net: net.scores, embed=lambda net: net.features))
saved_model("sm2_without_signatures", NET, without_signatures)
saved_model("sm2_several_functions", NET, several_functions)
saved_model("sm2_shards", NET, shards)
saved_model("sm2_nested", NET, nested)
saved_model("sm2_compiled", NET, compiled)
saved_model("sm2_tensor_cond", NET, tensor_cond)
saved_model("sm2_training_argument", NET, training_argument, fed="training=False")
saved_model("sm2_encoded", NET, encoded)
saved_model("sm2_encoded_one", NET, encoded_one)
saved_model("sm2_examples", NET, example_strings)
saved_model("sm2_word_table", NET, word_table)
saved_model("sm2_uint8", NET, uint8_image, dtype="uint8", integers=256)
saved_model("sm2_open_size", (15, 18, 3), open_size)
saved_model("sm2_fixed_batch", NET, fixed_batch, batch=1)
saved_model("sm2_two_inputs", [NET, NET], two_inputs)
saved_model("sm2_loop", NET, looping, refused="loop")
saved_model("sm2_keras3_export", NET, exported(cnn))
saved_model("sm2_keras3_saved", NET, exported(cnn, save="saved_model"))
saved_model("sm2_keras3_preprocessing", (20, 24, 3), exported(lambda: preprocessing(False), (20, 24, 3)))
saved_model("sm2_keras3_augmented", (20, 24, 3), exported(preprocessing, (20, 24, 3)), refused="Keras 3 exports random layers as they are in training")
saved_model("sm2_keras3_preprocessing_saved", (20, 24, 3), exported(lambda: preprocessing(False), (20, 24, 3), "saved_model"))
saved_model("sm2_keras3_functional", NET, functional)
saved_model("sm2_keras3_open_size", (17, 21, 3), exported(lambda: [keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(6, 3, activation="relu"), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(5, activation="softmax")], (None, None, 3)))
saved_model("sm2_keras3_mixed", (6,), mixed, rounding=0.02)  # bfloat16 has 8 bits
saved_model("sm2_keras3_endpoints", NET, several_endpoints, signature="classify")
saved_model("sm2_keras2", NET, keras2)
saved_model("sm2_keras2_compiled", NET, lambda path: keras2(path, True))
saved_model("sm2_keras2_functional", NET, keras2_functional)
