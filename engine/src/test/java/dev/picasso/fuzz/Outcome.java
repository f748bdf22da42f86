package dev.picasso.fuzz;

/** What became of a damaged model. */
sealed interface Outcome {
  /** It was read. */
  record Loaded() implements Outcome {}

  /** It was refused in words. */
  record Refused(String message) implements Outcome {}

  /** Something else happened. */
  record Broken(Throwable error) implements Outcome {}
}
