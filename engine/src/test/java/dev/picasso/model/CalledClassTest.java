package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledClassTest {
  private static final List<String> NAMES =
      List.of("no tank", "tank", "tabby, tabby cat", "crane", "crane", "drake, bird", "hen, bird");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "tank, 1",
    "No_Tank, 0",
    "' TANK ', 1",
    "tabby-cat, 2",
    "tabby, 2",
    "'Tabby, tabby cat', 2",
    "drake, 5",
    "3, 3",
    "6, 6",
    "7, -1",
    "crane, -1",
    "bird, -1",
    "tan, -1",
    "'', -1",
    "'--', -1",
    "99999999999, -1"
  })
  void aClassIsFoundByWhatPeopleCallIt(String called, int index) {
    assertThat(CalledClass.find(NAMES, called).orElse(-1)).isEqualTo(index);
  }
}
