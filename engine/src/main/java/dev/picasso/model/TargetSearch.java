package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.SelfDescription;
import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.model.output.Detection;
import dev.picasso.model.output.Detectors;
import dev.picasso.model.output.Lookup;
import dev.picasso.model.output.OutputSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which of a model's numbers are the scores that are explained. */
final class TargetSearch {
  private static final String CHOOSE =
      " 'output' in picasso.yaml, or --target-output, chooses otherwise.";

  private final Graph graph;
  private final SelfDescription says;
  private final boolean labelled;
  private final Evaluator evaluator;

  /**
   * A search.
   *
   * @param graph folded and simplified
   * @param labelled whether somebody named the classes
   * @param evaluator runs the model where its operators do not tell
   */
  TargetSearch(Graph graph, ImportedModel imported, boolean labelled, Evaluator evaluator) {
    this.graph = graph;
    this.says = SelfDescription.of(imported.metadata());
    this.labelled = labelled;
    this.evaluator = evaluator;
  }

  /**
   * What is explained.
   *
   * @param graph the model's, with the value that was cut out of it
   * @param said what was assumed, a sentence each
   */
  record Target(Graph graph, Head head, List<String> said) {}

  /**
   * Finds the scores.
   *
   * @param asked what a person wrote of the outputs, names or slices, in the order of the outputs
   * @param kind what a person says of the end of the model
   */
  Target find(List<String> asked, Optional<Head.Kind> kind) {
    String output = asked.isEmpty() ? Head.namedOutput(graph) : Head.output(graph);
    int place = graph.outputs().indexOf(output);
    Optional<OutputSlice> slice =
        place < asked.size() ? OutputSlice.parse(asked.get(place)) : Optional.empty();
    Optional<Detection> detection = new Detectors(new Lookup(graph), says).find();
    if (slice.isPresent() && graph.find(output).isPresent()) {
      return sliced(slice.get(), output, detection);
    }
    if (kind.isPresent() && graph.find(output).isPresent()) {
      return new Target(
          graph,
          Head.said(graph, output, kind.get()),
          List.of("The end of the model is taken as was said: " + words(kind.get()) + "."));
    }
    return detection.map(d -> detector(d, output)).orElseGet(() -> plain(output));
  }

  private static String words(Head.Kind kind) {
    return switch (kind) {
      case SOFTMAX -> "a softmax over its scores";
      case SIGMOID -> "a sigmoid of each score";
      default -> "numbers, no probabilities";
    };
  }

  private Target plain(String output) {
    List<String> said = new ArrayList<>();
    if (graph.outputs().size() > 1) {
      said.add(
          "The model has "
              + graph.outputs().size()
              + " outputs; classes are those of "
              + Results.nameInFile(output)
              + ". The configuration (output) chooses another.");
    }
    Head head = new Meaning(graph, evaluator, labelled, said).of(Head.of(graph, output));
    return new Target(graph, head, said);
  }

  /** The highest of a row of places, or wherever objects are looked for; else the mean of a map. */
  private Target sliced(OutputSlice slice, String output, Optional<Detection> detection) {
    OutputSlice.Added part = slice.addTo(graph, output);
    List<String> said = new ArrayList<>();
    detection.ifPresent(d -> said.add(found(d)));
    said.add("The classes are " + slice.text() + ", as chosen.");
    Head head = Head.of(part.graph(), part.value());
    boolean row = part.graph().value(part.value()).rank() == 3;
    boolean highest = row || detection.isPresent();
    Head placed = head.with(highest ? Head.Places.HIGHEST : Head.Places.MEAN);
    Meaning meaning = new Meaning(part.graph(), evaluator, labelled, said);
    return new Target(part.graph(), highest ? meaning.ofPlaces(placed) : meaning.of(placed), said);
  }

  private static String found(Detection detection) {
    return "The model finds objects and is no classifier: " + detection.evidence() + ".";
  }

  private Target detector(Detection detection, String output) {
    List<String> said = new ArrayList<>();
    if (detection.classes().isEmpty()) {
      said.add(
          found(detection)
              + " Which of its numbers are classes is not known, so that maps mean little."
              + CHOOSE);
      Head head = Head.of(graph, output);
      boolean bare = head.kind() == Head.Kind.NONE;
      return new Target(graph, bare ? head.as(Head.Kind.NUMBERS, 1) : head, said);
    }
    Detection.Classes classes = detection.classes().get();
    said.add(
        found(detection)
            + " Explained are the scores of its classes, "
            + classes.text()
            + "."
            + CHOOSE);
    Head head = Head.of(classes.graph(), classes.value()).with(Head.Places.HIGHEST);
    Head along = head.scores().equals(classes.value()) ? head.along(classes.axis()) : head;
    Meaning meaning = new Meaning(classes.graph(), evaluator, labelled, said);
    return new Target(classes.graph(), meaning.ofPlaces(along), said);
  }
}
