package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import java.util.Map;

/** Operators that a graph of tensors has no place for, with the reason. */
final class Refusals {
  private static final String LOOP = "loops are not supported";
  private static final String SEQUENCE = "sequences of tensors are not supported";
  private static final String OPTIONAL = "optional values are not supported";
  private static final String TEXT = "text is not supported";
  private static final String NEW = "came after opset 21; export the model with an older opset";
  private static final String TRAINING = "belongs to training, not to a classifier";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("Loop", LOOP),
          Map.entry("Scan", LOOP),
          Map.entry("SequenceMap", SEQUENCE),
          Map.entry("SequenceAt", SEQUENCE),
          Map.entry("SequenceConstruct", SEQUENCE),
          Map.entry("SequenceEmpty", SEQUENCE),
          Map.entry("SequenceErase", SEQUENCE),
          Map.entry("SequenceInsert", SEQUENCE),
          Map.entry("SequenceLength", SEQUENCE),
          Map.entry("SplitToSequence", SEQUENCE),
          Map.entry("ConcatFromSequence", SEQUENCE),
          Map.entry("Optional", OPTIONAL),
          Map.entry("OptionalGetElement", OPTIONAL),
          Map.entry("OptionalHasElement", OPTIONAL),
          Map.entry("StringNormalizer", TEXT),
          Map.entry("StringConcat", TEXT),
          Map.entry("StringSplit", TEXT),
          Map.entry("RegexFullMatch", TEXT),
          Map.entry("TfIdfVectorizer", TEXT),
          Map.entry("ImageDecoder", "the model decodes image files itself; export it without"),
          Map.entry("Attention", NEW),
          Map.entry("BitCast", NEW),
          Map.entry("CumProd", NEW),
          Map.entry("RotaryEmbedding", NEW),
          Map.entry("TensorScatter", NEW),
          Map.entry("Gradient", TRAINING),
          Map.entry("Momentum", TRAINING),
          Map.entry("Adagrad", TRAINING),
          Map.entry("Adam", TRAINING));

  private Refusals() {}

  /** Throws if the operator cannot be part of a graph. */
  static void check(String domain, String op) {
    if (domain.equals("com.microsoft")) {
      return; // ONNX Runtime's own: they run; whether they have a gradient is told elsewhere
    }
    if (domain.equals("ai.onnx.ml")) {
      throw new ModelException("works on tables and texts (ai.onnx.ml), not on images");
    }
    if (!domain.isEmpty()) {
      throw new ModelException(
          "is a custom operator (" + domain + "), which only its author can run");
    }
    String reason = REASONS.get(op);
    if (reason != null) {
      throw new ModelException(reason);
    }
  }
}
