package dev.picasso.format.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime on a model's own bytes, without any code of ours between: the oracle. */
public final class BareRuntime {
  private BareRuntime() {}

  public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) {
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
      return run(session, inputs);
    } catch (OrtException e) {
      throw new AssertionError("the oracle fails", e);
    }
  }

  public static Map<String, Tensor> run(Path model, Map<String, Tensor> inputs) {
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString())) {
      return run(session, inputs);
    } catch (OrtException e) {
      throw new AssertionError("the oracle fails", e);
    }
  }

  private static Map<String, Tensor> run(OrtSession session, Map<String, Tensor> inputs)
      throws OrtException {
    Map<String, OnnxTensor> handles = new LinkedHashMap<>();
    for (var entry : inputs.entrySet()) {
      Tensor t = entry.getValue();
      handles.put(
          entry.getKey(),
          OnnxTensor.createTensor(
              OrtEnvironment.getEnvironment(),
              t.bytes(),
              t.shape().dims(),
              OnnxJavaType.valueOf(t.type().name())));
    }
    Map<String, Tensor> results = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(handles)) {
      for (var entry : result) {
        OnnxTensor tensor = (OnnxTensor) entry.getValue();
        DataType type = DataType.valueOf(tensor.getInfo().type.name());
        results.put(
            entry.getKey(),
            Tensor.of(type, Shape.of(tensor.getInfo().getShape()), tensor.getByteBuffer()));
      }
    }
    return results;
  }

  /** Picasso's runtime on a graph. */
  public static Map<String, Tensor> evaluate(Graph graph, Map<String, Tensor> inputs) {
    return new OneOff().run(graph, inputs);
  }
}
