"""Copies a compact part of what tensorflow_zoo.py made, for use as test resources.

    python tensorflow_resources.py ZOO FOLDER

Takes every operator's case and the small networks but near repetitions (SKIP), the folders listed, and their
lines of cases.tsv; fails if an operator occurs in ZOO and in nothing that was taken.
"""

import csv
import os
import re
import shutil
import sys

from google.protobuf import text_format
from tensorflow.core.framework import graph_pb2

LARGEST = 60_000
SKIP = re.compile("|".join("""
    conv_same_(7x8_k(1|2|4)_s.|7x8_k3_s3|7x8_k5_s[13]|10x9_k[235]_s1|10x9_k[25]_s[23]|10x9_k3_s2)  conv_padded_before  conv_explicit
    pool_avg_(same_k2_s[23]|valid_k3_s2|valid_k2_s2)  pool_max_(same_k2_s3|valid_k3_s2|same_k3_s1)
    resize_nearest.*_4x3  resize_bilinear.*_12x14  resize_nearest_(9x10|corners_12x14|centers_9x10|1x1)  resize_v2
    net_deeplab_classes  net_transformer  net_dropout_frozen_v2  net_weights_float64  net_uint8_signed  net_residual  net_lenet\\.pbtxt
    net_residual_unfused\\.pbtxt  net_all_float64  net_batch_of_two  net_iterator  net_is_train_default  net_keep_prob_old
    net_remapped_norm  net_fused_norm_switch  net_shape_reduce_prod  net_weights_bfloat16  net_loop  net_uint8_image
    op_(acosh|asin|atan|atanh|cosh|sinh|erfc|expm1|gelu_erf|gelu_tanh|log1p|rint|square|sqrt|max|min|sum|mean_channels
    |add_constant|sub_constant|div_constant|minimum|abs|neg|swish|mish|hard_swish|concat_rows|concat_negative|expand_dims_last
    |gather_rows|lrn_default|transpose_swap|pad_channels|roll|split|stack_last|strided_shrink|softmax_axis|unstack_rows|logistic_log|cube
    |split_used|strided_reverse|strided_new|top_k_values|matmul_batches|matmul_transposed
    |reduce_none|reshape_channels|mean_keep|mean_negative|crelu|leaky_by_maximum|sigmoid_by_hand|pow_base|cast_int|equal|meshgrid)
    """.replace("\n    |", "|").split()))
FOLDERS = """ckpt_v1 ckpt_v1_sharded ckpt_v2 ckpt_sharded ckpt_averages_restored sm1_examples
    sm2_encoded sm2_keras3_mixed sm2_loop sm2_nested sm2_one_odd_name sm2_keras3_preprocessing
    sm2_several_functions sm2_shards sm2_tensor_cond sm2_two_inputs sm2_two_signatures sm2_word_table
    tfjs_inception_uint8 tfjs_lenet_uint16 tfjs_fused_depthwise""".split()
ENOUGH = {"Acosh", "Asin", "Atan", "Atanh", "Cosh", "Sinh", "Erfc", "Expm1", "Log1p", "Rint", "Square", "Sqrt", "Max", "Min", "Sum", "Minimum",
          "Abs", "Neg", "Roll", "Split", "IteratorV2"}  # each a line beside its relatives


def operators(path):
    graph = graph_pb2.GraphDef()
    with open(path, "rb") as f:
        if path.endswith(".pb"):
            graph.ParseFromString(f.read())
        else:
            text_format.Parse(f.read(), graph)
    return {n.op for n in graph.node}


def wanted(row):
    top = row["file"].split("/")[0]
    if row["kind"] != "frozen":
        return top in FOLDERS
    return not SKIP.fullmatch(top) and not SKIP.fullmatch(top[:-3])


if __name__ == "__main__":
    zoo, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(os.path.join(zoo, "cases.tsv"), newline="") as f:
        table = csv.DictReader(f, delimiter="\t")
        rows, columns = list(table), table.fieldnames
    taken = [r for r in rows if wanted(r)]
    for r in taken:
        top = r["file"].split("/")[0]
        source, target = os.path.join(zoo, top), os.path.join(folder, top)
        if os.path.isdir(source):
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fingerprint.pb"))
        else:
            shutil.copy(source, target)
        if r["npz"]:
            shutil.copy(os.path.join(zoo, r["npz"]), folder)
    with open(os.path.join(folder, "cases.tsv"), "w", newline="") as f:
        writer = csv.DictWriter(f, columns, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(taken)
    frozen = lambda some: set().union(*(operators(os.path.join(zoo, r["file"])) for r in some if r["kind"] == "frozen"))
    missing = frozen(rows) - frozen(taken) - ENOUGH
    sizes = {os.path.join(d, f): os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(folder) for f in files}
    large = [p for p, n in sizes.items() if n > LARGEST]
    print(f"{len(taken)} cases, {len(sizes)} files, {sum(sizes.values())} bytes; operators missing: {sorted(missing) or 'none'}; too large: {large or 'none'}")
    sys.exit(bool(missing or large))
