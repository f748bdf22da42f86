package dev.picasso.doctor;

/**
 * One question about the input of a network, answered.
 *
 * @param answer in words, as in "−1 to 1"
 * @param probability of the answer, from 0 to 1
 */
public record Aspect(String answer, double probability) {
  /** How sure an answer is. */
  public enum Certainty {
    /** At least 19 of 20 such answers are right. */
    SURE("sure"),
    /** About 4 of 5 are right, or more. */
    LIKELY("likely"),
    /** Nothing to act upon. */
    OPEN("cannot tell");

    private final String words;

    Certainty(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  private static final double SURE = .95;
  private static final double LIKELY = .8;

  /** How sure the answer is. */
  public Certainty certainty() {
    return probability >= SURE
        ? Certainty.SURE
        : probability >= LIKELY ? Certainty.LIKELY : Certainty.OPEN;
  }

  boolean isSure() {
    return certainty() == Certainty.SURE;
  }

  /** No more than so probable. */
  Aspect atMost(double most) {
    return probability <= most ? this : new Aspect(answer, most);
  }

  /** Whether the answer is worth acting upon. */
  public boolean isAnswered() {
    return certainty() != Certainty.OPEN;
  }
}
