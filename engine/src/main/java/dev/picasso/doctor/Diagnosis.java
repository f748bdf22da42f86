package dev.picasso.doctor;

import dev.picasso.image.Preprocessing;
import java.util.List;
import java.util.Optional;

/**
 * What the doctor found.
 *
 * @param given how the model is given images
 * @param repaired how it should be, as far as that was answered; the same where nothing is wrong
 * @param pixels which numbers pixels are
 * @param order which channel comes first; empty for grey
 * @param inversion whether black becomes what white is
 * @param ranked all inputs that were tried, the most probable first
 * @param fits whether any input that was tried makes activations like those of training; true where
 *     the network has kept nothing of them
 * @param rests what the answers rest on, a sentence each
 * @param problems what is wrong, the gravest first
 */
public record Diagnosis(
    Preprocessing given,
    Preprocessing repaired,
    Aspect pixels,
    Optional<Aspect> order,
    Aspect inversion,
    List<Ranked> ranked,
    boolean fits,
    List<String> rests,
    List<Problem> problems) {
  public Diagnosis {
    ranked = List.copyOf(ranked);
    rests = List.copyOf(rests);
    problems = List.copyOf(problems);
  }

  Diagnosis with(List<Problem> found) {
    return new Diagnosis(given, repaired, pixels, order, inversion, ranked, fits, rests, found);
  }

  /** Whether images should be given otherwise than they are. */
  public boolean isRepaired() {
    return !repaired.equals(given);
  }

  /** Whether nothing was changed that is less than sure. */
  public boolean isSure() {
    boolean turned = (repaired.scale() < 0) != (given.scale() < 0);
    boolean ordered = repaired.colour() != given.colour();
    boolean scaled = !Scaling.of("", "", repaired, 0).isLike(Scaling.of("", "", given, 0));
    return (!turned || inversion.isSure())
        && (!ordered || order.filter(o -> !o.isSure()).isEmpty())
        && (!scaled || pixels.isSure());
  }

  /** Whether it can be told which numbers pixels are. */
  public boolean isAnswered() {
    return pixels.isAnswered();
  }
}
