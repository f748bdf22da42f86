"""Checkpoints and SavedModels of TensorFlow 1 for tensorflow_zoo.py. SAVES has a function for each, which writes a folder
and gives its lines for the table; checkpoint() and builder() make the many alike.
"""

import os

import numpy as np
import tensorflow as tf

from store import normal
from tensorflow_cases import NET
from tensorflow_numbers import runner
from tensorflow_saves import fresh, numbers, row

v1 = tf.compat.v1
SAVES = {}


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
