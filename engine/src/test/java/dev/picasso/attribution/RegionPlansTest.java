package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.Stop;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionPlansTest {
  @TempDir Path folder;

  private Model model;

  @BeforeEach
  void convolutions() throws IOException {
    model =
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 3, 64, 64),
            (g, x) -> g.mean(conv(g, conv(g, conv(g, x, 16), 32), 32), false, 2, 3));
  }

  private static Value conv(GraphBuilder g, Value x, int out) {
    int in = Math.toIntExact(x.dim(1));
    return g.conv(
        x,
        g.constant("w", Tensor.of(new float[out * in * 9], out, in, 3, 3)),
        Optional.empty(),
        Attributes.of("pads", new long[] {1, 1, 1, 1}));
  }

  private Regional of(int size, double cap) {
    return Regional.of(model, Forward.SCORES, size, size, cap).orElseThrow();
  }

  @Test
  void aModelIsPlannedOnceForWindowsOfAboutOneSize() {
    RegionPlans plans = new RegionPlans(model);
    RegionPlans.Planned first = plans.of(of(8, 1));
    assertThat(first.program()).isPresent();
    assertThat(plans.of(of(9, 1))).isSameAs(first);
    assertThat(plans.of(of(40, 1))).isNotSameAs(first);
    assertThat(plans.of(of(8, .5))).isNotSameAs(first);
  }

  @Test
  void whoStopsTheWorkHasThePlansOfTheOthersAndAnotherModelHasItsOwn() {
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults());
        Explainer another = explainer.of(model)) {
      RegionPlans.Planned planned = explainer.plans().of(of(8, 1));
      assertThat(explainer.stoppedBy(new Stop()).plans().of(of(8, 1))).isSameAs(planned);
      assertThat(another.plans().of(of(8, 1))).isNotSameAs(planned);
    }
  }

  @Test
  void thoseThatWereNotUsedForLongestGiveWay() {
    RegionPlans plans = new RegionPlans(model);
    RegionPlans.Planned first = plans.of(of(8, 1));
    RegionPlans.Planned second = plans.of(of(8, .9));
    for (int i = 0; i < RegionPlans.MOST - 1; i++) {
      plans.of(of(8, .5 + i / 100.));
      assertThat(plans.of(of(8, 1))).isSameAs(first);
    }
    assertThat(plans.of(of(8, .9))).isNotSameAs(second);
  }
}
