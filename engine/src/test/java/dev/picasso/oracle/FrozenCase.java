package dev.picasso.oracle;

import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A frozen graph of the test data: tensors lie beside it as NAME.KIND.csv, a number a line, with
 * NAME.KIND.shape; four underscores stand for a slash, and a number behind a point for the output.
 */
final class FrozenCase {
  private static final Pattern OUTPUT = Pattern.compile("(.+)\\.(\\d+)");

  private FrozenCase() {}

  /** Tensors of a kind by name, as {@code node:output}; in the order of the names. */
  static Map<String, Tensor> tensors(Path folder, String kind) throws IOException {
    Map<String, Tensor> found = new TreeMap<>();
    String ending = kind + ".csv";
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        String name = String.valueOf(file.getFileName());
        String stem = name.substring(0, name.length() - ending.length());
        Path shape = file.resolveSibling(stem + kind + ".shape");
        float[] values = values(file);
        found.put(tensorName(stem), Tensor.of(values, dims(shape, values.length)));
      }
    }
    return found;
  }

  private static String tensorName(String stem) {
    String name = stem.replace("____", "/");
    Matcher output = OUTPUT.matcher(name);
    return output.matches() ? output.group(1) + ":" + output.group(2) : name + ":0";
  }

  private static float[] values(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
    float[] values = new float[lines.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(lines.get(i).trim());
    }
    return values;
  }

  /** A scalar has the shape "0", and one value. */
  private static long[] dims(Path file, int values) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(l -> !l.isBlank())
        .mapToLong(l -> Long.parseLong(l.trim()))
        .filter(d -> d > 0 || values == 0)
        .toArray();
  }

  /** What there is a prediction of; where there is none, what nothing reads. */
  static List<String> outputs(Path file) throws IOException {
    Map<String, Tensor> predictions = tensors(file.getParent(), ".prediction");
    if (!predictions.isEmpty()) {
      return List.copyOf(predictions.keySet());
    }
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(file));
    Set<String> read =
        graph.getNodeList().stream()
            .flatMap(n -> n.getInputList().stream())
            .map(i -> i.replaceFirst("^\\^|:\\d+$", ""))
            .collect(Collectors.toSet());
    return graph.getNodeList().stream()
        .map(NodeDef::getName)
        .filter(n -> !read.contains(n))
        .map(n -> n + ":0")
        .toList();
  }

  /** Inputs and predictions, named as in an .npz. */
  static Map<String, Tensor> predicted(Path file, Map<String, Tensor> inputs) throws IOException {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    inputs.values().forEach(x -> numbers.put("x" + numbers.size(), x));
    int first = numbers.size();
    tensors(file.getParent(), ".prediction")
        .values()
        .forEach(
            y -> numbers.put(numbers.size() == first ? "y" : "y" + (numbers.size() - first), y));
    return numbers;
  }

  static boolean hasPlaceholder(Path file) throws IOException {
    return GraphDef.parseFrom(Files.readAllBytes(file)).getNodeList().stream()
        .anyMatch(n -> n.getOp().equals("Placeholder"));
  }

  /** The tensor that the first variable was read into before it became a constant. */
  static Map<String, Tensor> firstVariable(Path file) throws IOException {
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(file));
    Map<String, TensorProto> constants = new LinkedHashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Const")) {
        AttrValue value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance());
        constants.put(node.getName(), value.getTensor());
      }
    }
    for (NodeDef node : graph.getNodeList()) {
      TensorProto value =
          node.getOp().equals("Identity") && node.getName().endsWith("/read")
              ? constants.get(node.getInput(0))
              : null;
      if (value != null && value.getDtype() == DataType.DT_FLOAT) {
        return Map.of(node.getName() + ":0", tensor(value));
      }
    }
    return Map.of();
  }

  private static Tensor tensor(TensorProto value) {
    long[] dims =
        value.getTensorShape().getDimList().stream().mapToLong(d -> d.getSize()).toArray();
    int size = 1;
    for (long d : dims) {
      size = Math.toIntExact(size * d);
    }
    float[] values = new float[size];
    if (!value.getTensorContent().isEmpty()) {
      value
          .getTensorContent()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    } else {
      for (int i = 0; i < size; i++) {
        values[i] = value.getFloatVal(Math.min(i, value.getFloatValCount() - 1));
      }
    }
    return Tensor.of(values, dims);
  }
}
