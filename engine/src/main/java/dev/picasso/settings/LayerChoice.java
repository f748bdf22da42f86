package dev.picasso.settings;

import java.util.Optional;

/**
 * A setting whose choices are the layers of the model at hand.
 *
 * @param name of a layer, as the model's file has it; empty for the one that the method would
 *     choose itself
 */
public record LayerChoice(Optional<String> name) {
  /** What people write for the layer that the method chooses. */
  public static final String AUTOMATIC = Field.AUTOMATIC;

  /** The layer that the method chooses. */
  public static LayerChoice automatic() {
    return new LayerChoice(Optional.empty());
  }

  /** The layer of that name. */
  public static LayerChoice of(String name) {
    return name.isEmpty() || name.equals(AUTOMATIC)
        ? automatic()
        : new LayerChoice(Optional.of(name));
  }

  /** As people write it: a name, or {@value #AUTOMATIC}. */
  @Override
  public String toString() {
    return name.orElse(AUTOMATIC);
  }
}
