package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of equal value, found in squares of neighbouring values (marching squares). There are none
 * where one of the four is no number.
 *
 * @param map as large as what is drawn on
 */
record Contours(HeatMap map, Scale scale) {
  /** About as many squares a side; more would show the noise of the enlargement. */
  private static final int SQUARES = 400;

  /** Draws on a picture, and returns it. */
  BufferedImage drawOver(BufferedImage image, List<Double> levels) {
    if (!(scale.high() > scale.low())) {
      return image;
    }
    List<Double> strengths = new ArrayList<>(levels);
    if (scale.colours().isDiverging()) {
      levels.forEach(level -> strengths.add(-level));
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double width = Line.width(image);
    for (double strength : strengths) {
      double number = scale.number(strength);
      int colour = scale.rgb((float) number);
      Path2D lines = lines(number);
      stroke(graphics, lines, width + 2 * Line.edge(image), Line.edgeOf(colour));
      stroke(graphics, lines, width, colour);
    }
    graphics.dispose();
    return image;
  }

  private static void stroke(Graphics2D graphics, Path2D lines, double width, int colour) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(lines);
  }

  private Path2D lines(double number) {
    Path2D lines = new Path2D.Float();
    int step = Math.max(1, Math.max(map.width(), map.height()) / SQUARES);
    for (int y = 0; y < map.height() - 1; y += step) {
      for (int x = 0; x < map.width() - 1; x += step) {
        int right = Math.min(x + step, map.width() - 1);
        int below = Math.min(y + step, map.height() - 1);
        add(lines, number, x, y, right, below);
      }
    }
    return lines;
  }

  /**
   * Adds what lies in one square. Its corners and edges are counted clockwise from the top left.
   */
  private void add(Path2D lines, double number, int left, int top, int right, int bottom) {
    int[] xs = {left, right, right, left};
    int[] ys = {top, top, bottom, bottom};
    double[] values = new double[4];
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      values[i] = map.at(xs[i], ys[i]) - number;
      sum += values[i];
    }
    if (!Double.isFinite(sum)) {
      return;
    }
    List<Integer> crossed = new ArrayList<>(4);
    for (int i = 0; i < 4; i++) {
      if (values[i] < 0 != values[(i + 1) % 4] < 0) {
        crossed.add(i);
      }
    }
    // Where all four edges are crossed, the middle says which corners are cut off.
    boolean cutFirst = crossed.size() == 4 && (sum < 0 != values[0] < 0);
    for (int i = 0; i < crossed.size(); i += 2) {
      int from = crossed.get(cutFirst ? (i + 3) % 4 : i);
      int to = crossed.get(cutFirst ? i : i + 1);
      moveOrDraw(lines, values, xs, ys, from, true);
      moveOrDraw(lines, values, xs, ys, to, false);
    }
  }

  /** The place on an edge at which the number is reached, in the middles of pixels. */
  private static void moveOrDraw(
      Path2D lines, double[] values, int[] xs, int[] ys, int edge, boolean move) {
    int next = (edge + 1) % 4;
    double share = values[edge] / (values[edge] - values[next]);
    double x = .5 + xs[edge] + share * (xs[next] - xs[edge]);
    double y = .5 + ys[edge] + share * (ys[next] - ys[edge]);
    if (move) {
      lines.moveTo(x, y);
    } else {
      lines.lineTo(x, y);
    }
  }
}
