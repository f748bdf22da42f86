package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blocks of places as further images of the batch, and back: the way in which TensorFlow 1 dilated
 * convolutions.
 */
final class BatchBlocks {
  private BatchBlocks() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> toBatch(g, call, call.integers("block_shape").orElse(new long[0])),
        "raw.SpaceToBatchND(input, block_shape, paddings)",
        "tf.space_to_batch_nd(input, block_shape, paddings)");
    table.put(
        (g, call) -> toSpace(g, call, call.integers("block_shape").orElse(new long[0])),
        "raw.BatchToSpaceND(input, block_shape, crops)",
        "tf.batch_to_space_nd(input, block_shape, crops)");
    table.put((g, call) -> toBatch(g, call, square(call)), "raw.SpaceToBatch(input, paddings)");
    table.put((g, call) -> toSpace(g, call, square(call)), "raw.BatchToSpace(input, crops)");
  }

  private static long[] square(Call call) {
    long size = call.integer(1, "block_size");
    return new long[] {size, size};
  }

  /** [N, s…, rest] to [b… · N, (before + s + after) / b…, rest]. */
  private static LaidOut toBatch(GraphBuilder g, Call call, long[] block) {
    Value x = call.x(g).logical(g);
    int axes = checked(x, block);
    long[][] sides = pairs(call, axes, "paddings");
    long[] pads = new long[2 * x.rank()];
    for (int i = 0; i < axes; i++) {
      pads[i + 1] = sides[i][0];
      pads[x.rank() + i + 1] = sides[i][1];
    }
    Value padded = g.pad(x, pads);
    long[] split = new long[x.rank() + axes];
    long[] joined = padded.shape().dims();
    int[] order = new int[split.length];
    split[0] = joined[0];
    order[axes] = 0;
    for (int i = 0; i < axes; i++) {
      if (joined[i + 1] % block[i] != 0) {
        throw new Unsupported(
            "its input of shape "
                + padded.shape()
                + " does not fall into blocks of "
                + Arrays.toString(block)
                + ".");
      }
      joined[0] *= block[i];
      joined[i + 1] /= block[i];
      split[2 * i + 1] = joined[i + 1];
      split[2 * i + 2] = block[i];
      order[i] = 2 * i + 2;
      order[axes + 1 + i] = 2 * i + 1;
    }
    for (int i = axes + 1; i < x.rank(); i++) {
      split[axes + i] = joined[i];
      order[axes + i] = axes + i;
    }
    return LaidOut.asIs(g.reshape(g.transpose(g.reshape(padded, split), order), joined));
  }

  /** [b… · N, s…, rest] to [N, b · s − before − after…, rest]. */
  private static LaidOut toSpace(GraphBuilder g, Call call, long[] block) {
    Value x = call.x(g).logical(g);
    int axes = checked(x, block);
    long[][] sides = pairs(call, axes, "crops");
    long blocks = Arrays.stream(block).reduce(1, Math::multiplyExact);
    long[] joined = x.shape().dims();
    if (joined[0] % blocks != 0) {
      throw new Unsupported(
          "its input of shape " + x.shape() + " is no multiple of " + blocks + " images.");
    }
    long[] split = new long[x.rank() + axes];
    int[] order = new int[split.length];
    joined[0] /= blocks;
    split[axes] = joined[0];
    order[0] = axes;
    for (int i = 0; i < axes; i++) {
      split[i] = block[i];
      split[axes + 1 + i] = joined[i + 1];
      order[2 * i + 1] = axes + 1 + i;
      order[2 * i + 2] = i;
      joined[i + 1] *= block[i];
    }
    for (int i = axes + 1; i < x.rank(); i++) {
      split[axes + i] = joined[i];
      order[axes + i] = axes + i;
    }
    Value y = g.reshape(g.transpose(g.reshape(x, split), order), joined);
    for (int i = 0; i < axes; i++) {
      long end = joined[i + 1] - sides[i][1];
      if (end <= sides[i][0]) {
        throw new Unsupported("its crops leave nothing of an axis of " + joined[i + 1] + ".");
      }
      y = sides[i][0] + sides[i][1] == 0 ? y : g.slice(y, i + 1, sides[i][0], end);
    }
    return LaidOut.asIs(y);
  }

  /** The number of axes that have blocks: those behind the batch. */
  private static int checked(Value x, long[] block) {
    boolean fits =
        block.length >= 1
            && block.length < x.rank()
            && Arrays.stream(block).allMatch(b -> b >= 1 && b <= 1 << 10)
            && IntStream.range(1, x.rank()).allMatch(i -> x.dim(i) > 0);
    if (!fits) {
      throw new Unsupported(
          "blocks of " + Arrays.toString(block) + " do not fit the shape " + x.shape() + ".");
    }
    return block.length;
  }

  /** Amounts before and after each axis that has blocks. */
  static long[][] pairs(Call call, int axes, String name) {
    long[] all = call.integers(name).orElse(new long[0]);
    boolean fits =
        all.length == 2 * axes && Arrays.stream(all).allMatch(a -> a >= 0 && a <= 1 << 16);
    if (!fits) {
      throw new Unsupported(
          name + " is " + Arrays.toString(all) + ", which does not fit " + axes + " axes.");
    }
    long[][] pairs = new long[axes][];
    for (int i = 0; i < axes; i++) {
      pairs[i] = new long[] {all[2 * i], all[2 * i + 1]};
    }
    return pairs;
  }
}
