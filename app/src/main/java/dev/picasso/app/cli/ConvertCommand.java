package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Graph;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code picasso convert}: any model, or its explanation, as an ONNX file. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model as ONNX, opset " + Graph.OPSET + ".",
      "With --explain saliency the file holds forward pass and gradient of one class: an"
          + " explanation that any ONNX Runtime runs."
    })
final class ConvertCommand implements Callable<Integer> {
  /** What can be written beside the model itself. */
  enum Explanation {
    /** The gradient of the class score by the input, with its sign. */
    SALIENCY,
    /** The same by guided backpropagation. */
    GUIDED
  }

  @Mixin private ModelOptions models = new ModelOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file to write.")
  private Path output = Path.of("");

  @Option(
      names = "--explain",
      paramLabel = "METHOD",
      description = "saliency or guided: write the explanation of one class.")
  private Optional<Explanation> explanation = Optional.empty();

  @Option(names = "--class", paramLabel = "K", description = Targets.HELP)
  private Optional<Integer> target = Optional.empty();

  @Override
  public Integer call() {
    if (explanation.isEmpty() && target.isPresent()) {
      throw new PicassoException(
          "--class needs --explain METHOD as well; without it the whole model is written.");
    }
    OutputFile.requireOnnx(output, models.configured().request());
    Model model = models.load(Map.of());
    OnnxWriter.write(graph(model), output);
    return 0;
  }

  private Graph graph(Model model) {
    if (explanation.isEmpty()) {
      return model.graph();
    }
    int wanted =
        target.orElseThrow(() -> new PicassoException("--explain needs --class K as well."));
    Targets.require(model, wanted);
    String input =
        model.input().map(InputSpec::name).orElseGet(() -> model.graph().inputs().get(0).name());
    Gradients gradients =
        explanation.get() == Explanation.SALIENCY ? Gradients.PLAIN : Gradients.GUIDED;
    return GradientGraphs.forTarget(model, input, Quantity.LOGITS, gradients, wanted);
  }
}
