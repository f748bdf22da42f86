package dev.picasso.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionChoiceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto | auto",
        "'' | auto",
        "Predicted | predicted",
        "all | all",
        "12, 7 | 12,7",
        "12.5,7,30,40 | 12.5,7,30,40",
        "0,0,1,1 | 0,0,1,1"
      })
  void aRegionIsWrittenAsItIsRead(String given, String written) {
    RegionChoice region = RegionChoice.parse(given).orElseThrow();
    assertThat(region).hasToString(written);
    assertThat(RegionChoice.parse(written)).contains(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat",
        "1",
        "1,2,3",
        "1,2,3,4,5",
        "-1,2",
        "1,2,0,4",
        "1,2,3,-4",
        "1,x",
        "NaN,1",
        "1,Infinity",
        ","
      })
  void whatIsNoneIsNone(String given) {
    assertThat(RegionChoice.parse(given)).isEmpty();
  }
}
