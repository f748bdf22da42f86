package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which emitter is for which function. The functions of TensorFlow stand in it without their
 * packages where nothing else has the same name: "tf.add" is also math.add and __operators__.add.
 */
final class FunctionTable {
  private static final Set<String> PACKAGES =
      Set.of(
          "math.",
          "nn.",
          "linalg.",
          "image.",
          "debugging.",
          "__operators__.",
          "keras.backend.",
          "keras.activations.");

  private record Entry(Signature signature, Emitter emitter) {}

  private final Map<String, Entry> entries = new HashMap<>();

  /** A function with one result, under all names that it has. */
  void put(Emitter.Single emitter, String... signatures) {
    putMany((g, call) -> List.of(emitter.emit(g, call)), signatures);
  }

  /** A function with several results. */
  void putMany(Emitter emitter, String... signatures) {
    for (String text : signatures) {
      Signature signature = Signature.parse(text);
      if (entries.put(signature.function(), new Entry(signature, emitter)) != null) {
        throw new IllegalStateException("two emitters for " + signature.function());
      }
    }
  }

  /** All functions, in no order. */
  Set<String> functions() {
    return Set.copyOf(entries.keySet());
  }

  /** The names of a function's arguments, in order. */
  List<String> parameters(String function) {
    return entry(function).map(e -> e.signature().parameters()).orElse(List.of());
  }

  /**
   * What a call of the function makes.
   *
   * @throws Unsupported if it cannot be imported, and why
   */
  List<LaidOut> call(GraphBuilder g, Site site, String function, Inputs arguments) {
    Entry entry = entry(function).orElseThrow(() -> new Unsupported(Refusals.of(function)));
    Call call = Call.of(site, entry.signature(), arguments);
    List<LaidOut> results = entry.emitter().emit(g, call);
    call.requireAllRead();
    return results.stream().map(y -> y.masked(Optional.empty())).toList();
  }

  /** Whether there is such a function. */
  boolean knows(String function) {
    return entry(function).isPresent();
  }

  private Optional<Entry> entry(String function) {
    String plain = function.replaceFirst("^tf\\.compat\\.v[12]\\.", "tf.");
    return Optional.ofNullable(entries.get(function))
        .or(() -> Optional.ofNullable(entries.get(plain)))
        .or(
            () ->
                PACKAGES.stream()
                    .filter(p -> plain.startsWith("tf." + p))
                    .findFirst()
                    .flatMap(p -> Optional.ofNullable(entries.get(plain.replaceFirst(p, "")))));
  }
}
