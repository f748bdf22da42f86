package dev.picasso.doctor;

/**
 * How often a network is right.
 *
 * @param right how many images it takes for what they truly show
 * @param known of how many it is known
 */
public record Hits(int right, int known) {
  static final Hits NONE = new Hits(0, 0);

  /** Images of which people say another class than others do are among any. */
  private static final double LIKELIHOOD_OF_RIGHT = .75;

  /** Whether there are any to go by. */
  public boolean areKnown() {
    return known > 0;
  }

  /** From 0 to 1; 0 where nothing is known. */
  public double share() {
    return known == 0 ? 0 : (double) right / known;
  }

  /**
   * The logarithm of how likely so many are right where the input is that of training. How sure the
   * network is of each does not count: larger numbers make it surer.
   */
  double logLikelihood() {
    return right * Math.log(LIKELIHOOD_OF_RIGHT)
        + (known - right) * Math.log(1 - LIKELIHOOD_OF_RIGHT);
  }
}
