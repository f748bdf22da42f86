package dev.picasso.region;

import java.util.Optional;

/**
 * The part of a value that changes with some pixels.
 *
 * @param rows along its axis of rows
 * @param columns along its axis of columns
 * @param axes which these are
 */
public record Changed(Influence rows, Influence columns, Axes axes) {

  /** What either changes, of values whose rows and columns lie alike. */
  Optional<Changed> or(Changed other) {
    return axes.equals(other.axes)
        ? rows.or(other.rows)
            .flatMap(r -> columns.or(other.columns).map(c -> new Changed(r, c, axes)))
        : Optional.empty();
  }

  Changed through(Sweep down, Sweep across) {
    return new Changed(rows.through(down), columns.through(across), axes);
  }
}
