package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.Tensor;

/** What is known of a tensor of a TensorFlow graph while it is read. */
sealed interface Known {
  /** It is computed from what the model sees. */
  record Flow(LaidOut value) implements Known {}

  /** It has these numbers: floats as FLOAT, whole numbers as INT64, truths as BOOL. */
  record Numbers(Tensor tensor) implements Known {}

  /**
   * It stands for a variable.
   *
   * @param node the variable's node
   */
  record Variable(Ref node) implements Known {}

  /**
   * It is drawn at random.
   *
   * @param mask whether it was compared or rounded, as what drops elements out
   * @param scaled whether such a mask was scaled, so that what it meets was not
   */
  record Random(boolean mask, boolean scaled) implements Known {}

  /** It is text, a table, an iterator: nothing that our graphs compute with. */
  record Foreign(String what) implements Known {}

  /** It lies in a branch that is not taken. */
  record Dead() implements Known {}

  /** It could not be made, for a reason that was told. */
  record Failed() implements Known {}

  /** It was not asked for. */
  record Unread() implements Known {}
}
