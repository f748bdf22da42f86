package dev.picasso.belief;

import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import java.util.List;
import java.util.Optional;

/**
 * A test whether a map may be believed. It is a value: a record whose components are its settings,
 * and whose constructor without arguments gives their defaults. A check is one file; found by
 * {@link java.util.ServiceLoader}, it is on the page, in the REST interface, in {@code picasso
 * check} and in the list of checks.
 */
public interface Check {
  /** Short and unique, as in "deletion". */
  String id();

  /** For people, as in "Deletion and insertion". */
  String title();

  /** What it tells, in a sentence for somebody who does not know it. */
  String description();

  /** The paper, where there is one. */
  default Optional<Reference> reference() {
    return Optional.empty();
  }

  /** What it costs. */
  default Effort effort() {
    return Effort.QUICK;
  }

  /**
   * The names of the numbers that it can find ({@link Measure#name}), so that a mistyped one is
   * told before the work begins; empty where they are not known before.
   */
  default List<String> measures() {
    return List.of();
  }

  /** How long a check takes, in runs of the model. */
  enum Effort {
    /** A hundred runs of the model at most, and the map itself a few times. */
    QUICK,
    /** More. */
    LONG
  }

  /**
   * Checks a map.
   *
   * @param subject the map, and what it takes to ask the model and the method again
   * @param progress is told how far the work is
   * @throws dev.picasso.attribution.InapplicableException if this cannot be asked of this map, in
   *     words
   */
  Finding check(Subject subject, Progress progress);
}
