package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTableTest {
  static Stream<OpCase> cases() {
    return Stream.of(ElementwiseCases.all(), SpatialCases.all(), StructureCases.all())
        .flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientAgreesWithFiniteDifferences(OpCase row) {
    FiniteDifference.check(row);
  }

  @Test
  void everyRuleHasACase() {
    assertThat(cases().map(OpCase::op).collect(Collectors.toSet()))
        .containsAll(RuleSet.plain().ops());
  }
}
