package dev.picasso.image.decode;

import java.util.Optional;

/**
 * What a walk through the parts of a file tells, without decoding any.
 *
 * @param orientation how the picture is to be turned
 * @param fault why the file should not be decoded: cut off, or made to take very long
 */
record Survey(Orientation orientation, Optional<String> fault) {
  static final String CUT_OFF = "the file is cut off";

  static Survey sound(Orientation orientation) {
    return new Survey(orientation, Optional.empty());
  }

  static Survey faulty(String fault) {
    return new Survey(Orientation.UPRIGHT, Optional.of(fault));
  }
}
