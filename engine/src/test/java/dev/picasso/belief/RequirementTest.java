package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
  private static final List<Check> CHECKS = List.of(new Completeness());

  @ParameterizedTest
  @CsvSource({
    "completeness.residual<=0.3, 0.3, true",
    "completeness.residual<=0.3, 0.31, false",
    "completeness.residual < 0.3, 0.3, false",
    "completeness.residual>=.3, 0.3, true",
    "completeness.residual>0.3, 0.3, false",
    "completeness.holds>=1, 1, true",
    "completeness.residual<=1, NaN, false",
  })
  void aNumberKeepsABoundOrNot(String text, double value, boolean kept) {
    assertThat(Requirement.parse(text, CHECKS).isKeptBy(value)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completeness.residul<1 | did you mean residual?",
        "completness.residual<1 | did you mean completeness?",
        "other.residual<1 | the check other is not made; made are completeness.",
        "residual<1 | is no requirement",
        "completeness.residual=1 | is no requirement",
        "completeness.residual<one | is no requirement",
        "completeness.residual<NaN | is no requirement",
      })
  void whatIsMistypedIsTold(String text, String words) {
    assertThatThrownBy(() -> Requirement.parse(text, CHECKS))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining(words);
  }

  @Test
  void itIsWrittenAsPeopleDo() {
    assertThat(Requirement.parse(" completeness.residual <= .30 ", CHECKS))
        .hasToString("completeness.residual<=0.3");
  }
}
