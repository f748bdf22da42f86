package dev.picasso.model.foreign;

import java.util.function.Function;
import java.util.function.Predicate;

/** A kind of files: how one is told, and what is said of it. */
record Kind(Predicate<Sample> matches, Function<Sample, ForeignFile> says) {
  static Kind of(Predicate<Sample> matches, ForeignFile file) {
    return new Kind(matches, sample -> file);
  }
}
