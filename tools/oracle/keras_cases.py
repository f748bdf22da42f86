"""The Keras 3 models of keras_layers.py: one entry a model, the batch axis left out.

    one(name, shape, layer)         a Sequential of one layer
    chain(name, shape, layers)      a Sequential of several
    graph(name, shapes, function)   a functional model; function gets the inputs

Each makes its layers anew when called, so that names and seeds do not depend on
the other entries. Options: `scale` and `shift` of the normal random input,
`positive` takes its absolute value, `integers` draws 0 ... n-1 instead.
"""

import keras
from keras import layers as L
from keras import ops
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from store import normal

CASES = {}


def graph(name, shapes, function, **options):
    if name in CASES:
        raise ValueError("twice: " + name)
    shapes = shapes if isinstance(shapes, list) else [shapes]

    def build():
        inputs = [keras.Input(s, dtype="int32" if "integers" in options else None) for s in shapes]
        return keras.Model(inputs, function(*inputs))
    CASES[name] = (build, shapes, options)


def chain(name, shape, layers, **options):
    if name in CASES:
        raise ValueError("twice: " + name)
    CASES[name] = (lambda: keras.Sequential([keras.Input(shape), *layers()]), [shape], options)


def one(name, shape, layer, **options):
    chain(name, shape, lambda: [layer()], **options)


# ---- convolutions -----------------------------------------------------------------------------

one("conv2d_valid", (7, 8, 3), lambda: L.Conv2D(4, 3))
one("conv2d_same_even", (7, 8, 3), lambda: L.Conv2D(4, (2, 4), padding="same"))
one("conv2d_same_stride", (7, 8, 3), lambda: L.Conv2D(4, 3, strides=2, padding="same"))
one("conv2d_same_stride32", (9, 8, 3), lambda: L.Conv2D(4, (3, 5), strides=(3, 2), padding="same"))
one("conv2d_valid_stride", (8, 9, 3), lambda: L.Conv2D(4, (3, 2), strides=(2, 3), activation="relu"))
one("conv2d_dilation", (9, 10, 3), lambda: L.Conv2D(4, 3, dilation_rate=(2, 3)))
one("conv2d_dilation_same", (7, 8, 3), lambda: L.Conv2D(4, 3, dilation_rate=2, padding="same", use_bias=False))
one("conv2d_groups", (5, 4, 4), lambda: L.Conv2D(6, 3, groups=2, padding="same", activation="tanh"))
one("conv2d_1x1_stride", (7, 8, 3), lambda: L.Conv2D(4, 1, strides=2, padding="same"))
one("conv2d_channels_first", (3, 7, 8), lambda: L.Conv2D(4, 3, strides=2, padding="same", data_format="channels_first"))
one("conv1d_valid", (9, 3), lambda: L.Conv1D(4, 3))
one("conv1d_same_stride", (10, 3), lambda: L.Conv1D(4, 4, strides=3, padding="same", activation="relu"))
one("conv1d_causal", (9, 3), lambda: L.Conv1D(4, 3, padding="causal"))
one("conv1d_causal_dilation", (9, 3), lambda: L.Conv1D(4, 3, padding="causal", dilation_rate=2))
one("conv1d_causal_stride", (9, 3), lambda: L.Conv1D(4, 3, padding="causal", strides=2))
one("conv1d_groups", (9, 4), lambda: L.Conv1D(4, 3, groups=2))
one("conv1d_channels_first", (3, 9), lambda: L.Conv1D(4, 3, data_format="channels_first"))
one("conv3d_valid", (4, 4, 3, 2), lambda: L.Conv3D(3, (2, 3, 2)))
one("conv3d_same_stride", (5, 6, 5, 2), lambda: L.Conv3D(3, 3, strides=2, padding="same", activation="relu"))
one("conv3d_dilation", (6, 6, 5, 2), lambda: L.Conv3D(3, 2, dilation_rate=(2, 1, 3)))
one("conv3d_channels_first", (2, 5, 6, 5), lambda: L.Conv3D(3, 2, data_format="channels_first"))
one("depthwise_conv2d", (7, 8, 3), lambda: L.DepthwiseConv2D(3))
one("depthwise_conv2d_multiplier", (7, 8, 3), lambda: L.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=2, activation="relu"))
one("depthwise_conv2d_dilation", (7, 8, 3), lambda: L.DepthwiseConv2D(3, dilation_rate=2, use_bias=False))
one("depthwise_conv2d_channels_first", (3, 7, 8), lambda: L.DepthwiseConv2D(3, data_format="channels_first"))
one("depthwise_conv1d", (9, 3), lambda: L.DepthwiseConv1D(3, depth_multiplier=2))
one("depthwise_conv1d_same", (9, 3), lambda: L.DepthwiseConv1D(4, strides=2, padding="same"))
one("depthwise_conv1d_channels_first", (3, 9), lambda: L.DepthwiseConv1D(3, data_format="channels_first"))
one("separable_conv2d", (7, 8, 3), lambda: L.SeparableConv2D(4, 3, activation="relu"))
one("separable_conv2d_multiplier", (7, 8, 3), lambda: L.SeparableConv2D(4, 3, strides=2, padding="same", depth_multiplier=2))
one("separable_conv2d_dilation", (7, 8, 3), lambda: L.SeparableConv2D(4, 2, dilation_rate=2, padding="same", use_bias=False))
one("separable_conv2d_channels_first", (3, 7, 8), lambda: L.SeparableConv2D(4, 3, data_format="channels_first"))
one("separable_conv1d", (9, 3), lambda: L.SeparableConv1D(4, 3, depth_multiplier=2))
one("separable_conv1d_same", (9, 3), lambda: L.SeparableConv1D(4, 4, strides=2, padding="same"))
one("conv2d_transpose_valid", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3))
one("conv2d_transpose_valid_stride", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, strides=2, activation="relu"))
one("conv2d_transpose_same_stride", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same"))
one("conv2d_transpose_same_k2s3", (3, 4, 3), lambda: L.Conv2DTranspose(2, 2, strides=3, padding="same"))
one("conv2d_transpose_same_k4s2", (3, 4, 3), lambda: L.Conv2DTranspose(2, 4, strides=2, padding="same", use_bias=False))
one("conv2d_transpose_valid_k2s3", (3, 4, 3), lambda: L.Conv2DTranspose(2, 2, strides=3))
one("conv2d_transpose_same_s1", (3, 4, 3), lambda: L.Conv2DTranspose(2, (3, 4), padding="same"))
one("conv2d_transpose_output_padding", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=0))
one("conv2d_transpose_output_padding1", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, strides=2, padding="valid", output_padding=1))
one("conv2d_transpose_output_padding_same", (3, 4, 3), lambda: L.Conv2DTranspose(2, (3, 2), strides=(3, 2), padding="same", output_padding=1))
one("conv2d_transpose_dilation", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, dilation_rate=2))
one("conv2d_transpose_dilation_same", (3, 4, 3), lambda: L.Conv2DTranspose(2, 3, dilation_rate=2, padding="same"))
one("conv2d_transpose_channels_first", (3, 3, 4), lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same", data_format="channels_first"))
one("conv1d_transpose_valid", (5, 3), lambda: L.Conv1DTranspose(4, 3, strides=2))
one("conv1d_transpose_same", (5, 3), lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same"))
one("conv1d_transpose_output_padding", (5, 3), lambda: L.Conv1DTranspose(4, 3, strides=2, padding="valid", output_padding=1))
one("conv1d_transpose_dilation", (5, 3), lambda: L.Conv1DTranspose(4, 3, dilation_rate=2))
one("conv3d_transpose_valid", (2, 3, 2, 2), lambda: L.Conv3DTranspose(2, 2, strides=2))
one("conv3d_transpose_same", (2, 3, 2, 2), lambda: L.Conv3DTranspose(2, 3, strides=2, padding="same"))

# ---- dense ------------------------------------------------------------------------------------

one("dense_rank2", (5,), lambda: L.Dense(4, activation="relu"))
one("dense_rank3", (3, 5), lambda: L.Dense(4, activation="softmax"))
one("dense_rank4", (2, 3, 5), lambda: L.Dense(4, use_bias=False))
one("dense_one_unit", (5,), lambda: L.Dense(1, activation="sigmoid"))
one("dense_lora", (5,), lambda: L.Dense(4, lora_rank=2))
one("einsum_dense_ab_bc", (5,), lambda: L.EinsumDense("ab,bc->ac", 4, bias_axes="c"))
one("einsum_dense_abc_cd", (3, 5), lambda: L.EinsumDense("abc,cd->abd", (None, 4), bias_axes="d", activation="relu"))
one("einsum_dense_ellipsis", (2, 3, 5), lambda: L.EinsumDense("...x,xy->...y", 4, bias_axes="y"))
one("einsum_dense_heads", (3, 5), lambda: L.EinsumDense("abc,cde->abde", (None, 2, 4), bias_axes="de"))
one("einsum_dense_merge", (3, 2, 4), lambda: L.EinsumDense("abcd,cde->abe", (None, 5), bias_axes="e"))

# ---- normalization ----------------------------------------------------------------------------

one("batch_norm", (4, 5, 3), lambda: L.BatchNormalization())
one("batch_norm_axis1", (3, 4, 5), lambda: L.BatchNormalization(axis=1, epsilon=1e-5))
one("batch_norm_axis2", (4, 5, 3), lambda: L.BatchNormalization(axis=2))
one("batch_norm_no_scale", (4, 5, 3), lambda: L.BatchNormalization(scale=False))
one("batch_norm_no_center", (4, 5, 3), lambda: L.BatchNormalization(center=False))
one("batch_norm_neither", (5,), lambda: L.BatchNormalization(center=False, scale=False))
one("batch_norm_rank2", (6,), lambda: L.BatchNormalization(epsilon=0.1))
one("batch_norm_rank5", (2, 3, 4, 3), lambda: L.BatchNormalization())
one("layer_norm", (4, 6), lambda: L.LayerNormalization())
one("layer_norm_axis1", (4, 6), lambda: L.LayerNormalization(axis=1))
one("layer_norm_axes", (4, 5, 3), lambda: L.LayerNormalization(axis=(1, 2, 3), epsilon=1e-2))
one("layer_norm_axes23", (4, 5, 3), lambda: L.LayerNormalization(axis=[-2, -1]))
one("layer_norm_axes13", (4, 5, 3), lambda: L.LayerNormalization(axis=(1, 3)))
one("layer_norm_no_scale", (4, 5, 3), lambda: L.LayerNormalization(scale=False))
one("layer_norm_no_center", (4, 5, 3), lambda: L.LayerNormalization(center=False))
one("rms_norm", (4, 5, 3), lambda: L.RMSNormalization())
one("group_norm", (4, 5, 6), lambda: L.GroupNormalization(groups=3))
one("group_norm_instance", (4, 5, 6), lambda: L.GroupNormalization(groups=-1, scale=False))
one("group_norm_one", (4, 5, 6), lambda: L.GroupNormalization(groups=1, center=False, epsilon=1e-2))
one("group_norm_axis1", (6, 4, 5), lambda: L.GroupNormalization(groups=2, axis=1))
one("unit_norm", (4, 5), lambda: L.UnitNormalization())
one("unit_norm_axis1", (4, 5, 3), lambda: L.UnitNormalization(axis=1))
one("unit_norm_axes", (4, 5, 3), lambda: L.UnitNormalization(axis=(1, 2)))
chain("spectral_norm_dense", (5,), lambda: [L.SpectralNormalization(L.Dense(4))])
chain("spectral_norm_conv2d", (6, 6, 3), lambda: [L.SpectralNormalization(L.Conv2D(4, 3), power_iterations=2)])

# ---- activations ------------------------------------------------------------------------------

for activation in [
        "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh",
        "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu",
        "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax",
        "squareplus", "tanh", "tanh_shrink"]:
    one("activation_" + activation, (3, 8), lambda a=activation: L.Activation(a), scale=1 if activation == "exponential" else 3)
one("activation_swish", (3, 8), lambda: L.Activation("swish"), scale=3)
one("activation_hard_swish", (3, 8), lambda: L.Activation("hard_swish"), scale=3)
one("argument_gelu", (5,), lambda: L.Dense(4, activation="gelu"))
one("argument_hard_silu", (6, 6, 3), lambda: L.Conv2D(4, 3, activation="hard_silu"))
one("argument_softmax_conv", (5, 6, 3), lambda: L.Conv2D(4, 3, activation="softmax"))
one("argument_layer", (5,), lambda: L.Dense(4, activation=L.LeakyReLU(0.2)))
one("relu", (3, 4), lambda: L.ReLU())
one("relu_max", (3, 8), lambda: L.ReLU(max_value=2), scale=3)
one("relu_all", (3, 8), lambda: L.ReLU(max_value=2.5, negative_slope=0.1, threshold=0.7), scale=3)
one("relu_threshold", (3, 8), lambda: L.ReLU(threshold=1.0), scale=3)
one("relu_slope", (3, 8), lambda: L.ReLU(negative_slope=0.2), scale=3)
one("relu_slope_threshold", (3, 8), lambda: L.ReLU(negative_slope=0.2, threshold=0.5), scale=3)
one("leaky_relu", (3, 8), lambda: L.LeakyReLU(), scale=3)
one("leaky_relu_slope", (3, 8), lambda: L.LeakyReLU(negative_slope=0.05), scale=3)
one("elu", (3, 8), lambda: L.ELU(alpha=0.7), scale=3)
one("prelu", (4, 5, 3), lambda: L.PReLU())
one("prelu_shared", (4, 5, 3), lambda: L.PReLU(shared_axes=[1, 2]))
one("prelu_shared_rows", (4, 5, 3), lambda: L.PReLU(shared_axes=[1]))
one("prelu_dense", (6,), lambda: L.PReLU())
one("softmax", (3, 8), lambda: L.Softmax(), scale=3)
one("softmax_axis1", (3, 8), lambda: L.Softmax(axis=1), scale=3)
one("softmax_axes", (3, 4, 2), lambda: L.Softmax(axis=(1, 2)), scale=3)
one("softmax_rank2", (7,), lambda: L.Softmax())

# ---- pooling ----------------------------------------------------------------------------------

for kind in "Max", "Average":
    low = kind.lower()
    d1, d2, d3 = (getattr(L, f"{kind}Pooling{d}D") for d in (1, 2, 3))
    one(low + "_pool2d_valid", (7, 9, 3), lambda c=d2: c(2))
    one(low + "_pool2d_same", (7, 9, 3), lambda c=d2: c(2, padding="same"))
    one(low + "_pool2d_overlap", (7, 9, 3), lambda c=d2: c((3, 2), strides=(2, 1)))
    one(low + "_pool2d_overlap_same", (7, 8, 3), lambda c=d2: c(3, strides=2, padding="same"))
    one(low + "_pool2d_gaps", (9, 8, 2), lambda c=d2: c(2, strides=3, padding="same"))
    one(low + "_pool2d_channels_first", (3, 7, 8), lambda c=d2: c(2, data_format="channels_first"))
    one(low + "_pool1d", (9, 3), lambda c=d1: c(2))
    one(low + "_pool1d_same", (9, 3), lambda c=d1: c(3, strides=2, padding="same"))
    one(low + "_pool1d_channels_first", (3, 9), lambda c=d1: c(2, data_format="channels_first"))
    one(low + "_pool3d", (5, 6, 5, 2), lambda c=d3: c(2))
    one(low + "_pool3d_same", (5, 6, 5, 2), lambda c=d3: c((2, 3, 2), strides=2, padding="same"))
    for d, shape in (1, (5, 3)), (2, (4, 5, 3)), (3, (3, 4, 3, 2)):
        pool = getattr(L, f"Global{kind}Pooling{d}D")
        one(f"global_{low}_pool{d}d", shape, lambda c=pool: c())
        one(f"global_{low}_pool{d}d_keepdims", shape, lambda c=pool: c(keepdims=True))
    one(f"global_{low}_pool2d_channels_first", (3, 4, 5), lambda c=L.__dict__[f"Global{kind}Pooling2D"]: c(data_format="channels_first"))
    adaptive = [getattr(L, f"Adaptive{kind}Pooling{d}D") for d in (1, 2, 3)]
    one(f"adaptive_{low}_pool1d", (9, 3), lambda c=adaptive[0]: c(4))
    one(f"adaptive_{low}_pool2d", (7, 9, 3), lambda c=adaptive[1]: c((3, 4)))
    one(f"adaptive_{low}_pool2d_even", (8, 6, 3), lambda c=adaptive[1]: c((4, 3)))
    one(f"adaptive_{low}_pool3d", (5, 6, 5, 2), lambda c=adaptive[2]: c((2, 3, 2)))

# ---- padding, cropping, resizing, reshaping ---------------------------------------------------

one("zero_padding1d", (4, 3), lambda: L.ZeroPadding1D(2))
one("zero_padding1d_sides", (4, 3), lambda: L.ZeroPadding1D((1, 3)))
one("zero_padding2d", (4, 5, 3), lambda: L.ZeroPadding2D())
one("zero_padding2d_pair", (4, 5, 3), lambda: L.ZeroPadding2D((1, 2)))
one("zero_padding2d_sides", (4, 5, 3), lambda: L.ZeroPadding2D(((0, 1), (2, 3))))
one("zero_padding2d_channels_first", (3, 4, 5), lambda: L.ZeroPadding2D(((0, 1), (2, 3)), data_format="channels_first"))
one("zero_padding3d", (2, 3, 2, 2), lambda: L.ZeroPadding3D(((0, 1), (1, 0), (2, 1))))
one("cropping1d", (8, 3), lambda: L.Cropping1D((1, 2)))
one("cropping2d", (7, 8, 3), lambda: L.Cropping2D(((1, 0), (2, 3))))
one("cropping2d_channels_first", (3, 7, 8), lambda: L.Cropping2D(((1, 0), (2, 3)), data_format="channels_first"))
one("cropping3d", (4, 5, 4, 2), lambda: L.Cropping3D(((0, 1), (1, 1), (2, 0))))
one("up_sampling1d", (4, 3), lambda: L.UpSampling1D(3))
one("up_sampling2d", (3, 4, 2), lambda: L.UpSampling2D((2, 3)))
one("up_sampling2d_channels_first", (2, 3, 4), lambda: L.UpSampling2D((2, 3), data_format="channels_first"))
for interpolation in "bilinear", "bicubic", "lanczos3", "lanczos5":
    one("up_sampling2d_" + interpolation, (5, 4, 2), lambda i=interpolation: L.UpSampling2D((2, 3), interpolation=i))
one("up_sampling3d", (2, 3, 2, 2), lambda: L.UpSampling3D((2, 1, 3)))
for interpolation in "bilinear", "nearest", "bicubic", "lanczos3", "lanczos5":
    one(f"resizing_{interpolation}_up", (5, 4, 2), lambda i=interpolation: L.Resizing(8, 9, interpolation=i))
    one(f"resizing_{interpolation}_down", (9, 8, 2), lambda i=interpolation: L.Resizing(4, 5, interpolation=i))
one("resizing_area_down", (8, 8, 2), lambda: L.Resizing(4, 2, interpolation="area"))
one("resizing_antialias", (9, 8, 2), lambda: L.Resizing(4, 5, antialias=True))
one("resizing_antialias_bicubic", (9, 8, 2), lambda: L.Resizing(4, 5, interpolation="bicubic", antialias=True))
one("resizing_crop_to_aspect", (9, 5, 2), lambda: L.Resizing(4, 4, crop_to_aspect_ratio=True))
one("resizing_crop_to_aspect_wide", (5, 9, 2), lambda: L.Resizing(7, 7, crop_to_aspect_ratio=True))
one("resizing_pad_to_aspect", (9, 5, 2), lambda: L.Resizing(6, 6, pad_to_aspect_ratio=True, fill_value=0.5))
one("resizing_pad_to_aspect_wide", (4, 9, 2), lambda: L.Resizing(6, 7, pad_to_aspect_ratio=True))
one("resizing_channels_first", (2, 5, 4), lambda: L.Resizing(8, 9, data_format="channels_first"))
one("center_crop", (7, 8, 2), lambda: L.CenterCrop(4, 5))
one("center_crop_odd", (8, 7, 2), lambda: L.CenterCrop(5, 4))
one("center_crop_smaller", (4, 5, 2), lambda: L.CenterCrop(7, 6))
one("center_crop_one_smaller", (4, 9, 2), lambda: L.CenterCrop(6, 6))
one("reshape", (4, 6), lambda: L.Reshape((2, 3, 4)))
one("reshape_unknown", (4, 6), lambda: L.Reshape((3, -1)))
one("flatten", (3, 4, 2), lambda: L.Flatten())
one("flatten_channels_first", (2, 3, 4), lambda: L.Flatten(data_format="channels_first"))
one("flatten_flat", (5,), lambda: L.Flatten())
one("permute", (3, 4, 2), lambda: L.Permute((3, 1, 2)))
one("repeat_vector", (5,), lambda: L.RepeatVector(3))

# ---- identities at inference ------------------------------------------------------------------

for drop in "Dropout", "SpatialDropout1D", "GaussianDropout", "GaussianNoise", "AlphaDropout":
    one("identity_" + drop.lower(), (3, 4), lambda c=getattr(L, drop): c(0.3))
one("identity_spatialdropout2d", (3, 4, 2), lambda: L.SpatialDropout2D(0.3))
one("identity_spatialdropout3d", (2, 3, 2, 2), lambda: L.SpatialDropout3D(0.3))
one("identity_activity_regularization", (3, 4), lambda: L.ActivityRegularization(l1=0.1, l2=0.1))
graph("application_scaled_sum", [(3, 4, 2), (3, 4, 2)], lambda a, b: CustomScaleLayer(0.17)([L.ReLU()(a), b]))
one("identity_identity", (3, 4), lambda: L.Identity())
one("identity_masking", (3, 4), lambda: L.Masking(mask_value=-7.0))
one("masking_masks", (5, 2), lambda: L.Masking(mask_value=2), integers=4)
for name, layer in {
        "random_flip": lambda: L.RandomFlip("horizontal"), "random_rotation": lambda: L.RandomRotation(0.1),
        "random_zoom": lambda: L.RandomZoom(0.2), "random_translation": lambda: L.RandomTranslation(0.1, 0.1),
        "random_contrast": lambda: L.RandomContrast(0.2), "random_brightness": lambda: L.RandomBrightness(0.2),
        "random_shear": lambda: L.RandomShear(0.1, 0.1), "random_hue": lambda: L.RandomHue(0.1),
        "random_saturation": lambda: L.RandomSaturation(0.2), "random_sharpness": lambda: L.RandomSharpness(0.2),
        "random_erasing": lambda: L.RandomErasing(), "random_gaussian_blur": lambda: L.RandomGaussianBlur(),
        "random_color_jitter": lambda: L.RandomColorJitter(), "random_grayscale": lambda: L.RandomGrayscale(),
        "random_invert": lambda: L.RandomInvert(), "random_posterization": lambda: L.RandomPosterization(4),
        "random_perspective": lambda: L.RandomPerspective(),
        "random_color_degeneration": lambda: L.RandomColorDegeneration(0.3),
        "random_elastic_transform": lambda: L.RandomElasticTransform(),
        "mix_up": lambda: L.MixUp(), "cut_mix": lambda: L.CutMix(), "rand_augment": lambda: L.RandAugment(),
        "aug_mix": lambda: L.AugMix()}.items():
    one("augmentation_" + name, (4, 4, 3), layer)
one("random_crop", (7, 8, 2), lambda: L.RandomCrop(4, 5))
one("random_crop_smaller", (4, 5, 2), lambda: L.RandomCrop(7, 6))
one("rescaling", (3, 4), lambda: L.Rescaling(1 / 255), scale=60, shift=128)
one("rescaling_offset", (3, 4), lambda: L.Rescaling(1 / 127.5, offset=-1), scale=60, shift=128)
one("rescaling_channels", (4, 5, 3), lambda: L.Rescaling([0.5, 0.25, 2.0], offset=[0.1, -0.2, 0.3]))
one("normalization_values", (4, 5, 3), lambda: L.Normalization(mean=[0.4, 0.5, 0.6], variance=[0.2, 0.5, 2.0]))
one("normalization_scalar", (4, 5, 3), lambda: L.Normalization(axis=None, mean=0.4, variance=0.3))
one("normalization_invert", (4, 5, 3), lambda: L.Normalization(mean=[0.4, 0.5, 0.6], variance=[0.2, 0.5, 2.0], invert=True))
one("normalization_adapted", (4, 5, 3), lambda: L.Normalization())
one("normalization_adapted_axis1", (3, 4, 5), lambda: L.Normalization(axis=1))
one("normalization_adapted_scalar", (4, 5, 3), lambda: L.Normalization(axis=None))

# ---- merging ----------------------------------------------------------------------------------

for merge in "Add", "Multiply", "Average", "Maximum", "Minimum":
    graph("merge_" + merge.lower(), [(3, 4, 2)] * 3, lambda *x, c=getattr(L, merge): c()(list(x)))
    graph("merge_" + merge.lower() + "_broadcast", [(3, 4, 2), (1, 1, 2)], lambda *x, c=getattr(L, merge): c()(list(x)))
graph("merge_add_rank", [(4, 5), (5,)], lambda a, b: L.Add()([a, b]))
graph("merge_subtract", [(4, 5, 3)] * 2, lambda a, b: L.Subtract()([a, b]))
graph("merge_subtract_broadcast", [(4, 1, 3), (1, 5, 1)], lambda a, b: L.Subtract()([a, b]))
graph("merge_concatenate", [(4, 5, 3), (4, 5, 2)], lambda a, b: L.Concatenate()([a, b]))
graph("merge_concatenate_axis1", [(4, 5, 3), (2, 5, 3), (1, 5, 3)], lambda *x: L.Concatenate(axis=1)(list(x)))
graph("merge_concatenate_axis_minus2", [(4, 5, 3), (4, 2, 3)], lambda *x: L.Concatenate(axis=-2)(list(x)))
graph("merge_dot", [(5,), (5,)], lambda a, b: L.Dot(axes=1)([a, b]))
graph("merge_dot_normalize", [(5,), (5,)], lambda a, b: L.Dot(axes=1, normalize=True)([a, b]))
graph("merge_dot_axes21", [(4, 5), (5, 3)], lambda a, b: L.Dot(axes=(2, 1))([a, b]))
graph("merge_dot_axes1", [(4, 5), (4, 3)], lambda a, b: L.Dot(axes=1, normalize=True)([a, b]))
graph("merge_dot_axes12", [(4, 5), (3, 4)], lambda a, b: L.Dot(axes=(1, 2))([a, b]))

# ---- attention and embedding ------------------------------------------------------------------

graph("multi_head_attention_self", (4, 6), lambda x: L.MultiHeadAttention(2, 3)(x, x))
graph("multi_head_attention_cross", [(4, 6), (5, 3)], lambda q, v: L.MultiHeadAttention(2, 3, value_dim=4, use_bias=False)(q, v))
graph("multi_head_attention_key", [(4, 6), (5, 3), (5, 2)], lambda q, v, k: L.MultiHeadAttention(2, 3, output_shape=5)(q, v, k))
graph("multi_head_attention_causal", (4, 6), lambda x: L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True))
graph("multi_head_attention_axes", (3, 4, 6), lambda x: L.MultiHeadAttention(2, 3, attention_axes=(2,))(x, x))
graph("multi_head_attention_axes2", (3, 4, 6), lambda x: L.MultiHeadAttention(2, 3, attention_axes=(1, 2))(x, x))
graph("multi_head_attention_scores", (4, 6), lambda x: L.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True))
graph("group_query_attention", (4, 6), lambda x: L.GroupQueryAttention(3, 4, 2)(x, x))
graph("attention", [(4, 6), (5, 6)], lambda q, v: L.Attention()([q, v]))
graph("attention_key_scale", [(4, 6), (5, 3), (5, 6)], lambda q, v, k: L.Attention(use_scale=True)([q, v, k]))
graph("attention_concat", [(4, 6), (5, 6)], lambda q, v: L.Attention(score_mode="concat")([q, v]))
graph("attention_concat_scale", [(4, 6), (5, 6)], lambda q, v: L.Attention(score_mode="concat", use_scale=True)([q, v]))
graph("attention_causal", (4, 6), lambda x: L.Attention()([x, x], use_causal_mask=True))
graph("additive_attention", [(4, 6), (5, 6)], lambda q, v: L.AdditiveAttention()([q, v]))
graph("additive_attention_no_scale", [(4, 6), (5, 6)], lambda q, v: L.AdditiveAttention(use_scale=False)([q, v]))
graph("embedding_flatten", (5,), lambda x: L.Dense(3)(L.Flatten()(L.Embedding(7, 4)(x))), integers=7)
graph("embedding_pool", (5,), lambda x: L.GlobalAveragePooling1D()(L.Embedding(7, 4)(x)), integers=7)
graph("embedding_mask_zero_pool", (5,), lambda x: L.GlobalAveragePooling1D()(L.Embedding(7, 4, mask_zero=True)(x)), integers=3)
graph("reversible_embedding", (5,), lambda x: L.ReversibleEmbedding(7, 4)(x), integers=7)

# ---- wrappers ---------------------------------------------------------------------------------

one("time_distributed_dense", (3, 5), lambda: L.TimeDistributed(L.Dense(4, activation="relu")))
one("time_distributed_conv2d", (3, 6, 6, 2), lambda: L.TimeDistributed(L.Conv2D(3, 3)))
one("time_distributed_batch_norm", (3, 5), lambda: L.TimeDistributed(L.BatchNormalization()))
one("time_distributed_flatten", (3, 4, 2), lambda: L.TimeDistributed(L.Flatten()))
one("time_distributed_sequential", (3, 6, 6, 2), lambda: L.TimeDistributed(keras.Sequential([
    keras.Input((6, 6, 2)), L.Conv2D(3, 3, activation="relu"), L.GlobalAveragePooling2D()])))

# ---- operations recorded as layers ------------------------------------------------------------

IMAGE = (4, 4, 3)
KERNEL = normal("kernel", (2, 2, 3, 2), 0.3)
graph("op_times", IMAGE, lambda x: x * 2)
graph("op_rtimes", IMAGE, lambda x: 2.5 * x)
graph("op_divide", IMAGE, lambda x: x / 255.0, scale=60, shift=128)
graph("op_rdivide", IMAGE, lambda x: 1.0 / x, positive=True, shift=0.5)
graph("op_rsub", IMAGE, lambda x: 1 - x)
graph("op_minus_array", IMAGE, lambda x: x - keras.ops.convert_to_tensor([0.1, 0.2, 0.3]))
graph("op_preprocess", IMAGE, lambda x: (x / 127.5 - 1.0) * 0.5 + 0.25, scale=60, shift=128)
graph("op_sub_inputs", [IMAGE, (1, 1, 3)], lambda x, y: x - y)
graph("op_mul_inputs", [IMAGE, (4, 1, 3)], lambda x, y: x * y)
graph("op_div_inputs", [IMAGE, IMAGE], lambda x, y: x / y, positive=True, shift=0.5)
graph("op_neg_pow", IMAGE, lambda x: -(x ** 2))
graph("op_pow3", IMAGE, lambda x: x ** 3)
graph("op_mod", IMAGE, lambda x: x % 2.0)
graph("op_floordiv", IMAGE, lambda x: x // 2.0)
graph("op_abs_operator", IMAGE, lambda x: abs(x))
graph("op_matmul_operator", [(4, 3), (3, 5)], lambda a, b: a @ b)
for name, function in {
        "abs": ops.abs, "arctan": ops.arctan, "cos": ops.cos, "erf": ops.erf, "exp": ops.exp, "expm1": ops.expm1,
        "floor": ops.floor, "negative": ops.negative, "relu": ops.relu, "relu6": ops.relu6, "round": ops.round,
        "sigmoid": ops.sigmoid, "sign": ops.sign, "silu": ops.silu, "sin": ops.sin, "sinh": ops.sinh, "cosh": ops.cosh,
        "softplus": ops.softplus, "softsign": ops.softsign, "square": ops.square, "tan": ops.tan, "tanh": ops.tanh,
        "elu": ops.elu, "selu": ops.selu, "mish": lambda x: ops.tanh(ops.softplus(x)) * x,
        "hard_sigmoid": ops.hard_sigmoid, "hard_silu": ops.hard_silu, "log_sigmoid": ops.log_sigmoid,
        "celu": lambda x: ops.celu(x, alpha=0.7), "threshold": lambda x: ops.threshold(x, 0.3, -0.2),
        "hard_shrink": lambda x: ops.hard_shrink(x, 0.7), "soft_shrink": lambda x: ops.soft_shrink(x, 0.7),
        "squareplus": lambda x: ops.squareplus(x, b=2), "glu": lambda x: ops.glu(x, axis=2),
        "leaky_relu": lambda x: ops.leaky_relu(x, negative_slope=0.3),
        "gelu_exact": lambda x: ops.gelu(x, approximate=False), "gelu": ops.gelu,
        "softmax": ops.softmax, "softmax_axis1": lambda x: ops.softmax(x, axis=1),
        "log_softmax": ops.log_softmax,
        "clip": lambda x: ops.clip(x, -0.5, 1.0), "maximum": lambda x: ops.maximum(x, 0.3),
        "minimum": lambda x: ops.minimum(x, 0.3), "ceil": ops.ceil,
        "nan_to_num": ops.nan_to_num, "stop_gradient": lambda x: ops.stop_gradient(x) * x,
}.items():
    graph("op_" + name, IMAGE, function, scale=1.5)
for name, function in {
        "sqrt": ops.sqrt, "rsqrt": ops.rsqrt, "log": ops.log, "log1p": ops.log1p, "log2": ops.log2, "log10": ops.log10,
        "reciprocal": ops.reciprocal, "power": lambda x: ops.power(x, 1.7)}.items():
    graph("op_" + name, IMAGE, function, positive=True, shift=0.3)
for name, function in {
        "mean": lambda x: ops.mean(x, axis=[1, 2]), "mean_keepdims": lambda x: ops.mean(x, axis=(1, 2), keepdims=True),
        "mean_last": lambda x: ops.mean(x, axis=-1), "sum": lambda x: ops.sum(x, axis=1),
        "max": lambda x: ops.max(x, axis=[1, 2]), "min": lambda x: ops.min(x, axis=-1, keepdims=True),
        "prod": lambda x: ops.prod(x, axis=-1), "var": lambda x: ops.var(x, axis=[1, 2]),
        "std": lambda x: ops.std(x, axis=-1, keepdims=True), "norm": lambda x: ops.norm(x, axis=-1),
        "norm1": lambda x: ops.norm(x, ord=1, axis=-1, keepdims=True),
        "norm_inf": lambda x: ops.norm(x, ord=float("inf"), axis=2),
        "logsumexp": lambda x: ops.logsumexp(x, axis=-1), "normalize": lambda x: ops.normalize(x, axis=-1),
        "moments": lambda x: list(ops.moments(x, axes=[1, 2])), "cumsum": lambda x: ops.cumsum(x, axis=1),
        "amax": lambda x: ops.amax(x, axis=1), "count": lambda x: ops.cast(ops.count_nonzero(x > 0, axis=1), "float32"),
        "argmax": lambda x: ops.argmax(x, axis=-1), "top_k": lambda x: ops.top_k(x, 2)[0],
        "average_pool": lambda x: ops.average_pool(x, 2), "max_pool": lambda x: ops.max_pool(x, 2, padding="same"),
}.items():
    graph("op_" + name, IMAGE, function)
for name, function in {
        "reshape": lambda x: ops.reshape(x, (-1, 6, 8)), "ravel_batch": lambda x: ops.reshape(x, (-1, 48)),
        "transpose": lambda x: ops.transpose(x, (0, 3, 1, 2)), "transpose_none": lambda x: ops.transpose(x)[0:1, 1:2],
        "moveaxis": lambda x: ops.moveaxis(x, -1, 1), "swapaxes": lambda x: ops.swapaxes(x, 1, 2),
        "expand_dims": lambda x: ops.expand_dims(x, 1), "expand_dims_last": lambda x: ops.expand_dims(x, -1),
        "squeeze": lambda x: ops.squeeze(ops.expand_dims(x, 2), 2),
        "pad": lambda x: ops.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]]),
        "pad_value": lambda x: ops.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], constant_values=1.5),
        "pad_reflect": lambda x: ops.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], mode="reflect"),
        "pad_symmetric": lambda x: ops.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]], mode="symmetric"),
        "split": lambda x: ops.split(x, 2, axis=2), "split_at": lambda x: ops.split(x, [1, 3], axis=2),
        "unstack": lambda x: ops.unstack(x, axis=3),
        "getitem": lambda x: x[:, ::2, 1:-1], "getitem_index": lambda x: x[:, 0], "getitem_ellipsis": lambda x: x[..., 1:],
        "getitem_last": lambda x: x[:, :, -1, :], "getitem_new_axis": lambda x: x[:, None, :, 2],
        "getitem_flip": lambda x: x[:, ::-1], "getitem_bgr": lambda x: x[..., ::-1],
        "flip": lambda x: ops.flip(x, axis=2), "roll": lambda x: ops.roll(x, 2, axis=1),
        "repeat": lambda x: ops.repeat(x, 2, axis=1), "tile": lambda x: ops.tile(x, (1, 2, 1, 3)),
        "take": lambda x: ops.take(x, [2, 0], axis=3), "broadcast_to": lambda x: ops.broadcast_to(x[:, :1], (2, 4, 4, 3)),
        "rot90": lambda x: ops.rot90(x, axes=(1, 2)), "slice": lambda x: ops.slice(x, (0, 1, 1, 0), (2, 2, 3, 2)),
        "tril": lambda x: ops.tril(x), "triu": lambda x: ops.triu(x, k=1),
        "where": lambda x: ops.where(x > 0, x, 0.1 * x), "where_equal": lambda x: ops.where(ops.less_equal(x, 0.5), x, 2.0),
        "logical": lambda x: ops.where(ops.logical_and(x > -1, x < 1), x, ops.zeros_like(x)),
        "not_equal": lambda x: ops.cast(ops.not_equal(ops.sign(x), 1.0), "float32") * x,
        "cast": lambda x: ops.cast(ops.cast(x * 10, "int32"), "float32"),
        "ones_like": lambda x: ops.ones_like(x) + x, "full_like": lambda x: ops.full_like(x, 2.0) * x,
        "einsum": lambda x: ops.einsum("bhwc,bhvc->bwv", x, x), "tensordot": lambda x: ops.tensordot(x, ops.ones((3, 2)), axes=1),
        "space_to_depth": lambda x: ops.nn.space_to_depth(x, 2), "depth_to_space": lambda x: ops.nn.depth_to_space(ops.tile(x, (1, 1, 1, 4)), 2),
        "resize": lambda x: ops.image.resize(x, (7, 5)), "resize_nearest": lambda x: ops.image.resize(x, (8, 12), interpolation="nearest"),
        "crop_images": lambda x: ops.image.crop_images(x, 1, 2, target_height=3, target_width=2),
        "pad_images": lambda x: ops.image.pad_images(x, 1, 2, target_height=7, target_width=9),
        "rgb_to_grayscale": lambda x: ops.image.rgb_to_grayscale(x),
        "conv_constant": lambda x: ops.conv(x, ops.ones((2, 2, 3, 2)) * 0.1, strides=1, padding="valid"),
}.items():
    graph("op_" + name, IMAGE, function)
for name, function in {
        "concatenate": lambda a, b: ops.concatenate([a, b], axis=-1), "stack": lambda a, b: ops.stack([a, b], axis=1),
        "matmul": lambda a, b: ops.matmul(a, ops.transpose(b, (0, 1, 3, 2))), "add": ops.add, "multiply": ops.multiply,
        "dot_product": lambda a, b: ops.sum(a * b, axis=-1), "maximum_inputs": ops.maximum, "minimum_inputs": ops.minimum,
        "einsum_inputs": lambda a, b: ops.einsum("bhwc,bhwd->bcd", a, b), "where_inputs": lambda a, b: ops.where(a > b, a, 2 * b),
        "hstack": lambda a, b: ops.hstack([a, b]), "divide_no_nan": ops.divide_no_nan, "arctan2": ops.arctan2,
        "attention": lambda a, b: ops.dot_product_attention(a, b, b)}.items():
    graph("op_" + name, [IMAGE, IMAGE], function)
for name, function in {
        "exp2": ops.exp2, "trunc": ops.trunc, "deg2rad": ops.deg2rad, "erfc": ops.erfc, "fmod_number": lambda x: ops.fmod(x, 0.7), "round_decimals": lambda x: ops.round(x, 1),
        "isfinite": lambda x: ops.where(ops.isfinite(x), x, 0.0), "any": lambda x: ops.cast(ops.any(x > 1, axis=1), "float32"), "all": lambda x: ops.cast(ops.all(x < 1, axis=[1, 2], keepdims=True), "float32"),
        "argmin": lambda x: ops.argmin(x, axis=2, keepdims=True), "take_nested": lambda x: ops.take(x, [[2, 0], [1, 1]], axis=2), "take_one": lambda x: ops.take(x, 1, axis=3), "rot90_three": lambda x: ops.rot90(x, k=3, axes=(2, 1)),
        "layer_norm": lambda x: ops.layer_normalization(x, ops.convert_to_tensor([1.0, 0.7, 1.3]), ops.convert_to_tensor([0.5, 0.0, -0.5])), "rms_norm": lambda x: ops.rms_normalization(x, ops.convert_to_tensor([1.0, 0.7, 1.3])),
        "depthwise_conv": lambda x: ops.depthwise_conv(x, KERNEL, padding="same"), "conv_strides": lambda x: ops.conv(x, KERNEL, strides=(1, 2), padding="same", dilation_rate=1),
        "resize_crop": lambda x: ops.image.resize(x, (6, 3), crop_to_aspect_ratio=True), "resize_pad": lambda x: ops.image.resize(x, (6, 3), pad_to_aspect_ratio=True, fill_value=0.5), "resize_bicubic": lambda x: ops.image.resize(x, (6, 7), interpolation="bicubic"),
        "resize_lanczos": lambda x: ops.image.resize(x, (3, 7), interpolation="lanczos3", antialias=True), "crop_sides": lambda x: ops.image.crop_images(x, top_cropping=1, bottom_cropping=1, left_cropping=0, right_cropping=2), "pad_sides": lambda x: ops.image.pad_images(x, top_padding=1, bottom_padding=2, left_padding=0, right_padding=3),
        "batch_normalization_axis1": lambda x: ops.batch_normalization(x, ops.convert_to_tensor([0.1, 0.2, 0.3, 0.4]), ops.convert_to_tensor([1.0, 2.0, 3.0, 4.0]), axis=1, offset=ops.convert_to_tensor([0.5, 0.0, -0.5, 1.0]), scale=ops.convert_to_tensor([1.0, 0.7, 1.3, 2.0]), epsilon=1e-2),
        "normalize_axis1": lambda x: ops.normalize(x, axis=1), "pad_edge_channels": lambda x: ops.pad(x, [[0, 0], [0, 0], [1, 0], [0, 2]], mode="reflect"), "clip_array": lambda x: ops.clip(x, -1, 1), "moveaxis_list": lambda x: ops.moveaxis(x, [1, 2], [2, 3]),
        "split_uneven": lambda x: ops.split(x, [1, -1], axis=-1), "top_k_both": lambda x: sum(ops.cast(t, "float32") for t in ops.top_k(x, 2)), "floordiv_int": lambda x: ops.cast(ops.cast(x * 10, "int32") // 3, "float32"), "einsum_ellipsis": lambda x: ops.einsum("...wc,...vc->...wv", x, x),
        "tensordot_axes": lambda x: ops.tensordot(x, ops.ones((4, 2)) * 0.1, axes=[[1], [0]]), "dot": lambda x: ops.dot(x, ops.ones((3, 2)) * 0.1), "activation_relu": lambda x: keras.activations.relu(x, negative_slope=0.1, max_value=1.2, threshold=0.2),
        "activation_mish": keras.activations.mish, "activation_tanh_shrink": keras.activations.tanh_shrink, "sparse_plus": ops.sparse_plus, "sparse_sigmoid": ops.sparse_sigmoid, "sparsemax_last": ops.sparsemax, "softmax_axes": lambda x: ops.softmax(x, axis=(1, 2)),
        "extract_patches": lambda x: ops.image.extract_patches(x, 2), "extract_patches_overlap": lambda x: ops.image.extract_patches(x, (3, 2), strides=(1, 2), padding="same"),
        "arccos": lambda x: ops.arccos(ops.tanh(x)), "logical_xor": lambda x: ops.where(ops.logical_xor(x > 0, x > 1), x, -x), "isnan": lambda x: ops.where(ops.isnan(x), 0.0, x), "mean_batch": lambda x: x - ops.max(x, axis=0, keepdims=True),
        "stack_three": lambda x: ops.stack([x, x * x, 2 * x], axis=-1), "transpose_back": lambda x: ops.transpose(ops.transpose(x, (0, 3, 1, 2)) * 2, (0, 2, 3, 1)), "expand_dims_two": lambda x: ops.expand_dims(x, (1, -1)), "roll_two": lambda x: ops.roll(x, (1, -1), axis=(1, 2)),
        "repeat_list": lambda x: ops.repeat(x, [1, 2, 0, 3], axis=1), "tile_short": lambda x: ops.tile(x, (2, 1)), "logsumexp_keep": lambda x: ops.logsumexp(x, axis=(1, 2), keepdims=True), "ones_scaled": lambda x: ops.zeros_like(x) + 0.5 * x}.items():
    graph("op_" + name, IMAGE, function)
for name, function in {
        "fmod": lambda a, b: ops.fmod(a, ops.abs(b) + 0.5), "mod_inputs": lambda a, b: ops.mod(a, ops.abs(b) + 0.5), "hypot": ops.hypot, "logaddexp": ops.logaddexp, "dstack": lambda a, b: ops.dstack([a, b]),
        "channels": lambda a, b: a * b[:, :, :1] + b[:, :1], "power_inputs": lambda a, b: ops.power(ops.abs(a), b), "greater_equal": lambda a, b: ops.where(ops.greater_equal(a, b), a, b)}.items():
    graph("op_" + name, [IMAGE, IMAGE], function)
graph("op_batch_normalization", IMAGE, lambda x: ops.batch_normalization(
    x, ops.convert_to_tensor([0.1, 0.2, 0.3]), ops.convert_to_tensor([1.0, 2.0, 3.0]), axis=-1))

# ---- topologies -------------------------------------------------------------------------------


def cnn(channels=4, classes=5, activation="softmax"):
    return [L.Conv2D(channels, 3, activation="relu"), L.MaxPooling2D(), L.BatchNormalization(), L.Flatten(),
            L.Dropout(0.5), L.Dense(classes, activation=activation)]


def residual(x):
    y = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
    y = L.ReLU()(L.BatchNormalization()(y))
    y = L.Conv2D(4, 3, padding="same", use_bias=False)(y)
    return L.ReLU()(L.BatchNormalization()(y) + L.Conv2D(4, 1)(x))


def shared(a, b):
    tower = L.Conv2D(3, 3, activation="relu", name="tower")
    return L.Concatenate()([L.GlobalAveragePooling2D()(tower(a)), L.GlobalMaxPooling2D()(tower(b))])


def reused_relu(x):
    relu = L.ReLU()
    y = relu(L.Conv2D(4, 3, padding="same")(x))
    z = relu(L.Conv2D(4, 3, padding="same")(y))
    return L.Dense(3)(L.Flatten()(relu(L.Add()([y, z]))))


def inner_model():
    i = keras.Input((6, 6, 3))
    y = L.Conv2D(4, 3, activation="relu")(i)
    return keras.Model(i, L.Add()([y, L.Conv2D(4, 3)(i)]), name="inner")


def shared_submodel(a, b):
    inner = inner_model()
    return L.Dense(3)(L.Flatten()(L.Subtract()([inner(a), inner(b)])))


def two_input_submodel(a, b):
    i, j = keras.Input((5,)), keras.Input((5,))
    inner = keras.Model([i, j], [i * j, L.Dense(5)(i)], name="pair")
    p, q = inner([a, b])
    return L.Dense(2)(L.Concatenate()([p, q]))


chain("net_cnn", (10, 10, 1), cnn)
chain("net_cnn_sigmoid", (10, 10, 1), lambda: cnn(classes=1, activation="sigmoid"))
chain("net_cnn_regressor", (10, 10, 3), lambda: cnn(classes=2, activation=None))
chain("net_softmax_layer", (10, 10, 1), lambda: cnn(activation=None) + [L.Softmax()])
chain("net_softmax_activation", (10, 10, 1), lambda: cnn(activation=None) + [L.Activation("softmax")])
chain("net_flat784", (784,), lambda: [L.Dense(4, activation="relu"), L.Dense(3, activation="softmax")])
chain("net_flat784_reshape", (784,), lambda: [
    L.Reshape((28, 28, 1)), L.Conv2D(2, 3, strides=3, activation="relu"), L.Flatten(), L.Dense(3, activation="softmax")])
chain("net_no_channel_axis", (10, 12), lambda: [L.Reshape((10, 12, 1)), *cnn()])
chain("net_no_channel_flatten", (10, 12), lambda: [L.Flatten(), L.Dense(4, activation="relu"), L.Dense(3)])
graph("net_expand_dims", (10, 12), lambda x: L.Dense(3)(L.Flatten()(L.Conv2D(2, 3)(ops.expand_dims(x, -1)))))
graph("net_residual", (6, 6, 3), residual)
graph("net_shared_layer", [(6, 6, 3)] * 2, shared)
graph("net_reused_relu", (6, 6, 3), reused_relu)
graph("net_shared_submodel", [(6, 6, 3)] * 2, shared_submodel)
graph("net_two_input_submodel", [(5,)] * 2, two_input_submodel)
graph("net_two_outputs", (6, 6, 3), lambda x: [L.Flatten()(x[:, :2]), L.Dense(2, activation="softmax", name="kind")(L.Flatten()(x))])
graph("net_dict_outputs", (5,), lambda x: {"b": L.Dense(2)(x), "a": L.Dense(3)(x)})
graph("net_inception", (7, 7, 3), lambda x: L.Concatenate()([
    L.Conv2D(2, 1, activation="relu")(x), L.Conv2D(2, 3, padding="same")(L.Conv2D(3, 1)(x)),
    L.AveragePooling2D(3, strides=1, padding="same")(x)]))
graph("net_squeeze_excite", (6, 6, 4), lambda x: L.Multiply()([x, L.Conv2D(4, 1, activation="hard_sigmoid")(
    L.Conv2D(2, 1, activation="relu")(L.GlobalAveragePooling2D(keepdims=True)(x)))]))
chain("net_sequential_in_sequential", (10, 10, 2), lambda: [
    keras.Sequential([keras.Input((10, 10, 2)), L.Conv2D(3, 3), L.ReLU()], name="front"),
    keras.Sequential([L.MaxPooling2D(), L.Flatten()], name="back"), L.Dense(3)])
chain("net_functional_in_sequential", (6, 6, 3), lambda: [L.Rescaling(0.5), inner_model(), L.Flatten(), L.Dense(3)])
graph("net_sequential_in_functional_in_sequential", (6, 6, 3), lambda x: L.Dense(2)(keras.Sequential([
    keras.Input((6, 6, 3)), inner_model(), L.GlobalAveragePooling2D()], name="outer")(x)))
graph("net_input_is_output", (5,), lambda x: [x, L.Dense(2)(x)])
graph("net_augmentation_then_cnn", (10, 10, 3), lambda x: keras.Sequential([
    keras.Input((10, 10, 3)), *cnn()])(keras.Sequential([
        keras.Input((10, 10, 3)), L.RandomFlip(), L.RandomRotation(0.1)], name="augment")(L.Rescaling(1 / 255)(x))),
      scale=60, shift=128)
graph("net_vit_block", (6, 6, 3), lambda x: vit(x))
chain("net_variable_size", (None, None, 3), lambda: [
    L.Conv2D(4, 3, strides=2, padding="same", activation="relu"), L.GlobalAveragePooling2D(), L.Dense(3, activation="softmax")])
chain("net_channels_first", (3, 8, 8), lambda: [
    L.Conv2D(4, 3, activation="relu", data_format="channels_first"), L.MaxPooling2D(data_format="channels_first"),
    L.BatchNormalization(axis=1), L.Flatten(data_format="channels_first"), L.Dense(3)])


def vit(x):
    """Patches, position embedding, one transformer block and a head."""
    x = L.Reshape((9, 8))(L.Conv2D(8, 2, strides=2)(x))
    y = L.LayerNormalization()(x)
    x = L.Add()([x, L.MultiHeadAttention(2, 4)(y, y)])
    y = L.Dense(16, activation="gelu")(L.LayerNormalization()(x))
    x = x + L.Dense(8)(y)
    return L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(L.LayerNormalization()(x)))


# ---- one layer on inputs of several shapes; names that are not ASCII ----------------------------

def dense_on_two_ranks(x):
    d = L.Dense(3, activation="tanh")
    y = L.Concatenate()([d(L.Conv2D(3, 1)(x)), d(x)])
    return L.Dense(2)(L.Concatenate()([L.Flatten()(y), d(L.GlobalAveragePooling2D()(x))]))


def conv_on_two_sizes(x):
    c, b = L.Conv2D(4, 3, padding="same"), L.BatchNormalization()
    large, small = L.ReLU()(b(c(x))), L.ReLU()(b(c(x[:, ::2, ::2])))
    return L.Dense(3)(L.Concatenate()([L.GlobalAveragePooling2D()(large), L.GlobalAveragePooling2D()(small)]))


def norm_on_two_ranks(x):
    n, t = L.LayerNormalization(), L.TimeDistributed(L.Dense(3))
    rows = L.Reshape((6, 18))(x)
    return L.Dense(3)(L.Concatenate()([L.Flatten()(n(x)), n(L.GlobalAveragePooling2D()(x)), L.Flatten()(t(rows)),
                                       L.Flatten()(t(L.Cropping1D(1)(rows)))]))


def model_on_two_sizes(x):
    inner = keras.Sequential([keras.Input((None, None, 3)), L.Conv2D(4, 3, activation="relu"), L.Dense(3), L.GlobalAveragePooling2D()])
    return L.Dense(2, activation="softmax")(L.Add()([inner(x), inner(L.UpSampling2D()(x))]))


def named_in_many_scripts(x):
    y = L.Conv2D(4, 3, name="свёртка 1", activation="relu")(x)
    y = L.BatchNormalization(name="正規化")(L.Conv2D(4, 3, name="свёртка 2")(y))
    inner = keras.Sequential([keras.Input((2, 2, 4)), L.Flatten(name="plät"), L.Dense(5, name="🧠")], name="Gehäuse")
    return L.Dense(3, name="ausgänge: θ", activation="softmax")(inner(y))


graph("net_dense_on_two_ranks", (6, 6, 3), dense_on_two_ranks)
graph("net_conv_on_two_sizes", (6, 6, 3), conv_on_two_sizes)
graph("net_norm_on_two_ranks", (6, 6, 3), norm_on_two_ranks)
graph("net_model_on_two_sizes", (6, 6, 3), model_on_two_sizes)
graph("net_named_in_many_scripts", (6, 6, 3), named_in_many_scripts)
