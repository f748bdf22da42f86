package dev.picasso.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InfluenceTest {
  @Provide
  Arbitrary<List<Sweep>> sweeps() {
    Arbitrary<Sweep> one =
        Combinators.combine(
                Arbitraries.integers().between(1, 5),
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 2))
            .as((extent, stride, pad) -> new Sweep(extent, stride, Math.min(pad, extent - 1)));
    return one.list().ofMinSize(1).ofMaxSize(4);
  }

  /** Three numbers for a chain of windows tell just the cells that pixels reach step by step. */
  @Property(tries = 500)
  void reachesWhatAPixelReaches(
      @ForAll("sweeps") List<Sweep> sweeps,
      @ForAll @IntRange(min = 0, max = 30) int from,
      @ForAll @IntRange(min = 1, max = 12) int length) {
    int cells = 40;
    List<Boolean> changed = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      changed.add(from <= i && i < from + length);
    }
    Influence influence = Influence.PIXELS;
    boolean gaps = false;
    for (Sweep sweep : sweeps) {
      int outputs = (changed.size() + 2 * sweep.before() - sweep.extent()) / sweep.stride() + 1;
      if (outputs < 1 || changed.size() + 2 * sweep.before() < sweep.extent()) {
        return;
      }
      changed = behind(sweep, changed, outputs);
      influence = influence.through(sweep);
      gaps |= sweep.extent() < sweep.stride();
      // No window reads the last pixels: cells behind may be told, which costs time alone.
      gaps |= !changed.contains(true);
    }
    Span told = influence.of(new Span(from, from + length), changed.size());
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i)) {
        assertThat(told.holds(i)).as("cell %d of %s", i, told).isTrue();
      } else if (!gaps) {
        assertThat(told.holds(i)).as("cell %d of %s", i, told).isFalse();
      }
    }
  }

  private static List<Boolean> behind(Sweep sweep, List<Boolean> changed, int outputs) {
    List<Boolean> behind = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      boolean any = false;
      for (int i = sweep.start(o); i < sweep.start(o) + sweep.extent(); i++) {
        any |= i >= 0 && i < changed.size() && changed.get(i);
      }
      behind.add(any);
    }
    return behind;
  }

  @Test
  void pixelsThatNoWindowReadsMayReachCellsInTheCountOnly() {
    Sweep thirds = new Sweep(3, 3, 0);
    Influence influence = Influence.PIXELS.through(thirds);
    Span last = new Span(39, 40);
    assertThat(influence.of(last, 13).length()).isZero();
    assertThat(influence.through(new Sweep(3, 1, 1)).of(last, 13)).isEqualTo(new Span(12, 13));
  }

  @Test
  void aPatchBehindThreeConvolutionsIsThreePixelsWiderAtEachSide() {
    Sweep three = new Sweep(3, 1, 1);
    Influence influence = Influence.PIXELS.through(three).through(three).through(three);
    assertThat(influence.of(new Span(8, 24), 224)).isEqualTo(new Span(5, 27));
    assertThat(influence.of(new Span(0, 16), 224)).isEqualTo(new Span(0, 19));
  }

  @Test
  void halvedMapsTakePartsByThePhaseOfThePatch() {
    Influence pooled = Influence.PIXELS.through(new Sweep(2, 2, 0));
    assertThat(pooled.of(new Span(8, 24), 112)).isEqualTo(new Span(4, 12));
    assertThat(pooled.of(new Span(9, 25), 112)).isEqualTo(new Span(4, 13));
  }
}
