package dev.picasso.format.keras.walk;

import dev.picasso.format.LayerInfo;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.weights.LayerWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls handlers, names what they made, and gathers what is wrong instead of stopping at it. */
final class LayerCaller {
  private final GraphBuilder g;
  private final LayerTable table;
  private final ImportContext context;
  private final Map<String, LayerInfo> infos = new LinkedHashMap<>();
  private final Map<String, LaidOut> outputs = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final Set<String> namedValues = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  LayerCaller(GraphBuilder g, LayerTable table, ImportContext context) {
    this.g = g;
    this.table = table;
    this.context = context;
  }

  /** The layers called so far. */
  List<LayerInfo> infos() {
    return List.copyOf(infos.values());
  }

  /** The first output of each layer, by name. */
  Map<String, LaidOut> outputs() {
    return outputs;
  }

  /** A line for each layer that could not be imported. */
  List<String> problems() {
    return List.copyOf(problems.values());
  }

  /** Number of layers met, imported or not. */
  int layerCount() {
    return seen.size();
  }

  void problem(String path, String kind, String message) {
    seen.add(path);
    problems.putIfAbsent(path, path + " (" + kind + "): " + message);
  }

  /**
   * One call of a layer that is no model.
   *
   * @param inputs empty if some of them could not be made; the layer is only looked at then
   */
  Optional<List<LaidOut>> call(
      LayerConfig config, String path, int use, LayerWeights weights, Optional<Inputs> inputs) {
    seen.add(path);
    Layer layer = new Layer(config, path, weights, context);
    try {
      LayerHandler handler = table.find(config.kind());
      Precision.require(config, context);
      if (inputs.isEmpty()) {
        handler.check(layer);
        return Optional.empty();
      }
      List<LaidOut> made =
          g.scoped(
              path,
              () ->
                  Masks.passOn(
                      g, config.kind(), inputs.get(), handler.emit(g, layer, inputs.get())));
      List<String> unread = layer.unread();
      if (!unread.isEmpty()) {
        throw new Unsupported("the option " + String.join(", ", unread) + " is not supported.");
      }
      return Optional.of(register(config, path, use, made, use == 0 ? layer.parameters() : 0));
    } catch (Unsupported e) {
      problem(path, config.kind(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      problem(path, config.kind(), "its parts do not fit together: " + e.getMessage() + ".");
    }
    return Optional.empty();
  }

  /** Names the outputs of a layer and remembers them. */
  List<LaidOut> register(
      LayerConfig config, String path, int use, List<LaidOut> made, long parameters) {
    String name = use == 0 ? path : path + "#" + (use + 1);
    List<LaidOut> named = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      LaidOut output = made.get(i);
      Value stored = output.stored();
      if (!namedValues.contains(stored.name()) && g.constantOf(stored).isEmpty()) {
        output = output.renamed(g.named(stored, i == 0 ? name : name + ":" + i));
        namedValues.add(output.stored().name());
      }
      named.add(output);
    }
    if (!named.isEmpty()) {
      LaidOut first = named.get(0);
      infos.put(
          name,
          new LayerInfo(
              name, config.kind(), first.stored().name(), first.channelsMoved(), parameters));
      outputs.put(name, first);
    }
    return named;
  }

  /** A graph input; it has its name already. */
  LaidOut input(LayerConfig config, String path, Value value) {
    seen.add(path);
    namedValues.add(value.name());
    LaidOut made = LaidOut.asIs(value);
    register(config, path, 0, List.of(made), 0);
    return made;
  }
}
