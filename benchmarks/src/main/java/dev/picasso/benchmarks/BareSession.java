package dev.picasso.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.picasso.graph.Tensor;
import java.nio.file.Path;
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
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, x.floatBuffer(), x.shape().dims());
        OrtSession.Result result = session.run(Map.of(name, input))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
