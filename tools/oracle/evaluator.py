"""A small evaluator of old Keras .h5 files, for those that no present Keras can open.

Reads topology and weights by h5py and json, computes in float64; JAX is used for
its automatic differentiation only (a convolution is a sum over kernel positions).
Knows just the layers that occur in such files: plain chains, Keras 1 and 2 names.

Two facts about old files:
* A kernel trained under Theano is applied as a true convolution, so it must be
  turned by 180 degrees. Keras 2 records the backend in the file. Keras 1 does
  not, but TensorFlow's weight names end in ":0" and Theano's do not.
* Keras 1 stores kernels as (rows, columns, in, out) when dim_ordering is "tf", as
  (out, in, rows, columns) when it is "th"; running_std holds the variance.
"""

import json

import h5py
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

ACTIVATIONS = {
    "linear": lambda x: x, "relu": lambda x: jnp.where(x > 0, x, 0), "tanh": jnp.tanh,
    "softmax": lambda x: jnp.exp(x - x.max(-1, keepdims=True)) / jnp.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True),
}


class Unsupported(Exception):
    pass


class Layer:
    def __init__(self, item, weights, theano):
        self.kind, self.config, self.theano = item["class_name"], item["config"], theano
        self.weights = weights

    def get(self, *keys, default=None):
        """The first of several keys that is there: Keras 2 and Keras 1 call an option differently."""
        for key in keys:
            if key in self.config:
                return self.config[key]
        return default

    def weight(self, *suffixes):
        for name, value in self.weights.items():
            if name.split(":")[0].endswith(suffixes):
                return value
        return None

    def channels_first(self):
        return self.get("data_format", "dim_ordering", default="tf") in ("channels_first", "th")

    def activate(self, x):
        return ACTIVATIONS[self.get("activation", default="linear")](x)

    def apply(self, x):
        method = getattr(self, self.kind.lower().replace("convolution2d", "conv2d"), None)
        if method is None:
            raise Unsupported(self.kind)
        return method(x)

    def inputlayer(self, x):
        return x

    dropout = inputlayer

    def activation(self, x):
        return self.activate(x)

    def dense(self, x):
        return self.activate(x @ self.weight("_W", "kernel") + self.weight("_b", "bias"))

    def flatten(self, x):
        return x.reshape(len(x), -1)

    def reshape(self, x):
        return x.reshape(len(x), *self.get("target_shape"))

    def maxpooling2d(self, x):
        size, strides = self.get("pool_size"), self.get("strides")
        if size != strides or self.get("padding", "border_mode") != "valid":
            raise Unsupported("pooling that overlaps or pads")
        if self.channels_first():
            x = x.transpose(0, 2, 3, 1)
        n, h, w, c = x.shape
        (p, q), (rows, columns) = size, (h // size[0], w // size[1])
        y = x[:, :rows * p, :columns * q].reshape(n, rows, p, columns, q, c).max((2, 4))
        return y.transpose(0, 3, 1, 2) if self.channels_first() else y

    def batchnormalization(self, x):
        axis = self.get("axis")
        axis = axis[0] if isinstance(axis, list) else axis
        shape = [1] * x.ndim
        shape[axis] = -1
        mean, variance = self.weight("_mean"), self.weight("running_std", "variance")
        y = (x - mean.reshape(shape)) / jnp.sqrt(variance.reshape(shape) + self.get("epsilon"))
        return y * self.weight("gamma").reshape(shape) + self.weight("beta").reshape(shape)

    def conv2d(self, x):
        kernel = self.weight("_W", "kernel")
        if "nb_filter" in self.config and self.channels_first():
            kernel = kernel.transpose(2, 3, 1, 0)
        if self.theano:
            kernel = kernel[::-1, ::-1]
        strides = self.get("strides", "subsample")
        if self.get("padding", "border_mode") != "valid" or self.get("dilation_rate", default=[1, 1]) != [1, 1]:
            raise Unsupported("padding or dilation")
        if self.channels_first():
            x = x.transpose(0, 2, 3, 1)
        rows, columns = [(n - k) // s + 1 for n, k, s in zip(x.shape[1:3], kernel.shape, strides)]
        y = 0
        for i in range(kernel.shape[0]):
            for j in range(kernel.shape[1]):
                part = x[:, i:i + rows * strides[0]:strides[0], j:j + columns * strides[1]:strides[1]]
                y += part[:, :rows, :columns] @ kernel[i, j]
        y = self.activate(y + self.weight("_b", "bias"))
        return y.transpose(0, 3, 1, 2) if self.channels_first() else y


def layers_of(path, weights=None):
    """The chain of layers of an .h5 file, or of a .json file and an .h5 file of weights."""
    with h5py.File(weights or path) as f:
        attrs = dict(f.attrs)
        topology = json.load(open(path)) if weights else json.loads(attrs["model_config"])
        group = f["model_weights"] if "model_weights" in f else f
        stored = {}
        for name in group.attrs["layer_names"]:
            name = name.decode() if isinstance(name, bytes) else name
            keys = [k.decode() if isinstance(k, bytes) else k for k in group[name].attrs["weight_names"]]
            stored[name] = {k: np.asarray(group[name][k], "float64") for k in keys}
    if topology["class_name"] != "Sequential":
        raise Unsupported(topology["class_name"])
    config = topology["config"]
    names = [k for w in stored.values() for k in w]
    theano = attrs.get("backend") == "theano" or (
        "backend" not in attrs and bool(names) and not any(k.endswith(":0") for k in names))
    return [Layer(item, stored.get(item["config"]["name"], {}), theano)
            for item in (config if isinstance(config, list) else config["layers"])]


def input_shape(layers):
    return layers[0].get("batch_input_shape")[1:]


def evaluate(layers, x, cotangent):
    """y, r = cotangent(shape of y) and the gradient of sum(y * r) at x."""
    def run(x):
        for layer in layers:
            x = layer.apply(x)
        return x
    y = run(jnp.asarray(x, "float64"))
    r = cotangent(y.shape)
    g = jax.grad(lambda x: (run(x) * r).sum())(jnp.asarray(x, "float64"))
    return np.asarray(y), r, np.asarray(g)
