package dev.picasso.attribution;

/** Which number of a target is differentiated. */
public enum Quantity {
  /** The score before the final softmax or sigmoid. */
  LOGITS,
  /** The probability after it. */
  PROBABILITIES
}
