package dev.picasso.model.layers;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.layers.Atom.Digit;
import dev.picasso.model.layers.Atom.Extended;
import dev.picasso.model.layers.Atom.Kind;
import dev.picasso.model.output.Lookup;
import dev.picasso.model.receptive.Reaches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Follows the rows and columns of the image through a graph: which axis of each value counts them,
 * through flattening, windows, transposes and attention. What has no rule here is taken for
 * unknown, and known again behind the next sum with something that is.
 */
final class AxisWalk {
  private static final Set<String> RESHAPES = Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze");

  /** Of images [N, C, h, w], with channels of their own. */
  private static final Set<String> OF_IMAGES =
      Set.of(
          ("Conv ConvTranspose MaxPool AveragePool LpPool GlobalAveragePool GlobalMaxPool"
                  + " DepthToSpace SpaceToDepth GridSample")
              .split(" "));

  private static final Set<String> RESIZING = Set.of("Resize", "Pad");

  private final Lookup look;
  private final Map<String, Axes> known = new HashMap<>();

  private AxisWalk(Graph graph) {
    this.look = new Lookup(graph);
  }

  /** The axes of all values of known shape that are no constants. */
  static Map<String, Axes> over(Graph graph, Optional<InputSpec> image) {
    AxisWalk walk = new AxisWalk(graph);
    for (Value input : graph.inputs()) {
      Optional<InputSpec> spec = image.filter(i -> i.name().equals(input.name()));
      walk.known.put(
          input.name(),
          spec.map(AxisWalk::image).orElse(Axes.unknown(input.shape())).fitting(input.shape()));
    }
    graph.nodes().forEach(walk::read);
    return walk.known;
  }

  private static Axes image(InputSpec image) {
    long n = image.shape().dim(0);
    List<Atom> images = List.of(Atom.digit(Kind.IMAGES, n));
    Atom rows = Atom.pixels(Kind.ROWS, image.height());
    Atom columns = Atom.pixels(Kind.COLUMNS, image.width());
    Atom channels = Atom.digit(Kind.OTHER, image.channels());
    return switch (image.layout()) {
      case NHWC -> new Axes(List.of(images, List.of(rows), List.of(columns), List.of(channels)));
      case NCHW -> new Axes(List.of(images, List.of(channels), List.of(rows), List.of(columns)));
      case NHW -> new Axes(List.of(images, List.of(rows), List.of(columns)));
      case FLAT -> new Axes(List.of(images, List.of(rows, columns, channels)));
    };
  }

  private void read(Node node) {
    for (int i = 0; i < node.outputs().size(); i++) {
      String output = node.outputs().get(i);
      Optional<Shape> shape = look.shape(output);
      if (!output.isEmpty() && shape.isPresent()) {
        known.put(output, axes(node, i, shape.get()).fitting(shape.get()));
      }
    }
  }

  private Axes of(Node node, int input) {
    String name = node.inputs().get(input);
    Axes axes = known.get(name);
    return axes != null
        ? axes
        : look.shape(name).map(Axes::unknown).orElseGet(() -> new Axes(List.of()));
  }

  private Axes axes(Node node, int output, Shape to) {
    boolean readable =
        node.domain().isEmpty() && node.hasInput(0) && look.shape(node.inputs().get(0)).isPresent();
    if (!readable) {
      return Axes.unknown(to);
    }
    Axes x = of(node, 0);
    Optional<List<Cut>> cuts = Cut.of(look, node, output);
    if (cuts.isPresent()) {
      return cut(x, cuts.get());
    }
    if (RESHAPES.contains(node.op())) {
      return x.reshaped(to);
    }
    if (OF_IMAGES.contains(node.op())) {
      return images(x, node, to);
    }
    if (RESIZING.contains(node.op())) {
      return resized(x, node, to);
    }
    return switch (node.op()) {
      case "Transpose" -> transposed(x, node);
      case "Concat" -> concatenated(node, to);
      case "Gather" -> gathered(x, node, to);
      case "MatMul" -> product(x, of(node, 1), to);
      case "Gemm" -> gemm(x, node, to);
      case "Einsum" -> Einsum.of(node).map(e -> summed(e, node, to)).orElse(Axes.unknown(to));
      default ->
          node.op().startsWith("Reduce") || node.op().startsWith("Arg")
              ? reduced(x, node, to)
              : aligned(node, to);
    };
  }

  private static Axes cut(Axes x, List<Cut> cuts) {
    List<List<Atom>> axes = new ArrayList<>(x.each());
    for (Cut cut : cuts) {
      if (cut.dropsAxis()) {
        axes.remove(cut.axis());
      } else {
        axes.set(cut.axis(), cut.of(axes.get(cut.axis())));
      }
    }
    return new Axes(axes);
  }

  /** Rows and columns at the last two axes, unless they are known to lie the other way round. */
  private Axes images(Axes x, Node node, Shape to) {
    Axes axes = resized(x, node, to);
    if (to.rank() != 4 || axes.rank() != 4) {
      return axes;
    }
    List<List<Atom>> each = new ArrayList<>(axes.each());
    boolean same = x.rank() == 4 && Atom.product(x.axis(1)) == to.dim(1);
    each.set(1, same ? each.get(1) : Axes.other(to, 1));
    for (int i = 2; i < 4; i++) {
      if (Atom.places(each.get(i)).isEmpty() && to.dim(i) > 1) {
        each.set(i, List.of(Atom.digit(i == 2 ? Kind.ROWS : Kind.COLUMNS, to.dim(i))));
      }
    }
    return new Axes(each);
  }

  /** What windows see, and whatever is as long as before. */
  private Axes resized(Axes x, Node node, Shape to) {
    if (x.rank() != to.rank()) {
      return Axes.unknown(to);
    }
    return new Axes(
        IntStream.range(0, to.rank())
            .mapToObj(
                i -> {
                  List<Atom> before = x.axis(i);
                  if (before.size() == 1
                      && before.get(0) instanceof Digit digit
                      && digit.kind().isPlace()) {
                    return List.<Atom>of(
                        digit.seen(Reaches.along(look.graph(), node, i), to.dim(i)));
                  }
                  return Atom.product(before) == to.dim(i) ? before : Axes.other(to, i);
                })
            .toList());
  }

  private static Axes transposed(Axes x, Node node) {
    return new Axes(
        Arrays.stream(
                node.attributes()
                    .integers("perm")
                    .orElse(
                        IntStream.range(0, x.rank()).mapToLong(i -> x.rank() - 1 - i).toArray()))
            .mapToObj(i -> x.axis((int) i))
            .toList());
  }

  /** Tokens beside positions are counted before and after them; positions of two grids are not. */
  private Axes concatenated(Node node, Shape to) {
    Optional<Integer> along = look.axis(node, 0);
    boolean alike =
        IntStream.range(0, node.inputs().size()).allMatch(i -> of(node, i).rank() == to.rank());
    if (along.isEmpty() || !alike) {
      return Axes.unknown(to);
    }
    List<List<Atom>> axes = new ArrayList<>(aligned(node, to, along.get()).each());
    List<List<Atom>> parts =
        IntStream.range(0, node.inputs().size())
            .mapToObj(i -> of(node, i).axis(along.get()))
            .toList();
    List<List<Atom>> grids = parts.stream().filter(p -> !Atom.places(p).isEmpty()).toList();
    if (grids.size() == 1) {
      int at = parts.indexOf(grids.get(0));
      long before = parts.subList(0, at).stream().mapToLong(Atom::product).sum();
      long after = parts.subList(at + 1, parts.size()).stream().mapToLong(Atom::product).sum();
      extended(grids.get(0), before, after).ifPresent(e -> axes.set(along.get(), List.of(e)));
    }
    return new Axes(axes);
  }

  private static Optional<Atom> extended(List<Atom> grid, long before, long after) {
    if (grid.size() == 1 && grid.get(0) instanceof Extended e) {
      return Optional.of(new Extended(e.positions(), e.leading() + before, e.trailing() + after));
    }
    List<Digit> places = Atom.places(grid);
    return places.size() == grid.size()
        ? Optional.of(new Extended(places, before, after))
        : Optional.empty();
  }

  private Axes gathered(Axes x, Node node, Shape to) {
    Optional<Integer> along = look.axis(node, 0);
    Optional<Shape> indices = look.shape(node.inputs().get(1));
    if (along.isEmpty() || indices.isEmpty()) {
      return Axes.unknown(to);
    }
    List<List<Atom>> axes = new ArrayList<>(x.each());
    axes.remove((int) along.get());
    axes.addAll(along.get(), of(node, 1).each());
    return new Axes(axes);
  }

  /** [.., M, K] · [.., K, N]. */
  private static Axes product(Axes a, Axes b, Shape to) {
    if (a.rank() < 2 || b.rank() < 2) {
      return Axes.unknown(to);
    }
    List<List<Atom>> axes = new ArrayList<>();
    for (int i = 0; i < to.rank() - 2; i++) {
      axes.add(best(to, i, to.rank(), List.of(a, b)));
    }
    axes.add(a.axis(a.rank() - 2));
    axes.add(b.axis(b.rank() - 1));
    return new Axes(axes);
  }

  private Axes gemm(Axes a, Node node, Shape to) {
    Axes b = of(node, 1);
    if (a.rank() != 2 || b.rank() != 2) {
      return Axes.unknown(to);
    }
    return new Axes(
        List.of(
            a.axis(node.attributes().flag("transA", false) ? 1 : 0),
            b.axis(node.attributes().flag("transB", false) ? 0 : 1)));
  }

  private Axes summed(Einsum einsum, Node node, Shape to) {
    List<List<Atom>> axes = new ArrayList<>();
    for (int i = 0; i < to.rank(); i++) {
      List<Atom> best = Axes.other(to, i);
      for (int input = 0; input < node.inputs().size(); input++) {
        Axes read = of(node, input);
        best =
            einsum
                .axis(input, i)
                .filter(a -> a < read.rank())
                .map(read::axis)
                .filter(a -> !Atom.places(a).isEmpty())
                .orElse(best);
      }
      axes.add(best);
    }
    return new Axes(axes);
  }

  private Axes reduced(Axes x, Node node, Shape to) {
    Optional<int[]> gone =
        node.op().startsWith("Arg")
            ? look.axis(node, 0).map(a -> new int[] {a})
            : look.reduced(node);
    if (gone.isEmpty()) {
      return Axes.unknown(to);
    }
    boolean kept = node.attributes().flag("keepdims", true);
    List<List<Atom>> axes = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      int axis = i;
      boolean reduced = Arrays.stream(gone.get()).anyMatch(a -> a == axis);
      if (!reduced || kept) {
        axes.add(reduced ? List.of() : x.axis(i));
      }
    }
    return new Axes(axes);
  }

  /** As NumPy lines up operands: by their last axes. */
  private Axes aligned(Node node, Shape to) {
    return aligned(node, to, -1);
  }

  private Axes aligned(Node node, Shape to, int except) {
    List<Axes> inputs =
        IntStream.range(0, node.inputs().size())
            .filter(node::hasInput)
            .mapToObj(i -> of(node, i))
            .toList();
    return new Axes(
        IntStream.range(0, to.rank())
            .mapToObj(i -> i == except ? Axes.other(to, i) : best(to, i, to.rank(), inputs))
            .toList());
  }

  /** What the operands that are as long say most of, with what is seen through any of them. */
  private static List<Atom> best(Shape to, int axis, int rank, List<Axes> inputs) {
    List<List<Atom>> best = new ArrayList<>(List.of(Axes.other(to, axis)));
    int most = -1;
    for (Axes input : inputs) {
      int at = axis - rank + input.rank();
      if (at >= 0 && Atom.product(input.axis(at)) == to.dim(axis)) {
        int places = Atom.places(input.axis(at)).size();
        if (places > most) {
          best.clear();
          best.add(input.axis(at));
          most = places;
        } else if (places > 0 && Atom.areAlike(best.get(0), input.axis(at))) {
          best.add(input.axis(at));
        }
      }
    }
    return Atom.joined(best);
  }
}
