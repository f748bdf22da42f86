package dev.picasso.format.tflite.operators;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.functions.Functions;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Results;
import dev.picasso.format.tflite.file.Signature;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.Subgraph;
import dev.picasso.format.tflite.file.TfliteModel;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.pass.BatchFreeing;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a graph of an open file. */
public final class TfliteImport {
  private final OperatorTable table;
  private final Evaluator evaluator;

  /**
   * An import.
   *
   * @param evaluator runs graphs to see whether they take any number of images
   */
  public TfliteImport(OperatorTable table, Evaluator evaluator) {
    this.table = table;
    this.evaluator = evaluator;
  }

  /** A graph and what belongs to it. */
  private record Made(Graph graph, SubgraphWalk walk) {}

  /**
   * The graph of a model.
   *
   * @param labels names of classes that the file carries
   * @throws ModelException that names every operator that cannot be imported
   */
  public ImportedModel read(TfliteModel model, ImportOptions options, List<String> labels) {
    Subgraph subgraph = chosen(model, options);
    Names names = Names.of(subgraph);
    List<Integer> wanted = wanted(model.file(), subgraph, names, options);
    List<String> notes = new ArrayList<>();
    Made made = made(model.file(), subgraph, names, wanted, options, notes);
    notes.addAll(made.walk().notes());
    notes.addAll(Remarks.of(model, subgraph, wanted, names));
    List<String> fitting = Results.labels(made.graph(), labels, notes::add);
    return new ImportedModel(
        "TensorFlow Lite (" + Remarks.precision(subgraph) + ")",
        made.graph(),
        layers(made),
        fitting,
        notes,
        Remarks.normalizations(model, subgraph, names));
  }

  /** Those that the outputs need; arithmetic with lengths may have taken the place of others. */
  private static List<LayerInfo> layers(Made made) {
    Set<String> there = new HashSet<>();
    made.graph().inputs().forEach(i -> there.add(i.name()));
    made.graph().nodes().forEach(n -> there.addAll(n.outputs()));
    return made.walk().infos().stream().filter(i -> there.contains(i.value())).toList();
  }

  private static Subgraph chosen(TfliteModel model, ImportOptions options) {
    if (options.signature().isEmpty()) {
      return model.subgraphs().get(0);
    }
    String wanted = options.signature().get();
    Signature signature =
        model.signatures().stream()
            .filter(s -> s.key().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "%s: has no signature %s; it has %s."
                            .formatted(
                                model.file(),
                                wanted,
                                model.signatures().isEmpty()
                                    ? "none"
                                    : String.join(
                                        ", ",
                                        model.signatures().stream()
                                            .map(Signature::key)
                                            .toList()))));
    return model.subgraphs().get(signature.subgraph());
  }

  private static List<Integer> wanted(
      String file, Subgraph subgraph, Names names, ImportOptions options) {
    if (options.outputs().isEmpty()) {
      if (subgraph.outputs().isEmpty()) {
        throw new ModelException(file + ": the model has no output.");
      }
      return subgraph.outputs();
    }
    List<Integer> wanted = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : options.outputs()) {
      names.find(name).ifPresentOrElse(wanted::add, () -> missing.add(name));
    }
    if (!missing.isEmpty()) {
      throw new ModelException(
          "%s: there is no tensor %s to take as an output. Operators make %s."
              .formatted(
                  file, String.join(", ", missing), String.join(", ", made(subgraph, names))));
    }
    return wanted;
  }

  private static List<String> made(Subgraph subgraph, Names names) {
    return subgraph.operators().stream()
        .flatMap(o -> o.outputs().stream())
        .distinct()
        .map(names::of)
        .toList();
  }

  /** For a batch of any length if that can be; else for what the file says. */
  private Made made(
      String file,
      Subgraph subgraph,
      Names names,
      List<Integer> wanted,
      ImportOptions options,
      List<String> notes) {
    List<StoredTensor> inputs = subgraph.inputs().stream().map(subgraph.tensors()::get).toList();
    boolean open = inputs.stream().allMatch(i -> i.open().contains(0));
    if (!inputs.isEmpty() && inputs.stream().allMatch(GraphInputs::mayBeBatch)) {
      Optional<Made> any = forAnyBatch(file, subgraph, names, wanted, options);
      if (any.isPresent() && (open || eachAlone(any.get().graph(), inputs))) {
        if (!open) {
          notes.add("The file was made for one image at a time; it works with any number.");
        }
        return any.get();
      }
    }
    Made fixed =
        emit(file, subgraph, names, wanted, new GraphInputs(options, inputs.size() == 1, false));
    Optional<Graph> freed =
        GraphInputs.canBeTried(inputs)
            ? new BatchFreeing(evaluator).free(fixed.graph())
            : Optional.empty();
    notes.add(
        freed.isPresent()
            ? "The file was made for one image at a time; it works with any number."
            : "The model runs with the number of images only that the file was made for.");
    return freed.isPresent() ? new Made(freed.get(), fixed.walk()) : fixed;
  }

  private boolean eachAlone(Graph graph, List<StoredTensor> inputs) {
    return GraphInputs.canBeTried(inputs) && new OneByOne(evaluator).holds(graph);
  }

  private Optional<Made> forAnyBatch(
      String file, Subgraph subgraph, Names names, List<Integer> wanted, ImportOptions options) {
    try {
      GraphInputs inputs = new GraphInputs(options, subgraph.inputs().size() == 1, true);
      Made made = emit(file, subgraph, names, wanted, inputs);
      boolean batched =
          made.graph().outputs().stream()
              .flatMap(o -> made.graph().find(o).stream())
              .allMatch(o -> o.rank() > 0 && o.dim(0) < 0);
      return batched ? Optional.of(made) : Optional.empty();
    } catch (ModelException e) {
      return Optional.empty(); // the second attempt tells what is wrong
    }
  }

  private Made emit(
      String file, Subgraph subgraph, Names names, List<Integer> wanted, GraphInputs inputs) {
    SubgraphWalk walk = new SubgraphWalk(subgraph, names, table, Functions.standard(), evaluator);
    List<LaidOut> outputs = walk.walk(file, wanted, inputs);
    GraphBuilder g = walk.builder();
    if (g.build(outputs.get(0).stored()).inputs().isEmpty()) {
      throw new ModelException(file + ": the output depends on no input.");
    }
    return new Made(g.build(Results.of(g, outputs)), walk);
  }
}
