package dev.picasso.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
  enum Fill {
    GREY,
    DEEP_BLACK
  }

  record Settings(
      @Label("Window, share of the side") @Range(min = .01, max = .9) double window,
      @Range(min = 2, max = 60) int perSide,
      Fill fill,
      boolean drop,
      String layer,
      @Range(min = 1, max = 100) OptionalInt steps) {}

  private final Schema<Settings> schema =
      Schema.of(new Settings(.5, 2, Fill.GREY, false, "", OptionalInt.empty()));

  @Test
  void everyComponentBecomesAField() {
    assertThat(schema.fields())
        .extracting(Field::option, Field::label, Field::kind, Field::initial)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "window", "Window, share of the side", Field.Kind.NUMBER, "0.5"),
            org.assertj.core.groups.Tuple.tuple("per-side", "Per side", Field.Kind.INTEGER, "2"),
            org.assertj.core.groups.Tuple.tuple("fill", "Fill", Field.Kind.CHOICE, "grey"),
            org.assertj.core.groups.Tuple.tuple("drop", "Drop", Field.Kind.FLAG, "false"),
            org.assertj.core.groups.Tuple.tuple("layer", "Layer", Field.Kind.TEXT, ""),
            org.assertj.core.groups.Tuple.tuple(
                "steps", "Steps", Field.Kind.OPTIONAL_INTEGER, "auto"));
    assertThat(schema.fields().get(2).choices()).containsExactly("grey", "deep-black");
  }

  @Test
  void namesAndChoicesAreTakenInAnyCase() {
    Settings settings =
        schema.parse(
            "Test",
            Map.of(
                "PER-SIDE",
                "10",
                "Fill",
                "Deep_Black",
                "drop",
                "TRUE",
                "layer",
                "conv1",
                "steps",
                "7"));
    assertThat(settings)
        .isEqualTo(new Settings(.5, 10, Fill.DEEP_BLACK, true, "conv1", OptionalInt.of(7)));
    assertThat(schema.parse("Test", schema.toMap(settings))).isEqualTo(settings);
    assertThat(schema.parse("Test", Map.of("steps", "AUTO"))).isEqualTo(schema.defaults());
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("window", "1.4", "Test: window is 1.4; it must be between 0.01 and 0.9."),
        Arguments.of("window", "NaN", "Test: window is NaN; it must be between 0.01 and 0.9."),
        Arguments.of("window", "", "Test: window is empty; it must be between 0.01 and 0.9."),
        Arguments.of(
            "perSide", "2.5", "Test: perSide is 2.5; it must be a whole number between 2 and 60."),
        Arguments.of(
            "steps",
            "0",
            "Test: steps is 0; it must be a whole number between 1 and 100, or auto."),
        Arguments.of(
            "steps",
            "many",
            "Test: steps is many; it must be a whole number between 1 and 100, or auto."),
        Arguments.of("fill", "red", "Test: fill is red; it must be one of grey, deep-black."),
        Arguments.of("drop", "yes", "Test: drop is yes; it must be one of true, false."),
        Arguments.of("windw", "1", "Test: there is no setting windw; did you mean window?"),
        Arguments.of(
            "zzzzzzzzz",
            "1",
            "Test: there is no setting zzzzzzzzz; there are window, perSide, fill, drop, layer,"
                + " steps."));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("wrong")
  void aWrongSettingIsNamedWithWhatIsAllowed(String name, String value, String message) {
    assertThatThrownBy(() -> schema.parse("Test", Map.of(name, value)))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  @Test
  void allWrongSettingsAreNamedAtOnce() {
    assertThatThrownBy(() -> schema.parse("Test", Map.of("window", "7", "fill", "red")))
        .hasMessageContaining("window is 7")
        .hasMessageContaining("fill is red");
  }
}
