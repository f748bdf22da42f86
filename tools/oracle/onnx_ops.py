"""One-node ONNX models at several opset versions, with the outputs of ONNX Runtime.

    python onnx_ops.py OUT [--resources FOLDER]

For each line of the table below writes NAME.onnx and NAME.npz: inputs x0, x1, ...
(constants are in the model) and outputs y, y1, ...; integers and truths as floats.
Where ONNX Runtime lacks an operator, the reference evaluator of the onnx package
speaks; where both speak they are compared. --resources takes a part (all but SKIP and
what ONNX Runtime does not run) as test resources.
"""

import os
import re
import shutil
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from store import generator, indexed, numbered, save

CASES = {}


# Near repetitions: operators that only gained types, and options seen elsewhere
SKIP = re.compile("|".join("""(Relu|Sigmoid|Tanh|Exp|Abs|Neg|Floor|Ceil|Identity|Softplus|Softsign|Elu|Selu|HardSigmoid|Log|Sqrt
    |Reciprocal)_7  (Add|Sub|Mul|Div)_7  (Cos|Cosh|Sinh|Tan|Sin|Atan)_13  (Acos|Asin|Acosh|Asinh)_9  (LogSoftmax|Hardmax)_.*axis.*
    Reduce(Max|Min|Prod|L1|L2|LogSum|LogSumExp|SumSquare)_(7|11|13_all)  ReduceMean_13_all  ArgMin_.*  (And|Xor)_7  (Greater|Less)_13
    LessOrEqual_12  (Sum|Mean|Min|Max)_13_one  Max_7  Pow_(7|13|15)  PRelu_7  Gather_7  Tile_13  Concat_7  Split_11  Flatten_(11_.*|13_.*)
    Pad_11_edge  Pad_7_edge  Slice_13  (Dropout)_10  Resize_11_cubic_(pytorch_half_pixel|asymmetric)  Resize_19_(nearest|cubic)_.*
    Resize_13_(ceil|floor|round_prefer_ceil)  Resize_10_nearest_down  Upsample_9_nearest  Upsample_7_linear  LpPool_(7|11)
    MaxPool_(8|11|12|12_1d|11_valid)  AveragePool_(7|10|11|19|10_include|11_include|11_valid|11_1d|10_ceil)  Conv_(7|11_valid|11_bare)
    ConvTranspose_7  BatchNormalization_(7|14)  GlobalAveragePool_7_1d  MeanVarianceNormalization_9  LpNormalization_7
    MatMul_(9|13_vector_first)  Gemm_9  Einsum_12_transpose  Squeeze_(7|13_all)  Unsqueeze_7  TopK_7  DepthToSpace_7  Reshape_7
    Cast_13_bool  CumSum_14_exclusive  Trilu_14  IsNaN_13  Not_7  Clip_13_min  Resize_13_round_prefer_floor.*""".replace("\n    |", "|").split()))


class x:
    """An input of the model: random normal, or of the given kind."""

    def __init__(self, *shape, kind="normal", dtype="float32"):
        self.shape, self.kind, self.dtype = shape, kind, dtype

    def draw(self, key):
        rng = generator(key)
        a = {"normal": lambda: rng.standard_normal(self.shape) * 1.5, "positive": lambda: rng.uniform(0.2, 2, self.shape),
             "above1": lambda: rng.uniform(1.2, 4, self.shape),
             "unit": lambda: rng.uniform(-0.9, 0.9, self.shape), "pixel": lambda: rng.uniform(0, 255, self.shape),
             "integers": lambda: rng.integers(-4, 5, self.shape), "truth": lambda: rng.integers(0, 2, self.shape),
             "distinct": lambda: rng.permutation(int(np.prod(self.shape))).reshape(self.shape) / 3}[self.kind]()
        return np.asarray(a, self.dtype)


def ints(*v):
    return np.array(v, "int64")


def floats(*v):
    return np.array(v, "float32")


def w(*shape, seed=0, positive=False):
    a = generator(f"w{shape}{seed}").standard_normal(shape).astype("float32")
    return np.abs(a) + np.float32(0.3) if positive else a


def op(kind, opset, *inputs, label="", outputs=1, **attributes):
    name = f"{kind}_{opset}" + (label and "_" + label)
    if name in CASES:
        raise ValueError("twice: " + name)
    CASES[name] = (kind, opset, inputs, outputs, attributes)


IMAGE = x(2, 3, 5, 6)

# ---- one input, same shape --------------------------------------------------------------------

for kind in "Abs Atan Ceil Cos Cosh Erf Exp Floor Identity Neg Relu Sigmoid Sign Sin Sinh Softplus Softsign Tan Tanh".split():
    op(kind, 13, x(2, 3, 4))
for kind in "Relu Sigmoid Tanh Exp Abs Neg Floor Ceil Identity Softplus Softsign Elu Selu LeakyRelu HardSigmoid".split():
    op(kind, 7, x(2, 3, 4))
for kind in "Log Sqrt Reciprocal".split():
    op(kind, 7, x(2, 3, 4, kind="positive"))
    op(kind, 13, x(2, 3, 4, kind="positive"))
for kind in "Acos Asin Atanh".split():
    op(kind, 9, x(2, 3, 4, kind="unit"))
op("Asinh", 9, x(2, 3, 4))
op("Acosh", 9, x(2, 3, kind="above1"))
op("Round", 11, x(2, 3, 4, kind="distinct"))
op("Round", 11, floats(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5), label="halves")
op("Elu", 6 + 1, x(2, 3, 4), label="alpha", alpha=0.7)
op("Selu", 7, x(2, 3, 4), label="given", alpha=1.2, gamma=0.9)
op("Celu", 12, x(2, 3, 4), alpha=0.7)
op("LeakyRelu", 16, x(2, 3, 4), alpha=0.2)
op("ThresholdedRelu", 10, x(2, 3, 4), alpha=0.5)
op("HardSigmoid", 7, x(2, 3, 4), label="given", alpha=1 / 6, beta=0.5)
op("HardSwish", 14, x(2, 3, 4))
op("Mish", 18, x(2, 3, 4))
op("Gelu", 20, x(2, 3, 4))
op("Gelu", 20, x(2, 3, 4), label="tanh", approximate="tanh")
op("Shrink", 9, x(2, 3, 4), lambd=0.7, bias=0.2)
for opset, kind in ((7, 7), (9, 9), (16, 16)):
    op("PRelu", opset, x(2, 3, 4, 4), w(3, 1, 1))
op("PRelu", 9, x(2, 3, 4), w(4), label="last")
op("PRelu", 9, x(2, 3, 4), w(1), label="one")
op("Clip", 7, x(2, 3, 4), min=-0.5, max=1.0)
op("Clip", 7, x(2, 3, 4), label="open", max=1.0)
op("Clip", 11, x(2, 3, 4), np.float32(-0.5), np.float32(1.0))
op("Clip", 13, x(2, 3, 4), None, np.float32(1.0), label="max")
op("Clip", 13, x(2, 3, 4), np.float32(0.0), label="min")
op("Dropout", 7, x(2, 3, 4), ratio=0.4)
op("Dropout", 10, x(2, 3, 4), ratio=0.4)
op("Dropout", 12, x(2, 3, 4), np.float32(0.4))
op("Dropout", 13, x(2, 3, 4), np.float32(0.4), np.array(False), label="inference")
op("Dropout", 13, x(2, 3, 4), label="mask", outputs=2)
for kind in "Softmax LogSoftmax Hardmax".split():
    for opset in 7, 11, 13:
        op(kind, opset, x(2, 3, 4))
        op(kind, opset, x(2, 3, 4), label="axis2", axis=2)
    op(kind, 11, x(2, 3, 4), label="axis_minus1", axis=-1)
    op(kind, 13, x(2, 3, 4, 2), label="axis1", axis=1)
op("Softmax", 11, x(2, 3, 2, 2), label="rank4", axis=1)
op("Softmax", 7, x(2, 3, 2, 2), label="axis0", axis=0)
op("Cast", 9, x(2, 3, 4), to=TensorProto.INT64)
op("Cast", 13, x(2, 3, kind="integers", dtype="int64"), to=TensorProto.FLOAT)
op("Cast", 13, x(2, 3, 4), label="bool", to=TensorProto.BOOL)
op("CastLike", 15, x(2, 3), ints(1))
op("Not", 7, x(2, 3, kind="truth", dtype="bool"))
op("IsNaN", 13, x(2, 3))
op("CumSum", 11, x(2, 3, 4), ints(1).reshape(()))
op("CumSum", 11, x(2, 3, 4), ints(-1).reshape(()), label="exclusive_reverse", exclusive=1, reverse=1)
op("CumSum", 14, x(2, 3, 4), ints(2).reshape(()), label="exclusive", exclusive=1)
op("Trilu", 14, x(2, 3, 4))
op("Trilu", 14, x(2, 3, 4), ints(1).reshape(()), label="lower", upper=0)

# ---- two inputs -------------------------------------------------------------------------------

for kind in "Add Sub Mul Div".split():
    second = x(2, 3, 4, kind="positive")
    op(kind, 7, x(2, 3, 4), second)
    op(kind, 14, x(2, 3, 1), x(3, 4, kind="positive"), label="broadcast")
op("Add", 13, x(2, 3, 4), w(3, 1), label="constant")
op("Sub", 13, w(4), x(2, 3, 4), label="constant_first")
op("Div", 14, x(2, 3, kind="integers", dtype="int64"), ints(2, 3, 2), label="integers")
for opset in 7, 12, 13, 15:
    op("Pow", opset, x(2, 3, kind="positive"), floats(1.7))
op("Pow", 13, x(2, 3), floats(2.0), label="square")
op("Pow", 12, x(2, 3), ints(3), label="integer")
op("Mod", 10, x(2, 3), floats(2.0, -1.5, 0.7), fmod=1)
op("Mod", 13, x(2, 3, kind="integers", dtype="int64"), ints(3, -3, 2), label="integers")
for kind in "Equal Greater Less".split():
    op(kind, 13, x(2, 3), x(3))
for kind in "GreaterOrEqual LessOrEqual".split():
    op(kind, 12, x(2, 3), x(3))
for kind in "And Or Xor".split():
    op(kind, 7, x(2, 3, kind="truth", dtype="bool"), x(3, kind="truth", dtype="bool"))
for kind in "Max Min Sum Mean".split():
    op(kind, 8, x(2, 3, 4), x(3, 1), x(4))
    op(kind, 13, x(2, 3), label="one")
op("Max", 7, x(2, 3), x(2, 3))
op("Where", 9, x(2, 3, kind="truth", dtype="bool"), x(2, 3), x(2, 3))
op("Where", 16, np.array([[True], [False]]), x(2, 3), np.float32(-1.0), label="broadcast")
op("MatMul", 9, x(2, 3), x(3, 4))
op("MatMul", 13, x(2, 5, 3), w(3, 4), label="rank3")
op("MatMul", 13, x(2, 2, 5, 3), x(2, 1, 3, 4), label="broadcast")
op("MatMul", 13, x(3), x(2, 3, 4), label="vector_first")
op("MatMul", 13, x(2, 4, 3), x(3), label="vector_last")
op("Gemm", 7, x(2, 3), w(3, 4), w(4))
op("Gemm", 9, x(3, 2), w(4, 3), w(2, 4), label="transposed", transA=1, transB=1, alpha=0.5, beta=2.0)
op("Gemm", 11, x(2, 3), w(3, 4), label="no_c")
op("Gemm", 13, x(2, 3), w(4, 3), w(2, 1), label="column", transB=1)
op("Gemm", 13, x(2, 3), w(3, 4), np.float32(0.7), label="scalar")
op("Einsum", 12, x(2, 3, 4), x(2, 4, 5), equation="bij,bjk->bik")
op("Einsum", 12, x(2, 3, 4), label="transpose", equation="bij->bji")
op("Einsum", 12, x(2, 3, 4), x(2, 3, 4), label="dot", equation="bij, bij -> b")
op("Einsum", 12, x(2, 3, 4), w(4, 5), label="ellipsis", equation="...i,ij->...j")

# ---- reductions -------------------------------------------------------------------------------

for kind in "Sum Mean Max Min Prod L1 L2 LogSum LogSumExp SumSquare".split():
    source = x(2, 3, 4, kind="positive" if kind in ("LogSum", "Prod") else "normal")
    op("Reduce" + kind, 7, source, axes=[1], keepdims=0)
    op("Reduce" + kind, 11, source, axes=[-1, 1])
    if kind == "Sum":
        op("ReduceSum", 13, source, ints(1, 2), keepdims=0)
        op("ReduceSum", 13, source, label="noop", noop_with_empty_axes=1)
        op("ReduceSum", 13, source, label="all")
    else:
        op("Reduce" + kind, 13, source, label="all", keepdims=0)
        op("Reduce" + kind, 18, source, ints(-1), keepdims=0)
op("ReduceMean", 18, x(2, 3, 4), label="noop", noop_with_empty_axes=1)
op("ReduceMean", 18, x(2, 3, 4), label="all")
op("ReduceMean", 13, x(2, 3, 4, 5), label="pool", axes=[2, 3])
for kind in "ArgMax", "ArgMin":
    op(kind, 7, x(2, 3, 4))
    op(kind, 11, x(2, 3, 4), axis=-1, keepdims=0)
    op(kind, 12, x(2, 6, kind="integers"), label="last", axis=1, select_last_index=1)
    op(kind, 13, x(2, 6, kind="integers"), label="first", axis=1)
op("TopK", 7, x(2, 6, kind="distinct"), k=3, outputs=2)
op("TopK", 10, x(2, 6, kind="distinct"), ints(3), outputs=2)
op("TopK", 11, x(2, 6, 2, kind="distinct"), ints(2), label="smallest", axis=1, largest=0, outputs=2)

# ---- shapes -----------------------------------------------------------------------------------

op("Reshape", 7, x(2, 3, 4), ints(0, -1))
op("Reshape", 13, x(2, 3, 4), ints(4, 0, -1), label="zero")
op("Reshape", 14, x(2, 3, 4), ints(-1, 4), label="allowzero", allowzero=1)
op("Flatten", 7, x(2, 3, 4))
op("Flatten", 9, x(2, 3, 4), label="axis0", axis=0)
op("Flatten", 11, x(2, 3, 4), label="axis_minus1", axis=-1)
op("Flatten", 13, x(2, 3, 4), label="axis3", axis=3)
op("Transpose", 7, x(2, 3, 4))
op("Transpose", 13, x(2, 3, 4), label="perm", perm=[1, 2, 0])
op("Squeeze", 7, x(2, 1, 3, 1), axes=[1])
op("Squeeze", 11, x(2, 1, 3, 1), axes=[-1, 1])
op("Squeeze", 11, x(2, 1, 3, 1), label="all")
op("Squeeze", 13, x(2, 1, 3, 1), ints(-1))
op("Squeeze", 13, x(2, 1, 3, 1), label="all")
op("Unsqueeze", 7, x(2, 3), axes=[0, 2])
op("Unsqueeze", 11, x(2, 3), axes=[-1, 1])
op("Unsqueeze", 13, x(2, 3), ints(-1, 1))
op("Expand", 8, x(3, 1), ints(2, 1, 4))
op("Expand", 13, x(2, 3, 4), ints(1), label="one")
op("Tile", 7, x(2, 3), ints(2, 3))
op("Tile", 13, x(2, 3), ints(1, 2))
op("Concat", 7, x(2, 3), x(2, 4), w(2, 1), axis=1)
op("Concat", 11, x(2, 3, 2), x(2, 1, 2), axis=-2)
op("Split", 7, x(2, 6), outputs=2, axis=1, split=[2, 4])
op("Split", 7, x(2, 6), label="equal", outputs=3, axis=1)
op("Split", 11, x(2, 6), outputs=2, axis=-1)
op("Split", 13, x(2, 6), ints(1, 5), outputs=2, axis=1)
op("Split", 13, x(2, 6), label="equal", outputs=2, axis=1)
op("Split", 18, x(2, 7), label="uneven", outputs=3, axis=1, num_outputs=3)
op("Slice", 7, x(3, 5, 6), axes=[1, 2], starts=[1, -4], ends=[4, 2147483647])
op("Slice", 7, x(3, 5, 6), label="no_axes", starts=[0, 1], ends=[2, -1])
op("Slice", 10, x(3, 5, 6), ints(0, 5), ints(5, 1), ints(1, 2), ints(2, -2))
op("Slice", 11, x(3, 5, 6), ints(-1), ints(-9223372036854775807), ints(-1), ints(-1), label="reverse")
op("Slice", 13, x(3, 5, 6), ints(1), ints(9223372036854775807), ints(1))
for mode in "constant", "reflect", "edge":
    op("Pad", 7, x(2, 3, 4), label=mode, mode=mode, pads=[0, 1, 2, 0, 0, 1], **({"value": 0.5} if mode == "constant" else {}))
    op("Pad", 11, x(2, 3, 4), ints(0, 1, 2, 0, 0, 1), *([np.float32(0.5)] if mode == "constant" else []), label=mode, mode=mode)
op("Pad", 7, x(2, 3, 4), label="negative", pads=[0, -1, 1, 0, 0, -1])
op("Pad", 13, x(2, 3, 4), ints(0, 1, 2, 0, 0, 1))
op("Pad", 18, x(2, 3, 4), ints(1, 2, 0, 1), None, ints(1, 2), label="axes")
op("Pad", 19, x(2, 3, 4), ints(0, 1, 2, 0, 0, 1), label="wrap", mode="wrap")
op("Shape", 7, x(2, 3, 4))
op("Shape", 15, x(2, 3, 4), label="slice", start=1, end=-1)
op("Size", 13, x(2, 3, 4))
op("ConstantOfShape", 9, ints(2, 3), value=helper.make_tensor("v", TensorProto.FLOAT, [1], [1.5]))
op("Range", 11, np.int64(1), np.int64(9), np.int64(3))
op("Constant", 9, value=numpy_helper.from_array(w(2, 3)))
op("Constant", 12, label="floats", value_floats=[1.0, 2.5])
op("Constant", 12, label="int", value_int=3)
op("EyeLike", 9, x(3, 4), k=1)
op("DepthToSpace", 7, x(2, 8, 2, 3), blocksize=2)
op("DepthToSpace", 11, x(2, 8, 2, 3), label="crd", blocksize=2, mode="CRD")
op("DepthToSpace", 13, x(2, 8, 2, 3), label="dcr", blocksize=2, mode="DCR")
op("SpaceToDepth", 7, x(2, 2, 4, 6), blocksize=2)
op("Gather", 7, x(3, 4, 2), ints(2, 0), axis=1)
op("Gather", 11, x(3, 4, 2), ints(-1, 0, 1).reshape(3, 1), label="negative")
op("Gather", 13, x(3, 4, 2), np.int64(1), label="scalar", axis=-1)
op("GatherElements", 11, x(2, 3), ints(0, -1, 2, 1).reshape(2, 2), axis=1)
op("GatherND", 11, x(2, 3, 4), ints(0, 1, 1, 2).reshape(2, 2))
op("GatherND", 12, x(2, 3, 4), ints(1, 2).reshape(2, 1), label="batch", batch_dims=1)
op("ScatterND", 11, x(4, 3), ints(2, 0).reshape(2, 1), w(2, 3))
op("ScatterND", 16, x(4, 3), ints(2, 2).reshape(2, 1), w(2, 3), label="add", reduction="add")
op("ScatterElements", 11, x(3, 3), ints(0, 2, 1).reshape(1, 3), w(1, 3), axis=0)
op("OneHot", 11, ints(1, -1, 0), ints(3).reshape(()), floats(0.5, 2.0))
op("Compress", 9, x(3, 4), np.array([True, False, True]), axis=0)
op("ReverseSequence", 10, x(4, 3), ints(2, 4, 1), time_axis=0, batch_axis=1)
op("CenterCropPad", 18, x(2, 5, 3), ints(3, 4), axes=[1, 2])
op("GridSample", 16, x(1, 2, 4, 4), x(1, 3, 3, 2, kind="unit"))

# ---- convolution and pooling ------------------------------------------------------------------

for opset in 7, 11:
    op("Conv", opset, IMAGE, w(4, 3, 3, 3), w(4), kernel_shape=[3, 3], pads=[1, 0, 2, 1], strides=[2, 1])
op("Conv", 11, IMAGE, w(4, 3, 3, 2), label="bare")
for auto_pad in "SAME_UPPER", "SAME_LOWER", "VALID":
    op("Conv", 11, IMAGE, w(2, 3, 2, 4), label=auto_pad.lower(), auto_pad=auto_pad, strides=[2, 3])
op("Conv", 11, IMAGE, w(2, 3, 2, 3), label="same_upper_dilation", auto_pad="SAME_UPPER", dilations=[1, 2])
op("Conv", 11, x(2, 4, 5, 6), w(6, 2, 3, 3), w(6), label="groups", group=2, dilations=[1, 2])
op("Conv", 11, IMAGE, w(6, 1, 3, 3), label="depthwise", group=3, pads=[1, 1, 1, 1])
op("Conv", 11, x(2, 3, 7), w(4, 3, 3), w(4), label="1d", strides=[2], pads=[1, 0])
op("Conv", 11, x(1, 2, 4, 5, 4), w(2, 2, 2, 3, 2), label="3d", strides=[1, 2, 1], pads=[0, 1, 0, 1, 0, 1])
for opset in 7, 11:
    op("ConvTranspose", opset, x(2, 3, 3, 4), w(3, 2, 3, 3), w(2), strides=[2, 1], pads=[1, 0, 0, 1])
op("ConvTranspose", 11, x(2, 3, 3, 4), w(3, 2, 3, 3), label="output_padding", strides=[3, 2], output_padding=[1, 1])
op("ConvTranspose", 11, x(2, 3, 3, 4), w(3, 2, 3, 3), label="output_shape", strides=[2, 2], output_shape=[6, 8])
op("ConvTranspose", 11, x(2, 3, 3, 4), w(3, 2, 3, 3), label="output_shape_lower", strides=[2, 2], output_shape=[6, 8], auto_pad="SAME_LOWER")
op("ConvTranspose", 11, x(2, 3, 3, 4), w(3, 2, 3, 3), label="same_upper", strides=[2, 2], auto_pad="SAME_UPPER")
op("ConvTranspose", 11, x(2, 3, 3, 4), w(3, 2, 2, 3), label="same_lower", strides=[2, 2], auto_pad="SAME_LOWER")
op("ConvTranspose", 11, x(2, 4, 3, 4), w(4, 1, 3, 3), label="groups", group=2, dilations=[2, 1])
op("ConvTranspose", 11, x(2, 3, 4), w(3, 2, 3), label="1d", strides=[2])
for opset in 8, 10, 11, 12:
    op("MaxPool", opset, IMAGE, kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 1])
op("MaxPool", 7, IMAGE, label="no_strides", kernel_shape=[2, 3])
op("MaxPool", 10, IMAGE, label="ceil", kernel_shape=[2, 2], strides=[2, 4], ceil_mode=1)
op("MaxPool", 12, IMAGE, label="ceil_pad", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1)
op("MaxPool", 10, IMAGE, label="dilations", kernel_shape=[2, 2], dilations=[2, 3])
for auto_pad in "SAME_UPPER", "SAME_LOWER", "VALID":
    op("MaxPool", 11, IMAGE, label=auto_pad.lower(), kernel_shape=[2, 3], strides=[2, 2], auto_pad=auto_pad)
    op("AveragePool", 11, IMAGE, label=auto_pad.lower(), kernel_shape=[2, 3], strides=[2, 2], auto_pad=auto_pad)
op("MaxPool", 12, x(2, 3, 7), label="1d", kernel_shape=[3], strides=[2])
op("MaxPool", 12, x(1, 2, 4, 4, 5), label="3d", kernel_shape=[2, 2, 2], strides=[2, 2, 2])
for opset in 7, 10, 11, 19:
    op("AveragePool", opset, IMAGE, kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 1])
    op("AveragePool", opset, IMAGE, label="include", kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 1], count_include_pad=1)
for opset in 10, 19:
    op("AveragePool", opset, IMAGE, label="ceil", kernel_shape=[2, 2], strides=[2, 4], ceil_mode=1)
    op("AveragePool", opset, IMAGE, label="ceil_include", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=1)
op("AveragePool", 19, IMAGE, label="dilations", kernel_shape=[2, 2], dilations=[2, 3])
op("AveragePool", 11, x(2, 3, 7), label="1d", kernel_shape=[3], strides=[2], pads=[1, 1])
op("GlobalAveragePool", 7, IMAGE)
op("GlobalMaxPool", 7, IMAGE)
op("GlobalLpPool", 7, IMAGE, p=3)
op("GlobalAveragePool", 7, x(2, 3, 5), label="1d")
for opset in 7, 11, 18:
    op("LpPool", opset, IMAGE, kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 1], p=3)

# ---- normalization ----------------------------------------------------------------------------

NORM = (w(3, seed=1), w(3, seed=2), w(3, seed=3), w(3, seed=4, positive=True))
for opset in 7, 9, 14, 15:
    op("BatchNormalization", opset, IMAGE, *NORM, epsilon=1e-3)
op("BatchNormalization", 9, x(2, 3), *NORM, label="rank2")
op("InstanceNormalization", 7, IMAGE, *NORM[:2], epsilon=1e-2)
op("LRN", 7, IMAGE, size=3)
op("LRN", 13, x(2, 5, 2, 2), label="even", size=4, alpha=0.3, beta=0.6, bias=1.5)
op("LpNormalization", 7, x(2, 3, 4))
op("LpNormalization", 7, x(2, 3, 4), label="l1", axis=1, p=1)
op("MeanVarianceNormalization", 9, IMAGE)
op("MeanVarianceNormalization", 13, x(2, 3, 4), label="axes", axes=[1])
op("LayerNormalization", 17, x(2, 3, 4), w(4), w(4, seed=1))
op("LayerNormalization", 17, x(2, 3, 4), w(3, 4), label="axis1", axis=1, epsilon=1e-2)
op("GroupNormalization", 18, x(2, 6, 2, 3), w(3), w(3, seed=1), num_groups=3)
op("GroupNormalization", 21, x(2, 6, 2, 3), w(6), w(6, seed=1), num_groups=3, epsilon=1e-2)

# ---- resizing ---------------------------------------------------------------------------------

SMALL = x(1, 2, 3, 4)
for mode in "nearest", "linear":
    op("Upsample", 7, SMALL, label=mode, mode=mode, scales=[1.0, 1.0, 2.0, 3.0])
    op("Upsample", 9, SMALL, floats(1, 1, 2, 3), label=mode, mode=mode)
    op("Resize", 10, SMALL, floats(1, 1, 2, 1.5), label=mode, mode=mode)
    op("Resize", 10, x(1, 2, 6, 5), floats(1, 1, 0.5, 0.6), label=mode + "_down", mode=mode)
for coordinates in "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric":
    for mode in "nearest", "linear", "cubic":
        op("Resize", 19 if "sym" in coordinates else 11, SMALL, floats(), floats(1, 1, 2, 1.6), label=f"{mode}_{coordinates}", mode=mode,
           coordinate_transformation_mode=coordinates)
for rounding in "round_prefer_floor", "round_prefer_ceil", "floor", "ceil":
    op("Resize", 13, x(1, 2, 4, 4), floats(), floats(1, 1, 1.5, 0.7), label=rounding, mode="nearest", nearest_mode=rounding)
    op("Resize", 13, x(1, 2, 4, 4), floats(), floats(1, 1, 2.5, 0.5), label=rounding + "_asymmetric", mode="nearest",
       nearest_mode=rounding, coordinate_transformation_mode="asymmetric")
op("Resize", 11, SMALL, floats(), floats(1, 1, 2, 2), label="tf_half_pixel_for_nn", mode="nearest", coordinate_transformation_mode="tf_half_pixel_for_nn")
op("Resize", 11, SMALL, floats(), floats(), ints(1, 2, 5, 3), label="sizes", mode="linear")
op("Resize", 13, SMALL, None, None, ints(1, 2, 7, 8), label="sizes_nearest", mode="nearest", nearest_mode="floor", coordinate_transformation_mode="asymmetric")
op("Resize", 13, x(1, 2, 5, 6), None, None, ints(1, 2, 3, 4), label="sizes_align_corners", mode="linear", coordinate_transformation_mode="align_corners")
op("Resize", 13, SMALL, None, floats(1, 1, 2, 2), label="cubic_exclude", mode="cubic", cubic_coeff_a=-0.5, exclude_outside=1)
op("Resize", 13, x(1, 2, 4, 4), floats(0, 0, 0.1, 0.2, 1, 1, 0.8, 1.1), None, ints(1, 2, 3, 5), label="crop", mode="linear",
   coordinate_transformation_mode="tf_crop_and_resize", extrapolation_value=7.0)
op("Resize", 18, x(1, 2, 6, 6), None, floats(0.5, 0.6), label="axes_antialias", mode="linear", antialias=1, axes=[2, 3])
op("Resize", 18, x(1, 2, 4, 6), None, None, ints(3, 3), label="not_larger", mode="linear", axes=[2, 3], keep_aspect_ratio_policy="not_larger")
op("Resize", 18, x(1, 2, 6, 6), None, floats(1, 1, 0.5, 0.6), label="cubic_antialias", mode="cubic", antialias=1)


def build(name):
    kind, opset, inputs, outputs, attributes = CASES[name]
    names, graph_inputs, constants, values = [], [], [], {}
    for i, v in enumerate(inputs):
        key = "" if v is None else f"x{len(values)}" if isinstance(v, x) else f"c{i}"
        names.append(key)
        if isinstance(v, x):
            values[key] = v.draw(f"{name}/{key}")
            graph_inputs.append(helper.make_tensor_value_info(key, helper.np_dtype_to_tensor_dtype(values[key].dtype), v.shape))
        elif v is not None:
            constants.append(numpy_helper.from_array(np.asarray(v), key))
    targets = ["y" + (str(i) if i else "") for i in range(outputs)]
    node = helper.make_node(kind, names, targets, **attributes)
    graph = helper.make_graph([node], name, graph_inputs, [onnx.ValueInfoProto(name=t) for t in targets], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="onnx_ops.py")
    model.ir_version = 4 if opset < 12 else 8
    inferred = onnx.shape_inference.infer_shapes(model)
    for y in inferred.graph.output:
        if not y.type.WhichOneof("value"):  # not inferred: of the input's rank
            dims = [f"d{i}" for i in range(len(inputs[0].shape))]
            y.CopyFrom(helper.make_tensor_value_info(y.name, TensorProto.FLOAT, dims))
    return inferred, values


def by_runtime(model, values):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"]).run(None, values)


def by_reference(model, values):
    return ReferenceEvaluator(model).run(None, values)


def numbers(arrays):
    return [np.asarray(a) if np.asarray(a).dtype.kind == "f" else np.asarray(a, "float32") for a in arrays]


def make(name, out):
    model, values = build(name)
    if name != "GroupNormalization_18":  # deprecated, which the checker takes for an error
        onnx.checker.check_model(model)
    results, reasons = [], []
    for label, run in (f"onnxruntime {onnxruntime.__version__}", by_runtime), (f"onnx.reference {onnx.__version__}", by_reference):
        try:
            results.append((label, numbers(run(model, values))))
        except Exception as e:
            reasons.append(f"{label}: {type(e).__name__}: {' '.join(str(e).split())[:140]}")
    if not results:
        raise ValueError("; ".join(reasons))
    (oracle, y), others = results[0], results[1:]
    for label, z in others:
        for a, b in zip(y, z):
            if a.shape != b.shape or not np.allclose(a, b, 1e-4, 1e-5, equal_nan=True):
                print(f"{name}: {oracle} and {label} differ: {a.shape} {b.shape}"
                      f" {np.abs(a - b).max() if a.shape == b.shape else ''}", flush=True)
    if "onnxruntime" not in oracle:
        print(f"{name}: by {oracle} ({reasons[0][:120]})", flush=True)
    save(os.path.join(out, name + ".npz"), oracle, **indexed("x", values.values()), **numbered("y", y))
    onnx.save(model, os.path.join(out, name + ".onnx"))


if __name__ == "__main__":
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    made = []
    for name in CASES:
        try:
            make(name, out)
            made.append(name)
        except Exception as e:
            print(f"{name}: NOT MADE: {type(e).__name__}: {' '.join(str(e).split())[:300]}", flush=True)
    print(f"{len(made)} of {len(CASES)}")
    if "--resources" in sys.argv:
        folder = sys.argv[sys.argv.index("--resources") + 1]
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name in made:
            oracle = str(np.load(os.path.join(out, name + ".npz"))["oracle"][0])
            if SKIP.fullmatch(name) or "reference" in oracle:
                continue
            for extension in ".onnx", ".npz":
                shutil.copy(os.path.join(out, name + extension), folder)
        print(sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)), "bytes")
