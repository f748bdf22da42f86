package dev.picasso.image.decode;

import java.util.Optional;

/**
 * What a walk through the parts of a file tells, without decoding any.
 *
 * @param orientation how the picture is to be turned
 * @param fault why the file should not be decoded: cut off, or made to take very long
 * @param fourthIsData whether a fourth channel is no transparency, such as near infrared
 * @param planes whether four channels lie one behind the other, the last of them data
 */
record Survey(
    Orientation orientation, Optional<String> fault, boolean fourthIsData, boolean planes) {
  static final String CUT_OFF = "the file is cut off";

  static Survey sound(Orientation orientation) {
    return new Survey(orientation, Optional.empty(), false, false);
  }

  static Survey faulty(String fault) {
    return new Survey(Orientation.UPRIGHT, Optional.of(fault), false, false);
  }
}
