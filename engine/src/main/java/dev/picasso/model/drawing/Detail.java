package dev.picasso.model.drawing;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Something that people ask of a layer with a window, as {@code kernel: 3 × 3}.
 *
 * @param name "weights", "kernel", "stride", "padding", "dilation" or "groups"
 * @param value rows before columns
 */
public record Detail(String name, String value) {
  private static final Set<String> WINDOWS =
      Set.of("Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool");

  /** Whether such an operator has details. */
  static boolean has(Node node) {
    return node.domain().isEmpty() && WINDOWS.contains(node.op());
  }

  /** What there is to say of a node with a window; what is as it mostly is goes unsaid. */
  static List<Detail> of(Graph graph, Node node) {
    Attributes given = node.attributes();
    Optional<long[]> weights =
        node.hasInput(1)
            ? graph.find(node.inputs().get(1)).map(v -> v.shape().dims())
            : Optional.empty();
    Optional<long[]> kernel =
        given
            .integers("kernel_shape")
            .or(() -> weights.map(w -> Arrays.copyOfRange(w, 2, w.length)));
    List<Detail> details = new ArrayList<>();
    weights.ifPresent(w -> details.add(new Detail("weights", times(w))));
    kernel.ifPresent(k -> details.add(new Detail("kernel", times(k))));
    given.integers("strides").filter(Detail::matters).ifPresent(s -> add(details, "stride", s));
    padding(given).ifPresent(p -> details.add(new Detail("padding", p)));
    given.integers("dilations").filter(Detail::matters).ifPresent(d -> add(details, "dilation", d));
    long groups = given.integer("group", 1);
    if (groups > 1) {
      details.add(new Detail("groups", "" + groups));
    }
    return details;
  }

  private static void add(List<Detail> details, String name, long[] numbers) {
    details.add(new Detail(name, times(numbers)));
  }

  private static boolean matters(long[] numbers) {
    return LongStream.of(numbers).anyMatch(n -> n != 1);
  }

  private static Optional<String> padding(Attributes given) {
    if (given.text("auto_pad", "NOTSET").startsWith("SAME")) {
      return Optional.of("same");
    }
    return given
        .integers("pads")
        .filter(p -> LongStream.of(p).anyMatch(n -> n != 0))
        .map(Detail::ofPads);
  }

  /** The same before and after as for windows; else what is before, then what is after. */
  private static String ofPads(long[] pads) {
    long[] before = Arrays.copyOf(pads, pads.length / 2);
    long[] after = Arrays.copyOfRange(pads, pads.length / 2, pads.length);
    return Arrays.equals(before, after)
        ? times(before)
        : times(before) + " before, " + times(after) + " after";
  }

  private static String times(long[] numbers) {
    return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(" × "));
  }
}
