package dev.picasso.format.tensorflow.graph;

import dev.picasso.graph.Tensor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What placeholders stand for: what the model looks at, or how it is used, which nobody feeds who
 * looks at images. Their names tell, or what is computed with them.
 */
final class Roles {
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

  private static final Pattern BATCH =
      Pattern.compile(
          ".*(batch_?(size|len|length|num|dim)|(n|num)_?batch|(?<![a-z])bs(?![a-z])).*");

  private static final Pattern PRODUCT =
      Pattern.compile("(_?Fused)?(Depthwise)?Conv[23]D.*|DepthwiseConv2dNative|.*MatMul.*|Einsum");

  private static final Pattern DECODER = Pattern.compile("(Decode|Parse|ReadFile|Read(er)?Read).*");
  private static final Pattern BRINGER = Pattern.compile("IteratorGetNext.*|Queue\\w*Dequeue.*");
  private static final Set<String> PLACEHOLDERS = Set.of("Placeholder", "PlaceholderV2");

  private static final String NO_TRAINING = ": the model does not train.";
  private static final int MOST = 20_000;

  /**
   * What is put into a placeholder that people do not feed.
   *
   * @param sentence what is said of that, behind the name
   */
  record Assumed(Tensor value, String sentence) {}

  private final Frame outermost;
  private final Wiring wiring;
  private final DropoutUse dropout;
  private final TrainingUse training;

  Roles(Frame outermost, Wiring wiring, Uses uses) {
    this.outermost = outermost;
    this.wiring = wiring;
    this.dropout = new DropoutUse(outermost, wiring, uses);
    this.training = new TrainingUse(wiring, uses);
  }

  /** Whether a placeholder stands for what a model looks at, and not for how it is used. */
  boolean isLookedAt(Frame frame, NodeDef placeholder) {
    return assumed(frame, placeholder).isEmpty() && !isBatchSize(placeholder);
  }

  /** Whether a name says that it holds while the model is trained. */
  static boolean tellsOfTraining(String name) {
    return TRAINS.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** What a single number or truth is while a model is used. */
  Optional<Assumed> assumed(Frame frame, NodeDef node) {
    TensorShapeProto shape = Entrances.shapeOf(node, 0);
    boolean single = shape.getDimList().stream().allMatch(d -> d.getSize() == 1);
    if (!single || shape.getDimCount() > 1) {
      return Optional.empty();
    }
    DataType type = typeOf(node);
    String name = node.getName().toLowerCase(Locale.ROOT);
    boolean named = shape.getDimCount() == 0;
    if (type == DataType.DT_BOOL) {
      return Optional.of(flag(frame, node, name));
    }
    if (Numeric.isWhole(type)) {
      return named && TRAINS.matcher(name).matches()
          ? Optional.of(new Assumed(Tensor.scalar(0L), " was taken as 0" + NO_TRAINING))
          : Optional.empty();
    }
    if (named && KEEP.matcher(name).matches()) {
      return share(1, shape, ": nothing is dropped.");
    }
    if (named && RATE.matcher(name).matches()) {
      return share(0, shape, ": nothing is dropped.");
    }
    return frame == outermost
        ? dropout
            .of(node.getName())
            .flatMap(v -> share(v, shape, ": by its use it tells how much a dropout keeps."))
        : Optional.empty();
  }

  private static Optional<Assumed> share(float value, TensorShapeProto shape, String why) {
    Tensor tensor =
        shape.getDimCount() == 0 ? Tensor.scalar(value) : Tensor.of(new float[] {value});
    return Optional.of(new Assumed(tensor, " was taken as " + (int) value + why));
  }

  private Assumed flag(Frame frame, NodeDef node, String name) {
    boolean told = USED.matcher(name).matches();
    boolean value = told;
    if (!told && !TRAINS.matcher(name).matches() && frame == outermost) {
      value = training.holdsWhenUsed(node.getName());
    }
    String why = value && !told ? ": by its use the model does not train then." : NO_TRAINING;
    return new Assumed(Tensor.of(new boolean[] {value}), " was taken as " + value + why);
  }

  /** Whether a whole number says how many images there are, by its name. */
  boolean isBatchSize(NodeDef node) {
    return Numeric.isWhole(typeOf(node))
        && Entrances.shapeOf(node, 0).getDimCount() == 0
        && BATCH.matcher(node.getName().toLowerCase(Locale.ROOT)).matches();
  }

  /** What the model looks at, if that is a placeholder of a batch of any length. */
  Optional<Known.Flow> images(GraphWalk walk) {
    return outermost.body().nodes().values().stream()
        .filter(n -> PLACEHOLDERS.contains(n.getOp()) || isInput(outermost, n))
        .filter(n -> Numeric.is(typeOf(n)) && Entrances.shapeOf(n, 0).getDimCount() >= 2)
        .filter(n -> Entrances.shapeOf(n, 0).getDim(0).getSize() < 0)
        .findFirst()
        .map(n -> walk.read(new Ref(outermost, n.getName(), 0)))
        .filter(Known.Flow.class::isInstance)
        .map(Known.Flow.class::cast);
  }

  /**
   * Whether a placeholder with a default is an input of the model, so that the default is idle. It
   * is none where the file computes the default from what the model looks at: from a placeholder,
   * or through convolutions and products from what decodes images or hands them on.
   */
  boolean isInput(Frame frame, NodeDef node) {
    return node.getOp().equals("PlaceholderWithDefault")
        && Entrances.shapeOf(node, 0).getDimCount() >= 2
        && Numeric.is(typeOf(node))
        && !hasNetworkBefore(frame, node);
  }

  private boolean hasNetworkBefore(Frame frame, NodeDef node) {
    boolean[] found = new boolean[3]; // a placeholder, something else that brings images, products
    wiring
        .inputs(frame, node)
        .forEach(
            i ->
                new Ancestry(wiring, MOST)
                    .visit(
                        i,
                        (f, n) -> {
                          found[0] |= isPlaceholderOfImages(f, n);
                          found[1] |=
                              BRINGER.matcher(n.getOp()).matches()
                                  || DECODER.matcher(n.getOp()).matches();
                          found[2] |= PRODUCT.matcher(n.getOp()).matches();
                          return true;
                        }));
    return found[0] || (found[1] && found[2]);
  }

  private boolean isPlaceholderOfImages(Frame frame, NodeDef node) {
    TensorShapeProto shape = Entrances.shapeOf(node, 0);
    boolean withDefault = node.getOp().equals("PlaceholderWithDefault") && shape.getDimCount() >= 2;
    return (withDefault || PLACEHOLDERS.contains(node.getOp()))
        && Numeric.is(typeOf(node))
        && (shape.getUnknownRank() || shape.getDimCount() >= 2)
        && isLookedAt(frame, node);
  }

  private static DataType typeOf(NodeDef node) {
    return node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance()).getType();
  }
}
