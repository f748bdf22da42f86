package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Results;
import dev.picasso.format.tensorflow.file.TensorFlowFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.BatchFreeing;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Makes a graph of an open TensorFlow file. */
public final class TensorFlowImport {
  private static final String REMEDY =
      "Take an earlier tensor as the output, or export the model to ONNX.";
  private static final int SHOWN = 40;

  private final Evaluator evaluator;

  public TensorFlowImport(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * The graph of a model.
   *
   * @throws ModelException that names every node that cannot be imported
   */
  public ImportedModel read(TensorFlowFile file, ImportOptions options) {
    try {
      return new Reading(file, options, evaluator).model();
    } catch (dev.picasso.format.layout.Unsupported e) {
      throw new ModelException(file.name() + ": " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      // Defaults, conditions and functions are followed by recursion, which a file can make
      // endless.
      throw new ModelException(
          file.name() + ": its nodes read one another in a circle, or in too long a chain.", e);
    }
  }

  /** One file while it is read. */
  private static final class Reading {
    private final TensorFlowFile file;
    private final ImportOptions options;
    private final Evaluator evaluator;
    private final Set<String> notes = new LinkedHashSet<>();
    private final GraphBuilder g = new GraphBuilder();
    private final Wiring wiring;
    private final Frame frame;
    private final Uses uses;
    private final Roles roles;
    private final NodeReader reader;
    private final Optional<SignatureDef> signature;
    private final Optional<ConcreteFunctions.Entry> entry;
    private final GraphInputs inputs;
    private final GraphWalk walk;

    Reading(TensorFlowFile file, ImportOptions options, Evaluator evaluator) {
      this.file = file;
      this.options = options;
      this.evaluator = evaluator;
      this.notes.addAll(file.notes());
      this.signature = Signatures.choose(file, options, notes::add);
      this.entry =
          signature.isEmpty() && options.outputs().isEmpty()
              ? ConcreteFunctions.entry(file, notes::add)
              : Optional.empty();
      GraphDef graph = entry.map(ConcreteFunctions.Entry::graph).orElseGet(file::graph);
      this.wiring = new Wiring(new Library(graph));
      this.frame = Frame.outermost(Body.of(graph));
      this.uses = new Uses(frame, wiring);
      this.roles = new Roles(frame, wiring, uses);
      this.reader = new NodeReader(evaluator, roles);
      this.inputs = new GraphInputs(g, options.inputShapes(), fed(), frame, notes::add);
      this.walk =
          new GraphWalk(
              g,
              wiring,
              inputs,
              new Weights(file, VariableKeys.of(frame, wiring), wiring, notes::add),
              reader,
              roles,
              notes);
    }

    /** Names of inputs by tensors: those of the signature, and those that the person names. */
    private Map<String, String> fed() {
      Map<String, String> fed = new LinkedHashMap<>();
      signature.ifPresent(
          s ->
              s.getInputsMap()
                  .forEach(
                      (name, tensor) -> {
                        if (Numeric.is(tensor.getDtype()) && !isSwitch(tensor)) {
                          fed.put(plain(tensor.getName()), name);
                        }
                      }));
      for (String name : options.inputs()) {
        if (!fed.containsValue(name)) {
          fed.put(plain(name), plain(name));
        }
      }
      for (String name : options.inputShapes().keySet()) {
        if (!name.isEmpty() && !fed.containsValue(name) && !fed.containsKey(plain(name))) {
          fed.put(plain(name), plain(name));
        }
      }
      return fed;
    }

    /** Whether it only says how the model is used, as whether it is being trained. */
    private boolean isSwitch(TensorInfo tensor) {
      boolean truth =
          tensor.getDtype() == DataType.DT_BOOL
              && tensor.getTensorShape().getDimCount() == 0
              && !tensor.getTensorShape().getUnknownRank();
      return truth
          || frame
              .node(plain(tensor.getName()))
              .filter(n -> n.getOp().equals("Placeholder") && !roles.isLookedAt(frame, n))
              .isPresent();
    }

    /** Without the number of the first output. */
    private static String plain(String tensor) {
      return tensor.endsWith(":0") ? tensor.substring(0, tensor.length() - 2) : tensor;
    }

    ImportedModel model() {
      List<LaidOut> outputs =
          options.outputs().isEmpty()
              ? outputsOfFile()
              : options.outputs().stream().map(this::named).toList();
      Graph graph = ordered(g.build(Results.of(g, outputs)));
      Graph freed = new BatchFreeing(evaluator).free(graph).orElse(graph);
      if (freed != graph) {
        notes.add("The file takes batches of one size only; here any.");
      }
      List<String> labels = Results.labels(freed, file.labels(), notes::add);
      return new ImportedModel(file.format(), freed, layers(freed), labels, List.copyOf(notes));
    }

    /** The inputs in the order of the file, or of their names in the signature. */
    private Graph ordered(Graph graph) {
      List<String> order = new ArrayList<>();
      signature.ifPresent(s -> order.addAll(new TreeMap<>(s.getInputsMap()).keySet()));
      order.addAll(frame.body().nodes().keySet());
      Map<String, Integer> places = new HashMap<>();
      order.forEach(name -> places.putIfAbsent(name, places.size()));
      List<Value> inputs =
          graph.inputs().stream()
              .sorted(Comparator.comparing(i -> places.getOrDefault(i.name(), order.size())))
              .toList();
      return Graph.of(inputs, graph.outputs(), graph.nodes(), graph.constants(), graph.values());
    }

    private List<LayerInfo> layers(Graph graph) {
      Set<String> made = new HashSet<>();
      graph.inputs().forEach(i -> made.add(i.name()));
      graph.nodes().forEach(n -> made.addAll(n.outputs()));
      return Stream.concat(inputs.bytes().stream(), reader.layers().stream())
          .filter(l -> made.contains(l.value()))
          .toList();
    }

    // ---------------------------------------------------------------- outputs

    /** What the person calls by a name: an output of the signature, or a tensor. */
    private LaidOut named(String name) {
      Optional<String> tensor =
          signature
              .filter(s -> s.containsOutputs(name))
              .map(s -> s.getOutputsOrThrow(name).getName());
      String text = plain(tensor.orElse(name));
      Ref ref = wiring.parse(frame, text);
      if (frame.node(ref.node()).isPresent()) {
        return value(ref, text);
      }
      outputsOfFile();
      Known known = walk.read().getOrDefault(text, new Known.Failed());
      if (isNumeric(known)) {
        return walk.value(known);
      }
      throw new ModelException(file.name() + ": has no tensor " + name + ". " + there());
    }

    private String there() {
      List<String> names = new ArrayList<>();
      signature.ifPresent(s -> names.addAll(new TreeMap<>(s.getOutputsMap()).keySet()));
      reader.layers().forEach(l -> names.add(l.name()));
      if (names.isEmpty()) {
        names.addAll(frame.body().nodes().keySet());
      }
      int shown = Math.min(SHOWN, names.size());
      return "There are "
          + String.join(", ", names.subList(0, shown))
          + (shown < names.size() ? " and " + (names.size() - shown) + " more." : ".");
    }

    private List<LaidOut> outputsOfFile() {
      if (signature.isPresent()) {
        return new TreeMap<>(signature.get().getOutputsMap())
            .values().stream()
                .filter(t -> Numeric.is(t.getDtype()))
                .map(t -> value(wiring.parse(frame, plain(t.getName())), t.getName()))
                .toList();
      }
      if (entry.isPresent()) {
        return entry.get().outputs().stream().map(o -> value(wiring.parse(frame, o), o)).toList();
      }
      return searched();
    }

    /** All that look like outputs and can be computed. */
    private List<LaidOut> searched() {
      List<LaidOut> outputs = new ArrayList<>();
      List<String> left = new ArrayList<>();
      for (Ref end : new OutputSearch(frame, wiring, uses, roles).find()) {
        Known first = walk.read(end);
        List<Known> all = OutputSearch.hasOneOutput(end) ? List.of(first) : walk.all(end);
        for (Known known : all) {
          if (isNumeric(known)) {
            outputs.add(walk.value(known));
          } else if (!(known instanceof Known.Foreign)) { // nobody misses file names and messages
            left.add(end.text());
          }
        }
      }
      if (outputs.isEmpty()) {
        requireNoProblems("the graph");
        throw new ModelException(
            file.name()
                + ": nothing in it looks like an output; name the tensor (output). "
                + there());
      }
      if (!left.isEmpty()) {
        notes.add("Left out, since they cannot be computed: " + String.join(", ", left) + ".");
      }
      return outputs;
    }

    private LaidOut value(Ref ref, String name) {
      Known known = walk.read(ref);
      if (known instanceof Known.Foreign) {
        throw Entrances.needsText(name, walk.offered());
      }
      if (!isNumeric(known)) {
        requireNoProblems(name);
        throw new ModelException(
            file.name() + ": the tensor " + name + " is not computed when the model is used.");
      }
      return walk.value(known);
    }

    private static boolean isNumeric(Known known) {
      return known instanceof Known.Flow || known instanceof Known.Numbers;
    }

    private void requireNoProblems(String what) {
      List<String> problems = walk.problems();
      if (!problems.isEmpty()) {
        throw ModelException.of(
            file.name()
                + ": "
                + problems.size()
                + (problems.size() == 1 ? " node" : " nodes")
                + " that "
                + what
                + " needs cannot be imported.",
            problems,
            REMEDY);
      }
    }
  }
}
