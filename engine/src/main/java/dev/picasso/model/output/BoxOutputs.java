package dev.picasso.model.output;

import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.output.Detection.Classes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Boxes and the scores of classes as outputs of their own. */
final class BoxOutputs {
  private static final Pattern SCORES = Pattern.compile("cls|class|score|conf|prob|logit");
  private static final Pattern BOXES = Pattern.compile("box|loc|reg");
  private static final String JOINED = "picasso/places";

  /** In TensorFlow's object detection, those of every place before those of chosen objects. */
  private static final List<String> NAMED =
      List.of("raw_detection_scores", "detection_multiclass_scores", "detection_scores");

  private final Lookup look;
  private final List<Value> outputs;

  BoxOutputs(Lookup look, List<Value> outputs) {
    this.look = look;
    this.outputs = outputs;
  }

  Optional<Detection> find() {
    return named().or(this::paired);
  }

  private Optional<Detection> named() {
    if (outputs.stream().noneMatch(v -> name(v).contains("detection_boxes"))) {
      return Optional.empty();
    }
    Optional<Value> scores =
        NAMED.stream()
            .flatMap(n -> outputs.stream().filter(v -> name(v).equals(n)))
            .filter(v -> v.rank() == 2 || v.rank() == 3)
            .findFirst();
    return Optional.of(
        new Detection(
            "it has an output detection_boxes",
            scores.map(v -> new Classes(look.graph(), v.name(), 2, Results.nameInFile(v.name())))));
  }

  private static String name(Value output) {
    String whole = Results.nameInFile(output.name()).toLowerCase(Locale.ROOT);
    return whole.substring(whole.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
  }

  /**
   * What lies beside a box for each place.
   *
   * @param axis of its columns, 1 or 2
   */
  private record Beside(Value value, int axis) {
    private long columns() {
      return value.dim(axis);
    }
  }

  private Optional<Detection> paired() {
    for (Value boxes : outputs) {
      for (int axis = 2; axis > 0; axis--) {
        boolean box = boxes.rank() >= 3 && isBox(boxes, axis);
        List<Beside> scores = box ? beside(boxes, 3 - axis, axis) : List.of();
        if (!scores.isEmpty()) {
          Beside first = scores.get(0);
          return Optional.of(
              new Detection(
                  "it gives out boxes " + text(boxes) + " beside " + text(first.value()),
                  Optional.of(classes(first))));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(Value value) {
    return Results.nameInFile(value.name()) + " " + value.shape();
  }

  /** [N, places, 4], [N, places, 1, 4] or [N, 4, places]. */
  private static boolean isBox(Value value, int axis) {
    boolean flat = value.rank() == 3 && value.dim(axis) == 4 && value.dim(3 - axis) > 1;
    boolean single =
        value.rank() == 4
            && axis == 2
            && value.dim(3) == 4
            && value.dim(2) == 1
            && value.dim(1) > 1;
    return flat || single;
  }

  /** Outputs with the same places, the likeliest scores first. */
  private List<Beside> beside(Value boxes, int placesAxis, int axis) {
    long places = boxes.dim(placesAxis);
    boolean boxesNamed = BOXES.matcher(name(boxes)).find();
    List<Beside> found = new ArrayList<>();
    for (Value other : outputs) {
      boolean alike = !other.equals(boxes) && other.rank() == 3 && other.dim(placesAxis) == places;
      boolean named = SCORES.matcher(name(other)).find();
      boolean wide = other.rank() == 3 && other.dim(axis) > 1 && other.dim(axis) != 4;
      if (alike && (named || wide || (boxesNamed && other.dim(axis) > 4))) {
        found.add(named ? 0 : found.size(), new Beside(other, axis));
      }
    }
    return found.stream().anyMatch(b -> SCORES.matcher(name(b.value())).find())
        ? found.stream().filter(b -> SCORES.matcher(name(b.value())).find()).toList()
        : found;
  }

  /** With those of other sizes of places, where there is an output for each size. */
  private Classes classes(Beside first) {
    String stem = stem(first.value());
    List<Value> all =
        outputs.stream()
            .filter(v -> v.rank() == 3 && v.dim(first.axis()) == first.columns())
            .filter(v -> !stem.isEmpty() && stem(v).equals(stem))
            .toList();
    Graph graph = look.graph();
    String name = first.value().name();
    if (all.size() > 1) {
      GraphBuilder g = GraphBuilder.from(graph);
      List<Value> parts = all.stream().map(v -> g.lookUp(v.name())).toList();
      Value joined = g.named(g.concat(3 - first.axis(), parts), JOINED);
      List<Value> kept = new ArrayList<>(graph.outputs().stream().map(g::lookUp).toList());
      kept.add(joined);
      name = joined.name();
      graph = g.build(kept);
    }
    String text =
        String.join(
            ", ",
            (all.size() > 1 ? all : List.of(first.value()))
                .stream().map(v -> Results.nameInFile(v.name())).toList());
    return new Classes(graph, name, first.axis(), text);
  }

  /** The name without the number of the size, as in "cls_8" and "cls_16". */
  private static String stem(Value value) {
    String name = name(value);
    String stem = name.replaceFirst("[_.]?\\d+$", "");
    return stem.equals(name) ? "" : stem;
  }
}
