package dev.picasso.attribution.gradients;

import static dev.picasso.attribution.SmallModels.linear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaliencyTest {
  @TempDir Path folder;

  /** Pixel (1, 0) of three colours has the gradient (1, −3, 2), in either layout. */
  @ParameterizedTest
  @CsvSource({
    "MAX_OF_ABSOLUTE, true, 3", "ABSOLUTE_OF_MAX, true, 2", "SUM, true, 0",
    "MAX_OF_ABSOLUTE, false, 3", "ABSOLUTE_OF_MAX, false, 2", "SUM, false, 0",
  })
  void channelsBecomeOneNumber(ChannelReduction reduction, boolean channelsFirst, float expected)
      throws IOException {
    float[] w = new float[12];
    float[] pixel = {1, -3, 2};
    for (int c = 0; c < 3; c++) {
      w[channelsFirst ? c * 4 + 1 : 3 + c] = pixel[c];
    }
    long[] dims = channelsFirst ? new long[] {1, 3, 2, 2} : new long[] {1, 2, 2, 3};
    Model model =
        SmallModels.of(folder, Shape.of(dims).with(0, Shape.BATCH), (g, x) -> linear(g, x, w, 1));
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Images rows = Images.of(Tensor.of(new float[12], dims)).each(2);
      List<Target> targets = List.of(Target.ofClass(0), Target.ofClass(1));
      List<HeatMap> maps =
          new Saliency()
              .explain(explainer, rows, targets, Progress.NONE)
              .heatMaps(explainer.imageInput(), reduction);
      assertThat(maps).hasSize(2);
      assertThat(maps.get(0).values()).containsExactly(0, expected, 0, 0);
    }
  }

  @Test
  void manyTargetsAreTakenBitByBitAndWorkEndsBetween() throws IOException {
    float[] w = {1, -3, 2, 4};
    Model model =
        SmallModels.of(folder, Shape.of(Shape.BATCH, 1, 2, 2), (g, x) -> linear(g, x, w, 1));
    Images rows = Images.of(Tensor.of(new float[4], 1, 1, 2, 2)).each(80);
    List<Target> targets = Collections.nCopies(80, Target.ofClass(0));
    Saliency saliency = new Saliency();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      List<Double> heard = new ArrayList<>();
      float[] maps = saliency.explain(explainer, rows, targets, heard::add).values().floats();
      assertThat(heard).hasSizeGreaterThan(1).isSorted().endsWith(1.);
      for (int i = 0; i < maps.length; i++) {
        assertThat(maps[i]).isEqualTo(w[i % 4]);
      }
      Stop stop = new Stop();
      heard.clear();
      Progress stopping =
          share -> {
            heard.add(share);
            stop.request();
          };
      assertThatThrownBy(() -> saliency.explain(explainer.stoppedBy(stop), rows, targets, stopping))
          .isInstanceOf(StoppedException.class);
      assertThat(heard).hasSize(1);
      assertThat(saliency.explain(explainer, rows, targets, Progress.NONE).values().floats())
          .as("nobody stops this one")
          .isEqualTo(maps);
    }
  }
}
