package dev.picasso.belief;

import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;

/**
 * How parts of an image are taken out: the settings that checks have in common.
 *
 * @param block side of the squares that go together, in pixels of the model's input; 0 for a 28th
 *     of the shorter side
 * @param substrate what is in their place
 */
public record Removing(
    @Label(
            value = "Block",
            help =
                "Side of the squares that are taken out together, in pixels of the model's input; 1"
                    + " for single pixels, 0 for a 28th of the shorter side.")
        @Range(min = 0, max = 512)
        @Suggested({"0", "1", "8", "16"})
        int block,
    @Label(value = "Substrate", help = "What is put in the place of pixels that are taken out.")
        Substrate substrate) {

  /** The usual way. */
  public Removing() {
    this(0, Substrate.BLUR);
  }

  Blocks blocks(Subject subject) {
    return Blocks.of(subject.input(), block);
  }

  Filling filling(Subject subject) {
    return substrate.of(subject.input(), subject.x(), subject.seed());
  }

  /** In words, as in "blocks of 8 × 8 pixels, replaced by the picture blurred". */
  String words(Subject subject) {
    return blocks(subject).words() + ", replaced by " + substrate.words();
  }
}
