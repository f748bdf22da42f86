package dev.picasso.model.output;

import dev.picasso.format.layout.Results;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Outputs whose shapes alone look like a detector's: as many places as a pyramid of grids has, or
 * several grids of the same columns.
 */
final class Anchors {
  /** How many pixels of the image one place of each grid stands for. */
  private static final int[][] PYRAMIDS = {{8, 16, 32}, {16, 32}, {8, 16, 32, 64}};

  private static final int[] BOXES_A_PLACE = {1, 3, 2, 5};
  private static final int BOX = 4;

  private final Lookup look;
  private final List<Value> outputs;

  Anchors(Lookup look, List<Value> outputs) {
    this.look = look;
    this.outputs = outputs;
  }

  Optional<Detection> find() {
    return image().flatMap(i -> pyramid(i[0], i[1]).or(() -> grids(i[0], i[1])));
  }

  /** Height and width of the only input. */
  private Optional<long[]> image() {
    List<Value> inputs = look.graph().inputs();
    if (inputs.size() != 1 || inputs.get(0).rank() != 4) {
      return Optional.empty();
    }
    Value x = inputs.get(0);
    boolean last = x.dim(3) <= 4;
    return Optional.of(last ? new long[] {x.dim(1), x.dim(2)} : new long[] {x.dim(2), x.dim(3)});
  }

  /** [N, 4 + C, places] or [N, places, 5 + C]. */
  private Optional<Detection> pyramid(long height, long width) {
    return outputs.stream()
        .filter(v -> v.rank() == 3 && outputs.size() <= 2)
        .flatMap(v -> IntStream.of(1, 2).mapToObj(i -> pyramid(v, i, height, width)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Detection> pyramid(Value v, int columns, long height, long width) {
    long places = v.dim(3 - columns);
    boolean fits = v.dim(columns) > BOX && places > v.dim(columns);
    return fits && isPyramid(places, height, width)
        ? Optional.of(
            new Detection(
                "its output %s %s looks like boxes beside %d numbers at %d places; %s would choose"
                        .formatted(
                            Results.nameInFile(v.name()),
                            v.shape(),
                            v.dim(columns) - BOX,
                            places,
                            columns == 1
                                ? Results.nameInFile(v.name()) + "[:, 4:]"
                                : Results.nameInFile(v.name()) + "[..., 5:]")
                    + " the classes",
                Optional.empty()))
        : Optional.empty();
  }

  private static boolean isPyramid(long places, long height, long width) {
    for (int[] strides : PYRAMIDS) {
      long grid = 0;
      for (int stride : strides) {
        grid += (height / stride) * (width / stride);
      }
      for (int boxes : BOXES_A_PLACE) {
        if (grid > 0 && places == grid * boxes) {
          return true;
        }
      }
    }
    return false;
  }

  /** [N, 3 · (5 + C), h, w] of several sizes, each half of another. */
  private Optional<Detection> grids(long height, long width) {
    List<Value> maps =
        outputs.stream()
            .filter(v -> v.rank() == 4 && v.dim(1) % 3 == 0 && v.dim(1) > 3 * (BOX + 1))
            .filter(v -> isGrid(v, height, width))
            .toList();
    boolean several =
        maps.size() > 1
            && maps.size() == outputs.size()
            && maps.stream().map(v -> v.dim(1)).distinct().count() == 1
            && maps.stream().map(v -> v.dim(2)).distinct().count() == maps.size();
    return several
        ? Optional.of(
            new Detection(
                "its outputs, such as %s %s, look like grids of three boxes with %d classes each"
                    .formatted(
                        Results.nameInFile(maps.get(0).name()),
                        maps.get(0).shape(),
                        maps.get(0).dim(1) / 3 - BOX - 1),
                Optional.empty()))
        : Optional.empty();
  }

  private static boolean isGrid(Value v, long height, long width) {
    return IntStream.of(8, 16, 32, 64)
        .anyMatch(s -> v.dim(2) == height / s && v.dim(3) == width / s);
  }
}
