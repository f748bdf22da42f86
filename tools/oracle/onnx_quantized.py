"""Small quantized ONNX networks, made by ONNX Runtime's own tool and by hand, with what they mean.

    python onnx_quantized.py FOLDER

For each NAME.onnx a NAME.npz: the input x0; y, what the file means, computed by torch in float64 without rounding
(a quantization bounds its numbers and does no more); a cotangent r and the gradient g0; and t, what ONNX Runtime
answers, which rounds. The folder is engine/src/test/resources/dev/picasso/format/onnx/quantized.
"""

import os
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static)

from store import generator, normal, save

torch.backends.nnpack.set_flags(False)
F = torch.nn.functional
BOUNDS = {np.dtype("int8"): (-128, 127), np.dtype("uint8"): (0, 255), np.dtype("int16"): (-32768, 32767), np.dtype("uint16"): (0, 65535)}


# ---- what a file means ------------------------------------------------------------------------

class Codes:
    """Integers that are not rounded, with the bounds of their type."""

    def __init__(self, values, bounds=None):
        self.values, self.bounds = values, bounds


def along(a, axis, rank):
    a = torch.as_tensor(np.asarray(a, np.float64))
    return a.reshape([-1 if i == axis % rank else 1 for i in range(rank)]) if a.numel() > 1 else a.reshape(())


def meaning(model, x):
    """The outputs of a model in float64, with nothing rounded but what is constant."""
    v = {"": None, model.graph.input[0].name: x}
    for i in model.graph.initializer:
        v[i.name] = numpy_helper.to_array(i)
    for node in model.graph.node:
        a = {k.name: helper.get_attribute_value(k) for k in node.attribute}
        results = compute(node.op_type, [v[i] for i in node.input], a)
        v.update(zip(node.output, results if isinstance(results, tuple) else (results,)))
    return v[model.graph.output[0].name]


def real(q, scale, zero, axis=0, block=0):
    values = q.values if isinstance(q, Codes) else torch.as_tensor(np.asarray(q).astype(np.float64)) if isinstance(q, np.ndarray) else q
    zero = np.zeros((), np.int8) if zero is None else np.asarray(zero)
    if block:
        repeat = lambda t: torch.as_tensor(np.repeat(np.asarray(t).astype(np.float64), block, axis))
        return (values - repeat(np.broadcast_to(zero, np.shape(scale)))) * repeat(scale)
    rank = values.dim()
    return (values - along(zero, axis, rank)) * along(scale, axis, rank)


def codes(y, scale, zero, axis=1, kind=None):
    kind = np.dtype("uint8") if zero is None else np.asarray(zero).dtype
    zero = np.zeros((), kind) if zero is None else np.asarray(zero)
    low, high = BOUNDS[kind]
    q = y / along(scale, axis, y.dim()) + along(zero, axis, y.dim())
    return Codes(q.clamp(low, high), (low, high))


def to_float(a):
    return a if isinstance(a, torch.Tensor) else a.values if isinstance(a, Codes) else torch.as_tensor(np.asarray(a).astype(np.float64))


def conv(x, w, b, a):
    pads, k = a.get("pads", [0] * 4), w.shape[2:]
    x = F.pad(x, (pads[1], pads[3], pads[0], pads[2]))
    return F.conv2d(x, w, b, a.get("strides", 1), 0, a.get("dilations", 1), a.get("group", 1))


def pool(x, a, average):
    pads, k, s = a.get("pads", [0] * 4), a["kernel_shape"], a.get("strides", [1, 1])
    if average:
        return F.avg_pool2d(x, k, s, pads[:2], bool(a.get("ceil_mode")), bool(a.get("count_include_pad")))
    return F.max_pool2d(F.pad(x, (pads[1], pads[3], pads[0], pads[2]), value=-np.inf), k, s)


def gemm(x, w, c, a):
    x, w = (x.T if a.get("transA") else x), (w.T if a.get("transB") else w)
    y = a.get("alpha", 1.0) * x @ w
    return y if c is None else y + a.get("beta", 1.0) * to_float(c)


def compute(op, i, a):
    i = i + [None] * 9
    if op == "QuantizeLinear":
        if isinstance(i[0], np.ndarray):  # of a weight: rounded, as it stands
            q = codes(to_float(i[0]), i[1], i[2], a.get("axis", 1))
            return q.values.round().numpy().astype(np.asarray(i[2]).dtype)
        return codes(i[0], i[1], i[2], a.get("axis", 1))
    if op == "DequantizeLinear":
        return real(i[0], i[1], i[2], a.get("axis", 1), a.get("block_size", 0))
    if op == "DynamicQuantizeLinear":
        return Codes(i[0]), np.float32(1), np.uint8(0)
    if op == "QLinearConv":
        b = None if i[8] is None else torch.as_tensor(i[8].astype(np.float64) * np.asarray(i[1], np.float64) * np.asarray(i[4], np.float64))
        return codes(conv(real(i[0], i[1], i[2]), real(i[3], i[4], i[5], 0), b, a), i[6], i[7])
    if op == "QLinearMatMul":
        return codes(real(i[0], i[1], i[2]) @ real(i[3], i[4], i[5], -1), i[6], i[7])
    if op == "QGemm":
        c = None if i[6] is None else torch.as_tensor(i[6].astype(np.float64) * a.get("alpha", 1.0) * np.float64(i[1]) * np.asarray(i[4], np.float64))
        y = gemm(real(i[0], i[1], i[2]), real(i[3], i[4], i[5], 0 if a.get("transB") else 1), c, a)
        return y if i[7] is None else codes(y, i[7], i[8])
    if op == "ConvInteger":
        return Codes(conv(real(i[0], 1, i[2]), real(i[1], 1, i[3], 0), None, a))
    if op == "MatMulInteger":
        return Codes(real(i[0], 1, i[2]) @ real(i[1], 1, i[3], -1))
    if op == "MatMulIntegerToFloat":
        y = real(i[0], i[2], i[4]) @ real(i[1], i[3], i[5], -1)
        return y if i[6] is None else y + to_float(i[6])
    if op == "DynamicQuantizeMatMul":
        y = i[0] @ real(i[1], i[2], i[3], -1)
        return y if i[4] is None else y + to_float(i[4])
    if op in ("QLinearAdd", "QLinearMul"):
        x, y = real(*i[:3]), real(*i[3:6])
        return codes(x + y if op == "QLinearAdd" else x * y, i[6], i[7])
    if op == "QLinearConcat":
        i = [k for k in i if k is not None]
        return codes(torch.cat([real(*i[k:k + 3]) for k in range(2, len(i), 3)], a["axis"]), i[0], i[1])
    if op == "QLinearWhere":
        return codes(torch.where(torch.as_tensor(i[0]), real(*i[1:4]), real(*i[4:7])), i[7], i[8])
    if op.startswith("QLinear"):
        x = real(*i[:3])
        y = {"QLinearSigmoid": lambda: torch.sigmoid(x), "QLinearLeakyRelu": lambda: F.leaky_relu(x, a.get("alpha", 0.01)),
             "QLinearGlobalAveragePool": lambda: x.mean((2, 3), True), "QLinearAveragePool": lambda: pool(x, a, True),
             "QLinearSoftmax": lambda: torch.softmax(x, a.get("axis", -1))}[op]()
        # 256 steps of 1/256 reach 255/256; that a softmax may be one is within the rounding.
        return Codes(codes(y, i[3], i[4]).values + (y - y.clamp(max=255 * float(i[3]))) / float(i[3])) if op == "QLinearSoftmax" else codes(y, i[3], i[4])
    if isinstance(i[0], Codes) and op in ("MaxPool", "Flatten", "Reshape", "Transpose", "Relu", "Add", "Sub", "Mul"):
        return Codes(compute(op, [to_float(k) if isinstance(k, Codes) else k for k in i], a), i[0].bounds)
    x = None if i[0] is None else to_float(i[0])
    return {"Conv": lambda: conv(x, to_float(i[1]), None if i[2] is None else to_float(i[2]), a), "Relu": lambda: torch.relu(x),
            "Clip": lambda: x.clamp(float(i[1]), float(i[2])), "LeakyRelu": lambda: F.leaky_relu(x, a.get("alpha", 0.01)),
            "MaxPool": lambda: pool(x, a, False), "AveragePool": lambda: pool(x, a, True), "GlobalAveragePool": lambda: x.mean((2, 3), True),
            "Flatten": lambda: x.flatten(1), "Gemm": lambda: gemm(x, to_float(i[1]), i[2], a), "MatMul": lambda: x @ to_float(i[1]),
            "Add": lambda: x + to_float(i[1]), "Sub": lambda: x - to_float(i[1]), "Mul": lambda: x * to_float(i[1]), "Div": lambda: x / to_float(i[1]),
            "Sigmoid": lambda: torch.sigmoid(x), "Softmax": lambda: torch.softmax(x, a.get("axis", -1)),
            "Concat": lambda: torch.cat([to_float(k) for k in i if k is not None], a["axis"]), "Cast": lambda: x, "Identity": lambda: x,
            "Reshape": lambda: x.reshape(tuple(int(d) if d else x.shape[n] for n, d in enumerate(i[1]))),
            "Transpose": lambda: x.permute(*a["perm"]), "ReduceMean": lambda: x.mean(tuple(a["axes"]), bool(a.get("keepdims", 1))),
            "Squeeze": lambda: x.squeeze(tuple(int(k) for k in i[1])), "Shape": lambda: np.array(x.shape)}[op]()


# ---- networks ---------------------------------------------------------------------------------

SHAPE = (2, 3, 12, 12)


def image(name):
    return generator(name + "/x").uniform(0, 1, SHAPE).astype("float32")


def inner(x):
    """Away from black and white, which lie on the bounds of a range."""
    return (0.03 + 0.94 * x).astype("float32")


def network(name, nodes, weights, opset=13, outputs="y", shape=SHAPE, kind=TensorProto.FLOAT, imports=()):
    open_batch = ["N", *shape[1:]]
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("x", kind, open_batch)],
                              [helper.make_tensor_value_info(outputs, TensorProto.FLOAT, None)],
                              [w if isinstance(w, onnx.TensorProto) else numpy_helper.from_array(np.asarray(w), k) for k, w in weights.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), *imports], producer_name="onnx_quantized.py")
    model.ir_version = 8 if opset < 20 else 10
    return model


def n(op, inputs, outputs, **a):
    return helper.make_node(op, inputs.split(","), outputs.split(","), name=op + "_" + outputs.split(",")[0], **a)


def w(*shape, seed=0, scale=1.0):
    return normal(f"w{shape}{seed}", shape, scale / np.sqrt(max(1, np.prod(shape[1:] if len(shape) > 2 else shape[:1]))))


def residual(name, six=False):
    """Convolutions with rectifiers, a shortcut, a dense layer."""
    middle = n("Clip", "c2,zero,six", "a2") if six else n("Relu", "c2", "a2")
    return network(name, [n("Conv", "x,k1,b1", "c1", pads=[1] * 4), n("Relu", "c1", "a1"), n("MaxPool", "a1", "p1", kernel_shape=[2, 2], strides=[2, 2]),
                          n("Conv", "p1,k2,b2", "c2", pads=[1] * 4), middle, n("Conv", "a2,k3", "c3", pads=[1] * 4, group=6),
                          n("Add", "c3,p1", "s"), n("Relu", "s", "r"), n("GlobalAveragePool", "r", "g"), n("Flatten", "g", "f"),
                          n("Gemm", "f,k4,b4", "l", transB=1), n("Softmax", "l", "y", axis=-1)],
                   {"k1": w(6, 3, 3, 3, scale=3), "b1": w(6), "k2": w(6, 6, 3, 3, scale=9 if six else 1.5), "b2": w(6, seed=2), "k3": w(6, 1, 3, 3),
                    "k4": w(5, 6, scale=1.5 if not six else .3), "b4": w(5), **({"zero": np.float32(0), "six": np.float32(6)} if six else {})})


def branches(name):
    """Two branches side by side, one of which gates; pixels are scaled first."""
    return network(name, [n("Sub", "x,mean", "x1"), n("Mul", "x1,scale", "x2"), n("Conv", "x2,k1,b1", "c1", strides=[2, 2]), n("LeakyRelu", "c1", "a1", alpha=0.2),
                          n("Conv", "a1,k2", "c2", pads=[1] * 4), n("Sigmoid", "c2", "s2"), n("Mul", "a1,s2", "m"), n("AveragePool", "m", "p", kernel_shape=[2, 2]),
                          n("AveragePool", "a1", "q", kernel_shape=[2, 2]), n("Concat", "p,q", "c", axis=1), n("Transpose", "c", "t", perm=[0, 2, 3, 1]),
                          n("Reshape", "t,flat", "f"), n("MatMul", "f,k3", "d"), n("Add", "d,b3", "y")],
                   {"mean": np.array([0.5, 0.45, 0.4], "float32").reshape(3, 1, 1), "scale": np.array([4, 4.2, 4.4], "float32").reshape(3, 1, 1),
                    "k1": w(4, 3, 3, 3, scale=2), "b1": w(4), "k2": w(4, 4, 3, 3, scale=2), "flat": np.array([0, -1], "int64"),
                    "k3": w(128, 5, scale=4), "b3": w(5)})


class Reader(CalibrationDataReader):
    def __init__(self, name):
        self.left = [{"x": image(f"{name}/calibration{i}")} for i in range(3)]

    def get_next(self):
        return self.left.pop() if self.left else None


def static(model, name, quant_format, activations, weights, **options):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.onnx"), os.path.join(folder, "b.onnx")
        onnx.save(model, source)
        quantize_static(source, target, Reader(name), quant_format, activation_type=activations, weight_type=weights, **options)
        return onnx.load(target)


def dynamic(model, weights, **options):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.onnx"), os.path.join(folder, "b.onnx")
        onnx.save(model, source)
        quantize_dynamic(source, target, weight_type=weights, **options)
        return onnx.load(target)


U, S, U16, S16 = QuantType.QUInt8, QuantType.QInt8, QuantType.QUInt16, QuantType.QInt16
MICROSOFT = helper.make_opsetid("com.microsoft", 1)


def own(op, inputs, outputs, **a):
    node = n(op, inputs, outputs, **a)
    node.domain = "com.microsoft"
    return node


def ints(kind, *shape, seed=0):
    low, high = BOUNDS[np.dtype(kind)]
    return generator(f"{kind}{shape}{seed}").integers(low, high + 1, shape).astype(kind)


def half_bytes(*shape):
    return helper.make_tensor("q", TensorProto.INT4, shape, generator(f"half{shape}").integers(-8, 8, shape).flatten())


def f32(*values):
    return np.array(values if len(values) > 1 else values[0], "float32")


CASES = {
    "qdq_u8": lambda k: static(residual(k), k, QuantFormat.QDQ, U, U),
    "qdq_s8_per_channel": lambda k: static(residual(k), k, QuantFormat.QDQ, S, S, per_channel=True),
    "qdq_u8s8_relu6": lambda k: static(residual(k, six=True), k, QuantFormat.QDQ, U, S, per_channel=True),
    "qdq_s16": lambda k: static(residual(k), k, QuantFormat.QDQ, S16, S, extra_options={"UseQDQContribOps": True}),
    "qdq_branches": lambda k: static(branches(k), k, QuantFormat.QDQ, U, S),
    "qoperator_u8": lambda k: static(residual(k), k, QuantFormat.QOperator, U, U),
    "qoperator_s8_per_channel": lambda k: static(residual(k), k, QuantFormat.QOperator, S, S, per_channel=True),
    "qoperator_relu6": lambda k: static(residual(k, six=True), k, QuantFormat.QOperator, U, U),
    "qoperator_branches": lambda k: static(branches(k), k, QuantFormat.QOperator, U, S),
    "dynamic_u8": lambda k: dynamic(residual(k), U),
    "dynamic_branches": lambda k: dynamic(branches(k), U, per_channel=True),
    "dynamic_matmul_s8": lambda k: dynamic(branches(k), S, op_types_to_quantize=["MatMul"]),
    # What else there is, a few operators each
    "input_of_bytes": lambda k: network(k, [n("QLinearConv", "x,s,z,k,sk,zk,so,zo", "q"), n("MaxPool", "q", "p", kernel_shape=[2, 2]),
                                            n("DequantizeLinear", "p,so,zo", "d"), n("Flatten", "d", "y")],
                                        {"s": f32(1 / 255), "z": np.uint8(0), "k": ints("int8", 4, 3, 5, 5), "sk": f32(.01, .02, .015, .005),
                                         "zk": np.zeros(4, "int8"), "so": f32(.05), "zo": np.uint8(90)}, kind=TensorProto.UINT8),
    "bytes_to_numbers": lambda k: network(k, [n("DequantizeLinear", "x,s,z", "d", axis=1), n("Flatten", "d", "f"), n("MatMul", "f,w", "y")],
                                          {"s": f32(1 / 255), "z": np.uint8(128), "w": w(432, 5, scale=3)}, kind=TensorProto.UINT8),
    "weights_quantized_in_the_file": lambda k: network(k, [n("QuantizeLinear", "k,sk,zk", "kq", axis=0), n("DequantizeLinear", "kq,sk,zk", "kd", axis=0),
                                                           n("Conv", "x,kd", "c"), n("Relu", "c", "a"), n("QuantizeLinear", "a,s,z", "q"), n("DequantizeLinear", "q,s,z", "d"),
                                                           n("GlobalAveragePool", "d", "g"), n("Flatten", "g", "y")],
                                                       {"k": w(4, 3, 3, 3, scale=3), "sk": f32(.02, .03, .01, .02), "zk": np.zeros(4, "int8"), "s": f32(.004), "z": np.uint8(0)}),
    "ranges_by_channel": lambda k: network(k, [n("Conv", "x,k", "c"), n("QuantizeLinear", "c,s,z", "q", axis=1), n("DequantizeLinear", "q,s,z", "d", axis=1),
                                               n("Flatten", "d", "y")],
                                           {"k": w(3, 3, 5, 5, scale=3), "s": f32(.002, .004, .01), "z": np.array([0, 128, 255], "uint8")}),
    "blocks_of_four_bits": lambda k: network(k, [n("DequantizeLinear", "q,s", "wd", axis=0, block_size=36), n("Flatten", "x", "f"), n("MatMul", "f,wd", "y")],
                                             {"q": half_bytes(432, 5), "s": np.abs(w(12, 5, scale=.2)) + f32(.01)}, opset=21),
    "matmul_to_float": lambda k: network(k, [n("Flatten", "x", "f"), n("QuantizeLinear", "f,s,z", "q"), own("MatMulIntegerToFloat", "q,w,s,sw,z,zw,b", "m"),
                                             n("Relu", "m", "a"), own("DynamicQuantizeMatMul", "a,v,sv,,c", "y")],
                                         {"s": f32(.004), "z": np.uint8(3), "w": ints("int8", 432, 8), "sw": np.abs(w(8, scale=.01)) + f32(.001), "zw": np.zeros(8, "int8"),
                                          "b": w(8), "v": ints("uint8", 8, 5), "sv": f32(.02), "c": w(5)}, imports=[MICROSOFT]),
    "steps_counted_by_hand": lambda k: network(k, [n("QuantizeLinear", "x,s,z", "q"), n("Cast", "q", "i", to=TensorProto.INT32), n("Sub", "i,z32", "m"),
                                                   n("Cast", "m", "f", to=TensorProto.FLOAT), n("Mul", "f,s", "d"), n("Flatten", "d", "e"), n("MatMul", "e,w", "y")],
                                               {"s": f32(.006), "z": np.uint8(30), "z32": np.int32(30), "w": w(432, 5, scale=3)}, opset=14),
    "two_meanings": lambda k: network(k, [n("QuantizeLinear", "x,s,z", "q"), n("Transpose", "q", "t", perm=[0, 2, 3, 1]), n("DequantizeLinear", "t,s2,z2", "d"),
                                          n("Flatten", "d", "e"), n("MatMul", "e,w", "y")],
                                      {"s": f32(.006), "z": np.uint8(30), "s2": f32(.01), "z2": np.uint8(100), "w": w(432, 5, scale=3)}),
    "choices": lambda k: network(k, [n("QuantizeLinear", "x,s,z", "q"), own("QLinearWhere", "c,q,s,z,q0,s2,z2,s3,z", "h"), n("DequantizeLinear", "h,s3,z", "d"),
                                     n("Flatten", "d", "e"), n("MatMul", "e,w", "y")],
                                 {"s": f32(.004), "z": np.uint8(0), "s2": f32(.003), "z2": np.uint8(7), "s3": f32(.0035), "c": np.arange(12) % 3 > 0,
                                  "q0": ints("uint8", 1, 3, 1, 12), "w": w(432, 5, scale=3)}, imports=[MICROSOFT]),
}


def make(name, folder):
    model = CASES[name](name)
    x = inner(image(name))
    if model.graph.input[0].type.tensor_type.elem_type == TensorProto.UINT8:
        x = np.round(x * 255).astype("uint8")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    t = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    seen = torch.tensor(x.astype(np.float64), requires_grad=True)
    y = meaning(model, seen)
    r = normal(name + "/r", tuple(y.shape))
    (g,) = torch.autograd.grad((y * torch.as_tensor(r.astype(np.float64))).sum(), seen)
    y = y.detach().numpy()
    off = np.abs(y - t).max() / np.abs(t).max()
    print(f"{name}: {len(model.SerializeToString())} bytes, {sorted({n.op_type for n in model.graph.node})}, off by {off:.4f}")
    model.graph.ClearField("value_info")
    onnx.save(model, os.path.join(folder, name + ".onnx"))
    floats = {"x0": x.astype("float32"), "y": y, "r": r, "t": t, "g0": g.numpy()}
    save(os.path.join(folder, name + ".npz"), f"torch {torch.__version__}, onnxruntime {onnxruntime.__version__}", **floats)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    for each in sys.argv[2:] or CASES:
        make(each, sys.argv[1])
