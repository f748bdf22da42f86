package dev.picasso.model.output;

import dev.picasso.format.SelfDescription;
import dev.picasso.format.layout.Results;
import dev.picasso.graph.Value;
import dev.picasso.model.output.Detection.Classes;
import dev.picasso.model.output.OutputSlice.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Recognises models that find objects, from what a file says of itself, from operators and from the
 * shapes of boxes beside classes.
 */
public final class Detectors {
  private static final Set<String> TASKS = Set.of("detect", "segment", "pose", "obb");
  private static final int BOX = 4;

  private final Lookup look;
  private final SelfDescription says;
  private final List<Value> outputs;

  /**
   * A search.
   *
   * @param says what the file says of the model
   */
  public Detectors(Lookup look, SelfDescription says) {
    this.look = look;
    this.says = says;
    this.outputs =
        look.graph().outputs().stream()
            .flatMap(o -> look.graph().find(o).stream())
            .filter(v -> v.type().isFloating())
            .toList();
  }

  /** What is known of the model as a detector; empty if nothing shows that it is one. */
  public Optional<Detection> find() {
    return byTask()
        .or(this::bySuppression)
        .or(() -> new BoxOutputs(look, outputs).find())
        .or(this::byParts)
        .or(this::byNames)
        .or(() -> new Anchors(look, outputs).find());
  }

  /** As Ultralytics writes it. */
  private Optional<Detection> byTask() {
    Optional<String> task = says.task().filter(TASKS::contains);
    return task.map(
        t ->
            new Detection(
                "its metadata say so (task: " + t + ")",
                outputs.stream().findFirst().flatMap(v -> boxesFirst(v).or(() -> lastRows(v)))));
  }

  /** [N, 4 + C + more, places] or [N, places, 4 + C + more]: boxes, then classes. */
  private Optional<Classes> boxesFirst(Value output) {
    int classes = says.names().size();
    if (output.rank() != 3 || classes == 0) {
      return Optional.empty();
    }
    int last = columns(output, BOX + classes);
    boolean fits = output.dim(last) >= BOX + classes && output.dim(3 - last) > 1;
    boolean found =
        output.dim(last) == BOX + 2 && classes != 2 && last == 2; // a box, its score, its class
    return fits && !found ? Optional.of(cut(output, last, BOX, BOX + classes)) : Optional.empty();
  }

  /** The axis as long as a box and the classes; where neither or both are, the shorter one. */
  private static int columns(Value output, long wanted) {
    boolean first = output.dim(1) == wanted;
    boolean second = output.dim(2) == wanted;
    return first != second ? (first ? 1 : 2) : output.dim(2) < output.dim(1) ? 2 : 1;
  }

  /**
   * [N, objects, 6]: boxes that were chosen already, each with a score and the index of a class.
   */
  private Optional<Classes> lastRows(Value output) {
    return output.rank() == 3 && output.dim(2) >= BOX + 2
        ? Optional.of(cut(output, 2, BOX, BOX + 1))
        : Optional.empty();
  }

  private Classes cut(Value output, int axis, long from, long to) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      cuts.add(Cut.Range.ALL);
    }
    boolean toEnd = to == output.dim(axis);
    cuts.add(new Cut.Range(Optional.of(from), toEnd ? Optional.empty() : Optional.of(to), 1));
    OutputSlice slice = new OutputSlice(Results.nameInFile(output.name()), cuts);
    OutputSlice.Added added = slice.addTo(look.graph(), output.name());
    return new Classes(added.graph(), added.value(), axis, slice.text());
  }

  /** A NonMaxSuppression reads the scores of all classes, [N, C, places], before it chooses. */
  private Optional<Detection> bySuppression() {
    return look.graph().nodes().stream()
        .filter(n -> n.op().equals("NonMaxSuppression") && n.hasInput(1))
        .findFirst()
        .map(
            n ->
                new Detection(
                    "it ends in a NonMaxSuppression",
                    look.graph()
                        .find(n.inputs().get(1))
                        .filter(v -> v.rank() == 3 && v.dim(1) > 0 && v.dim(2) > 1)
                        .map(v -> new Classes(look.graph(), v.name(), 1, v.name()))));
  }

  /** One output put together of parts of which one is as wide as a box. */
  private Optional<Detection> byParts() {
    for (Value output : outputs) {
      Optional<Detection> found =
          BoxParts.of(look, output)
              .filter(p -> p.to() <= output.dim(p.axis()))
              .map(
                  p ->
                      new Detection(
                          "its output "
                              + Results.nameInFile(output.name())
                              + " "
                              + output.shape()
                              + " is put together of boxes and classes",
                          Optional.of(cut(output, p.axis(), p.from(), p.to()))));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** As many columns as the file has names, and a box and whether there is an object more. */
  private Optional<Detection> byNames() {
    int classes = says.names().size();
    if (classes == 0 || says.task().isPresent() || outputs.isEmpty()) {
      return Optional.empty();
    }
    Value output = outputs.get(0);
    return IntStream.rangeClosed(1, output.rank() == 3 ? 2 : 0)
        .filter(i -> output.dim(3 - i) > output.dim(i))
        .filter(i -> output.dim(i) == BOX + classes || output.dim(i) == BOX + 1 + classes)
        .mapToObj(
            i ->
                new Detection(
                    "it names %d classes, and its output %s %s has a box beside them"
                        .formatted(classes, Results.nameInFile(output.name()), output.shape()),
                    Optional.of(cut(output, i, output.dim(i) - classes, output.dim(i)))))
        .findFirst();
  }
}
