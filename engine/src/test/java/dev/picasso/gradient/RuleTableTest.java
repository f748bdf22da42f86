package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.shape.ShapeInference;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    Set<String> tried = cases().map(OpCase::op).collect(Collectors.toSet());
    tried.addAll(DifferentiatorTest.COMPARISONS);
    tried.addAll(DifferentiatorTest.QUESTIONS);
    tried.addAll(DifferentiatorTest.PLACES);
    tried.addAll(DifferentiatorTest.STOPS);
    tried.addAll(DifferentiatorTest.DRAWS);
    assertThat(tried).containsAll(RuleSet.plain().ops());
  }

  /** What importers can emit has a rule, is declared zero, or stands here with the reason. */
  @Test
  void everyOperatorWithAForwardPassHasARuleOrAReason() {
    Map<String, String> withoutRule =
        Map.of(
            "And", "takes no numbers",
            "Or", "takes no numbers",
            "Xor", "takes no numbers",
            "Not", "takes no numbers",
            "BitShift", "takes integers only",
            "ConstantOfShape", "takes integers only",
            "OneHot", "takes integers and two constants");
    Set<String> unknown = new TreeSet<>(ShapeInference.standard().ops());
    unknown.removeAll(RuleSet.plain().ops());
    assertThat(unknown).isEqualTo(new TreeSet<>(withoutRule.keySet()));
  }
}
