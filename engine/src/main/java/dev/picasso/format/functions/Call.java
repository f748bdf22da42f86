package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One call of a function as its emitter sees it: arguments by name, and the words for what is wrong
 * with them. Where an argument has several names, in several libraries, any will do. It remembers
 * which arguments were read.
 */
final class Call {
  private static final Set<String> HARMLESS =
      Set.of("name", "validate_indices", "use_cudnn_on_gpu", "flash_attention", "sorted", "N", "T");

  /** Arguments that steer a function are no longer lists than this. */
  private static final int SMALL = 1024;

  private final Site site;
  private final Signature signature;
  private final Map<String, Argument> arguments;
  private final Set<String> read = new HashSet<>();

  private Call(Site site, Signature signature, Map<String, Argument> arguments) {
    this.site = site;
    this.signature = signature;
    this.arguments = arguments;
  }

  static Call of(Site site, Signature signature, Inputs inputs) {
    Map<String, Argument> arguments = new LinkedHashMap<>(inputs.named());
    List<String> names = signature.parameters();
    List<Argument> places = inputs.positional();
    for (int i = 0; i < places.size(); i++) {
      if (signature.rest() && i == names.size() - 1) {
        arguments.put(names.get(i), new Argument.Many(places.subList(i, places.size())));
        break;
      }
      if (i >= names.size()) {
        throw new Unsupported(
            "it is called with " + places.size() + " arguments; it takes " + names);
      }
      arguments.put(names.get(i), places.get(i));
    }
    return new Call(site, signature, arguments);
  }

  /** Where the call stands in the file. */
  Site site() {
    return site;
  }

  /** The function, as in "tf.math.add", "ops.Add" or "raw.AddV2". */
  String function() {
    return signature.function();
  }

  // ---------------------------------------------------------------- arguments

  /** An argument under the first of these names that it has; null in Python is absent here. */
  Optional<Argument> argument(String... names) {
    read.addAll(Arrays.asList(names));
    return Arrays.stream(names)
        .flatMap(n -> Optional.ofNullable(arguments.get(n)).stream())
        .filter(a -> !(a instanceof Argument.Plain plain && plain.value().isNull()))
        .findFirst();
  }

  /** An argument that is no tensor. */
  Optional<JsonNode> plain(String... names) {
    return argument(names)
        .map(
            a -> {
              if (a instanceof Argument.Plain plain) {
                return Literals.unwrapped(plain.value());
              }
              if (a instanceof Argument.Numbers numbers && numbers.tensor().size() <= SMALL) {
                return Literals.json(numbers.tensor());
              }
              throw new Unsupported(
                  names[0] + " is computed by the model; it must stand in the file.");
            });
  }

  /** The name of the argument at a place. */
  private String name(int place) {
    return signature.parameters().get(place);
  }

  /** The first argument, as a tensor. */
  LaidOut x(GraphBuilder g) {
    return operand(0).value(g);
  }

  /** The argument at a place, which must be a tensor or numbers. */
  Operand operand(int place) {
    return operand(name(place))
        .orElseThrow(() -> new Unsupported("it is called without " + name(place) + "."));
  }

  /** A tensor or numbers, if they are given. */
  Optional<Operand> operand(String... names) {
    return argument(names).map(a -> operandOf(a, names[0]));
  }

  /** Several tensors; a single one counts as a list of one. */
  List<Operand> operands(int place) {
    String name = name(place);
    Argument all =
        argument(name).orElseThrow(() -> new Unsupported("it is called without " + name + "."));
    List<Operand> operands =
        all instanceof Argument.Many many
            ? many.parts().stream().map(p -> operandOf(p, name)).toList()
            : List.of(operandOf(all, name));
    if (operands.isEmpty()) {
      throw new Unsupported("it is called with an empty list.");
    }
    return operands;
  }

  private static Operand operandOf(Argument argument, String name) {
    if (argument instanceof Argument.Tensor tensor) {
      return new Operand.Given(tensor.value());
    }
    if (argument instanceof Argument.Numbers numbers) {
      return new Operand.Literal(numbers.tensor());
    }
    if (argument instanceof Argument.Plain plain && Literals.isNumeric(plain.value())) {
      return new Operand.Literal(Literals.tensor(plain.value()));
    }
    if (argument instanceof Argument.Many many && many.parts().size() == 1) {
      return operandOf(many.parts().get(0), name);
    }
    if (argument instanceof Argument.Many many && many.tensors().findAny().isEmpty()) {
      return new Operand.Literal(Literals.tensor(Literals.list(many)));
    }
    throw new Unsupported(name + " is " + words(argument) + "; it must be a tensor or numbers.");
  }

  boolean flag(boolean whenAbsent, String... names) {
    Optional<JsonNode> node = plain(names);
    if (node.isPresent() && !node.get().isBoolean() && !node.get().isNumber()) {
      throw wrong(names[0], node.get(), "true or false");
    }
    return node.map(n -> n.isBoolean() ? n.booleanValue() : n.doubleValue() != 0)
        .orElse(whenAbsent);
  }

  String text(String whenAbsent, String... names) {
    Optional<JsonNode> node = plain(names);
    if (node.isPresent() && !node.get().isTextual()) {
      throw wrong(names[0], node.get(), "a word");
    }
    return node.map(JsonNode::textValue).orElse(whenAbsent);
  }

  double number(double whenAbsent, String... names) {
    return number(names).orElse(whenAbsent);
  }

  Optional<Double> number(String... names) {
    Optional<JsonNode> node = plain(names);
    if (node.isPresent() && !node.get().isNumber()) {
      throw wrong(names[0], node.get(), "a number");
    }
    return node.map(JsonNode::doubleValue);
  }

  int integer(int whenAbsent, String... names) {
    Optional<long[]> all = integers(names);
    if (all.isPresent() && all.get().length != 1) {
      throw new Unsupported(
          names[0] + " is " + Arrays.toString(all.get()) + "; it must be one whole number.");
    }
    return all.map(a -> (int) a[0]).orElse(whenAbsent);
  }

  /** Whole numbers; a single one counts as a list of one. */
  Optional<long[]> integers(String... names) {
    return sizes(names)
        .map(
            list -> {
              if (list.stream().anyMatch(Size::perImage)) {
                throw new Unsupported(
                    names[0] + " is " + list + "; it must not depend on the batch.");
              }
              return list.stream().mapToLong(Size::number).toArray();
            });
  }

  /** Whole numbers that may be multiples of the batch, as where a shape is asked for. */
  Optional<List<Size>> sizes(String... names) {
    return argument(names).map(a -> WholeNumbers.of(a, names[0]));
  }

  /** Axes of a value, counted from the front; empty where the argument is. */
  Optional<long[]> axes(LaidOut x, String... names) {
    return integers(names)
        .map(list -> Arrays.stream(list).map(a -> axis(x.rank(), a, names[0])).toArray());
  }

  /** One axis of a value of some rank, counted from the front. */
  int axis(int rank, int whenAbsent, String... names) {
    return axis(rank, (long) integer(whenAbsent, names), names[0]);
  }

  private static int axis(int rank, long axis, String name) {
    if (axis < -rank || axis >= rank) {
      throw new Unsupported(
          name + " is " + axis + "; the value has " + rank + (rank == 1 ? " axis." : " axes."));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Whether images have their channels last, as they have unless the call says otherwise. */
  boolean channelsLast() {
    String word = text("channels_last", "data_format");
    if (Set.of("channels_last", "NHWC", "NWC", "NDHWC").contains(word)) {
      return true;
    }
    if (Set.of("channels_first", "NCHW", "NCW", "NCDHW").contains(word)) {
      return false;
    }
    throw new Unsupported("data_format is " + word + "; it must be channels_last or _first.");
  }

  // ------------------------------------------------------------------- words

  /** Says that arguments are known and change nothing here. */
  void ignore(String... names) {
    read.addAll(Arrays.asList(names));
  }

  /**
   * @throws Unsupported if there is an argument that the emitter did not look at
   */
  void requireAllRead() {
    List<String> unread =
        arguments.entrySet().stream()
            .filter(e -> !read.contains(e.getKey()) && !isHarmless(e.getKey(), e.getValue()))
            .map(e -> e.getKey() + " = " + words(e.getValue()))
            .toList();
    if (!unread.isEmpty()) {
      throw new Unsupported("the argument " + String.join(", ", unread) + " is not supported.");
    }
  }

  private static boolean isHarmless(String name, Argument argument) {
    boolean typeOfOperator = name.matches("T\\w*|Index|SrcT|_.*");
    return HARMLESS.contains(name)
        || typeOfOperator
        || (argument instanceof Argument.Plain plain && saysNothing(plain.value()));
  }

  private static boolean saysNothing(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private static String words(Argument argument) {
    return argument instanceof Argument.Plain plain
        ? Literals.shortened(plain.value())
        : argument instanceof Argument.Many ? "a list with tensors" : "a tensor";
  }

  private static Unsupported wrong(String name, JsonNode value, String expected) {
    return new Unsupported(
        name + " is " + Literals.shortened(value) + "; it must be " + expected + ".");
  }
}
