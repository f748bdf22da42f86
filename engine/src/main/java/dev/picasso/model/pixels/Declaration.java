package dev.picasso.model.pixels;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.StatedNormalization;
import dev.picasso.model.InputSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file says itself of the pixels that it takes: inputs of bytes; metadata of ONNX ({@code
 * Image.NominalPixelRange} and {@code Image.BitmapPixelFormat}, as Windows ML and Azure Custom
 * Vision write them); the normalization of TensorFlow Lite's metadata.
 */
final class Declaration {
  private static final String RANGE = "Image.NominalPixelRange";
  private static final String FORMAT = "Image.BitmapPixelFormat";

  private static final Map<String, PixelRange> RANGES =
      Map.of(
          "nominalrange_0_255", PixelRange.BYTES,
          "normalized_0_1", PixelRange.UNIT,
          "normalized_1_1", PixelRange.SIGNED);

  /** Inputs of TensorFlow Lite that take the integers of the file. */
  private static final Map<String, PixelRange> INTEGERS =
      Map.of("INPUT (uint8)", PixelRange.BYTES, "INPUT (int8)", PixelRange.SIGNED_BYTES);

  private static final String STATED = "The file says how pixels are normalized";
  private static final List<PixelRange> SIMPLE =
      List.of(PixelRange.BYTES, PixelRange.UNIT, PixelRange.SIGNED);

  private Declaration() {}

  /** The range that the file says. */
  static Optional<PixelEvidence> of(ImportedModel model, InputSpec input) {
    return bytes(model, input)
        .or(() -> nominal(model.metadata()))
        .or(() -> normalization(model.metadata(), input));
  }

  /** The order of the channels that the file says. */
  static Optional<ChannelOrder> order(ImportedModel model, InputSpec input) {
    String format = model.metadata().getOrDefault(FORMAT, "").strip().toLowerCase(Locale.ROOT);
    boolean blue = format.startsWith("bgr");
    return input.channels() >= 3 && (blue || format.startsWith("rgb"))
        ? Optional.of(new ChannelOrder(blue, "as the file says"))
        : Optional.empty();
  }

  private static Optional<PixelEvidence> bytes(ImportedModel model, InputSpec input) {
    Optional<PixelRange> range =
        switch (input.type()) {
          case INT8 -> Optional.of(PixelRange.SIGNED_BYTES);
          case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> stored(model, input);
          default -> Optional.of(PixelRange.BYTES);
        };
    return range.map(
        r ->
            PixelEvidence.of(
                r,
                r == PixelRange.SIGNED_BYTES
                    ? "The model takes signed bytes"
                    : "The model takes bytes"));
  }

  private static Optional<PixelRange> stored(ImportedModel model, InputSpec input) {
    return model.layers().stream()
        .filter(l -> l.value().equals(input.name()))
        .map(LayerInfo::kind)
        .flatMap(kind -> Stream.ofNullable(INTEGERS.get(kind)))
        .findFirst();
  }

  private static Optional<PixelEvidence> nominal(Map<String, String> metadata) {
    String said = metadata.getOrDefault(RANGE, "").strip();
    return Optional.ofNullable(RANGES.get(said.toLowerCase(Locale.ROOT)))
        .map(range -> PixelEvidence.of(range, "The file tells the range (" + RANGE + ")"));
  }

  private static Optional<PixelEvidence> normalization(
      Map<String, String> metadata, InputSpec input) {
    return StatedNormalization.of(metadata, input.name())
        .filter(n -> fits(n.mean(), input) && fits(n.std(), input))
        .map(
            n ->
                SIMPLE.stream()
                    .filter(range -> makes(n, range))
                    .findFirst()
                    .map(range -> PixelEvidence.of(range, STATED))
                    .orElseGet(
                        () ->
                            PixelEvidence.of(PixelRange.BYTES, STATED)
                                .normalized(n.mean(), n.std())));
  }

  private static boolean fits(List<Double> numbers, InputSpec input) {
    return numbers.size() == 1 || numbers.size() == input.channels();
  }

  private static boolean makes(StatedNormalization n, PixelRange range) {
    return n.mean().size() == 1
        && n.std().size() == 1
        && Math.abs(n.std().get(0) * range.scale() - 1) < 1e-6
        && Math.abs(-n.mean().get(0) * range.scale() - range.black()) < 1e-6;
  }
}
