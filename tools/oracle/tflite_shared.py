"""What TensorFlow Lite makes of the files in the test data folder.

    python tflite_shared.py DATA RESOURCES

Writes oracle/wild__tflite-digits__tflite_model.tflite.npz (see store.py; the gradient is that of its two dense
layers, in float64) and format/tflite/shared_NAME.npz for the two quantized networks: y, the interpreter's output
as real numbers, for the images of waves(side), which the test makes anew.
"""

import os
import sys

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from store import normal, save
from tflite_zoo import Interpreter

ORACLE = f"tensorflow {tf.__version__}"
NETWORKS = {"mobilenet_v1_0.25_128_quant": 128, "mobilenet_v2_1.0_224_quant": 224}
DIGITS = "wild/tflite-digits/tflite_model.tflite"


def waves(side, count=3):
    """Coloured waves [count, side, side, 3], whole numbers from 0 to 255."""
    n, h, w, c = np.meshgrid(*map(np.arange, (count, side, side, 3)), indexing="ij")
    return np.floor(127.5 + 127.5 * np.sin((h * (c + n + 1) + w * (3 - c)) * np.pi / 64))


def read(path):
    with open(path, "rb") as f:
        return f.read()


def digits(data, out):
    name = DIGITS.replace("/", "__")
    interpreter = Interpreter(read(os.path.join(data, DIGITS)), 2)
    x = np.abs(normal(name + "/x0", (2, 784), 0.3))
    (y,) = interpreter.run([x])
    weights = {d["name"]: interpreter.inner.get_tensor(d["index"]).astype(np.float64)
               for d in interpreter.inner.get_tensor_details() if "MatMul" in d["name"] and ";" not in d["name"]}
    first, second = (weights[k] for k in sorted(weights, key=lambda k: -weights[k].size))
    biases = {len(b): b for d in interpreter.inner.get_tensor_details() if "ReadVariableOp" in d["name"]
              for b in [interpreter.inner.get_tensor(d["index"]).astype(np.float64)]}
    hidden = x @ first.T + biases[len(first)]
    output = 1 / (1 + np.exp(-(np.maximum(hidden, 0) @ second.T + biases[len(second)])))
    assert np.abs(output - y).max() < 1e-5
    r = normal(name + "/r", y.shape)
    g = ((r * output * (1 - output)) @ second * (hidden > 0)) @ first
    save(os.path.join(out, name + ".npz"), ORACLE, x0=x, y=y, r=r, g0=g)


def network(data, name, out):
    inner = tf.lite.Interpreter(
        model_content=read(os.path.join(data, "tflite", name + ".tflite")),
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    inner.allocate_tensors()
    source, target = inner.get_input_details()[0], inner.get_output_details()[0]
    scale, zero = target["quantization"]
    ys = []
    for image in waves(NETWORKS[name]).astype(np.uint8):
        inner.set_tensor(source["index"], image[None])
        inner.invoke()
        ys.append((inner.get_tensor(target["index"])[0].astype(np.float64) - zero) * scale)
    save(os.path.join(out, f"shared_{name}.npz"), ORACLE, y=np.stack(ys))


if __name__ == "__main__":
    data, resources = sys.argv[1:]
    digits(data, os.path.join(resources, "oracle"))
    for name in NETWORKS:
        network(data, name, os.path.join(resources, "format", "tflite"))
