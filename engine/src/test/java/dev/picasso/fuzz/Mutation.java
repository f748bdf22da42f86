package dev.picasso.fuzz;

/** One way to damage the bytes of a file. */
@FunctionalInterface
interface Mutation {
  /**
   * The damaged file.
   *
   * @param content left as it is
   */
  byte[] of(byte[] content, Dice dice);
}
