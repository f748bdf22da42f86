"""Rewrites one small model in the odd ways in which people's Keras files differ, and in ways that must be refused.

    python odd_files.py RESOURCES/format/keras OUT

Reads k21_net_cnn.h5 (a Sequential as a bare list) and net_cnn.keras. What it writes into OUT/same means the
same model, so the numbers are those beside the two; what it writes into OUT/refused is none that can be read
without running code or guessing. Needs numpy and h5py only.
"""

import copy
import io
import json
import os
import shutil
import sys
import zipfile

import h5py
import numpy as np

SHAPE = [None, 10, 10, 1]


def read(path):
    with h5py.File(path) as f:
        layers = json.loads(f.attrs["model_config"])["config"]
        weights = {}
        for name, group in f["model_weights"].items():
            weights[name] = [(n.decode(), group[n.decode()][()]) for n in group.attrs["weight_names"]]
    return layers, weights


def write(path, topology, weights, order, *, text=json.dumps, root="model_weights", version="2.2.4",
          backend="tensorflow", names=np.bytes_, dataset=None, userblock=0, chunked=0):
    """topology None: weights alone. names: how texts in attributes are stored. chunked: texts per attribute."""
    with h5py.File(path, "w", userblock_size=userblock) as f:
        if topology is not None:
            f.attrs["model_config"] = text(topology)
        if version:
            f.attrs["keras_version"] = version
            f.attrs["backend"] = backend
        at = f.require_group(root) if root else f
        put_texts(at, "layer_names", order, names, chunked)
        for layer in order:
            group = at.require_group(layer)
            put_texts(group, "weight_names", [n for n, _ in weights.get(layer, [])], names, chunked)
            for name, array in weights.get(layer, []):
                if dataset:
                    dataset(group, name, array)
                else:
                    group[name] = array


def put_texts(group, key, texts, kind, chunked):
    if chunked:
        for i in range(0, max(len(texts), 1), chunked):
            group.attrs[f"{key}{i // chunked}"] = np.array([kind(t) for t in texts[i:i + chunked]], "S80")
    elif kind is str:
        group.attrs.create(key, texts, dtype=h5py.string_dtype()) if texts else group.attrs.create(key, np.zeros(0))
    else:
        group.attrs[key] = np.array([kind(t) for t in texts], "S80") if texts else np.zeros(0)


def without_shape(layers):
    layers = copy.deepcopy(layers)
    del layers[0]["config"]["batch_input_shape"]
    return layers


def sequential(layers, **more):
    return {"class_name": "Sequential", "config": {"name": "sequential_1", "layers": layers, **more}}


def functional(layers, inputs, outputs, kind="Model", first="batch_input_shape"):
    named = [{"class_name": "InputLayer", "name": "image", "inbound_nodes": [],
              "config": {"name": "image", first: SHAPE, "dtype": "float32", "sparse": False}}]
    for layer in without_shape(layers):
        before = named[-1]["name"]
        named.append({**layer, "name": layer["config"]["name"], "inbound_nodes": [[[before, 0, 0, {}]]]})
    return {"class_name": kind,
            "config": {"name": "model_1", "layers": named, "input_layers": inputs, "output_layers": outputs}}


def later_keys(layers):
    layers = copy.deepcopy(layers)
    for layer in layers:
        layer.update(module="keras.layers", registered_name=None, build_config={"input_shape": SHAPE})
        layer["config"].update(
            dtype={"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
                   "registered_name": None, "shared_object_id": 4},
            quantization_config=None, autocast=True, lora_rank=None, batch_size=None)
    return layers


def same(layers, weights, out):
    order = [layer["config"]["name"] for layer in layers]
    bare = {"class_name": "Sequential", "config": layers}
    inputs, outputs = ["image", 0, 0], [order[-1], 0, 0]

    def odd(name, topology=bare, w=weights, o=order, **how):
        write(os.path.join(out, name + ".h5"), topology, w, o, **how)

    odd("build_input_shape", sequential(without_shape(layers), build_input_shape=SHAPE))
    odd("inputs_as_dict", functional(layers, {"image": inputs}, {"digit": outputs}, "Functional"))
    odd("inputs_flat", functional(layers, inputs, outputs, "Functional", "batch_shape"))
    odd("inputs_listed", functional(layers, [inputs], [outputs]))
    odd("later_keys", sequential(later_keys(layers)), version="3.99.0")
    odd("no_version", version=None)
    odd("config_as_bytes", text=lambda t: np.bytes_(json.dumps(t)))
    odd("config_encoded_twice", text=lambda t: json.dumps(json.dumps(t)))
    odd("names_as_text", names=str)
    odd("names_in_chunks", chunked=2)
    odd("user_block", userblock=1024)
    odd("weights_at_the_root", root="")
    odd("no_slash_in_names", w={k: [(n.replace("/", "_"), a) for n, a in v] for k, v in weights.items()})
    odd("other_weight_names",
        w={k: [(f"{k}_17/" + n.split("/", 1)[1], a) for n, a in v] for k, v in weights.items()})
    odd("other_layer_names", w={k + "_9": v for k, v in weights.items()}, o=[n + "_9" for n in order])
    odd("scoped_names", w={k: [(f"tower/{k}/net/" + n, a) for n, a in v] for k, v in weights.items()})
    for kind in "f8", ">f4":
        odd("weights_" + kind.replace(">", "big_endian_"),
            w={k: [(n, a.astype(kind)) for n, a in v] for k, v in weights.items()})
    odd("weights_compressed", dataset=lambda g, n, a: g.create_dataset(
        n, data=a, compression="gzip", shuffle=True, chunks=a.shape, fletcher32=True))

    # Three models within one another; Keras 2 keeps all their weights under the outermost one's name.
    inner = {"class_name": "Sequential", "config": {"name": "inner", "layers": layers[:3]}}
    middle = {"class_name": "Sequential", "config": {"name": "middle", "layers": [inner, *layers[3:5]]}}
    outer = {"class_name": "Sequential", "config": {"name": "outer", "layers": [middle, layers[5]]}}
    odd("three_deep", {"class_name": "Sequential", "config": {"name": "whole", "layers": [outer]}},
        w={"outer": [entry for name in order for entry in weights.get(name, [])]}, o=["outer"])

    # The topology as JSON, with the weights beside it.
    for stem, text in ("topology", json.dumps(bare)), ("twice", json.dumps(json.dumps(bare))):
        with open(os.path.join(out, stem + ".json"), "w") as f:
            f.write(text)
        odd(stem + "_weights", None, root="")


def datasets(group, path=""):
    """(the layer's group, the number of the variable, the array) of a Keras 3 archive."""
    for key, item in group.items():
        if isinstance(item, h5py.Dataset):
            yield path.rsplit("/", 1)[0], key, item[()]
        else:
            yield from datasets(item, f"{path}/{key}".strip("/"))


def with_backslashes(source, target):
    """An archive from Windows: the groups' names hold backslashes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".h5"):
                flat = io.BytesIO()
                with h5py.File(io.BytesIO(data)) as f, h5py.File(flat, "w") as g:
                    for group, key, array in datasets(f):
                        g.require_group(group.replace("/", "\\") + "/vars")[key] = array
                data = flat.getvalue()
            new.writestr(zipfile.ZipInfo(name), data)


def refused(layers, weights, source, out):
    order = [layer["config"]["name"] for layer in layers]
    bare = {"class_name": "Sequential", "config": layers}
    lambda_layer = {"class_name": "Lambda", "config": {
        "name": "swap", "function": ["4wEAAAAAAAAAAAAAAAEAAAACAAAA", None, None], "function_type": "lambda"}}
    gru = {"class_name": "GRU", "config": {"name": "gru", "units": 3}}
    own = {"class_name": "MyAttention", "config": {"name": "looks", "heads": 2}}

    def odd(name, topology=bare, w=weights, o=order, **how):
        write(os.path.join(out, name + ".h5"), topology, w, o, **how)

    odd("lambda", {"class_name": "Sequential", "config": [layers[0], lambda_layer, *layers[1:]]})
    odd("unknown_layers", {"class_name": "Sequential", "config": [*layers[:3], gru, own, lambda_layer, *layers[3:]]})
    odd("subclass", {"class_name": "MyNet", "config": {"name": "my_net", "width": 4}})
    odd("weights_alone", None, root="")
    odd("a_layer_has_no_weights", w={k: v for k, v in weights.items() if k != "dense"})
    odd("wrong_shape", w={k: [(n, a[:-1]) if n == "dense/kernel:0" else (n, a) for n, a in v]
                          for k, v in weights.items()})
    odd("unknown_option", {"class_name": "Sequential", "config": [
        {**layers[0], "config": {**layers[0]["config"], "spectral_padding": 3}}, *layers[1:]]})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(os.path.join(out, "subclass.keras"), "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "config.json":
                data = json.dumps({"module": None, "class_name": "MyNet", "config": {"name": "my_net"},
                                   "registered_name": "mine>MyNet"}).encode()
            new.writestr(zipfile.ZipInfo(name), data)


if __name__ == "__main__":
    resources, out = sys.argv[1:]
    shutil.rmtree(out, ignore_errors=True)
    for folder in "same", "refused":
        os.makedirs(os.path.join(out, folder))
    base = read(os.path.join(resources, "k21_net_cnn.h5"))
    archive = os.path.join(resources, "net_cnn.keras")
    same(*base, os.path.join(out, "same"))
    with_backslashes(archive, os.path.join(out, "same", "backslashes.keras"))
    refused(*base, archive, os.path.join(out, "refused"))
