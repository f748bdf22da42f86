package dev.picasso.region;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts that are cut to a share of an axis lie about the middle of what changes. */
class CutTest {
  @ParameterizedTest
  @CsvSource({"1", ".7", ".4", ".1", ".01"})
  void aCutPartIsTheMiddleOfTheWhole(double cap) {
    Influence deep = new Influence(8, -60, 67);
    int cells = 20;
    int most = (int) Math.ceil(cap * cells);
    for (int from = 0; from + 16 <= 160; from++) {
      Span pixels = new Span(from, from + 16);
      Span all = deep.of(pixels, cells);
      Span cut = deep.of(pixels, cells, cap);
      assertThat(cut.length()).isBetween(1, most);
      assertThat(cut.from()).isGreaterThanOrEqualTo(all.from());
      assertThat(cut.to()).isLessThanOrEqualTo(all.to());
      if (cap == 1) {
        assertThat(cut).isEqualTo(all);
      }
      double middle = (cut.from() + cut.to()) / 2.;
      double patch = (from + 8) / 8.;
      assertThat(middle)
          .isBetween(patch - 1.5 - (most - cut.length()), patch + 1.5 + most - cut.length());
    }
  }
}
