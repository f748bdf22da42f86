package dev.picasso.app.web;

import dev.picasso.visualization.Visualization;
import java.util.Optional;

/** The template that a visualization brings for its rows, before any row is shown. */
public final class RowTemplate {
  private RowTemplate() {}

  /** Why it cannot be used, if so: it is not there, or is none. */
  public static Optional<String> problem(Visualization<?> visualization) {
    return new Templates().problem(visualization);
  }
}
