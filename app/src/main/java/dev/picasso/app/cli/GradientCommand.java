package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso gradient}: the gradient of one class by the input, or by a layer. */
@Command(
    name = "gradient",
    mixinStandardHelpOptions = true,
    description = "Writes d score[n, K] / d x[n] for a batch of arrays, x the input or a layer.",
    footer = {
      "",
      "Pixels:  picasso gradient model.h5 --input x.npy --class cat -o g.npy",
      "Layer:   picasso gradient model.h5 --input x.npy --class 1 --by conv4 -o g.npy"
    })
final class GradientCommand implements Callable<Integer> {
  @Mixin private ModelOptions models = new ModelOptions();

  @Mixin private InputFiles inputs = new InputFiles();

  @Option(names = "--class", required = true, paramLabel = "K", description = Targets.HELP)
  private String target = "";

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      description =
          "Of which score: logits (before the final softmax or sigmoid) or probabilities (after"
              + " it). Default: logits.")
  private Quantity quantity = Quantity.LOGITS;

  @Option(
      names = "--by",
      paramLabel = "LAYER",
      description = "By the output of a layer, as inspect names them, instead of the input.")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description =
          "Where the gradient goes, float32 .npy of the shape of the input, or of the layer.")
  private Path output = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    OutputFile.requireNpy(output, models.configured().request(), inputs.paths());
    Map<String, Tensor> given = inputs.read();
    Model model = models.load(given);
    int index = Targets.one(model, target);
    Map<String, Tensor> fitted = InputFiles.fitted(given, model.graph().inputs());
    Optional<Layer> by = layer.map(model.layers()::named);
    Tensor first = given.values().iterator().next();
    if (first.shape().rank() == 0) {
      throw new PicassoException("The input is a single number; its first axis must be the batch.");
    }
    int rows = Math.toIntExact(first.shape().dim(0));
    List<Integer> targets = Collections.nCopies(rows, index);
    try (Explainer explainer = new Explainer(model, models.runtime())) {
      Tensor gradient =
          by.isPresent()
              ? explainer.gradient(fitted, by.get(), targets, quantity)
              : explainer
                  .gradient(
                      fitted, fitted.keySet().iterator().next(), targets, quantity, Gradients.PLAIN)
                  .reshaped(first.shape().dims());
      NpyFile.write(output, gradient);
      PrintWriter err = spec.commandLine().getErr();
      OddNumbers.warn("The gradient", gradient, err);
      OddNumbers.warnIfZero(gradient, err);
    }
    return 0;
  }
}
