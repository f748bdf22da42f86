package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.model.config.HeldInputs;
import dev.picasso.model.config.InputSlot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which inputs of a model with several are explained, each while the others hold their pictures.
 *
 * @param all whether it is each that has a picture
 * @param names of those that are, else; none for the one that images go into
 */
public record ExplainedInputs(boolean all, List<String> names) {
  /** How requests and commands say that each is explained that has a picture. */
  public static final String EACH = "all";

  /** The one that images go into. */
  public static final ExplainedInputs SHOWN = new ExplainedInputs(false, List.of());

  /** Each that has a picture. */
  public static final ExplainedInputs ALL = new ExplainedInputs(true, List.of());

  public ExplainedInputs {
    names = names.stream().distinct().toList();
  }

  /** These, by their names; the one that images go into for none. */
  public static ExplainedInputs named(List<String> names) {
    return new ExplainedInputs(false, names);
  }

  /** Whether nobody asks for anything but the input that images go into. */
  public boolean isShown() {
    return !all && names.isEmpty();
  }

  /**
   * Those of a model, in the order of its file.
   *
   * @throws PicassoException if it has no such input, or one has no picture; told with what there
   *     is
   */
  public List<InputSlot> of(HeldInputs held) {
    if (isShown()) {
      return held.slots().stream().filter(InputSlot::explained).toList();
    }
    if (all) {
      return held.explainable();
    }
    names.forEach(name -> require(name, held));
    return held.slots().stream().filter(slot -> names.contains(slot.name())).toList();
  }

  private static void require(String name, HeldInputs held) {
    InputSlot slot =
        held.slots().stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new PicassoException(
                        "Inputs explained: the model has no input %s; those with a picture are %s."
                            .formatted(name, names(held))));
    if (slot.hasPicture()) {
      return;
    }
    String why =
        slot.takesImages()
            ? "%s holds %s, which is no picture"
                .formatted(
                    name, slot.holds().map(f -> String.valueOf(f.getFileName())).orElse("nothing"))
            : name + " " + slot.shape() + " takes no images";
    throw new PicassoException(
        "Inputs explained: %s, so there is no map of it; those with a picture are %s."
            .formatted(why, names(held)));
  }

  private static String names(HeldInputs held) {
    return held.explainable().stream().map(InputSlot::name).collect(Collectors.joining(", "));
  }
}
