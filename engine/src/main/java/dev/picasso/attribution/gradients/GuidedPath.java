package dev.picasso.attribution.gradients;

/**
 * A way from a baseline to an image, a step at a time, on which the numbers with the smallest
 * gradient move first; and what the gradients on it amount to.
 */
final class GuidedPath {
  /** How far a number may be from the straight way, as a share of its own way. */
  private static final double FAR = .02;

  private static final double SAME = 1e-9;

  private final float[] end;
  private final float[] start;
  private final double fraction;
  private final double length;
  private final double[] place;
  private final double[] gathered;

  GuidedPath(float[] end, float[] start, double fraction) {
    this.end = end;
    this.start = start;
    this.fraction = fraction;
    this.place = new double[end.length];
    this.gathered = new double[end.length];
    for (int i = 0; i < end.length; i++) {
      place[i] = start[i];
    }
    this.length = left();
  }

  /** Where the way is now. */
  float[] place() {
    float[] now = new float[place.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = (float) place[i];
    }
    return now;
  }

  /** Σ of moves times the gradient before them, for each number. */
  double[] gathered() {
    return gathered.clone();
  }

  /** How far it is to the end, all numbers together. */
  private double left() {
    double sum = 0;
    for (int i = 0; i < place.length; i++) {
      sum += Math.abs(place[i] - end[i]);
    }
    return sum;
  }

  private double at(int i, double share) {
    return start[i] + share * ((double) end[i] - start[i]);
  }

  /**
   * Goes on until as much of the way is left as after so many steps of equal length.
   *
   * @param gradients at {@link #place}
   */
  void step(float[] gradients, int step, int steps) {
    double share = (step + 1.) / steps;
    double least = Math.max(share - FAR, 0);
    double most = Math.min(share + FAR, 1);
    double target = length * (1 - share);
    double[] size = new double[gradients.length];
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.abs((double) gradients[i]);
      if (Double.isNaN(size[i])) {
        size[i] =
            Double.POSITIVE_INFINITY; // moved by the bounds alone; its share of the map is NaN
      }
    }
    boolean more = length > 0;
    while (more) {
      catchUp(gradients, least);
      double ahead = left() - target;
      more = Math.abs(ahead) > SAME * Math.max(1, target) && move(gradients, size, most, ahead);
    }
  }

  /** Numbers that are behind the bound are put there. */
  private void catchUp(float[] gradients, double least) {
    for (int i = 0; i < place.length; i++) {
      double way = (double) end[i] - start[i];
      if (way != 0 && (place[i] - start[i]) / way < least) {
        put(i, at(i, least), gradients);
      }
    }
  }

  /**
   * Moves the numbers of the smallest gradients towards their bound.
   *
   * @return whether another move is needed
   */
  private boolean move(float[] gradients, double[] size, double most, double ahead) {
    for (int i = 0; i < place.length; i++) {
      if (place[i] == at(i, most)) {
        size[i] = Double.POSITIVE_INFINITY;
      }
    }
    double threshold = Order.smallest(size, (int) (fraction * (size.length - 1)));
    double room = 0;
    for (int i = 0; i < place.length; i++) {
      room += moves(size[i], threshold) ? Math.abs(place[i] - at(i, most)) : 0;
    }
    if (room == 0) {
      return false;
    }
    double share = Math.min(1, ahead / room);
    for (int i = 0; i < place.length; i++) {
      if (moves(size[i], threshold)) {
        double bound = at(i, most);
        put(i, share == 1 ? bound : place[i] + share * (bound - place[i]), gradients);
      }
    }
    return ahead > room;
  }

  private static boolean moves(double size, double threshold) {
    return size <= threshold && size != Double.POSITIVE_INFINITY;
  }

  private void put(int i, double to, float[] gradients) {
    gathered[i] += (to - place[i]) * gradients[i];
    place[i] = to;
  }
}
