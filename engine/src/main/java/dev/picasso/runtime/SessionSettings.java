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
   * The runtime would plan the memory of a run once it has seen one, and take all of it anew beside
   * what the first run took: twice the activations, and no faster.
   */
  private static final boolean PLANNED_MEMORY = false;

  private SessionSettings() {}

  /**
   * Settings for a session; to be closed.
   *
   * @throws dev.picasso.MachineException if the device is not there
   */
  static OrtSession.SessionOptions of(RuntimeOptions options) throws OrtException {
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
    settings.setMemoryPatternOptimization(PLANNED_MEMORY);
    options.device().card().ifPresent(card -> Cuda.addTo(settings, card));
    return settings;
  }
}
