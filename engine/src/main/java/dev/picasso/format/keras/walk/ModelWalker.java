package dev.picasso.format.keras.walk;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.weights.LayerNames;
import dev.picasso.format.keras.weights.LayerWeights;
import dev.picasso.format.keras.weights.ModelWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks through a model and the models inside it, calling each layer with what it reads. */
final class ModelWalker {
  private static final String INPUT_LAYER = "InputLayer";
  private static final int MAXIMAL_DEPTH = 50;

  private final GraphBuilder g;
  private final LayerCaller caller;
  private final InputShapes shapes;

  ModelWalker(GraphBuilder g, LayerCaller caller, ImportContext context) {
    this.g = g;
    this.caller = caller;
    this.shapes = new InputShapes(context);
    context.innerCalls(this::callInner);
  }

  /** The names of layers, for finding their weights. */
  static List<LayerNames> names(List<LayerConfig> layers) {
    return layers.stream().map(l -> new LayerNames(l.name(), l.kind(), names(l.layers()))).toList();
  }

  /**
   * Walks through a model.
   *
   * @param path the model's own path; empty for the outermost
   * @param use how often the model was called before
   * @param given its inputs; none for the outermost model, which makes its own
   * @return its outputs, empty ones where they could not be made
   */
  List<Optional<LaidOut>> walk(
      LayerConfig model,
      String path,
      int use,
      ModelWeights weights,
      Optional<List<Optional<LaidOut>>> given) {
    if (path.chars().filter(c -> c == '/').count() > MAXIMAL_DEPTH) {
      throw new Unsupported("models are nested too deeply.");
    }
    return model.isSequential()
        ? sequential(model, path, use, weights, given)
        : functional(model, path, use, weights, given);
  }

  private static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  // --------------------------------------------------------------- sequential

  private List<Optional<LaidOut>> sequential(
      LayerConfig model,
      String path,
      int use,
      ModelWeights weights,
      Optional<List<Optional<LaidOut>>> given) {
    List<LayerConfig> layers = model.layers();
    Optional<LaidOut> at;
    if (given.isPresent()) {
      at = given.get().stream().findFirst().flatMap(o -> o);
    } else {
      at = layers.isEmpty() ? Optional.empty() : graphInput(model, path, layers.get(0));
    }
    List<Optional<LaidOut>> outputs = List.of(at);
    for (LayerConfig layer : layers) {
      if (!layer.kind().equals(INPUT_LAYER)) {
        outputs =
            call(
                layer,
                inside(path, layer.name()),
                use,
                weights.of(layer.name()),
                outputs.stream().findFirst().flatMap(o -> o).map(Inputs::of));
      }
    }
    return outputs;
  }

  /** The input of a Sequential, which it may tell in many places. */
  private Optional<LaidOut> graphInput(LayerConfig model, String path, LayerConfig first) {
    boolean explicit = first.kind().equals(INPUT_LAYER);
    String name = explicit ? first.name() : first.name() + "_input";
    var told =
        firstOf(first)
            .flatMap(InputShapes::told)
            .or(() -> InputShapes.built(model))
            .or(() -> InputShapes.built(first));
    return makeInput(explicit ? first : LayerConfig.input(name), inside(path, name), told, true);
  }

  /** The layer, however deep, that reads the input first. */
  private static Optional<LayerConfig> firstOf(LayerConfig layer) {
    LayerConfig at = layer;
    while (InputShapes.told(at).isEmpty() && at.isModel() && !at.layers().isEmpty()) {
      at = at.layers().get(0);
    }
    return Optional.of(at);
  }

  private Optional<LaidOut> makeInput(
      LayerConfig config,
      String name,
      Optional<com.fasterxml.jackson.databind.JsonNode> told,
      boolean only) {
    try {
      var value = g.input(name, DataType.FLOAT, shapes.of(name, told, only));
      return Optional.of(caller.input(config, name, value));
    } catch (Unsupported e) {
      caller.problem(name, INPUT_LAYER, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  // --------------------------------------------------------------- functional

  /** What the calls of one model have made so far. */
  private static final class Made {
    final Map<String, Map<Integer, List<Optional<LaidOut>>>> outputs = new HashMap<>();

    boolean has(CallSpec.Key key) {
      return outputs.getOrDefault(key.layer(), Map.of()).containsKey(key.node());
    }

    Optional<LaidOut> get(CallSpec.Key key) {
      List<Optional<LaidOut>> made =
          outputs.getOrDefault(key.layer(), Map.of()).getOrDefault(key.node(), List.of());
      return key.tensor() >= 0 && key.tensor() < made.size()
          ? made.get(key.tensor())
          : Optional.empty();
    }

    void put(String layer, int node, List<Optional<LaidOut>> made) {
      outputs.computeIfAbsent(layer, k -> new HashMap<>()).put(node, made);
    }
  }

  /** A call that is still to be made. */
  private record Pending(LayerConfig layer, int index, int node, CallSpec spec) {}

  private List<Optional<LaidOut>> functional(
      LayerConfig model,
      String path,
      int use,
      ModelWeights weights,
      Optional<List<Optional<LaidOut>>> given) {
    Map<String, LayerConfig> layers = new LinkedHashMap<>();
    model.layers().forEach(l -> layers.putIfAbsent(l.name(), l));
    Inbound inbound = new Inbound(layers.keySet());
    List<CallSpec.Key> inputs = inbound.references(model.config().path("input_layers"));
    List<CallSpec.Key> results = inbound.references(model.config().path("output_layers"));
    Made made = new Made();
    for (int i = 0; i < inputs.size(); i++) {
      CallSpec.Key key = inputs.get(i);
      LayerConfig layer = layers.get(key.layer());
      if (layer == null) {
        caller.problem(inside(path, key.layer()), INPUT_LAYER, "the file has no such layer.");
        continue;
      }
      Optional<LaidOut> value =
          given.isPresent()
              ? (i < given.get().size() ? given.get().get(i) : Optional.empty())
              : makeInput(
                  layer,
                  inside(path, layer.name()),
                  InputShapes.told(layer).or(() -> InputShapes.built(layer)),
                  inputs.size() == 1);
      made.put(layer.name(), key.node(), List.of(value));
    }
    callAll(pending(layers, inbound, results), path, use, weights, made);
    return results.stream().map(made::get).toList();
  }

  private static List<Pending> pending(
      Map<String, LayerConfig> layers, Inbound inbound, List<CallSpec.Key> results) {
    Map<String, List<CallSpec>> calls = new LinkedHashMap<>();
    layers.forEach((name, l) -> calls.put(name, inbound.calls(l.inbound())));
    Map<String, Integer> highest = new HashMap<>();
    calls.values().stream()
        .flatMap(List::stream)
        .flatMap(CallSpec::keys)
        .forEach(k -> highest.merge(k.layer(), k.node(), Math::max));
    results.forEach(k -> highest.merge(k.layer(), k.node(), Math::max));
    List<Pending> pending = new ArrayList<>();
    calls.forEach(
        (name, specs) -> {
          // Models that were built before they were called count that as their call number 0.
          int offset = Math.max(0, highest.getOrDefault(name, 0) - (specs.size() - 1));
          for (int i = 0; i < specs.size(); i++) {
            pending.add(
                new Pending(
                    java.util.Objects.requireNonNull(layers.get(name)),
                    i,
                    i + offset,
                    specs.get(i)));
          }
        });
    return pending;
  }

  /** Calls in the order of the file; a call whose inputs come later waits for them. */
  private void callAll(List<Pending> all, String path, int use, ModelWeights weights, Made made) {
    List<Pending> waiting = all;
    while (!waiting.isEmpty()) {
      List<Pending> still = new ArrayList<>();
      for (Pending call : waiting) {
        if (call.spec().keys().allMatch(made::has)) {
          String name = call.layer().name();
          made.put(
              name,
              call.node(),
              call(
                  call.layer(),
                  inside(path, name),
                  use + call.index(),
                  weights.of(name),
                  call.spec().resolve(made::get)));
        } else {
          still.add(call);
        }
      }
      if (still.size() == waiting.size()) {
        still.forEach(c -> unreachable(c, path, made));
        return;
      }
      waiting = still;
    }
  }

  private void unreachable(Pending call, String path, Made made) {
    String missing =
        call.spec()
            .keys()
            .filter(k -> !made.has(k))
            .map(k -> k.layer() + " (call " + k.node() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    caller.problem(
        inside(path, call.layer().name()),
        call.layer().kind(),
        "reads " + missing + ", which the file does not have.");
  }

  // -------------------------------------------------------------------- calls

  private List<LaidOut> callInner(
      LayerConfig layer, String path, LayerWeights weights, Inputs inputs) {
    List<Optional<LaidOut>> made = call(layer, path, 0, weights, Optional.of(inputs));
    if (made.isEmpty() || !made.stream().allMatch(Optional::isPresent)) {
      throw new Unsupported("the layer inside cannot be imported.");
    }
    return made.stream().flatMap(Optional::stream).toList();
  }

  private List<Optional<LaidOut>> call(
      LayerConfig layer, String path, int use, LayerWeights weights, Optional<Inputs> inputs) {
    if (!layer.isModel()) {
      return caller
          .call(layer, path, use, weights, inputs)
          .map(made -> made.stream().map(Optional::of).toList())
          .orElse(List.of(Optional.empty()));
    }
    List<Optional<LaidOut>> given =
        inputs
            .map(i -> i.all().stream().map(Optional::of).toList())
            .orElse(List.of(Optional.empty()));
    List<Optional<LaidOut>> made =
        walk(layer, path, use, weights.asModel(names(layer.layers())), Optional.of(given));
    if (made.stream().allMatch(Optional::isPresent)) {
      List<LaidOut> outputs = made.stream().flatMap(Optional::stream).toList();
      caller.register(layer, path, use, outputs, 0);
    }
    return made;
  }
}
