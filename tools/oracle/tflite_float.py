"""The network that a quantized TensorFlow Lite file stands for: its weights as the numbers that they mean, computed in
float throughout, without rounding between operators. What quantization makes of it is the interpreter's matter.
"""

import numpy as np
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

KINDS = {schema.TensorType.INT8: np.int8, schema.TensorType.UINT8: np.uint8, schema.TensorType.INT16: np.int16,
         schema.TensorType.INT32: np.int32, schema.TensorType.INT64: np.int64}
PASSING = (schema.BuiltinOperator.QUANTIZE, schema.BuiltinOperator.DEQUANTIZE)


def dequantized(content):
    model = flatbuffer_utils.convert_bytearray_to_object(bytearray(content))
    for graph in model.subgraphs:
        for tensor in graph.tensors:
            to_float(tensor, model.buffers)
        without_conversions(graph, model)
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model))


def to_float(tensor, buffers):
    said = tensor.quantization
    quantized = said is not None and said.scale is not None and len(said.scale) and tensor.type in KINDS
    if not quantized and tensor.type != schema.TensorType.FLOAT16:
        return
    data = buffers[tensor.buffer].data
    if data is not None and len(data):
        raw = np.asarray(data, np.uint8).tobytes()
        if quantized:
            a = np.frombuffer(raw, KINDS[tensor.type]).reshape(tensor.shape).astype(np.float64)
            along = [1] * a.ndim
            if len(said.scale) > 1:
                along[said.quantizedDimension] = -1
            zero = said.zeroPoint if said.zeroPoint is not None and len(said.zeroPoint) else [0]
            a = (a - np.asarray(zero).reshape(along if len(zero) > 1 else 1)) * np.asarray(said.scale, np.float64).reshape(along)
        else:
            a = np.frombuffer(raw, np.float16)
        new = schema.BufferT()
        new.data = np.frombuffer(a.astype(np.float32).tobytes(), np.uint8)
        buffers.append(new)
        tensor.buffer = len(buffers) - 1
    tensor.type = schema.TensorType.FLOAT32
    tensor.quantization = None


def without_conversions(graph, model):
    """QUANTIZE and DEQUANTIZE go; who read what they made reads what they got."""
    instead, kept = {}, []
    for operator in graph.operators:
        if model.operatorCodes[operator.opcodeIndex].builtinCode in PASSING:
            instead[operator.outputs[0]] = instead.get(operator.inputs[0], operator.inputs[0])
        else:
            operator.inputs = [instead.get(i, i) for i in operator.inputs]
            kept.append(operator)
    graph.operators = kept
    graph.outputs = [instead.get(i, i) for i in graph.outputs]
    for signature in model.signatureDefs or []:
        for output in signature.outputs:
            output.tensorIndex = instead.get(output.tensorIndex, output.tensorIndex)
