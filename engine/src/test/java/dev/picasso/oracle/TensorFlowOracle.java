package dev.picasso.oracle;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TString;

/**
 * TensorFlow itself, in this process: runs a graph and differentiates it.
 *
 * <p>Its own gradients go through the nodes of a graph for which its C++ library has a rule. They
 * do not go through functions, and so through no SavedModel of TensorFlow 2; nor through control
 * flow.
 */
final class TensorFlowOracle implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final AutoCloseable owner;
  private final SignatureDef served;

  private TensorFlowOracle(Graph graph, Session session, AutoCloseable owner, SignatureDef served) {
    this.graph = graph;
    this.session = session;
    this.owner = owner;
    this.served = served;
  }

  /** Skips the test that asks, aloud, where TensorFlow has no native code for this machine. */
  static void require() {
    String missing = "";
    try {
      TensorFlow.version();
    } catch (LinkageError e) {
      missing = "TensorFlow cannot be loaded here (" + e.getMessage() + ")";
      System.err.println("SKIPPED: " + missing);
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
  }

  /** A GraphDef in a file. */
  static TensorFlowOracle ofGraph(Path file) throws IOException {
    Graph graph = new Graph();
    graph.importGraphDef(GraphDef.parseFrom(Files.readAllBytes(file)));
    return new TensorFlowOracle(
        graph, new Session(graph), graph, SignatureDef.getDefaultInstance());
  }

  /**
   * A meta graph with the variables of its checkpoint, read by the graph's own saver.
   *
   * @param prefix path of the files without {@code .meta}
   */
  static TensorFlowOracle ofCheckpoint(Path prefix) throws IOException {
    MetaGraphDef meta = MetaGraphDef.parseFrom(Files.readAllBytes(Path.of(prefix + ".meta")));
    Graph graph = new Graph();
    graph.importGraphDef(meta.getGraphDef());
    Session session = new Session(graph);
    SaverDef saver = meta.getSaverDef();
    try (TString name = TString.scalarOf(prefix.toString())) {
      session
          .runner()
          .feed(saver.getFilenameTensorName(), name)
          .addTarget(saver.getRestoreOpName())
          .run()
          .close();
    }
    return new TensorFlowOracle(graph, session, graph, SignatureDef.getDefaultInstance());
  }

  /** The type of a tensor, when it has one of ours. */
  DataType typeOf(String tensor) {
    return type(graph.outputOrThrow(tensor).dataType());
  }

  /** A SavedModel that serves. */
  static TensorFlowOracle ofSavedModel(Path folder) {
    SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
    SignatureDef served =
        bundle
            .metaGraphDef()
            .getSignatureDefOrDefault("serving_default", SignatureDef.getDefaultInstance());
    return new TensorFlowOracle(bundle.graph(), bundle.session(), bundle, served);
  }

  /** The tensor that is the only input of a SavedModel's signature. */
  String servedInput() {
    return served.getInputsMap().values().iterator().next().getName();
  }

  /** The tensor that is the only output of a SavedModel's signature. */
  String servedOutput() {
    return served.getOutputsMap().values().iterator().next().getName();
  }

  /**
   * Outputs, random cotangents and gradients, named as in an .npz: x0 …, y, y1 …, r, r1 …, g0 ….
   * There are no gradients, and then no cotangents, where a type has none or TensorFlow no rule.
   *
   * @param inputs tensors to feed and to differentiate by
   * @param fed what else must be fed
   * @param outputs names of tensors
   */
  Map<String, Tensor> numbers(
      Map<String, Tensor> inputs, Map<String, Tensor> fed, List<String> outputs) {
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.putAll(fed);
    List<Output<?>> y = outputs.stream().<Output<?>>map(graph::outputOrThrow).toList();
    List<Tensor> found = run(all, y);
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    numbered(numbers, "x", true, List.copyOf(inputs.values()));
    numbered(numbers, "y", false, found.stream().map(t -> t.as(DataType.FLOAT)).toList());
    List<Tensor> r = found.stream().map(TensorFlowOracle::cotangent).toList();
    Map<Integer, Tensor> g = gradients(inputs, all, y, r);
    if (!g.isEmpty()) {
      numbered(numbers, "r", false, r);
      g.forEach((i, slope) -> numbers.put("g" + i, slope.as(DataType.FLOAT)));
    }
    return numbers;
  }

  private static void numbered(
      Map<String, Tensor> numbers, String letter, boolean first, List<Tensor> list) {
    for (int i = 0; i < list.size(); i++) {
      numbers.put(i == 0 && !first ? letter : letter + i, list.get(i).as(DataType.FLOAT));
    }
  }

  private static Tensor cotangent(Tensor y) {
    Random random = new Random(y.size());
    float[] values = new float[Math.toIntExact(y.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, y.shape().dims());
  }

  /** By the index of the input; without inputs that lead to no output. */
  private Map<Integer, Tensor> gradients(
      Map<String, Tensor> inputs, Map<String, Tensor> fed, List<Output<?>> y, List<Tensor> r) {
    List<Output<?>> x = inputs.keySet().stream().<Output<?>>map(graph::outputOrThrow).toList();
    boolean real =
        y.stream().allMatch(TensorFlowOracle::isFloating)
            && x.stream().allMatch(TensorFlowOracle::isFloating);
    if (!real || x.isEmpty()) {
      return Map.of();
    }
    Map<String, Tensor> all = new LinkedHashMap<>(fed);
    List<Output<?>> seeds = new ArrayList<>();
    for (int i = 0; i < y.size(); i++) {
      Output<?> seed = Ops.create(graph).placeholder(y.get(i).type()).output();
      seeds.add(seed);
      all.put(seed.op().name(), r.get(i));
    }
    Map<Integer, Tensor> found = new TreeMap<>();
    try {
      Output<?>[] slopes =
          graph.addGradients(
              "gradient",
              y.toArray(Output<?>[]::new),
              x.toArray(Output<?>[]::new),
              seeds.toArray(Output<?>[]::new));
      for (int i = 0; i < slopes.length; i++) {
        if (isConnected(slopes[i])) {
          found.put(i, run(all, List.of(slopes[i])).get(0));
        }
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      System.out.println("TensorFlow cannot differentiate this: " + e.getMessage());
      return Map.of();
    }
    return found;
  }

  /** Where an input leads to no output, the gradient is an output of no operation. */
  private static boolean isConnected(Output<?> slope) {
    try {
      return slope.op().numOutputs() > 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static boolean isFloating(Output<?> output) {
    return type(output.dataType()).isFloating();
  }

  private List<Tensor> run(Map<String, Tensor> feed, List<Output<?>> fetch) {
    Session.Runner runner = session.runner();
    List<org.tensorflow.Tensor> given = new ArrayList<>();
    try {
      for (Map.Entry<String, Tensor> e : feed.entrySet()) {
        Output<?> at = graph.outputOrThrow(e.getKey());
        org.tensorflow.Tensor tensor = toTensorFlow(at, e.getValue());
        given.add(tensor);
        runner.feed(at, tensor);
      }
      fetch.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<Tensor> found = new ArrayList<>();
        for (int i = 0; i < fetch.size(); i++) {
          found.add(fromTensorFlow(result.get(i)));
        }
        return found;
      }
    } finally {
      given.forEach(org.tensorflow.Tensor::close);
    }
  }

  private static org.tensorflow.Tensor toTensorFlow(Output<?> at, Tensor value) {
    ByteBuffer bytes = value.as(type(at.dataType())).bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return org.tensorflow.Tensor.of(
        at.type(), Shape.of(value.shape().dims()), DataBuffers.of(copy, true, false));
  }

  private static Tensor fromTensorFlow(org.tensorflow.Tensor tensor) {
    byte[] copy = new byte[Math.toIntExact(tensor.asRawTensor().data().size())];
    tensor.asRawTensor().data().read(copy);
    ByteBuffer bytes = ByteBuffer.allocateDirect(copy.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(copy).flip();
    return Tensor.of(
        type(tensor.dataType()), dev.picasso.graph.Shape.of(tensor.shape().asArray()), bytes);
  }

  private static DataType type(org.tensorflow.proto.DataType type) {
    return switch (type) {
      case DT_FLOAT -> DataType.FLOAT;
      case DT_DOUBLE -> DataType.DOUBLE;
      case DT_HALF -> DataType.FLOAT16;
      case DT_BFLOAT16 -> DataType.BFLOAT16;
      case DT_INT32 -> DataType.INT32;
      case DT_INT64 -> DataType.INT64;
      case DT_UINT8 -> DataType.UINT8;
      case DT_BOOL -> DataType.BOOL;
      default -> throw new IllegalArgumentException("the oracle knows no " + type);
    };
  }

  @Override
  public void close() {
    session.close();
    try {
      owner.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
