package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.TestData;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.attribution.layer.Activation;
import dev.picasso.graph.Tensor;
import dev.picasso.model.layers.Layer;
import dev.picasso.model.receptive.ReceptiveField;
import dev.picasso.settings.LayerChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where cells of a trained MobileNetV2 look, measured: the centre of mass of the squared gradient
 * of their strongest channels by the pixels, in photographs. Cells near the edges see padding too,
 * and look further inside.
 */
class CellsLookTest {
  private static final int STRONGEST = 6;
  private static final List<String> PHOTOGRAPHS = List.of("bird.bmp", "cat.bmp", "pets.jpg");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "MobilenetV2/expanded_conv_6/expand/Relu6, 1.0, .9",
    "MobilenetV2/expanded_conv_13/expand/Relu6, 1.5, 4"
  })
  void theGradientHasItsEnergyWhereTheWeightsSay(String name, double close, double middleIsOff) {
    try (Network network = Network.load()) {
      Layer layer = network.model().model().layers().named(name);
      ReceptiveField field = layer.cells().columns().orElseThrow();
      double middle = (field.first() + field.last() + 1) / 2;
      double shift = shift(network, layer, field.stride());
      System.err.printf(
          "%s: cells look at %.1f, by their weights at %.1f; the middle of all they see is %.1f%n",
          name, shift, field.centre(0), middle);
      assertThat(shift).isCloseTo(field.centre(0), within(close));
      assertThat(middle - shift).isGreaterThan(middleIsOff);
    }
  }

  /** Where the first column would look, by the mean of the inner cells on the diagonal. */
  private static double shift(Network network, Layer layer, double stride) {
    double sum = 0;
    int count = 0;
    for (String name : PHOTOGRAPHS) {
      Trial trial = Trial.of(network.model(), TestData.require("images/" + name));
      Tensor x = trial.image().prepared().x();
      for (int cell = layer.grid().width() / 3; cell < layer.grid().width() * 2 / 3; cell++) {
        for (double centre : centres(network.model().explainer(), x, layer, cell)) {
          sum += centre - stride * cell;
          count++;
        }
      }
    }
    return sum / count;
  }

  private static List<Double> centres(Explainer model, Tensor x, Layer layer, int cell) {
    int width = layer.grid().width();
    float[] values =
        new Activation(LayerChoice.of(layer.name()))
            .explain(model, Images.of(x), List.of(Target.ofClass(0)), Progress.NONE)
            .values()
            .floats();
    int plane = width * layer.grid().height();
    int at = cell * width + cell;
    List<Target> neurons =
        IntStream.range(0, values.length / plane)
            .boxed()
            .filter(k -> values[k * plane + at] > 0)
            .sorted(Comparator.comparingDouble(k -> -values[k * plane + at]))
            .limit(STRONGEST)
            .<Target>map(k -> new Target.Neuron(layer.name(), k, cell, cell))
            .toList();
    Tensor gradients =
        new Saliency()
            .explain(model, Images.of(x).each(neurons.size()), neurons, Progress.NONE)
            .values();
    return centres(gradients, model.imageInput().width(), model.imageInput().channels());
  }

  /** Of each row of [N, H, W, C] that is not zero. */
  private static List<Double> centres(Tensor gradients, int width, int channels) {
    float[] all = gradients.floats();
    int rows = Math.toIntExact(gradients.shape().dim(0));
    int each = all.length / rows;
    List<Double> centres = new ArrayList<>();
    for (int n = 0; n < rows; n++) {
      double energy = 0;
      double moment = 0;
      for (int i = 0; i < each; i++) {
        double square = (double) all[n * each + i] * all[n * each + i];
        energy += square;
        moment += square * (i / channels % width + .5);
      }
      if (energy > 0) {
        centres.add(moment / energy);
      }
    }
    return centres;
  }
}
