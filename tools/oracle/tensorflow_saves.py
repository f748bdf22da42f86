"""What the folders of tensorflow_zoo.py share: names, numbers, a line of the table."""

import os
import shutil

import keras
import numpy as np
import tensorflow as tf

from tensorflow_numbers import deviation, eager, write_numbers

v1 = tf.compat.v1


def fresh(folder, name):
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    return path


def numbers(folder, name, shape, run, batch=2, **options):
    shapes = shape if isinstance(shape, list) else [shape]
    return write_numbers(os.path.join(folder, name + ".npz"), name, [(batch, *s) for s in shapes], options, run)


def row(file, name, kind, inputs, outputs, **more):
    return {"file": file, "npz": name + ".npz", "kind": kind, "inputs": inputs, "outputs": outputs} | more


def saved_model(saves, name, shape, make_it, batch=2, **said):
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
        more = {k: v for k, v in said.items() if k not in options and k != "inputs"}
        return [row(name, name, "saved-model", said.get("inputs", ""), "", **more)]
    saves[name] = make
