package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.perturbation.Occlusion;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Window;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.region.RegionPlan;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialWorkTest {
  @TempDir Path folder;

  private static Value conv(GraphBuilder g, Value x, int out) {
    float[] w = new float[Math.toIntExact(out * x.dim(1) * 9)];
    for (int i = 0; i < w.length; i++) {
      w[i] = i % 7 - 3;
    }
    return g.conv(
        x,
        g.constant("w", Tensor.of(w, out, x.dim(1), 3, 3)),
        Optional.empty(),
        Attributes.of("pads", new long[] {1, 1, 1, 1}));
  }

  private Model model(BiFunction<GraphBuilder, Value, Value> layers) throws IOException {
    return SmallModels.of(
        folder, Shape.of(Shape.BATCH, 3, 64, 64), (g, x) -> layers.apply(g, conv(g, x, 16)));
  }

  private static Value mean(GraphBuilder g, Value x) {
    return g.mean(x, false, 2, 3);
  }

  private static PartialWork of(Model model, int patch, RegionUse regions) {
    return PartialWork.of(model, new Occlusion(patch, 4, "0", 0, regions, 1));
  }

  @Test
  void convolutionsAreComputedInPartUpToTheirMean() throws IOException {
    Model model = model((g, x) -> mean(g, conv(g, conv(g, x, 32), 32)));
    PartialWork work = of(model, 8, RegionUse.AUTO);
    assertThat(work.whole()).isEmpty();
    assertThat(work.window()).isEqualTo(new Window(0, 0, 8, 8));
    PartialWork.Planned planned = work.planned().orElseThrow();
    assertThat(planned.layers())
        .extracting(PartialWork.Layer::operator)
        .containsSubsequence("Conv", "Conv", "Conv", "ReduceMean");
    PartialWork.Layer second = planned.layers().get(1);
    assertThat(second.map()).contains(new PartialWork.Size(64, 64));
    assertThat(second.part().orElseThrow().rows()).isBetween(11.5, 12.);
    assertThat(second.share()).isBetween(.032, .036);
    assertThat(planned.layers().get(3).ending().orElseThrow())
        .startsWith("it makes each number from all places");
    assertThat(planned.gain()).isBetween(1.1, planned.bound() * 1.2);
    assertThat(planned.kept()).isGreaterThan(4 * 64 * 64 * 16);
  }

  @Test
  void anOperatorWithoutRegionsEndsThem() throws IOException {
    Model model = model((g, x) -> mean(g, conv(g, g.op("CumSum", x, g.longs(2)), 32)));
    PartialWork work = of(model, 8, RegionUse.AUTO);
    assertThat(work.whole().orElseThrow()).contains("times as fast; below 1.1 it does not pay.");
    assertThat(work.planned().orElseThrow().layers())
        .filteredOn(l -> l.operator().equals("CumSum"))
        .singleElement()
        .satisfies(l -> assertThat(l.ending().orElseThrow()).contains("no rule for parts of it"));
  }

  @Test
  void aPatchLargerThanTheImageRunsItWhole() throws IOException {
    Model model = model((g, x) -> mean(g, conv(g, x, 32)));
    PartialWork work = of(model, 500, RegionUse.AUTO);
    assertThat(work.window()).isEqualTo(new Window(0, 0, 64, 64));
    assertThat(work.whole()).isPresent();
  }

  @Test
  void tooLittleMemoryForTheMapsRunsItWhole() throws IOException {
    Model model = model((g, x) -> mean(g, conv(g, conv(g, x, 32), 32)));
    RegionPlan plan = Regional.of(model, Forward.SCORES, 8, 8, 1).orElseThrow().plan(model);
    assertThat(Regional.refusal(plan, 1L << 30)).isEmpty();
    assertThat(Regional.refusal(plan, 0).orElseThrow())
        .startsWith("The maps of the image as it is would take")
        .endsWith("there is memory for 0.");
  }

  @Test
  void offRunsItWhole() throws IOException {
    Model model = model((g, x) -> mean(g, conv(g, x, 32)));
    assertThat(of(model, 8, RegionUse.OFF).whole()).contains("Regions are set to off.");
  }

  @Test
  void whatIsNoMapOfPixelsRunsWhole() throws IOException {
    Model rows = ModelLoader.standard().load(ModelRequest.of(TestModel.FLAT.write(folder)));
    PartialWork work = of(rows, 4, RegionUse.AUTO);
    assertThat(work.planned()).isEmpty();
    assertThat(work.whole().orElseThrow()).contains("no axes of rows, columns and channels");
  }

  @Test
  void aFixedBatchRunsWhole() throws IOException {
    Model one =
        SmallModels.of(
            folder,
            Shape.of(1, 3, 16, 16),
            (g, x) ->
                g.reshape(g.op("CumSum", g.reshape(mean(g, conv(g, x, 4)), 4), g.longs(0)), 1, 4));
    assertThat(of(one, 4, RegionUse.AUTO).whole().orElseThrow()).contains("1 at a time");
  }
}
