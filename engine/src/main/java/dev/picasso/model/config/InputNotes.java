package dev.picasso.model.config;

import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preset;
import dev.picasso.model.InputSpec;
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a person should know of how pixels become numbers, a sentence each. */
final class InputNotes {
  /** How far the configuration's numbers may go beyond the model's, as a share of their range. */
  private static final double BEYOND = .1;

  /** The least share of the model's range that the configuration's numbers fill. */
  private static final double FILLED = .4;

  private final PreprocessingSettings settings;
  private final PixelEvidence evidence;
  private final InputSpec input;

  private InputNotes(PreprocessingSettings settings, PixelEvidence evidence, InputSpec input) {
    this.settings = settings;
    this.evidence = evidence;
    this.input = input;
  }

  /**
   * The notes.
   *
   * @param made what the settings and the evidence became
   */
  static List<String> of(
      PreprocessingSettings settings, PixelEvidence evidence, InputSpec input, Preprocessing made) {
    InputNotes notes = new InputNotes(settings, evidence, input);
    List<String> said = new ArrayList<>();
    if (settings.saysRange()) {
      guess(settings, evidence, made)
          .map("How pixels are scaled (%s) is assumed, not known."::formatted)
          .ifPresent(said::add);
      notes.twice(made).ifPresent(said::add);
      notes.turned().ifPresent(said::add);
    } else {
      said.add(notes.range());
    }
    if (input.channels() == 4 && settings.color().isEmpty()) {
      said.add(
          "The model takes four channels: those of a PNG with transparency, or of a TIFF, as they"
              + " stand in the file.");
    }
    return said;
  }

  /** The numbers of black and white, as in "0 to 1", where nobody is sure of them. */
  static Optional<String> guess(
      PreprocessingSettings settings, PixelEvidence evidence, Preprocessing made) {
    boolean said = settings.saysRange();
    boolean guessed = said ? settings.assumed() : evidence.range().isEmpty();
    return guessed ? Optional.of(numbers(limits(made)).replace('-', '−')) : Optional.empty();
  }

  private String range() {
    return evidence
        .range()
        .map(r -> evidence.reason() + ": it is given " + numbers(limits(r)) + order() + ".")
        .orElseGet(this::unknown);
  }

  private String unknown() {
    String remedy =
        orderIsOpen() && input.channels() == 3 && evidence.order().isEmpty()
            ? "as in preprocessing: {preset: tf}, or {color: bgr} for images that OpenCV read."
            : "as in preprocessing: {preset: tf}.";
    return "Nothing tells the range of the pixels: they are scaled to 0..1"
        + order()
        + ". If the model was trained otherwise, say so in picasso.yaml, "
        + remedy;
  }

  /** Which channel comes first, where the model does not tell it as everybody expects. */
  private String order() {
    if (!orderIsOpen()) {
      return "";
    }
    return evidence
        .order()
        .map(o -> o.blueFirst() ? ", blue first, " + o.reason() : "")
        .orElse(", red first");
  }

  private boolean orderIsOpen() {
    return settings.color().isEmpty() && input.channels() >= 3;
  }

  /** Blue comes first, though the configuration, which says the numbers, does not say that. */
  private Optional<String> turned() {
    boolean open = orderIsOpen() && settings.preset().filter(p -> p != Preset.NONE).isEmpty();
    return evidence
        .order()
        .filter(o -> open && o.blueFirst())
        .map(o -> "The channels are given blue first, " + o.reason() + ".");
  }

  /** The configuration scales, though the model does it itself. */
  private Optional<String> twice(Preprocessing made) {
    return evidence.range().flatMap(range -> twice(range, limits(range), limits(made)));
  }

  private Optional<String> twice(PixelRange range, double[] wanted, double[] said) {
    double width = wanted[1] - wanted[0];
    boolean inside = said[0] >= wanted[0] - BEYOND * width && said[1] <= wanted[1] + BEYOND * width;
    boolean fills = said[1] - said[0] >= FILLED * width;
    if (inside && fills) {
      return Optional.empty();
    }
    String remedy =
        evidence.mean().isEmpty()
            ? switch (range) {
              case BYTES -> "preprocessing: {preset: none}";
              case UNIT -> "preprocessing: {scale: 1/255}";
              case SIGNED -> "preprocessing: {preset: tf}";
              case SIGNED_BYTES -> "preprocessing: {offset: -128}";
            }
            : "no preprocessing";
    return Optional.of(
        "%s, so it wants %s; the configuration gives it %s. If that scales pixels twice, say %s."
            .formatted(evidence.reason(), numbers(wanted), numbers(said), remedy));
  }

  /** The numbers that the model wants, of all channels: the least and the greatest. */
  private double[] limits(PixelRange range) {
    return limits(
        Stream.of(range.black(), range.white()).flatMap(x -> evidence.normalized(x).stream()));
  }

  /** The numbers that the configuration makes. */
  private static double[] limits(Preprocessing made) {
    return limits(
        IntStream.range(0, made.colour().channels())
            .boxed()
            .flatMap(c -> Stream.of(made.number(0, c), made.number(255, c))));
  }

  private static double[] limits(Stream<Double> numbers) {
    double[] sorted = numbers.mapToDouble(n -> n).sorted().toArray();
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }

  private static String numbers(double[] limits) {
    return number(limits[0]) + " to " + number(limits[1]);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
