package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    sortOptions = false,
    description = {
      "Writes a model as ONNX, opset " + Graph.OPSET + ".",
      "With --explain METHOD the file holds scores, probabilities and the map of one class: an"
          + " explanation that any ONNX Runtime runs. The map is the output picasso/map, of"
          + " saliency picasso/gradient."
    },
    footer = {
      "",
      "The model:  picasso convert model.h5 -o model.onnx",
      "And a map:  picasso convert model.h5 --explain saliency --class 1 -o map.onnx"
    })
final class ConvertCommand implements Callable<Integer> {
  /** What saliency by guided backpropagation was called first. */
  private static final String GUIDED = "guided";

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
      description =
          "Write the explanation of one class: any method that is a graph, such as saliency,"
              + " grad-cam, lrp, deeplift or integrated-gradients; guided is saliency by guided"
              + " backpropagation.")
  private Optional<String> explanation = Optional.empty();

  @Option(
      names = "--class",
      paramLabel = "K",
      description = "Which class: its number or its label; K-L for how much K is ahead of L.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "Which layer, for methods that look at one; the same as --set layer=NAME.")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the method; once for each.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (explanation.isEmpty() && (target.isPresent() || layer.isPresent() || !settings.isEmpty())) {
      throw new PicassoException(
          (target.isPresent() ? "--class" : layer.isPresent() ? "--layer" : "--set")
              + " needs --explain METHOD as well; without it the whole model is written.");
    }
    Optional<Attribution> method = explanation.map(this::method);
    ConfiguredModel configured = models.configured();
    OutputFile.requireOnnx(output, configured.request());
    Model model = models.load(Map.of());
    OnnxWriter.write(
        method.map(m -> explained(m, configured, model)).orElseGet(model::graph), output);
    return 0;
  }

  private Attribution method(String name) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    layer.ifPresent(l -> all.put("layer", l));
    if (name.equals(GUIDED)) {
      all.put("gradient", "guided");
      return SettingOptions.visualizations().methods().get("saliency", all);
    }
    return SettingOptions.visualizations().methods().get(name, all);
  }

  private Graph explained(Attribution method, ConfiguredModel configured, Model model) {
    String wanted =
        target.orElseThrow(() -> new PicassoException("--explain needs --class K as well."));
    Target asked = Targets.parse(model, wanted);
    try (Explainer explainer = new Explainer(model, models.runtime())) {
      return method
          .graph(explainer, like(configured, model), asked)
          .orElseThrow(
              () ->
                  new PicassoException(
                      "--explain "
                          + method.id()
                          + ": "
                          + method.title()
                          + " takes several runs that depend on one another, so that no single"
                          + " graph holds it; 'picasso attribute' computes it."));
    }
  }

  /** One image of zeros, with how pictures become such arrays. */
  private static Images like(ConfiguredModel configured, Model model) {
    Value input = model.graph().value(Sketch.explained(model));
    Shape one = input.rank() == 0 ? input.shape() : input.shape().with(0, 1);
    Tensor zeros = Tensor.of(new float[Math.toIntExact(one.size())], one.dims());
    return model.input().isPresent()
        ? Images.of(zeros, ModelInput.of(configured.preprocessing(), model).preprocessor())
        : Images.of(zeros);
  }
}
