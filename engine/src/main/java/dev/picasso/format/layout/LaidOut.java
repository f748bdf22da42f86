package dev.picasso.format.layout;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value and how it lies in the graph. What a layer with channels last calls {@code [N, H, W, C]}
 * is kept as {@code [N, C, H, W]} between convolutions ("channels moved").
 */
public final class LaidOut {
  private final Value value;
  private final boolean channelsMoved;
  private final Optional<Value> mask;
  private final Optional<List<Size>> sizes;
  private Optional<LaidOut> other = Optional.empty();

  private LaidOut(
      Value value, boolean channelsMoved, Optional<Value> mask, Optional<List<Size>> sizes) {
    this.value = value;
    this.channelsMoved = channelsMoved;
    this.mask = mask;
    this.sizes = sizes;
  }

  private LaidOut(Value value, boolean channelsMoved, Optional<Value> mask) {
    this(value, channelsMoved, mask, Optional.empty());
  }

  /** A value as the layer itself sees it. */
  public static LaidOut asIs(Value value) {
    return new LaidOut(value, false, Optional.empty());
  }

  /** A value of a layer with channels last, stored with its channels at axis 1. */
  public static LaidOut moved(Value value) {
    return new LaidOut(value, value.rank() > 2, Optional.empty());
  }

  /** Another value that lies as this one does. */
  public LaidOut with(Value next) {
    return new LaidOut(next, channelsMoved && next.rank() > 2, mask);
  }

  /** The same value under another name. */
  public LaidOut renamed(Value next) {
    return new LaidOut(next, channelsMoved, mask, sizes);
  }

  /** The same value, a number or a row of numbers that are known to be these. */
  public LaidOut holding(List<Size> numbers) {
    return new LaidOut(value, channelsMoved, mask, Optional.of(List.copyOf(numbers)));
  }

  /** The numbers of a value of rank 0 or 1 that was computed from the lengths of axes. */
  public Optional<List<Size>> sizes() {
    return sizes;
  }

  /** The same value, of whose steps only those count that the mask [N, steps] says. */
  public LaidOut masked(Optional<Value> steps) {
    return new LaidOut(value, channelsMoved, steps, sizes);
  }

  /** Which steps count, where not all do: truths of shape [N, steps]. */
  public Optional<Value> mask() {
    return mask;
  }

  /** The value as it is stored. */
  public Value stored() {
    return value;
  }

  public boolean channelsMoved() {
    return channelsMoved;
  }

  public int rank() {
    return value.rank();
  }

  /** The shape that the layer sees. */
  public Shape shape() {
    return channelsMoved ? value.shape().permuted(toLast(rank())) : value.shape();
  }

  /** The axis of the stored value that the layer calls by this number; negative from the end. */
  public int storedAxis(int axis) {
    int i = value.shape().axis(axis);
    if (!channelsMoved || i == 0) {
      return i;
    }
    return i == rank() - 1 ? 1 : i + 1;
  }

  /** The value in the layout that the layer sees. */
  public Value logical(GraphBuilder g) {
    return channelsMoved ? turned(g).value : value;
  }

  /** The value with what the layer has as its last axis at axis 1. */
  public Value channelsFirst(GraphBuilder g) {
    return channelsMoved || rank() < 3 ? value : turned(g).value;
  }

  /** The other layout, made once for all who ask. */
  private LaidOut turned(GraphBuilder g) {
    LaidOut turned =
        other.orElseGet(
            () -> {
              int[] permutation = channelsMoved ? toLast(rank()) : toFirst(rank());
              return new LaidOut(permute(g, permutation), !channelsMoved, mask);
            });
    other = Optional.of(turned);
    return turned;
  }

  private Value permute(GraphBuilder g, int[] permutation) {
    Shape target = value.shape().permuted(permutation);
    boolean onlyOnesMove =
        IntStream.range(1, rank()).filter(i -> value.dim(i) != 1).count() <= 1
            && target.batchAxes() <= 1;
    return onlyOnesMove ? g.reshape(value, target) : g.transpose(value, permutation);
  }

  private static int[] toLast(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
  }

  private static int[] toFirst(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
  }
}
