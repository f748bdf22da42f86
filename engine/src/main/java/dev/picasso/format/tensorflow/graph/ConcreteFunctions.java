package dev.picasso.format.tensorflow.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.picasso.format.ModelException;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import dev.picasso.format.tensorflow.file.TensorFlowFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * SavedModels without signatures: their objects have functions, which know the variables that they
 * read as objects, whose values the checkpoint keeps under names of its own.
 */
final class ConcreteFunctions {
  private static final List<String> USUAL =
      List.of("serving_default", "serve", "__call__", "call", "predict", "forward", "signatures");

  private final SavedObjectGraph objects;
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Map<Integer, String> keys;

  /**
   * A graph with a call of a function in it.
   *
   * @param graph the file's with placeholders and the call added
   * @param outputs what the call gives, as nodes write inputs
   */
  record Entry(GraphDef graph, List<String> outputs) {}

  /** A function of the outermost object. */
  private record Candidate(String name, String function, SavedConcreteFunction concrete) {}

  private ConcreteFunctions(TensorFlowFile file, SavedObjectGraph objects) {
    this.objects = objects;
    file.graph()
        .getLibrary()
        .getFunctionList()
        .forEach(f -> functions.put(f.getSignature().getName(), f));
    this.keys = keys(file, objects);
  }

  /** The function that a person would call; empty where the file has no objects or no function. */
  static Optional<Entry> entry(TensorFlowFile file, Consumer<String> notes) {
    if (file.objects().isEmpty() || file.objects().get().getNodesCount() == 0) {
      return Optional.empty();
    }
    ConcreteFunctions all = new ConcreteFunctions(file, file.objects().get());
    List<Candidate> candidates = all.candidates();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Candidate chosen = candidates.get(0);
    List<String> names = candidates.stream().map(Candidate::name).distinct().toList();
    notes.accept(
        "The file has no signatures; its function "
            + chosen.name()
            + " was taken"
            + (names.size() > 1 ? ", of " + String.join(", ", names) + "." : "."));
    return Optional.of(all.call(file, chosen));
  }

  /** Functions that take and give numbers, those with usual names first, those that train last. */
  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (ObjectReference child : objects.getNodes(0).getChildrenList()) {
      SavedObject object = object(child.getNodeId());
      for (String name : object.getFunction().getConcreteFunctionsList()) {
        SavedConcreteFunction concrete = objects.getConcreteFunctionsMap().get(name);
        if (concrete != null && fits(name, concrete)) {
          candidates.add(new Candidate(child.getLocalName(), name, concrete));
        }
      }
    }
    candidates.sort(
        Comparator.comparing((Candidate c) -> trains(c) ? 1 : 0)
            .thenComparing(c -> USUAL.contains(c.name()) ? USUAL.indexOf(c.name()) : USUAL.size()));
    return candidates;
  }

  private SavedObject object(int id) {
    return id >= 0 && id < objects.getNodesCount()
        ? objects.getNodes(id)
        : SavedObject.getDefaultInstance();
  }

  private boolean fits(String name, SavedConcreteFunction concrete) {
    FunctionDef function = functions.get(name);
    if (function == null) {
      return false;
    }
    var arguments = function.getSignature().getInputArgList();
    int own = arguments.size() - concrete.getBoundInputsCount();
    return own > 0
        && function.getSignature().getOutputArgCount() > 0
        && arguments.subList(0, own).stream().allMatch(a -> Numeric.is(a.getType()));
  }

  private static boolean trains(Candidate candidate) {
    return candidate
        .concrete()
        .getCanonicalizedInputSignature()
        .toString()
        .contains("bool_value: true");
  }

  // --------------------------------------------------------------------- call

  private Entry call(TensorFlowFile file, Candidate chosen) {
    FunctionDef function = java.util.Objects.requireNonNull(functions.get(chosen.function()));
    GraphDef.Builder graph = file.graph().toBuilder();
    List<String> taken =
        new ArrayList<>(graph.getNodeList().stream().map(NodeDef::getName).toList());
    NodeDef.Builder call = NodeDef.newBuilder().setOp("StatefulPartitionedCall");
    int own = function.getSignature().getInputArgCount() - chosen.concrete().getBoundInputsCount();
    for (int i = 0; i < own; i++) {
      String name = free(taken, function.getSignature().getInputArg(i).getName());
      call.addInput(name);
      graph.addNode(
          NodeDef.newBuilder()
              .setName(name)
              .setOp("Placeholder")
              .putAttr(
                  "dtype",
                  AttrValue.newBuilder()
                      .setType(function.getSignature().getInputArg(i).getType())
                      .build())
              .putAttr("shape", AttrValue.newBuilder().setShape(shape(function, i)).build()));
    }
    for (int id : chosen.concrete().getBoundInputsList()) {
      call.addInput(captured(graph, taken, id));
    }
    String name = free(taken, chosen.name());
    AttrValue f =
        AttrValue.newBuilder()
            .setFunc(NameAttrList.newBuilder().setName(chosen.function()))
            .build();
    graph.addNode(call.setName(name).putAttr("f", f));
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < function.getSignature().getOutputArgCount(); i++) {
      if (Numeric.is(function.getSignature().getOutputArg(i).getType())) {
        outputs.add(name + ":" + i);
      }
    }
    return new Entry(graph.build(), outputs);
  }

  private static TensorShapeProto shape(FunctionDef function, int argument) {
    var shapes =
        function
            .getArgAttrOrDefault(argument, FunctionDef.ArgAttrs.getDefaultInstance())
            .getAttrOrDefault("_output_shapes", AttrValue.getDefaultInstance())
            .getList();
    return shapes.getShapeCount() > 0
        ? shapes.getShape(0)
        : TensorShapeProto.newBuilder().setUnknownRank(true).build();
  }

  /** The node for what a function reads beside its arguments. */
  private String captured(GraphDef.Builder graph, List<String> taken, int id) {
    SavedObject object = object(id);
    if (object.hasConstant()) {
      return object.getConstant().getOperation();
    }
    String name = free(taken, object.getVariable().getName() + "/captured");
    graph.addNode(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("VarHandleOp")
            .putAttr(
                "shared_name",
                AttrValue.newBuilder()
                    .setS(
                        ByteString.copyFromUtf8(
                            keys.getOrDefault(id, object.getVariable().getName())))
                    .build()));
    return name;
  }

  private static String free(List<String> taken, String wanted) {
    String name = wanted;
    for (int i = 1; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    taken.add(name);
    return name;
  }

  // --------------------------------------------------------------------- keys

  /** The checkpoint's keys of variables, found by walking both graphs of objects side by side. */
  private static Map<Integer, String> keys(TensorFlowFile file, SavedObjectGraph objects) {
    Map<Integer, String> keys = new HashMap<>();
    TrackableObjectGraph stored = stored(file);
    Map<Integer, Integer> pairs = new HashMap<>();
    Deque<Integer> next = new ArrayDeque<>();
    if (stored.getNodesCount() > 0 && objects.getNodesCount() > 0) {
      pairs.put(0, 0);
      next.add(0);
    }
    while (!next.isEmpty()) {
      int id = next.remove();
      TrackableObject twin = stored.getNodes(pairs.getOrDefault(id, 0));
      twin.getAttributesList().stream()
          .findFirst()
          .ifPresent(a -> keys.put(id, a.getCheckpointKey()));
      Map<String, Integer> children = new HashMap<>();
      twin.getChildrenList().forEach(c -> children.put(c.getLocalName(), c.getNodeId()));
      for (ObjectReference child : objects.getNodes(id).getChildrenList()) {
        Integer other = children.get(child.getLocalName());
        boolean valid =
            other != null
                && other >= 0
                && other < stored.getNodesCount()
                && child.getNodeId() >= 0
                && child.getNodeId() < objects.getNodesCount();
        if (valid && pairs.putIfAbsent(child.getNodeId(), other) == null) {
          next.add(child.getNodeId());
        }
      }
    }
    return keys;
  }

  private static TrackableObjectGraph stored(TensorFlowFile file) {
    Variables variables = file.variables();
    Optional<byte[]> bytes =
        variables.keys().contains("_CHECKPOINTABLE_OBJECT_GRAPH")
            ? variables.text("_CHECKPOINTABLE_OBJECT_GRAPH")
            : Optional.empty();
    try {
      return bytes.isEmpty()
          ? TrackableObjectGraph.getDefaultInstance()
          : TrackableObjectGraph.parseFrom(bytes.get());
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file.name() + ": the checkpoint's list of objects is damaged.", e);
    }
  }
}
