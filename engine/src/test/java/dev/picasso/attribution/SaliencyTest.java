package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.linear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
      var maps =
          new Saliency(Gradients.PLAIN, reduction)
              .explain(explainer, Tensor.of(new float[12], dims), List.of(0, 1));
      assertThat(maps).hasSize(2);
      assertThat(maps.get(0).values()).containsExactly(0, expected, 0, 0);
    }
  }

  @Test
  void manyTargetsAreTakenBitByBitAndWorkEndsBetween() throws IOException {
    float[] w = {1, -3, 2, 4};
    Model model =
        SmallModels.of(folder, Shape.of(Shape.BATCH, 1, 2, 2), (g, x) -> linear(g, x, w, 1));
    Tensor x = Tensor.of(new float[4], 1, 1, 2, 2);
    List<Integer> targets = Collections.nCopies(40, 0);
    Saliency saliency = new Saliency(Gradients.PLAIN, ChannelReduction.SUM);
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      List<Integer> heard = new ArrayList<>();
      List<HeatMap> maps = saliency.explain(explainer, x, targets, heard::add);
      assertThat(heard).hasSizeGreaterThan(1).isSorted().endsWith(40);
      assertThat(maps).hasSize(40).allMatch(m -> Arrays.equals(m.values(), maps.get(0).values()));
      Stop stop = new Stop();
      heard.clear();
      assertThatThrownBy(
              () ->
                  saliency.explain(
                      explainer.stoppedBy(stop),
                      x,
                      targets,
                      n -> {
                        heard.add(n);
                        stop.request();
                      }))
          .isInstanceOf(StoppedException.class);
      assertThat(heard).hasSize(1);
      assertThat(saliency.explain(explainer, x, targets)).as("nobody stops this one").hasSize(40);
    }
  }
}
