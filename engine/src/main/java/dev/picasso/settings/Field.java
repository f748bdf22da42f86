package dev.picasso.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One setting, as forms, schemas and command lines need it.
 *
 * @param name the record's component, as in "perSide"
 * @param label for people
 * @param help a sentence, or empty
 * @param choices all allowed values where they are few; empty for numbers and text
 * @param suggested values that a form offers, others being allowed
 * @param initial the default, as text
 */
public record Field(
    String name,
    String label,
    String help,
    Kind kind,
    List<String> choices,
    List<String> suggested,
    Optional<Bounds> bounds,
    String initial) {

  /** What people write where the method is to choose. */
  public static final String AUTOMATIC = "auto";

  /** What a setting holds. */
  public enum Kind {
    CHOICE,
    FLAG,
    INTEGER,
    NUMBER,
    TEXT,
    /** One of the layers of the model, or {@value LayerChoice#AUTOMATIC}. */
    LAYER,
    /** A whole number, or {@value #AUTOMATIC} for as many as it takes. */
    OPTIONAL_INTEGER,
    /** Places of a picture, for models whose output is a map of classes: {@link RegionChoice}. */
    REGION
  }

  /** Least and greatest value of a number. */
  public record Bounds(double min, double max) {}

  public Field {
    choices = List.copyOf(choices);
    suggested = List.copyOf(suggested);
  }

  /** The name as an option, as in "per-side". */
  public String option() {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
