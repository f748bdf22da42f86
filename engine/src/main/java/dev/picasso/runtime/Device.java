package dev.picasso.runtime;

import ai.onnxruntime.OrtException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where graphs are run: on the processor, or on a graphics card by ONNX Runtime's CUDA provider.
 * What that has no kernel for runs on the processor all the same, and so does all that is no graph:
 * reading, preparing and drawing pictures.
 *
 * @param card which graphics card, from 0; empty for the processor
 */
public record Device(Optional<Integer> card) {
  /** The processor. */
  public static final Device CPU = new Device(Optional.empty());

  /** What {@link #parse} takes, in words. */
  public static final String WORDS = "cpu, cuda, or cuda:1 for the second graphics card";

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

  /** A graphics card, from 0. */
  public static Device cuda(int card) {
    return new Device(Optional.of(card));
  }

  /** The device of a text such as "cpu", "cuda" or "cuda:1"; empty for any other. */
  public static Optional<Device> parse(String text) {
    if (text.equals("cpu")) {
      return Optional.of(CPU);
    }
    Matcher cuda = CUDA.matcher(text);
    return cuda.matches()
        ? Optional.of(cuda(Optional.ofNullable(cuda.group(1)).map(Integer::parseInt).orElse(0)))
        : Optional.empty();
  }

  /**
   * Refuses a device that is not there, before anything is loaded for it.
   *
   * @throws dev.picasso.MachineException saying what is missing, and what to do
   */
  public void require() {
    if (card.isEmpty()) {
      return; // starting the runtime can wait
    }
    NativeRuntime.environment(); // who asks for a card before that is told of a missing logger
    try {
      SessionSettings.of(RuntimeOptions.defaults().on(this), 0).close();
    } catch (OrtException e) {
      throw new ExecutionException("ONNX Runtime cannot be set up: " + Tensors.plain(e), e);
    }
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return card.map(c -> "cuda:" + c).orElse("cpu");
  }
}
