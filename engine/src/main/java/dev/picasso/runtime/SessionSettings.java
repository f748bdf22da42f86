package dev.picasso.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** ONNX Runtime's session options for ours. */
final class SessionSettings {
  /**
   * Merges zeros into a MaxPool that follows, as if they were its own padding, which counts as -∞:
   * other numbers for negative activations (seen in 1.26 to 1.30).
   */
  private static final String WRONG_FUSION = "Pad_Fusion";

  /**
   * A session's threads wait for its next run by spinning, on the cores that the next session
   * needs: a model has several, which take turns. With two threads on two cores that cost a third.
   */
  private static final String REST_AFTER_A_RUN = "session.force_spinning_stop";

  /**
   * The runtime can plan the memory of a run once it has seen one, and takes all of it anew beside
   * what the first run took: twice the activations. Up to so many bytes of them that is worth its
   * while: a gradient of MobileNetV2 is an eighth faster, larger ones hardly.
   */
  private static final long PLANNED = 320L << 20;

  private SessionSettings() {}

  /**
   * Settings for a session; to be closed.
   *
   * @param activations bytes of all that the graph makes of one image
   * @throws dev.picasso.MachineException if the device is not there
   */
  static OrtSession.SessionOptions of(RuntimeOptions options, long activations)
      throws OrtException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    // Errors arrive as exceptions, once, and in words.
    settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    settings.setIntraOpNumThreads(options.threads());
    settings.setOptimizationLevel(
        options.optimize()
            ? OrtSession.SessionOptions.OptLevel.ALL_OPT
            : OrtSession.SessionOptions.OptLevel.NO_OPT);
    settings.addConfigEntry("optimization.disable_specified_optimizers", WRONG_FUSION);
    settings.addConfigEntry(REST_AFTER_A_RUN, "1");
    settings.setMemoryPatternOptimization(activations <= PLANNED);
    options.device().card().ifPresent(card -> Cuda.addTo(settings, card));
    return settings;
  }
}
