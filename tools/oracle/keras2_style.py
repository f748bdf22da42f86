"""Rewrites .h5 files of Keras 3 in the manner of Keras 2, which most .h5 files in the world have.

    python keras2_style.py IN OUT [NAME ...]

For NAME.h5 and NAME.npz in IN writes OUT/k24_NAME.h5 (tf.keras 2.4: class Functional,
Sequential with an InputLayer) and OUT/k21_NAME.h5 (Keras 2.1: class Model, Sequential
as a bare list, input shape on the first layer), each with the same .npz. Keras 3
must read each new file and get the same outputs, so that it is Keras which says
that the new file means what the old one meant; what it cannot read is not kept.
(Only the bare lists are made after that: Keras 3 does not read them.) Models with
anything that Keras 2 did not have are left out, and so is hard_sigmoid, which was
clip(0.2 x + 0.5) in Keras 2 and is clip(x / 6 + 0.5) in Keras 3.
"""

import glob
import json
import os
import re
import shutil
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")  # which can do channels_first on a CPU

import h5py
import keras
import numpy as np

NEW_KEYS = {"optional", "quantization_config", "lora_rank", "lora_alpha", "registered_name", "build_config"}
LAYERS = set("""Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average
    AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization CenterCrop Concatenate Conv1D
    Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose Cropping1D Cropping2D Cropping3D Dense
    DepthwiseConv1D DepthwiseConv2D Dot Dropout ELU Embedding Flatten GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalMaxPooling3D InputLayer LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D
    Maximum Minimum MultiHeadAttention Multiply Normalization PReLU Permute RandomContrast RandomFlip
    RandomRotation RandomTranslation RandomZoom ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D
    SeparableConv2D Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D Subtract TimeDistributed
    UnitNormalization UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D""".split())
ACTIVATIONS = {"elu", "exponential", "gelu", "linear", "relu", "selu", "sigmoid", "softmax", "softplus", "softsign",
               "swish", "tanh"}


class NotInKeras2(Exception):
    pass


def tensor(t):
    return [*t["config"]["keras_history"], {}]


def node(n):
    """{"args": [tensor or list of tensors], "kwargs": {}} to [[name, node, tensor, {}], ...]."""
    if len(n["args"]) != 1 or any(v is not None for v in n["kwargs"].values()):
        raise NotInKeras2("a call with further arguments")
    (arg,) = n["args"]
    return [tensor(t) for t in (arg if isinstance(arg, list) else [arg])]


def value(v):
    """Objects without module and registered name, recursively."""
    if isinstance(v, dict):
        if v.get("class_name") == "DTypePolicy":
            return v["config"]["name"]
        return {k: value(x) for k, x in v.items() if k not in ("module", "registered_name")}
    return [value(x) for x in v] if isinstance(v, list) else v


def layer(item, old):
    item = dict(item)
    kind, config = item["class_name"], item["config"]
    if "layers" in config:
        item.update(model(item, old))
    elif kind not in LAYERS or "dtype" not in config:
        raise NotInKeras2(kind)
    else:
        config = {k: value(v) for k, v in config.items() if k not in NEW_KEYS}
        if "batch_shape" in config:
            config["batch_input_shape"] = config.pop("batch_shape")
        if config.get("activation") == "silu":
            config["activation"] = "swish"
        if config.get("activation", "linear") not in ACTIVATIONS:
            raise NotInKeras2(config["activation"])
        if kind == "LeakyReLU":
            config["alpha"] = config.pop("negative_slope")
        if kind == "BatchNormalization" and not old:
            config["axis"] = [config["axis"]]
        if "layer" in config:
            config["layer"] = layer(config["layer"], old)
        item["config"] = config
    if "inbound_nodes" in item:
        item["inbound_nodes"] = [node(n) for n in item["inbound_nodes"]]
    return {k: v for k, v in item.items() if k in ("class_name", "config", "name", "inbound_nodes")}


def model(item, old):
    config = item["config"]
    layers = [layer(x, old) for x in config["layers"]]
    if item["class_name"] == "Sequential":
        return {"class_name": "Sequential", "config": {"name": config["name"], "layers": layers}}
    ends = {k: [config[k]] if isinstance(config[k][0], str) else config[k] for k in ("input_layers", "output_layers")}
    return {"class_name": "Model" if old else "Functional", "config": {"name": config["name"], "layers": layers, **ends}}


def bare(item):
    """Sequential as a list of its layers, at any depth, the first of which has the input shape."""
    config = item["config"]
    if "layers" not in config:
        return item
    layers = [bare(x) for x in config["layers"]]
    if item["class_name"] != "Sequential":
        return {**item, "config": {**config, "layers": layers}}
    if layers[0]["class_name"] == "InputLayer":
        if layers[1]["class_name"] not in ("Model", "Sequential"):  # those know it themselves
            layers[1]["config"]["batch_input_shape"] = layers[0]["config"]["batch_input_shape"]
        del layers[0]
    return {**item, "config": layers}


def rewrite(source, target, old):
    with h5py.File(source) as f, h5py.File(target, "w") as out:
        config = model(json.loads(f.attrs["model_config"]), old)
        version = "2.1.6" if old else "2.4.0"
        weights = out.create_group("model_weights")
        names = [n for n in f["model_weights"].attrs["layer_names"]]
        weights.attrs["layer_names"] = np.array([n.encode() for n in names])
        for attrs in out.attrs, weights.attrs:
            attrs["keras_version"], attrs["backend"] = version.encode(), b"tensorflow"
        out.attrs["model_config"] = json.dumps(config).encode()
        for name in names:
            group = f["model_weights"][name]
            new = weights.create_group(name)
            keys = group.attrs["weight_names"]
            short = [re.sub(r"^(sequential|functional)(_\d+)?/", "", k) + ":0" for k in keys]
            new.attrs["weight_names"] = np.array([k.encode() for k in short]) if short else np.zeros(0)
            for key, k in zip(keys, short):
                new[k] = group[key][()]


def check(path, npz):
    again = keras.models.load_model(path, compile=False)
    x = [npz[k] for k in sorted(npz.files) if re.fullmatch(r"x\d*", k)]
    y = keras.tree.flatten(again(x if len(x) > 1 else x[0], training=False))
    for i, t in enumerate(y):
        error = np.abs(np.asarray(t) - npz["y" + (str(i) if i else "")]).max()
        if error > 2e-5:
            raise ValueError(f"differs by {error:.1e}")


if __name__ == "__main__":
    source, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    names = sys.argv[3:] or sorted(os.path.basename(p)[:-3] for p in glob.glob(os.path.join(source, "*.h5")))
    for name in names:
        npz = os.path.join(source, name + ".npz")
        if name.startswith("k2_"):
            continue
        for prefix, old in ("k24_", False), ("k21_", True):
            path = os.path.join(out, prefix + name)
            try:
                rewrite(os.path.join(source, name + ".h5"), path + ".h5", old)
                check(path + ".h5", np.load(npz))
                if old:
                    with h5py.File(path + ".h5", "a") as f:
                        f.attrs["model_config"] = json.dumps(bare(json.loads(f.attrs["model_config"]))).encode()
                shutil.copy(npz, path + ".npz")
            except NotInKeras2:
                os.remove(path + ".h5")
            except Exception as e:
                os.path.exists(path + ".h5") and os.remove(path + ".h5")
                print(f"{prefix}{name}: NOT MADE: {type(e).__name__}: {' '.join(str(e).split())[:200]}", flush=True)
