package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import java.util.List;

/**
 * An input that a network may have been trained on.
 *
 * @param blueFirst whether the channels stand blue, green, red
 * @param inverted whether black becomes what white was
 */
public record Candidate(Scaling scaling, boolean blueFirst, boolean inverted) {

  /** The same way of bringing pictures to size, with these numbers and this order. */
  public Preprocessing in(Preprocessing base) {
    ColourMode colour =
        switch (base.colour().channels()) {
          case 3 -> blueFirst ? ColourMode.BGR : ColourMode.RGB;
          case 4 -> blueFirst ? ColourMode.BGRA : ColourMode.RGBA;
          default -> ColourMode.GRAY;
        };
    return scaling.in(plain(base).with(colour), inverted);
  }

  private static Preprocessing plain(Preprocessing base) {
    return base.normalized(List.of(0.), List.of(1.));
  }

  /**
   * How probable it is before anything is measured. Most networks take red first; the prior says
   * less, so that it is no answer by itself. Who exchanges dark and bright has a reason for it.
   *
   * @param given how images are given now
   */
  double prior(Preprocessing given) {
    boolean colours = given.colour() != ColourMode.GRAY;
    double order = scaling.equals(Scaling.CAFFE) ? .6 : scaling.equals(Scaling.TORCH) ? .25 : .4;
    double turned = given.scale() < 0 ? .5 : colours ? .02 : .15;
    return scaling.prior()
        * (!colours ? 1 : blueFirst ? order : 1 - order)
        * (inverted ? turned : 1 - turned);
  }
}
