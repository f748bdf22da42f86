package dev.picasso.run;

import dev.picasso.visualization.Visualization;

/** Says what becomes of a fault, of ours or of a plugin's, that no words were made for. */
@FunctionalInterface
public interface Faults {
  /**
   * What to tell a person.
   *
   * @param image which was being explained
   */
  String words(Visualization<?> visualization, String image, Throwable fault);

  /** The fault itself, for programs. */
  static Faults told() {
    return (visualization, image, fault) -> visualization.title() + " failed: " + fault + ".";
  }
}
