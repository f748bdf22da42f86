package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.functions.Site;
import dev.picasso.format.keras.file.StoredArray;
import dev.picasso.format.keras.weights.LayerWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A layer as its handler sees it, for one call: its arguments, its weights, and its words for what
 * is wrong with them. It remembers which arguments were read.
 */
public final class Layer implements Site {
  private final LayerConfig config;
  private final String path;
  private final LayerWeights weights;
  private final ImportContext context;
  private final AtomicLong parameters;
  private final Set<String> read = new HashSet<>();
  private final Set<StoredArray> taken = new HashSet<>();

  /**
   * @param path the names of the models around it and its own, with slashes
   */
  public Layer(LayerConfig config, String path, LayerWeights weights, ImportContext context) {
    this(config, path, weights, context, new AtomicLong());
  }

  private Layer(
      LayerConfig config,
      String path,
      LayerWeights weights,
      ImportContext context,
      AtomicLong parameters) {
    this.config = config;
    this.path = path;
    this.weights = weights;
    this.context = context;
    this.parameters = parameters;
  }

  public String name() {
    return config.name();
  }

  @Override
  public String kind() {
    return config.kind();
  }

  /** The names of the models around it and its own, as in "outer/inner". */
  @Override
  public String path() {
    return path;
  }

  public ImportContext context() {
    return context;
  }

  /** Whether the arguments are those of Keras 1, and so the order of its kernels. */
  public boolean isKeras1() {
    return config.node().path("config").has("nb_filter");
  }

  /** Whether its weights are integers of 8 bits, with scales beside. */
  public boolean isInt8() {
    return Precision.of(config).filter("int8"::equals).isPresent();
  }

  /** Number of weights taken so far, those of its parts included. */
  public long parameters() {
    return parameters.get();
  }

  // ---------------------------------------------------------------- arguments

  public boolean has(String key) {
    return config.config().hasNonNull(key);
  }

  /** An argument as it stands; missing and null are the same. */
  public Optional<JsonNode> argument(String key) {
    read.add(key);
    return Optional.ofNullable(config.config().get(key)).filter(n -> !n.isNull());
  }

  /** All arguments as they stand, but for the layer's name. */
  public Map<String, JsonNode> arguments() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    config.config().properties().forEach(e -> all.put(e.getKey(), e.getValue()));
    all.remove("name");
    return all;
  }

  public boolean flag(String key, boolean whenAbsent) {
    Optional<JsonNode> node = argument(key);
    if (node.isEmpty()) {
      return whenAbsent;
    }
    if (!node.get().isBoolean() && !node.get().isNumber()) {
      throw wrong(key, "true or false");
    }
    return node.get().isBoolean() ? node.get().booleanValue() : node.get().doubleValue() != 0;
  }

  public String text(String key, String whenAbsent) {
    Optional<JsonNode> node = argument(key);
    if (node.isPresent() && !node.get().isTextual()) {
      throw wrong(key, "a word");
    }
    return node.map(JsonNode::textValue).orElse(whenAbsent);
  }

  public double number(String key, double whenAbsent) {
    return number(key).orElse(whenAbsent);
  }

  /** A number; some versions store it as an array with one element. */
  public Optional<Double> number(String key) {
    Optional<JsonNode> node = argument(key).map(Layer::unpacked);
    if (node.isPresent() && !node.get().isNumber()) {
      throw wrong(key, "a number");
    }
    return node.map(JsonNode::doubleValue);
  }

  private static JsonNode unpacked(JsonNode node) {
    JsonNode inner = node.path("config").path("value");
    if (node.isObject() && !inner.isMissingNode()) {
      return inner;
    }
    return node.isObject() && node.has("value") ? node.path("value") : node;
  }

  public int integer(String key, int whenAbsent) {
    double value = number(key, whenAbsent);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw wrong(key, "a whole number");
    }
    return (int) value;
  }

  /** Whole numbers; a single one counts as a list of one. */
  public Optional<long[]> integers(String key) {
    Optional<JsonNode> node = argument(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    List<JsonNode> items = new ArrayList<>();
    if (node.get().isArray()) {
      node.get().forEach(items::add);
    } else {
      items.add(node.get());
    }
    if (items.stream().anyMatch(i -> !i.isNumber() || i.doubleValue() != i.longValue())) {
      throw wrong(key, "whole numbers");
    }
    return Optional.of(items.stream().mapToLong(JsonNode::longValue).toArray());
  }

  /** One whole number per spatial axis; a single one is for all of them. */
  public long[] perAxis(String key, int axes, long whenAbsent) {
    long[] values = integers(key).orElse(new long[] {whenAbsent});
    if (values.length == 1) {
      long[] all = new long[axes];
      Arrays.fill(all, values[0]);
      return all;
    }
    if (values.length != axes) {
      throw wrong(key, axes + " whole numbers");
    }
    return values;
  }

  /** As {@link #perAxis}, and none may be less than one. */
  public long[] sizes(String key, int axes, long whenAbsent) {
    long[] values = perAxis(key, axes, whenAbsent);
    if (Arrays.stream(values).anyMatch(v -> v < 1 || v > 1 << 20)) {
      throw wrong(key, "positive");
    }
    return values;
  }

  /** One of these words, in any case. */
  public String oneOf(String key, String whenAbsent, String... allowed) {
    String word = text(key, whenAbsent).toLowerCase(java.util.Locale.ROOT);
    if (!Arrays.asList(allowed).contains(word)) {
      throw wrong(key, "one of " + String.join(", ", allowed));
    }
    return word;
  }

  /** Whether the layer's own layout has the channels last. */
  public boolean channelsLast() {
    return oneOf("data_format", "channels_last", "channels_last", "channels_first")
        .equals("channels_last");
  }

  /** Says that an argument is known and changes nothing here. */
  public void ignore(String... keys) {
    read.addAll(Arrays.asList(keys));
  }

  /** Says that no argument changes anything here. */
  public void ignoreAll() {
    config.config().fieldNames().forEachRemaining(read::add);
  }

  /** Arguments that nobody asked for and that may change the result. */
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    config
        .config()
        .properties()
        .forEach(
            e -> {
              if (!read.contains(e.getKey())
                  && !Harmless.isHarmless(e.getKey())
                  && !isEmpty(e.getValue())) {
                unread.add(e.getKey() + " = " + shortened(e.getValue()));
              }
            });
    return unread;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private Unsupported wrong(String key, String expected) {
    return new Unsupported(
        key + " is " + shortened(config.config().path(key)) + "; it must be " + expected + ".");
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  // ------------------------------------------------------------------ weights

  /**
   * A part of the layer, with its weights.
   *
   * @param name the part's own, as the names of weights have it
   * @param attribute under which the layer holds it, as the paths of Keras 3 have it
   */
  public Layer part(String name, String attribute) {
    LayerConfig part =
        new LayerConfig(
            name,
            config.kind(),
            JsonNodeFactory.instance.objectNode(),
            MissingNode.getInstance(),
            MissingNode.getInstance());
    return new Layer(part, path + "/" + name, weights.part(name, attribute), context, parameters);
  }

  /** Calls a layer or model that this layer holds. */
  public List<LaidOut> callInner(LayerConfig inner, Inputs inputs, String... attributes) {
    return context
        .innerCalls()
        .call(inner, path + "/" + inner.name(), weights.part(inner.name(), attributes), inputs);
  }

  /** The next weights of the layer, or those of that name; lengths of −1 may be any. */
  public Tensor weight(String role, long... dims) {
    StoredArray array = stored(role);
    long[] actual = array.shape().dims();
    boolean fits = actual.length == dims.length;
    for (int i = 0; fits && i < dims.length; i++) {
      fits = dims[i] == -1 || dims[i] == actual[i];
    }
    if (!fits) {
      throw new Unsupported(
          "its weights "
              + role
              + " have the shape "
              + Arrays.toString(actual)
              + " where "
              + Arrays.toString(dims).replace("-1", "any")
              + " is needed ("
              + array.name()
              + ").");
    }
    return read(array);
  }

  /** The next weights, whatever their shape. */
  public Tensor anyWeight(String role) {
    return read(stored(role));
  }

  private Tensor read(StoredArray array) {
    parameters.addAndGet(array.shape().size());
    return array.read();
  }

  private StoredArray stored(String role) {
    List<StoredArray> all = weights.arrays();
    Optional<StoredArray> found =
        all.stream()
            .filter(a -> !taken.contains(a) && LayerWeights.isCalled(a.name(), role))
            .findFirst()
            .or(() -> all.stream().filter(a -> !taken.contains(a)).findFirst());
    StoredArray array =
        found.orElseThrow(
            () ->
                new Unsupported(
                    "the file has no weights "
                        + role
                        + " for it"
                        + (all.isEmpty() ? "." : "; it has only " + all + ".")));
    taken.add(array);
    return array;
  }

  /** Whether there are weights that nobody has taken yet. */
  public boolean hasMoreWeights() {
    return !taken.containsAll(weights.arrays());
  }

  @Override
  public void note(String sentence) {
    context.note(sentence);
  }

  /** Weights as a constant of the graph under the layer's name. */
  @Override
  public Value constant(GraphBuilder g, String role, Tensor tensor) {
    return context.constant(g, path + "/" + role, tensor);
  }
}
