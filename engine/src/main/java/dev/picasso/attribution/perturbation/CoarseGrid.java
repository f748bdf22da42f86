package dev.picasso.attribution.perturbation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places in rows and columns, counted row by row, of which every second one is known, as on a
 * chessboard.
 *
 * @param across how many in a row
 * @param down how many rows
 */
record CoarseGrid(int across, int down) {
  int size() {
    return across * down;
  }

  private boolean isFirst(int place) {
    return (place / across + place % across) % 2 == 0;
  }

  /** The places that are known: the upper left one, and no two side by side. */
  List<Integer> first() {
    return IntStream.range(0, size()).filter(this::isFirst).boxed().toList();
  }

  /** The others; each lies between two to four known ones, unless there is but one place. */
  List<Integer> others() {
    return IntStream.range(0, size()).filter(p -> !isFirst(p)).boxed().toList();
  }

  private List<Integer> around(int place) {
    int x = place % across;
    int y = place / across;
    List<Integer> around = new ArrayList<>();
    if (x > 0) {
      around.add(place - 1);
    }
    if (x + 1 < across) {
      around.add(place + 1);
    }
    if (y > 0) {
      around.add(place - across);
    }
    if (y + 1 < down) {
      around.add(place + across);
    }
    return around;
  }

  /** The mean of the numbers around a place. */
  float between(float[] numbers, int place) {
    return (float)
        around(place).stream().mapToDouble(p -> numbers[p]).average().orElse(numbers[place]);
  }

  /** How far the numbers around a place lie apart. */
  float spread(float[] numbers, int place) {
    double low = around(place).stream().mapToDouble(p -> numbers[p]).min().orElse(0);
    double high = around(place).stream().mapToDouble(p -> numbers[p]).max().orElse(0);
    return (float) (high - low);
  }

  /** Places so far apart, to the last row and column, between which all others lie. */
  List<Integer> anchors(int apart) {
    List<Integer> anchors = new ArrayList<>();
    for (int y : stops(down, apart)) {
      for (int x : stops(across, apart)) {
        anchors.add(y * across + x);
      }
    }
    return anchors;
  }

  private static List<Integer> stops(int length, int apart) {
    List<Integer> stops = new ArrayList<>();
    for (int i = 0; i < length - 1; i += apart) {
      stops.add(i);
    }
    stops.add(length - 1);
    return stops;
  }

  /** A number for a place of those that the anchors around it have, linear along each axis. */
  float fromAnchors(float[] numbers, int place, int apart) {
    int x = place % across;
    int y = place / across;
    int left = x == across - 1 ? x : x / apart * apart;
    int top = y == down - 1 ? y : y / apart * apart;
    int right = Math.min(across - 1, left + apart);
    int bottom = Math.min(down - 1, top + apart);
    double u = right == left ? 0 : (x - left) / (double) (right - left);
    double v = bottom == top ? 0 : (y - top) / (double) (bottom - top);
    double above = (1 - u) * numbers[top * across + left] + u * numbers[top * across + right];
    double below = (1 - u) * numbers[bottom * across + left] + u * numbers[bottom * across + right];
    return (float) ((1 - v) * above + v * below);
  }
}
