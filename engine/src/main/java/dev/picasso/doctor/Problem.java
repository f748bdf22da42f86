package dev.picasso.doctor;

/**
 * Something that is wrong.
 *
 * @param text what is wrong and what to do, a sentence or two
 */
public record Problem(Kind kind, String text) {
  /** What is wrong. */
  public enum Kind {
    /** Pixels are given otherwise than in training. */
    INPUT,
    /** The model scales pixels itself, and they are scaled before it too. */
    SCALED_TWICE,
    /** Names of classes are not those of their numbers. */
    LABELS,
    /** The model was saved as it is while it is trained. */
    TRAINING,
    /** Nothing was learnt: the statistics are those of the beginning. */
    UNTRAINED,
    /** Every image gets the same class. */
    ONE_ANSWER
  }
}
