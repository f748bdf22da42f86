package dev.picasso.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.picasso.graph.Graph;

/** ONNX Runtime's session options for ours. */
final class SessionSettings {
  private SessionSettings() {}

  static OrtSession.SessionOptions of(RuntimeOptions options, Graph graph) throws OrtException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    settings.setIntraOpNumThreads(options.threads());
    settings.setOptimizationLevel(
        options.optimize()
            ? OrtSession.SessionOptions.OptLevel.ALL_OPT
            : OrtSession.SessionOptions.OptLevel.NO_OPT);
    if (padsBeforeMaxima(graph)) {
      // ONNX Runtime (to 1.30) makes padding of the pool of them, which never is the largest:
      // zeros around negative numbers would be lost.
      settings.addConfigEntry("optimization.disable_specified_optimizers", "Pad_Fusion");
    }
    return settings;
  }

  private static boolean padsBeforeMaxima(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> n.op().equals("MaxPool"))
        .map(n -> graph.producer(n.inputs().get(0)))
        .anyMatch(p -> p.filter(n -> n.op().equals("Pad")).isPresent());
  }
}
