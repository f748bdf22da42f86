"""Copies a compact part of what the Keras scripts made, for use as test resources.

    python keras_resources.py LAYERS STYLE FOLDER

LAYERS is the output of keras_layers.py, keras2_layers.py and keras2_operators.py, STYLE that of
keras2_style.py. Takes every .keras but near repetitions (SKIP), with its zip
entries compressed and its dates removed, and the .h5 files listed in H5; fails if
a class of layer that occurs in LAYERS occurs in nothing that was taken.
"""

import glob
import io
import json
import os
import re
import shutil
import sys
import zipfile

SKIP = re.compile("|".join("""
    activation_(linear|relu|relu6|rsqrt|mish|sign|op_sign|prod|roll|broadcast_to|crop_images|maximum_inputs|where_inputs|einsum_inputs|pad_value|top_k|transpose_none
    |sigmoid|tanh|softplus|softsign|selu|exponential|elu|hard_silu|leaky_relu|celu)
    adaptive_(max|average)_pool2d_even  argument_gelu  average_pool1d  .*_pool1d_channels_first
    batch_norm_(axis2|no_center|no_scale|rank2|rank5)  center_crop_(odd|one_smaller)
    conv1d_(causal|valid|groups)  conv2d_(1x1_stride|dilation_same|same_stride|valid)  conv3d_(dilation|channels_first)
    conv1d_transpose_(valid|output_padding)  conv2d_transpose_(same_k2s3|same_k4s2|output_padding|valid|dilation_same)
    conv3d_transpose_valid
    cropping2d_channels_first  dense_rank4  depthwise_conv1d_same  depthwise_conv2d
    einsum_dense_(ab_bc|ellipsis|heads)  (embedding_pool)  flatten_flat
    global_.*_pool[13]d_keepdims  global_average_pool2d  group_norm_one
    identity_(alphadropout|gaussiandropout)  layer_norm_(axes13|no_center)  leaky_relu  (max|average)_pool2d_(valid|same|gaps)
    max_pool3d  max_pool1d  merge_(add|multiply|concatenate|concatenate_axis_minus2|dot_axes12|minimum_broadcast|maximum_broadcast|merge_add_broadcast|average_broadcast)
    multi_head_attention_(axes2|cross|scores)  net_(flat784.*|softmax_activation|cnn_regressor|no_channel_flatten|dict_outputs)
    normalization_(adapted_axis1|scalar)  op_(abs|arctan|ceil|cos|cosh|elu|erf|exp|expm1|floor|hard_s.*|leaky_relu|log10|log1p|log2
    |log_s.*|max_pool|mean|mean_last|amax|min|minimum|minimum_inputs|mul_inputs|nan_to_num|neg_pow|negative|not_equal|rdivide|reciprocal
    |relu6|rsqrt|mish|sign|op_sign|prod|roll|broadcast_to|crop_images|maximum_inputs|where_inputs|einsum_inputs|pad_value|top_k|transpose_none
    |rot90|round|rtimes|selu|sin|sinh|silu|softplus|softsign|softmax|sparse.*|soft_shrink|squareplus|tan|tanh|where_equal|swapaxes
    |full_like|ones_like|floordiv|mod|split_at|sigmoid|square|stop_gradient|count|hstack|divide|div_inputs|multiply|abs_operator
    |expand_dims_last|getitem_last|pow3|conv_constant|ravel_batch|pad_images|norm_inf|norm1|triu|celu|cumsum|cast|logical
    |maximum|std|glu|unstack|gelu|average_pool|getitem_flip|threshold|hard_shrink|slice|pad_symmetric|arctan2|divide_no_nan|tensordot)
    prelu_shared_rows  random_crop_smaller  relu_(max|threshold|slope)  resizing_(lanczos3_.*|lanczos5_up|bicubic_down|nearest_down|antialias_bicubic|channels_first|.*_wide)
    rescaling(_channels)?  separable_conv1d_same  separable_conv2d(_dilation|_channels_first)?  softmax_rank2  rms_norm_axis1
    time_distributed_(flatten|dense)  unit_norm_axis1  up_sampling2d_(lanczos3|lanczos5|channels_first)  zero_padding1d  zero_padding2d(_pair|_channels_first)?
    conv2d_dilation  time_distributed_conv2d  net_(softmax_layer|cnn_sigmoid|sequential_in_sequential)
    op_(add|attention|dot_product|depth_to_space|tile|stack|resize_nearest|matmul)  resizing_(bicubic_up|lanczos5_down|bilinear_down)
    up_sampling2d_bicubic  depthwise_conv2d_dilation  conv2d_transpose_(dilation|output_padding_same)  multi_head_attention_causal
    group_norm_axis1  average_pool2d_overlap  layer_norm_no_scale  argument_hard_silu  spectral_norm_conv2d
    attention_(key_scale|concat)  additive_attention_no_scale  identity_(masking|spatialdropout[13]d)  softmax
    op_(activation_tanh_shrink|all|any|arccos|argmin|clip_array|conv_strides|deg2rad|dot|dstack|erfc|exp2|extract_patches|floordiv_int|fmod|fmod_number
    |greater_equal|hypot|isfinite|isnan|logaddexp|logical_xor|logsumexp_keep|mean_batch|mod_inputs|moveaxis_list|normalize_axis1|ones_scaled
    |pad_edge_channels|pad_sides|power_inputs|repeat_list|resize_bicubic|resize_crop|resize_lanczos|rms_norm|roll_two|rot90_three
    |round_decimals|sparse_plus|sparse_sigmoid|sparsemax_last|stack_three|take_one|tensordot_axes|tile_short|top_k_both|transpose_back|trunc)
    """.replace("\n    |", "|").split()))

H5 = """net_cnn net_shared_submodel net_sequential_in_sequential batch_norm separable_conv2d_multiplier
    k2_net_residual k2_net_functional_in_sequential k2_op_getitem k2_op_where k2_op_concat k2_op_stack k2_op_shape_reshape
    k2_op_minus_list k2_op_image_resize k2_activations k2_activation_names k2_convolutions k2_convolutions_1d
    k2_locally_connected_1d k2_locally_connected_2d
    k2_op_stop_gradient k2_op_strided_slice_masks k2_op_v1_resize_corners k2_op_nn_depthwise k2_op_shape_concat
    k2raw_net_residual k2raw_op_getitem k2raw_op_concat k2raw_op_reduce_mean_keepdims k2raw_op_shape_reshape
    k2raw_op_where k2raw_op_pad_value k2raw_op_v1_resize
    k24_net_inception k24_batch_norm k24_leaky_relu_slope k21_net_cnn k21_net_sequential_in_sequential
    k21_net_shared_layer""".split()


def layer_classes(config, found):
    if isinstance(config, dict):
        if "inbound_nodes" in config or ("class_name" in config and "build_config" in config):
            found.add((config.get("module"), config["class_name"]))
        config = list(config.values())
    for v in config if isinstance(config, list) else []:
        layer_classes(v, found)
    return found


def classes_in(path):
    with zipfile.ZipFile(path) as z:
        return {c for m, c in layer_classes(json.loads(z.read("config.json")), set()) if "ops" not in str(m)}


def compress(source, target):
    with zipfile.ZipFile(source) as z, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in z.namelist():
            data = z.read(name)
            if name == "metadata.json":
                data = json.dumps({**json.loads(data), "date_saved": "2000-01-01@00:00:00"}).encode()
            out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    layers, style, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    taken, everything = set(), set()
    for path in sorted(glob.glob(os.path.join(layers, "*.keras"))):
        name = os.path.basename(path)[:-len(".keras")]
        everything |= classes_in(path)
        if not SKIP.fullmatch(name):
            taken |= classes_in(path)
            compress(path, os.path.join(folder, name + ".keras"))
            shutil.copy(path[:-len(".keras")] + ".npz", folder)
    for name in H5:
        for extension in ".h5", ".npz":
            shutil.copy(os.path.join(style if re.match("k2[14]", name) else layers, name + extension), folder)
    sizes = [os.path.getsize(p) for p in glob.glob(os.path.join(folder, "*"))]
    print(f"{len(sizes)} files, {sum(sizes)} bytes; {len(taken)} classes; missing: {sorted(everything - taken) or 'none'}")
    sys.exit(bool(everything - taken))
