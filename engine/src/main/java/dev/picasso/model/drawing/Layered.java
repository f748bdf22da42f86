package dev.picasso.model.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Boxes in ranks from top to bottom, each below all that it reads, after Sugiyama et al. 1981. What
 * is read over several ranks has one lane down to its last reader, which the others leave earlier.
 */
public final class Layered {
  static final double GAP = 24;
  static final double BETWEEN = 28;
  private static final double LANE = 12;
  private static final int SWEEPS = 6;

  /** More places in lanes than anybody follows; longer lines are drawn straight then. */
  private static final int MOST = 20_000;

  /** A box, or for a lane a point. */
  private static final class Place {
    private final int rank;
    private final double width;
    private final List<Place> above = new ArrayList<>();
    private final List<Place> below = new ArrayList<>();
    private double x;
    private double order;

    Place(int rank, double width) {
      this.rank = rank;
      this.width = width;
    }
  }

  /**
   * What came out.
   *
   * @param x left edges of the boxes
   * @param y upper edges of the boxes
   * @param lines each from a box, or from above, to a box
   */
  record Result(List<Double> x, List<Double> y, double width, double height, List<Line> lines) {}

  /**
   * A way from box to box. Of those along one lane, one that goes all the way has all its points;
   * the others begin where they leave it, so that there are about as many points as lines and
   * lanes, however many read what is far above.
   *
   * @param from −1 for what comes from above
   * @param points x and y by turns, at least two
   */
  public record Line(int from, int to, List<Double> points) {}

  private final double[] heights;
  private final List<List<Integer>> reads;
  private final double boxWidth;
  private final List<List<Place>> ranks = new ArrayList<>();
  private final List<Place> boxes = new ArrayList<>();
  private final Map<Integer, List<Place>> lanes = new HashMap<>();
  private final Map<Integer, List<Integer>> readersOf = new HashMap<>();
  private int points;

  private Layered(double boxWidth, double[] heights, List<List<Integer>> reads) {
    this.boxWidth = boxWidth;
    this.heights = heights;
    this.reads = reads;
  }

  /**
   * Lays boxes out.
   *
   * @param heights of the boxes, in an order in which none comes before what it reads
   * @param reads for each box those that it reads; −1 stands for what lies above
   */
  static Result of(double boxWidth, double[] heights, List<List<Integer>> reads) {
    return new Layered(boxWidth, heights, reads).layOut();
  }

  private Result layOut() {
    int[] rank = new int[heights.length];
    for (int i = 0; i < heights.length; i++) {
      for (int read : reads.get(i)) {
        rank[i] = Math.max(rank[i], read < 0 ? 0 : rank[read] + 1);
      }
      boxes.add(place(rank[i], boxWidth));
    }
    for (int i = 0; i < heights.length; i++) {
      for (int read : new LinkedHashSet<>(reads.get(i))) {
        readersOf.computeIfAbsent(read, k -> new ArrayList<>()).add(i);
      }
    }
    for (int from = readersOf.containsKey(-1) ? -1 : 0; from < heights.length; from++) {
      lane(from, rank);
    }
    arrange();
    return placed(rank);
  }

  private Place place(int rank, double width) {
    while (ranks.size() <= rank) {
      ranks.add(new ArrayList<>());
    }
    Place place = new Place(rank, width);
    place.order = ranks.get(rank).size();
    ranks.get(rank).add(place);
    return place;
  }

  private static void join(Place upper, Place lower) {
    upper.below.add(lower);
    lower.above.add(upper);
  }

  /** Points down to the last reader; readers hang on the point, or box, right above them. */
  private void lane(int from, int[] rank) {
    List<Integer> readers = readersOf.getOrDefault(from, List.of());
    int last = readers.stream().mapToInt(reader -> rank[reader]).max().orElse(0);
    int first = from < 0 ? 0 : rank[from] + 1;
    List<Place> lane = new ArrayList<>();
    lanes.put(from, lane);
    if (points + last - first > MOST) {
      return;
    }
    for (int r = first; r < last; r++) {
      Place point = place(r, LANE);
      points++;
      if (!lane.isEmpty()) {
        join(lane.get(lane.size() - 1), point);
      } else if (from >= 0) {
        join(boxes.get(from), point);
      }
      lane.add(point);
    }
    for (int reader : readers) {
      int above = rank[reader] - first - 1;
      if (above >= 0 && above < lane.size()) {
        join(lane.get(above), boxes.get(reader));
      } else if (from >= 0) {
        join(boxes.get(from), boxes.get(reader));
      }
    }
  }

  /** Orders each rank by the middle of what it is joined to, and moves it there. */
  private void arrange() {
    for (List<Place> rank : ranks) {
      spread(rank);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < ranks.size(); i++) {
        List<Place> rank = ranks.get(down ? i : ranks.size() - 1 - i);
        for (Place place : rank) {
          place.order = middle(down ? place.above : place.below, place.x);
        }
        rank.sort(Comparator.comparingDouble(p -> p.order));
        spread(rank);
      }
    }
  }

  private static double middle(List<Place> places, double otherwise) {
    return places.stream().mapToDouble(p -> p.x).average().orElse(otherwise);
  }

  /** As near to what each place wants as their widths let; the rank as a whole keeps its middle. */
  private static void spread(List<Place> rank) {
    double end = Double.NEGATIVE_INFINITY;
    double off = 0;
    for (Place place : rank) {
      place.x = Math.max(place.order, end + place.width / 2);
      end = place.x + place.width / 2 + GAP;
      off += place.x - place.order;
    }
    for (Place place : rank) {
      place.x -= off / rank.size();
    }
  }

  private Result placed(int[] rank) {
    double[] tops = new double[ranks.size() + 1];
    double[] highest = new double[ranks.size()];
    for (int i = 0; i < heights.length; i++) {
      highest[rank[i]] = Math.max(highest[rank[i]], heights[i]);
    }
    for (int r = 0; r < ranks.size(); r++) {
      tops[r + 1] = tops[r] + highest[r] + BETWEEN;
    }
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (List<Place> one : ranks) {
      for (Place place : one) {
        left = Math.min(left, place.x - place.width / 2);
        right = Math.max(right, place.x + place.width / 2);
      }
    }
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < heights.length; i++) {
      x.add(boxes.get(i).x - boxWidth / 2 - left);
      y.add(tops[rank[i]]);
    }
    List<Line> lines = new ArrayList<>();
    Set<Integer> drawn = new HashSet<>();
    for (int to = 0; to < heights.length; to++) {
      for (int from : reads.get(to)) {
        List<Place> lane = lanes.getOrDefault(from, List.of());
        boolean whole = !lane.isEmpty() && lane.get(lane.size() - 1).rank == rank[to] - 1;
        boolean along = !lane.isEmpty() && lane.get(0).rank < rank[to];
        lines.add(
            along && !(whole && drawn.add(from))
                ? branch(from, to, rank, tops, left)
                : line(from, to, rank, tops, left, right));
      }
    }
    return new Result(
        List.copyOf(x),
        List.copyOf(y),
        right - left,
        tops[ranks.size()] - BETWEEN,
        List.copyOf(lines));
  }

  /** From the lane of what is read. */
  private Line branch(int from, int to, int[] rank, double[] tops, double left) {
    List<Place> lane = lanes.getOrDefault(from, List.of());
    Place above = lane.get(rank[to] - 1 - lane.get(0).rank);
    return new Line(
        from,
        to,
        List.of(above.x - left, tops[rank[to]] - BETWEEN, boxes.get(to).x - left, tops[rank[to]]));
  }

  private Line line(int from, int to, int[] rank, double[] tops, double left, double right) {
    List<Double> points = new ArrayList<>();
    if (from < 0) {
      points.addAll(List.of((right - left) / 2, -BETWEEN));
    } else {
      points.addAll(List.of(boxes.get(from).x - left, tops[rank[from]] + heights[from]));
    }
    for (Place point : lanes.getOrDefault(from, List.of())) {
      if (point.rank < rank[to]) {
        points.addAll(List.of(point.x - left, tops[point.rank]));
        points.addAll(List.of(point.x - left, tops[point.rank + 1] - BETWEEN));
      }
    }
    points.addAll(List.of(boxes.get(to).x - left, tops[rank[to]]));
    return new Line(from, to, List.copyOf(points));
  }
}
