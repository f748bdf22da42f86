"""The models of keras2_layers.py as TensorFlow 1.15 to 2.3 wrote them: each operator a TensorFlowOpLayer.

    python keras2_operators.py OUT [NAME ...]

Without eager execution the copy of Keras 2.6 in TensorFlow still records every
operator between two layers by itself, with its NodeDef and its constants. Writes
k2raw_NAME.h5 and k2raw_NAME.npz (see store.py) for those models in which one was recorded.
"""

import os

import numpy as np
import tensorflow as tf

tf.compat.v1.disable_eager_execution()

from keras2_layers import BATCH, CASES, backend, hdf5_format, keras
from store import generator, indexed, make_all, normal, numbered, save

keras.__version__ = "2.3.0-tf"


def make(name, out):
    backend.clear_session()
    build, shapes, options = CASES[name]
    model = build()
    if not any(type(layer).__name__ == "TensorFlowOpLayer" for layer in model.layers):
        return
    rng = generator(name + "/weights")
    model.set_weights([
        (rng.standard_normal(w.shape) * (0.3 if w.ndim < 2 else 1 / np.sqrt(np.prod(w.shape[:-1])))).astype("float32")
        for w in model.get_weights()])
    x = [normal(f"{name}/x{i}", (BATCH, *s)) for i, s in enumerate(shapes)]
    if options.get("positive"):
        x = [np.abs(a) + np.float32(0.3) for a in x]
    outputs = [tf.cast(t, tf.float32) for t in model.outputs]
    feed, session = dict(zip(model.inputs, x)), backend.get_session()
    y = session.run(outputs, feed)
    r = [normal(f"{name}/r{i}", t.shape) for i, t in enumerate(y)]
    try:
        gradients = tf.compat.v1.gradients(outputs, model.inputs, [tf.constant(a) for a in r])
        known = [i for i, g in enumerate(gradients) if g is not None]
        g = dict(zip(known, session.run([tf.convert_to_tensor(gradients[i]) for i in known], feed)))
    except (LookupError, tf.errors.InvalidArgumentError) as e:
        print(f"{name}: no gradient: {type(e).__name__}: {' '.join(str(e).split())[:120]}", flush=True)
        g = {}
    path = os.path.join(out, "k2raw_" + name)
    hdf5_format.save_model_to_hdf5(model, path + ".h5", include_optimizer=False)
    save(path + ".npz", f"tensorflow.python.keras (2.6) of tensorflow {tf.__version__}, without eager execution",
         **indexed("x", x), **numbered("y", y), **numbered("r", r), **indexed("g", [g.get(i) for i in range(len(x))]))


if __name__ == "__main__":
    make_all(make, CASES)
