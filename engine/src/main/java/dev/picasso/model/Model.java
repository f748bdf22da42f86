package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.Layers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model that is ready to be explained.
 *
 * @param id short and unique among the loaded ones, for addresses
 * @param title for people
 * @param path where it came from
 * @param modified when the file was last changed
 * @param imported what the file held; its graph still has its batch normalizations, so that running
 *     statistics can be read
 * @param graph folded and simplified, for running
 * @param input how it takes the images that are explained; empty for what is no image classifier
 * @param head its scores and output
 * @param classes names of the targets, as many as columns of {@link Scores}
 * @param layers what the file calls its layers, with their values in the graph of the scores
 * @param adapter the plugin that says how it is used, where there is one
 */
public record Model(
    String id,
    String title,
    Path path,
    Instant modified,
    ImportedModel imported,
    Graph graph,
    Optional<InputSpec> input,
    Head head,
    Scores scores,
    List<String> classes,
    Layers layers,
    Optional<ModelAdapter> adapter) {

  public Model {
    classes = List.copyOf(classes);
  }

  /** A model that is used as its file and the person say. */
  public Model(
      String id,
      String title,
      Path path,
      Instant modified,
      ImportedModel imported,
      Graph graph,
      Optional<InputSpec> input,
      Head head,
      Scores scores,
      List<String> classes,
      Layers layers) {
    this(
        id,
        title,
        path,
        modified,
        imported,
        graph,
        input,
        head,
        scores,
        classes,
        layers,
        Optional.empty());
  }

  /** The inputs beside the one that takes the images to explain. */
  public List<Value> others() {
    String explained = input.map(InputSpec::name).orElse("");
    return graph.inputs().stream().filter(v -> !v.name().equals(explained)).toList();
  }

  /** The same model with something else known of its file. */
  Model with(ImportedModel other) {
    return new Model(
        id, title, path, modified, other, graph, input, head, scores, classes, layers, adapter);
  }

  /** The same model with its targets called otherwise. */
  Model called(List<String> names) {
    return new Model(
        id, title, path, modified, imported, graph, input, head, scores, names, layers, adapter);
  }

  /** The same model read by another head, without names of its targets. */
  Model readBy(Head other, Scores otherScores) {
    Layers below = layers.below(otherScores.graph(), otherScores.scores());
    return new Model(
        id,
        title,
        path,
        modified,
        imported,
        graph,
        input,
        other,
        otherScores,
        List.of(),
        below,
        adapter);
  }

  /** The same model with another of its inputs explained. */
  public Model explaining(InputSpec other) {
    return new Model(
        id,
        title,
        path,
        modified,
        imported,
        graph,
        Optional.of(other),
        head,
        scores,
        classes,
        layers.explaining(other),
        adapter);
  }

  /**
   * The same model with other weights; {@link #imported} stays what the file held.
   *
   * @param others instead of constants of the graph of the scores, of the same types and shapes
   */
  public Model withWeights(Map<String, Tensor> others) {
    Map<String, Tensor> bare = new HashMap<>(others);
    bare.keySet().retainAll(graph.constants().keySet());
    Graph scored = scores.graph().withConstants(others);
    return new Model(
        id,
        title,
        path,
        modified,
        imported,
        graph.withConstants(bare),
        input,
        head,
        scores.in(scored),
        classes,
        layers.over(scored),
        adapter);
  }

  /** A target by its number, or by its name in any case. */
  public Optional<Integer> find(String text) {
    String plain = text.strip();
    if (plain.matches("[0-9]{1,9}") && Integer.parseInt(plain) < scores.targets()) {
      return Optional.of(Integer.parseInt(plain));
    }
    return IntStream.range(0, scores.targets())
        .filter(target -> label(target).equalsIgnoreCase(plain))
        .boxed()
        .findFirst();
  }

  /** What was assumed, or is worth knowing, of the file and of its scores, a sentence each. */
  public List<String> notes() {
    return Stream.concat(imported.notes().stream(), scores.assumed().stream()).toList();
  }

  /** The name of a target for people: its label, or "class 7"; of numbers "output 7". */
  public String label(int target) {
    return target < classes.size() ? classes.get(target) : targetNoun() + " " + target;
  }

  /** What one of the targets is called: "class", or of numbers "output". */
  public String targetNoun() {
    return tellsNumbers() ? "output" : "class";
  }

  /** The same of several: "classes", or of numbers "outputs". */
  public String targetNouns() {
    return tellsNumbers() ? "outputs" : "classes";
  }

  /**
   * Whether the outputs are numbers, as those of a regression, and no classes: none is more
   * probable than another, and they have an order of their own. What a detector scores at its
   * places are classes, be there probabilities or not.
   */
  public boolean tellsNumbers() {
    return !scores.areProbabilities() && head.places() != Head.Places.HIGHEST;
  }

  /**
   * How many targets people choose from: all of them, but of a single number not its negative,
   * which is there for those who ask for it by its index.
   */
  public int shownTargets() {
    return tellsNumbers() && scores.single() ? 1 : scores.targets();
  }

  /** What the targets that people choose from are called; empty where nothing names them. */
  public List<String> shownClasses() {
    return classes.subList(0, Math.min(shownTargets(), classes.size()));
  }

  /**
   * The one of the notes that tells of a softmax which neither the file nor a person asks for;
   * empty where none was added.
   */
  public Optional<String> assumedSoftmax() {
    return scores.assumed().stream().filter(Assumptions.SOFTMAX_ADDED::equals).findFirst();
  }
}
