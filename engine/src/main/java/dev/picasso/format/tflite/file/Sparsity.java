package dev.picasso.format.tflite.file;

import java.util.List;

/**
 * How the elements of a sparse tensor lie: its axes, some cut into blocks, are walked one inside of
 * the other, and along some of them only the places that are listed.
 *
 * @param order the axes as they are walked; those from the rank on are within blocks
 * @param blocks the axes that are cut into blocks, in the order of the axes within blocks
 * @param levels how each axis is walked
 */
record Sparsity(List<Integer> order, List<Integer> blocks, List<Level> levels) {
  Sparsity {
    order = List.copyOf(order);
    blocks = List.copyOf(blocks);
    levels = List.copyOf(levels);
  }

  /** One axis. */
  sealed interface Level {}

  /** All places from 0 up to a length. */
  record All(int length) implements Level {}

  /**
   * Listed places.
   *
   * @param segments where the places of each place before begin in the list, and where they end
   * @param places the list
   */
  record Listed(List<Integer> segments, List<Integer> places) implements Level {
    Listed {
      segments = List.copyOf(segments);
      places = List.copyOf(places);
    }
  }
}
