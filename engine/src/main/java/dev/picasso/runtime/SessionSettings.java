package dev.picasso.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** ONNX Runtime's session options for ours. */
final class SessionSettings {
  private SessionSettings() {}

  static OrtSession.SessionOptions of(RuntimeOptions options) throws OrtException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    settings.setIntraOpNumThreads(options.threads());
    settings.setOptimizationLevel(
        options.optimize()
            ? OrtSession.SessionOptions.OptLevel.ALL_OPT
            : OrtSession.SessionOptions.OptLevel.NO_OPT);
    return settings;
  }
}
