package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
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

  private static final TensorShapeProto UNKNOWN =
      TensorShapeProto.newBuilder().setUnknownRank(true).build();

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
    Roles roles = call.walk().roles();
    if (call.wanted().frame().caller().isEmpty() && roles.isBatchSize(call.node())) {
      Optional<Known.Flow> images = roles.images(call.walk());
      if (images.isPresent()) {
        return List.of(lengthOfBatch(call, images.get()));
      }
    }
    Optional<Roles.Assumed> assumed = roles.assumed(call.wanted().frame(), call.node());
    assumed.ifPresent(a -> call.note(call.path() + a.sentence()));
    return List.of(
        assumed.isPresent()
            ? new Known.Numbers(assumed.get().value())
            : call.walk().input(call.path(), type, shape));
  }

  /** How many images there are, as a number that grows with them. */
  private static Known lengthOfBatch(NodeCall call, Known.Flow images) {
    call.note(call.path() + " was taken as the number of images.");
    GraphBuilder g = call.builder();
    Value x = images.value().stored();
    Value length = g.op("Shape", dev.picasso.graph.Attributes.of("start", 0).with("end", 1), x);
    LaidOut number = LaidOut.asIs(g.squeeze(length, 0));
    return new Known.Flow(number.holding(List.of(Size.ofDimension(x.dim(0)))));
  }

  /**
   * An input where it has axes and its default is not computed from the image; else what it is
   * where nobody says otherwise, but for the word that the model is trained.
   */
  private static List<Known> withDefault(NodeCall call) {
    DataType type = call.attribute("dtype").getType();
    Roles roles = call.walk().roles();
    if (roles.isInput(call.wanted().frame(), call.node())) {
      return List.of(call.walk().input(call.path(), type, shapeOf(call.node(), 0)));
    }
    if ((type == DataType.DT_BOOL && Roles.tellsOfTraining(call.path()))
        || (call.wanted().frame().caller().isEmpty() && roles.isBatchSize(call.node()))) {
      return placeholder(call);
    }
    if (call.input(0) instanceof Known.Flow && shapeOf(call.node(), 0).getDimCount() > 0) {
      call.note(
          call.path()
              + " could be fed; it was taken as what the file computes for it from the image.");
    }
    return List.of(call.input(0));
  }

  /** One output of what brings images in. */
  private static List<Known> entrance(NodeCall call) {
    int output = call.wanted().output();
    DataType type = typeOf(call.node(), output);
    return call.only(
        Numeric.is(type)
            ? call.walk().input(call.wanted().text(), type, shapeOfBrought(call, output))
            : new Known.Foreign("what " + call.path() + " brings"));
  }

  /** The shape of what a queue or an iterator gives, which it may tell itself. */
  private static TensorShapeProto shapeOfBrought(NodeCall call, int output) {
    TensorShapeProto told = shapeOf(call.node(), output);
    Optional<NodeDef> source = call.walk().maker(call.wanted().frame(), call.node(), 0);
    if (!told.getUnknownRank() || source.isEmpty()) {
      return told;
    }
    TensorShapeProto each = shapeOf(source.get(), output);
    boolean many = call.op().contains("Many") || call.op().contains("UpTo");
    if (each.getUnknownRank() || !many) {
      return each;
    }
    return TensorShapeProto.newBuilder()
        .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1))
        .addAllDim(each.getDimList())
        .build();
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
