package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** Puts the elements of a sparse tensor in their places, with zeros between them. */
final class Densifying {
  /** How many places are looked at for each that there is. */
  private static final long PATIENCE = 16;

  private final Shape shape;
  private final Sparsity sparsity;
  private final ByteBuffer values;
  private final ByteBuffer dense;
  private final int width;
  private final int count;
  private final long[] blockLengths;
  private long steps;

  private Densifying(Tensor values, Shape shape, Sparsity sparsity) {
    this.shape = shape;
    this.sparsity = sparsity;
    this.values = values.bytes();
    this.width = values.type().bytes();
    this.count = Math.toIntExact(values.size());
    this.dense = Tensor.allocate(Math.multiplyExact(shape.size(), width));
    this.steps = PATIENCE * (shape.size() + 1);
    this.blockLengths = blockLengths(shape, sparsity);
  }

  static Tensor dense(Tensor values, Shape shape, Sparsity sparsity) {
    int axes = shape.rank() + sparsity.blocks().size();
    boolean sound =
        sparsity.order().size() == axes
            && sparsity.levels().size() == axes
            && sparsity.order().stream().allMatch(a -> a >= 0 && a < axes)
            && sparsity.blocks().stream().allMatch(b -> b >= 0 && b < shape.rank());
    if (!sound) {
      throw lost();
    }
    Densifying work = new Densifying(values, shape, sparsity);
    work.walk(0, 0, new long[axes]);
    return Tensor.of(values.type(), shape, work.dense.rewind());
  }

  /** The lengths of blocks along each axis, 1 where there are none. */
  private static long[] blockLengths(Shape shape, Sparsity sparsity) {
    long[] lengths = new long[shape.rank()];
    java.util.Arrays.fill(lengths, 1);
    for (int level = 0; level < sparsity.levels().size(); level++) {
      int block = sparsity.order().get(level) - shape.rank();
      if (block >= 0) {
        if (!(sparsity.levels().get(level) instanceof Sparsity.All all) || all.length() < 1) {
          throw lost();
        }
        lengths[sparsity.blocks().get(block)] *= all.length();
      }
    }
    return lengths;
  }

  /**
   * One axis and those within it.
   *
   * @param parent which of the places walked on the level before
   * @param at the place along each axis so far
   */
  private void walk(int level, long parent, long[] at) {
    if (--steps < 0) {
      throw lost();
    }
    if (level == sparsity.levels().size()) {
      put(parent, at);
      return;
    }
    int axis = sparsity.order().get(level);
    if (sparsity.levels().get(level) instanceof Sparsity.All all) {
      for (int i = 0; i < all.length(); i++) {
        at[axis] = i;
        walk(level + 1, parent * all.length() + i, at);
      }
    } else if (sparsity.levels().get(level) instanceof Sparsity.Listed listed) {
      int begin = element(listed.segments(), parent);
      int end = element(listed.segments(), parent + 1);
      for (int i = begin; i < end; i++) {
        at[axis] = element(listed.places(), i);
        walk(level + 1, i, at);
      }
    }
  }

  private void put(long index, long[] at) {
    long place = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long along = at[axis];
      for (int block = 0; block < sparsity.blocks().size(); block++) {
        if (sparsity.blocks().get(block) == axis) {
          along = along * blockLengths[axis] + at[shape.rank() + block];
        }
      }
      if (along < 0 || along >= shape.dim(axis)) {
        throw lost();
      }
      place = place * shape.dim(axis) + along;
    }
    if (index < 0 || index >= count) {
      throw lost();
    }
    for (int i = 0; i < width; i++) {
      dense.put((int) place * width + i, values.get((int) index * width + i));
    }
  }

  private static int element(List<Integer> list, long i) {
    if (i < 0 || i >= list.size()) {
      throw lost();
    }
    return list.get((int) i);
  }

  private static ModelException lost() {
    return new ModelException("is sparse, and its places do not fit its shape");
  }
}
