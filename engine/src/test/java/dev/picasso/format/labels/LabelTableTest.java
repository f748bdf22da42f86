package dev.picasso.format.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row of a table is about an image. */
class LabelTableTest {
  private static final Function<String, Optional<String>> FINDER =
      LabelTable.parse(
              """
              image,label
              1.png,anywhere
              cats/1.png,cat
              data/dogs/1.png,dog
              set\\2.png,two
              bare,ending
              x/folder,not a file
              cats/1.png,second
              """)
          .finder();

  @ParameterizedTest
  @CsvSource({
    "cats/1.png, cat",
    "more/cats/1.png, cat",
    "dogs/1.png, dog",
    "birds/1.png, anywhere",
    "set/2.png, two",
    "2.png, two",
    "bare.tar.gz, ending",
    "far/bare.png, ending"
  })
  void theOneThatNamesMostOfItTells(String image, String label) {
    assertThat(FINDER.apply(image)).contains(label);
  }

  @Test
  void noneTellsWhatItDoesNotName() {
    assertThat(FINDER.apply("folder.png")).isEmpty();
    assertThat(FINDER.apply("11.png")).isEmpty();
    assertThat(FINDER.apply("barely.png")).isEmpty();
  }
}
