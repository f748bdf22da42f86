package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Patches of images in rows: all numbers of a patch, by row, column and channel, at its place. */
final class Patches {
  /** The most weights that picking patches apart may need. */
  private static final long MOST = 1 << 24;

  private Patches() {}

  static void addTo(FunctionTable table) {
    table.put(
        Patches::extract,
        "ops.ExtractPatches(images)",
        "tf.extract_patches(images, sizes, strides, rates, padding)",
        "raw.ExtractImagePatches(images)");
  }

  /** Patches side by side are blocks; others are picked by a convolution with ones and zeros. */
  private static LaidOut extract(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    if (x.rank() != 4) {
      throw new Unsupported("its input has " + x.rank() + " axes; only images have patches.");
    }
    long[] size = Windows.perAxis(call, x, 1, "sizes", "ksizes", "size");
    boolean told = call.argument("strides").isPresent();
    Attributes windows =
        Windows.of(call, x, size, told ? Windows.perAxis(call, x, 1, "strides") : size, true);
    boolean blocks =
        size[0] == size[1]
            && x.dim(2) % size[0] == 0
            && x.dim(3) % size[1] == 0
            && windows.equals(
                Attributes.of("kernel_shape", size)
                    .with("strides", size)
                    .with("dilations", new long[] {1, 1})
                    .with("pads", new long[4]));
    if (blocks) {
      return Windows.close(call, g.op("SpaceToDepth", Attributes.of("blocksize", size[0]), x));
    }
    Value kernel = call.site().constant(g, "patches", picking(size, x.dim(1)));
    return Windows.close(call, g.conv(x, kernel, Optional.empty(), windows));
  }

  /** For each number of a patch a kernel that is one there and zero elsewhere. */
  private static Tensor picking(long[] size, long channels) {
    long places = Math.multiplyExact(size[0], size[1]);
    long numbers = Math.multiplyExact(places, channels);
    if (Math.multiplyExact(numbers, numbers) > MOST) {
      throw new Unsupported("its patches of " + numbers + " numbers that overlap are too large.");
    }
    float[] weights = new float[(int) (numbers * numbers)];
    for (long place = 0; place < places; place++) {
      for (long channel = 0; channel < channels; channel++) {
        long kernel = place * channels + channel;
        weights[(int) (kernel * numbers + channel * places + place)] = 1;
      }
    }
    return Tensor.of(weights, numbers, channels, size[0], size[1]);
  }
}
