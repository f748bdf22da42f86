package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.image.HeatMap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleTest {
  private static final float NAN = Float.NaN;

  private static HeatMap row(float... values) {
    return HeatMap.of(values.length, 1, values);
  }

  static Stream<Arguments> scales() {
    HeatMap four = row(0, -1, 2, 4);
    // As numpy.percentile(abs(values), q) has it.
    return Stream.of(
        Arguments.of(List.of(four), 100, 4.),
        Arguments.of(List.of(four), 50, 1.5),
        Arguments.of(List.of(four), 90, 3.4),
        Arguments.of(List.of(four, row(10)), 75, 4.),
        Arguments.of(List.of(row(3, NAN, Float.POSITIVE_INFINITY)), 99.5, 3.),
        Arguments.of(List.of(row(NAN)), 99.5, 0.));
  }

  @ParameterizedTest
  @MethodSource("scales")
  void aScaleEndsAtAPercentileOfAllItsMaps(List<HeatMap> maps, double percentile, double end) {
    Scale one = Scale.of(maps, ColourMap.INFERNO, percentile);
    assertThat(one.low()).isZero();
    assertThat(one.high()).isCloseTo(end, within(1e-6));
    Scale both = Scale.of(maps, ColourMap.DIVERGING, percentile);
    assertThat(both.low()).isCloseTo(-end, within(1e-6));
    assertThat(both.high()).isCloseTo(end, within(1e-6));
  }

  @Test
  void aMapOfFewPointsIsNotClippedAway() {
    float[] values = new float[1000];
    values[17] = 3;
    Scale scale = Scale.of(List.of(row(values)), ColourMap.INFERNO, 99.5);
    assertThat(scale.high()).isEqualTo(3);
    assertThat(scale.isClipped()).isFalse();
    assertThat(scale.clippingText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "99.5, clipped at the 99.5th percentile",
    "99, clipped at the 99th percentile",
    "91, clipped at the 91st percentile",
    "99.1, clipped at the 99.1st percentile",
    "92, clipped at the 92nd percentile",
    "93, clipped at the 93rd percentile",
    "12, clipped at the 12th percentile"
  })
  void aColourBarSaysWhereItWasClipped(double percentile, String text) {
    assertThat(new Scale(ColourMap.INFERNO, 0, 1, percentile).clippingText()).isEqualTo(text);
  }

  @Test
  void strengthIsAShareOfTheScale() {
    Scale one = new Scale(ColourMap.VIRIDIS, 0, 4);
    assertThat(one.strength(1)).isEqualTo(.25);
    assertThat(one.strength(9)).isEqualTo(1);
    assertThat(one.strength(NAN)).isZero();
    assertThat(one.number(.25)).isEqualTo(1);
    Scale both = new Scale(ColourMap.PURPLE_ORANGE, -4, 4);
    assertThat(both.strength(1)).isEqualTo(.25);
    assertThat(both.strength(-2)).isEqualTo(-.5);
    assertThat(both.strength(-5)).isEqualTo(-1);
    assertThat(both.number(-.5)).isEqualTo(-2);
    assertThat(new Scale(ColourMap.GREY, 2, 2).strength(2)).isZero();
  }

  @ParameterizedTest
  @EnumSource(ColourMap.class)
  void coloursGoFromTheFirstToTheLast(ColourMap colours) {
    Scale scale = new Scale(colours, -1, 1);
    List<Integer> stops = colours.stops();
    assertThat(scale.rgb(-7)).isEqualTo(stops.get(0));
    assertThat(scale.rgb(7)).isEqualTo(stops.get(stops.size() - 1));
    int[] middle = {scale.rgb(0) >> 16 & 255, scale.rgb(0) >> 8 & 255, scale.rgb(0) & 255};
    boolean neutral = Arrays.stream(middle).allMatch(c -> c > 230);
    assertThat(neutral).isEqualTo(colours.isDiverging());
  }
}
