package dev.picasso.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainWordsTest {
  private static final Preprocessing GIVEN = Preprocessing.of(4, 4);
  private static final Preprocessing UNIT = GIVEN.scaled(1 / 255., 0);

  private static Optional<String> words(Preprocessing given, Preprocessing trained) {
    Aspect sure = new Aspect("0 to 1", 1);
    return PlainWords.of(
        new Diagnosis(
            given, trained, sure, Optional.of(sure), sure, List.of(), true, List.of(), List.of()));
  }

  @Test
  void numbersAreSaidAsTheyReachTheNetwork() {
    assertThat(words(UNIT, GIVEN.with(Preset.TF)))
        .contains(
            "The network was trained on pictures with numbers from −1 to 1 instead of 0 to 1.");
  }

  @Test
  void allThatDiffersStandsInOneSentence() {
    assertThat(words(UNIT, GIVEN.scaled(-1 / 127.5, 1).with(ColourMode.BGR)))
        .contains(
            "The network was trained on pictures with dark and bright exchanged, blue as the first"
                + " colour instead of red and numbers from −1 to 1 instead of 0 to 1.");
  }

  @Test
  void nothingIsSaidWhereNothingIsToBeChanged() {
    assertThat(words(UNIT, UNIT)).isEmpty();
  }
}
