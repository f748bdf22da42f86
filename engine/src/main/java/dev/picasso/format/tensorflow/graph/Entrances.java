package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/** Where numbers come into a graph: placeholders, what reads files or decodes images, iterators. */
final class Entrances {
  /** Operators that handle texts, files, tables and lists, which are nothing to compute with. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          ".*(Iterator|Queue|Dataset|HashTable|Lookup|TableV2|Reader|ReadFile|MatchingFiles|String"
              + "|Regex|AsString|Substr|ParseExample|ParseSingle|ParseSequence|ParseTensor|DecodeJpeg"
              + "|DecodePng|DecodeBmp|DecodeGif|DecodeImage|DecodeRaw|DecodeBase64|DecodeCSV"
              + "|DecodeAndCrop|DecodePadded|DecodeCompressed|DecodeWebP|ExtractJpegShape|TensorList"
              + "|TensorArray|Summary|Optional|PyFunc|Unbatch|(?<!To)Batch(Function)?$|Seed).*");

  /** Words in names of numbers that say how much is kept, or dropped, as "p_keep", "droprate". */
  private static final Pattern KEEP =
      Pattern.compile(".*(keep|retain|(?<![a-z])prob(s|ability)?(?![a-z])).*");

  private static final Pattern RATE = Pattern.compile(".*(drop|(?<![a-z])rate(?![a-z])).*");

  /** Words in names of truths that hold when nothing is trained. */
  private static final Pattern USED =
      Pattern.compile(
          "(?!.*train).*(infer|predict|deterministic|frozen|freeze|(?<![a-z])(is_?)?(eval|test)).*");

  /** Words in names of what holds while a model is trained. */
  private static final Pattern TRAINS = Pattern.compile(".*(train|learning_?phase).*");

  private static final String NO_TRAINING = ": the model does not train.";

  private static final TensorShapeProto UNKNOWN =
      TensorShapeProto.newBuilder().setUnknownRank(true).build();

  /**
   * What is put into a placeholder that people do not feed.
   *
   * @param sentence what is said of that, behind the name
   */
  private record Assumed(Tensor value, String sentence) {}

  private Entrances() {}

  static void addTo(NodeTable table) {
    table.putSource(Entrances::placeholder, "Placeholder", "PlaceholderV2", "_Arg");
    table.put(Entrances::withDefault, "PlaceholderWithDefault");
    table.putSource(
        Entrances::entrance,
        "IteratorGetNext",
        "IteratorGetNextSync",
        "QueueDequeue",
        "QueueDequeueV2",
        "QueueDequeueMany",
        "QueueDequeueManyV2",
        "QueueDequeueUpTo",
        "QueueDequeueUpToV2",
        "Unstage");
  }

  /** Whether an operator makes what is no number, or numbers out of that. */
  static boolean isForeign(String op) {
    return FOREIGN.matcher(op).matches();
  }

  private static List<Known> placeholder(NodeCall call) {
    DataType type = call.attribute("dtype").getType();
    if (!Numeric.is(type)) {
      return List.of(new Known.Foreign("the placeholder " + call.path() + " of " + type));
    }
    TensorShapeProto shape = shapeOf(call.node(), 0);
    Optional<Assumed> assumed = assumed(call.node());
    assumed.ifPresent(a -> call.note(call.path() + a.sentence()));
    return List.of(
        assumed.isPresent()
            ? new Known.Numbers(assumed.get().value())
            : call.walk().input(call.path(), type, shape));
  }

  /** Whether a placeholder stands for what a model looks at, and not for how it is used. */
  static boolean isLookedAt(NodeDef placeholder) {
    return assumed(placeholder).isEmpty();
  }

  /** What a single number or truth is while a model is used, by its name. */
  private static Optional<Assumed> assumed(NodeDef node) {
    if (shapeOf(node, 0).getDimCount() > 0) {
      return Optional.empty();
    }
    DataType type = node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType();
    String name = node.getName().toLowerCase(Locale.ROOT);
    if (type == DataType.DT_BOOL) {
      boolean used = USED.matcher(name).matches();
      return Optional.of(
          new Assumed(Tensor.of(new boolean[] {used}), " was taken as " + used + NO_TRAINING));
    }
    if (Numeric.isWhole(type)) {
      return TRAINS.matcher(name).matches()
          ? Optional.of(new Assumed(Tensor.scalar(0L), " was taken as 0" + NO_TRAINING))
          : Optional.empty();
    }
    if (KEEP.matcher(name).matches()) {
      return Optional.of(new Assumed(Tensor.scalar(1f), " was taken as 1: nothing is dropped."));
    }
    return RATE.matcher(name).matches()
        ? Optional.of(new Assumed(Tensor.scalar(0f), " was taken as 0: nothing is dropped."))
        : Optional.empty();
  }

  /**
   * An input where it has axes; else what it is where nobody says otherwise, but for the word that
   * the model is trained.
   */
  private static List<Known> withDefault(NodeCall call) {
    DataType type = call.attribute("dtype").getType();
    if (isInput(call.node())) {
      return List.of(call.walk().input(call.path(), type, shapeOf(call.node(), 0)));
    }
    boolean trains = TRAINS.matcher(call.path().toLowerCase(Locale.ROOT)).matches();
    return trains && type == DataType.DT_BOOL ? placeholder(call) : List.of(call.input(0));
  }

  /** Whether a placeholder with a default is an input of the model, so that the default is idle. */
  static boolean isInput(NodeDef node) {
    return node.getOp().equals("PlaceholderWithDefault")
        && shapeOf(node, 0).getDimCount() >= 2
        && Numeric.is(node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType());
  }

  /** One output of what brings images in. */
  private static List<Known> entrance(NodeCall call) {
    int output = call.wanted().output();
    DataType type = typeOf(call.node(), output);
    return call.only(
        Numeric.is(type)
            ? call.walk().input(call.wanted().text(), type, shapeOf(call.node(), output))
            : new Known.Foreign("what " + call.path() + " brings"));
  }

  /** The shape that a node tells of one of its outputs; of unknown rank where it tells none. */
  static TensorShapeProto shapeOf(NodeDef node, int output) {
    AttrValue none = AttrValue.getDefaultInstance();
    for (String name : List.of("_output_shapes", "output_shapes", "shapes")) {
      var list = node.getAttrOrDefault(name, none).getList();
      if (output < list.getShapeCount()) {
        return list.getShape(output);
      }
    }
    AttrValue shape = node.getAttrOrDefault("shape", none);
    return shape.hasShape() && node.getOp().startsWith("Placeholder") ? shape.getShape() : UNKNOWN;
  }

  /** The type that a node tells of one of its outputs; none where it does not. */
  static DataType typeOf(NodeDef node, int output) {
    AttrValue none = AttrValue.getDefaultInstance();
    for (String name : List.of("output_types", "component_types", "Tout")) {
      var list = node.getAttrOrDefault(name, none).getList();
      if (output < list.getTypeCount()) {
        return list.getType(output);
      }
    }
    for (String name : List.of("DstT", "dtype", "out_type", "element_dtype", "T")) {
      if (node.containsAttr(name)) {
        return node.getAttrOrDefault(name, none).getType();
      }
    }
    return node.getOp().startsWith("Decode") ? DataType.DT_UINT8 : DataType.DT_INVALID;
  }

  /**
   * What comes of texts, tables and lists: an input of the model, as soon as it is an array of
   * numbers with a known shape.
   */
  static List<Known> behindForeign(NodeCall call) {
    DataType type = typeOf(call.node(), call.wanted().output());
    TensorShapeProto shape = shapeOf(call.node(), call.wanted().output());
    if (Numeric.is(type)) {
      boolean known = !shape.getUnknownRank() && shape.getDimCount() >= 2;
      for (int i = 1; i < shape.getDimCount(); i++) {
        known &= shape.getDim(i).getSize() > 0;
      }
      if (known) {
        call.note(
            call.path()
                + " is taken as the input: before it the file decodes texts or files, which"
                + " Picasso does with images itself.");
        return call.only(call.walk().input(call.wanted().text(), type, shape));
      }
      call.walk().offer(call.path());
    }
    return call.only(new Known.Foreign(call.path()));
  }

  /**
   * The words for a model whose output needs text.
   *
   * @param offered nodes behind the texts that hold numbers
   */
  static Unsupported needsText(String output, List<String> offered) {
    return new Unsupported(
        output
            + " is computed from texts or encoded files, which the model decodes itself. Name the"
            + " tensor behind that as the input, with its shape"
            + (offered.isEmpty() ? "." : "; there are " + String.join(", ", offered) + "."));
  }
}
