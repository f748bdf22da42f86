package dev.picasso.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.picasso.MachineException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sessions on a graphics card, and what to say where there cannot be any. */
final class Cuda {
  private static final String HOW =
      " docs/configuration.md, \"GPU\", tells how; or run on the cpu.";

  private static final Pattern LIBRARY = Pattern.compile("(lib\\S+\\.so[.\\d]*|\\S+\\.dll)");

  private Cuda() {}

  /**
   * Has sessions run on a card.
   *
   * @throws MachineException if that cannot be
   */
  static void addTo(OrtSession.SessionOptions settings, int card) {
    EnumSet<OrtProvider> providers = OrtEnvironment.getAvailableProviders();
    if (!providers.contains(OrtProvider.CUDA)) {
      throw withoutProvider(card);
    }
    try {
      settings.addCUDA(card);
    } catch (OrtException e) {
      throw problem(card, String.valueOf(e.getMessage())).orElseGet(() -> otherwise(card, e));
    }
  }

  /** This ONNX Runtime was built without CUDA. */
  private static MachineException withoutProvider(int card) {
    return new MachineException(
        missing(card)
            + "the ONNX Runtime of this installation has no CUDA. Put"
            + " onnxruntime_gpu of the same version in the place of onnxruntime;"
            + HOW);
  }

  private static MachineException otherwise(int card, OrtException e) {
    return new MachineException(missing(card) + Tensors.plain(e) + "." + HOW, e);
  }

  private static String missing(int card) {
    return Device.cuda(card) + " cannot be used: ";
  }

  /**
   * What the runtime's complaint means.
   *
   * @return empty if it has nothing to do with the card
   */
  static Optional<MachineException> problem(int card, String complaint) {
    return words(complaint).map(words -> new MachineException(missing(card) + words + HOW));
  }

  private static Optional<String> words(String complaint) {
    if (complaint.contains("invalid device ordinal")) {
      return Optional.of(
          "there is no graphics card of that number; the first is cuda:0. 'nvidia-smi -L' lists"
              + " them.");
    }
    if (complaint.contains("no CUDA-capable device")) {
      return Optional.of("this machine has no graphics card that CUDA sees.");
    }
    if (complaint.contains("driver version is insufficient")) {
      return Optional.of(
          "NVIDIA's driver is missing, or too old for this ONNX Runtime. Install a newer one.");
    }
    if (complaint.contains("out of memory") && complaint.contains("CUDA")) {
      return Optional.of("its memory is too small for the model, or others use it.");
    }
    if (complaint.contains("onnxruntime_providers_cuda")
        || complaint.contains("Failed to load shared library")
        || complaint.contains("CUDA execution provider is either not")) {
      return Optional.of(
          "libraries of CUDA or cuDNN are missing"
              + library(complaint).map(name -> " (" + name + ")").orElse("")
              + "; ONNX Runtime's own line above names the first. Install them, in the versions"
              + " that it asks for, where the system looks for libraries.");
    }
    return complaint.contains("CUDA failure") || complaint.contains("CUDNN failure")
        ? Optional.of("CUDA failed: " + firstLine(complaint) + ".")
        : Optional.empty();
  }

  /** The library that was not found: the last one named, since it is what another one needs. */
  private static Optional<String> library(String complaint) {
    Matcher names = LIBRARY.matcher(complaint);
    String last = "";
    while (names.find()) {
      last = names.group(1);
    }
    return last.isEmpty() || last.contains("onnxruntime_providers")
        ? Optional.empty()
        : Optional.of(last);
  }

  private static String firstLine(String complaint) {
    return complaint.lines().findFirst().orElse("").replaceFirst("[.;:\\s]+$", "");
  }
}
