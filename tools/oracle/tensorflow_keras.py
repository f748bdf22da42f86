"""SavedModels of Keras 2 and 3 for tensorflow_zoo.py. SAVES has a function for each, which writes a folder and gives its
line for the table. Each function here saves to a path and gives the function that the numbers come from.
"""

import keras
import numpy as np
import tensorflow as tf

from store import generator
from tensorflow_cases import NET
from tensorflow_saves import saved_model

SAVES = {}


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


saved_model(SAVES, "sm2_keras3_export", NET, exported(cnn))
saved_model(SAVES, "sm2_keras3_saved", NET, exported(cnn, save="saved_model"))
saved_model(SAVES, "sm2_keras3_preprocessing", (20, 24, 3), exported(lambda: preprocessing(False), (20, 24, 3)))
saved_model(SAVES, "sm2_keras3_augmented", (20, 24, 3), exported(preprocessing, (20, 24, 3)), refused="Keras 3 exports random layers as they are in training")
saved_model(SAVES, "sm2_keras3_preprocessing_saved", (20, 24, 3), exported(lambda: preprocessing(False), (20, 24, 3), "saved_model"))
saved_model(SAVES, "sm2_keras3_functional", NET, functional)
saved_model(SAVES, "sm2_keras3_open_size", (17, 21, 3), exported(lambda: [keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(6, 3, activation="relu"), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(5, activation="softmax")], (None, None, 3)))
saved_model(SAVES, "sm2_keras3_mixed", (6,), mixed, rounding=0.02)  # bfloat16 has 8 bits
saved_model(SAVES, "sm2_keras3_endpoints", NET, several_endpoints, signature="classify")
saved_model(SAVES, "sm2_keras2", NET, keras2)
saved_model(SAVES, "sm2_keras2_compiled", NET, lambda path: keras2(path, True))
saved_model(SAVES, "sm2_keras2_functional", NET, keras2_functional)
