package dev.picasso.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.Descriptors.Descriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Damages sound models. The number of a damaged one says all of what it is. */
final class Damage {
  private static final List<String> ONNX_WORDS =
      List.of(
          "Conv",
          "Relu",
          "Add",
          "MatMul",
          "Gemm",
          "Reshape",
          "Loop",
          "If",
          "Scan",
          "Range",
          "Tile",
          "Expand",
          "ConstantOfShape",
          "Pad",
          "Slice",
          "Concat",
          "Gather",
          "Resize",
          "TopK",
          "NonZero",
          "Split",
          "Identity",
          "MaxPool",
          "LSTM",
          "Einsum",
          "SpaceToDepth",
          "Transpose");
  private static final List<String> TENSORFLOW_WORDS =
      List.of(
          "Conv2D",
          "Relu",
          "AddV2",
          "MatMul",
          "Reshape",
          "While",
          "If",
          "Range",
          "Tile",
          "Fill",
          "BroadcastTo",
          "Pad",
          "StridedSlice",
          "ConcatV2",
          "GatherV2",
          "ResizeBilinear",
          "TopKV2",
          "Switch",
          "Merge",
          "Enter",
          "NextIteration",
          "PartitionedCall",
          "VarHandleOp",
          "Identity",
          "RandomUniform",
          "Linspace",
          "OneHot",
          "SpaceToBatchND",
          "Einsum",
          "Transpose",
          "Const");
  private static final List<String> KERAS_WORDS =
      List.of(
          "Conv2D",
          "Dense",
          "InputLayer",
          "Flatten",
          "Reshape",
          "Functional",
          "Sequential",
          "TimeDistributed",
          "Bidirectional",
          "Lambda",
          "RepeatVector",
          "ZeroPadding2D",
          "UpSampling2D",
          "Embedding",
          "Concatenate",
          "Add",
          "Dot",
          "MultiHeadAttention",
          "channels_first",
          "same",
          "valid",
          "causal",
          "float16",
          "relu",
          "softmax",
          "ops.reshape",
          "GetItem");

  private final Specimens specimens;
  private final Path scratch;
  private final long seed;

  /**
   * Damages models.
   *
   * @param scratch a folder for files on the way
   * @param seed of all chance
   */
  Damage(Specimens specimens, Path scratch, long seed) {
    this.specimens = specimens;
    this.scratch = scratch;
    this.seed = seed;
  }

  /** The damaged model of that number. */
  Specimen of(Family family, long number) {
    Dice dice = new Dice(seed * 1_000_003 + number * 31 + family.ordinal());
    List<Specimen> sound = specimens.of(family);
    Specimen specimen = dice.one(sound);
    Specimen other = dice.one(sound);
    Map<String, byte[]> files = new LinkedHashMap<>(specimen.files());
    List<String> names = new ArrayList<>(files.keySet());
    names.sort(null);
    String name = dice.chance(.25) ? dice.one(names) : main(specimen, names, dice);
    byte[] content = files.getOrDefault(name, new byte[0]);
    byte[] foreign = dice.one(List.copyOf(new java.util.TreeMap<>(other.files()).values()));
    Mutation mutation = mutation(name, foreign);
    for (int i = dice.chance(.6) ? 1 : 2 + dice.below(6); i > 0; i--) {
      content = mutation.of(content, dice);
    }
    files.put(name, content);
    if (files.size() > 1 && dice.chance(.01)) {
      files.remove(dice.one(names));
    }
    return new Specimen(family, specimen.name(), files, specimen.open());
  }

  /** The file that tells the most. */
  private static String main(Specimen specimen, List<String> names, Dice dice) {
    if (specimen.open().isEmpty() && specimen.files().containsKey("saved_model.pb")) {
      return "saved_model.pb";
    }
    return specimen.family() == Family.CHECKPOINT && dice.chance(.5)
        ? dice.one(names)
        : specimen.open();
  }

  private Mutation mutation(String name, byte[] foreign) {
    Mutation bytes = new ByteMutations(foreign);
    Mutation json = new JsonMutations(name.equals("model.json") ? TENSORFLOW_WORDS : KERAS_WORDS);
    Mutation hdf5 = new Hdf5Mutations(new JsonMutations(KERAS_WORDS), bytes);
    if (name.endsWith(".h5")) {
      return hdf5;
    }
    if (name.endsWith(".keras")) {
      return new ZipMutations(new JsonMutations(KERAS_WORDS), hdf5, bytes);
    }
    if (name.endsWith(".json")) {
      return mostly(json, bytes);
    }
    if (name.endsWith(".onnx")) {
      return mostly(message(ModelProto.getDescriptor(), false, ONNX_WORDS), bytes);
    }
    if (name.endsWith(".pbtxt")) {
      return mostly(message(GraphDef.getDescriptor(), true, TENSORFLOW_WORDS), bytes);
    }
    if (name.endsWith("saved_model.pb")) {
      return mostly(message(SavedModel.getDescriptor(), false, TENSORFLOW_WORDS), bytes);
    }
    if (name.endsWith(".meta")) {
      return mostly(message(MetaGraphDef.getDescriptor(), false, TENSORFLOW_WORDS), bytes);
    }
    if (name.endsWith(".pb")) {
      return mostly(message(GraphDef.getDescriptor(), false, TENSORFLOW_WORDS), bytes);
    }
    if (name.endsWith(".index")) {
      return new TableMutations(true, bytes, scratch);
    }
    return name.matches(".*ckpt[^.]*") ? new TableMutations(false, bytes, scratch) : bytes;
  }

  private static Mutation message(Descriptor type, boolean asText, List<String> words) {
    return new MessageMutations(type, asText, words);
  }

  private static Mutation mostly(Mutation often, Mutation seldom) {
    return (content, dice) -> (dice.chance(.85) ? often : seldom).of(content, dice);
  }
}
