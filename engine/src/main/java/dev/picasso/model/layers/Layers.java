package dev.picasso.model.layers;

import dev.picasso.Words;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.BatchNormFolding;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The layers of a model in the order of its file. What is asked is found at the first question, so
 * that a model that is not asked costs nothing.
 */
public final class Layers {
  private static final int MOST_NAMED = 12;

  private final String file;
  private final List<LayerInfo> infos;
  private final Graph unfolded;
  private final Graph graph;
  private final String scores;
  private final Optional<InputSpec> image;
  private Optional<Found> found = Optional.empty();

  private Layers(
      String file,
      List<LayerInfo> infos,
      Graph unfolded,
      Graph graph,
      String scores,
      Optional<InputSpec> image) {
    this.file = file;
    this.infos = infos;
    this.unfolded = unfolded;
    this.graph = graph;
    this.scores = scores;
    this.image = image;
  }

  /**
   * The layers of a model.
   *
   * @param file what messages call it
   * @param unfolded the graph before normalizations were folded
   * @param graph the one that runs, with the scores
   * @param scores the value that explanations are of
   * @param image the input whose positions layers show
   */
  public static Layers of(
      String file,
      ImportedModel imported,
      Graph unfolded,
      Graph graph,
      String scores,
      Optional<InputSpec> image) {
    return new Layers(file, imported.layers(), unfolded, graph, scores, image);
  }

  /** The same with another input explained. */
  public Layers explaining(InputSpec other) {
    return new Layers(file, infos, unfolded, graph, scores, Optional.of(other));
  }

  /** The same layers below other scores. */
  public Layers below(Graph other, String otherScores) {
    return new Layers(file, infos, unfolded, other, otherScores, image);
  }

  /**
   * The same layers over other weights.
   *
   * @param other the graph that runs, with the scores, and other numbers in its constants
   */
  public Layers over(Graph other) {
    return new Layers(
        file, infos, BatchNormFolding.unfolded(unfolded, other), other, scores, image);
  }

  /**
   * The layers that have weights which the scores depend on, in the order in which they are
   * computed, from the image on.
   */
  public List<Weighted> weighted() {
    return image
        .map(i -> new WeightSearch(graph, infos, BatchNormFolding.folded(unfolded, graph)))
        .map(search -> search.from(image.get().name(), scores))
        .orElse(List.of());
  }

  /** All whose output is computed, in the order of the file; inputs are among them. */
  public List<Layer> all() {
    return found().all();
  }

  /**
   * The layer of that name, or of the value of that name; TensorFlow's name of a layer's first
   * output, "conv1:0", is one of the layer too.
   *
   * @throws ModelException if there is none
   */
  public Layer named(String name) {
    return find(name)
        .or(
            () ->
                name.endsWith(":0") ? find(name.substring(0, name.length() - 2)) : Optional.empty())
        .orElseThrow(() -> unknown(name));
  }

  private Optional<Layer> find(String name) {
    return all().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .or(() -> all().stream().filter(l -> l.value().equals(name)).findFirst());
  }

  private ModelException unknown(String name) {
    List<String> names = all().stream().map(Layer::name).toList();
    return new ModelException(
        file + ": has no layer " + Words.shown(name) + "." + hint(name, names));
  }

  /** What a mistyped name may have meant, and what layers are called. */
  public static String hint(String name, List<String> names) {
    if (names.isEmpty()) {
      return " It has no layers with names.";
    }
    String meant = Words.nearest(name, names).map(n -> " Did you mean " + n + "?").orElse("");
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMED;
    return meant
        + (more > 0
            ? " Its first layers are " + first + "; inspect lists all " + names.size() + "."
            : " Its layers are " + first + ".");
  }

  /**
   * The layer that is looked at unless another is named: the last one with several positions that
   * the scores depend on, all of them, and behind which there are weights still. It is behind the
   * activation, normalization or residual sum of the last stage. Of a transformer whose head reads
   * the class token alone it is the normalization before the last attention, since behind that the
   * gradients of all other tokens are zero. Empty where no layer has several positions.
   */
  public Optional<Layer> lastSpatial() {
    return found().lastSpatial();
  }

  /** The last convolution with several positions that the scores depend on. */
  public Optional<Layer> lastConvolution() {
    return found().lastConvolution();
  }

  /**
   * The last layer at each resolution, from the image on; the last is {@link #lastSpatial}. Where
   * all have the same resolution, as in most transformers, layers at four depths.
   */
  public List<Layer> stages() {
    return found().stages();
  }

  /**
   * The graph that computes these layers: that of the scores, unless a layer is folded. Scores are
   * the same, weights are shared.
   */
  public Graph graphWith(Collection<Layer> layers) {
    List<String> folded = layers.stream().filter(Layer::folded).map(Layer::value).toList();
    return folded.isEmpty() ? graph : BatchNormFolding.undone(unfolded, graph, folded);
  }

  /** The graph that computes these layers. */
  public Graph graphWith(Layer... layers) {
    return graphWith(Arrays.asList(layers));
  }

  /** The graph in which every normalization is there again, as in the file. */
  public Graph unfolded() {
    return BatchNormFolding.undone(
        unfolded, graph, BatchNormFolding.folded(unfolded, graph).keySet());
  }

  /** All answers; whoever asks first computes them. */
  private synchronized Found found() {
    if (found.isEmpty()) {
      found = Optional.of(search());
    }
    return found.get();
  }

  private record Found(
      List<Layer> all,
      Optional<Layer> lastSpatial,
      Optional<Layer> lastConvolution,
      List<Layer> stages) {}

  private Found search() {
    Map<String, Axes> axes = AxisWalk.over(graph, image);
    Map<String, String> folded = BatchNormFolding.folded(unfolded, graph);
    List<Layer> all = new ArrayList<>();
    for (LayerInfo info : infos) {
      layer(info, axes, folded).ifPresent(all::add);
    }
    List<Layer> layers = List.copyOf(all);
    if (image.isEmpty()) {
      return new Found(layers, Optional.empty(), Optional.empty(), List.of());
    }
    Graph needed = graph.withOutputs(List.of(scores));
    Demand demand = Demand.of(needed, axes, scores);
    Trail trail = Trail.of(needed, image.get().name(), scores, demand);
    SpatialChoice choice = SpatialChoice.of(needed, layers, folded, trail);
    return new Found(layers, choice.last(), choice.lastConvolution(), choice.stages());
  }

  private Optional<Layer> layer(
      LayerInfo info, Map<String, Axes> axes, Map<String, String> folded) {
    boolean isFolded = folded.containsKey(info.value());
    String alike = folded.getOrDefault(info.value(), info.value());
    return (isFolded ? unfolded : graph)
        .find(info.value())
        .map(v -> layer(info, v, axes.getOrDefault(alike, Axes.unknown(v.shape())), isFolded));
  }

  private static Layer layer(LayerInfo info, Value value, Axes axes, boolean folded) {
    Shape shape = value.shape();
    return new Layer(
        info.name(),
        info.kind(),
        value.name(),
        shape,
        axes.grid(shape),
        axes.cells(),
        info.channelsMoved(),
        info.parameters(),
        folded);
  }
}
