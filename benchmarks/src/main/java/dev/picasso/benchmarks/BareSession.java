package dev.picasso.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.picasso.graph.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime and nothing else: what a program without Picasso would do. */
final class BareSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  BareSession(Path file, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      // Its threads would else spin on while it is the other's turn.
      options.addConfigEntry("session.force_spinning_stop", "1");
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(file.toString(), options);
    }
  }

  /** Runs the model on its only input; the first element of its first output. */
  float run(Tensor x) {
    return run(Map.of(session.getInputNames().iterator().next(), x));
  }

  /** The same of a model with several inputs. */
  float run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> handles = new LinkedHashMap<>();
    try {
      for (var entry : inputs.entrySet()) {
        Tensor x = entry.getValue();
        handles.put(
            entry.getKey(),
            OnnxTensor.createTensor(environment, x.floatBuffer(), x.shape().dims()));
      }
      try (OrtSession.Result result = session.run(handles)) {
        return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      handles.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
