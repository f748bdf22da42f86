package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import dev.picasso.settings.Field;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code picasso attribute}: any method on a batch of arrays, as raw numbers. */
@Command(
    name = "attribute",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes what an attribution method finds, as it was computed: with its sign, neither"
          + " normalized nor clipped nor smoothed.",
      "Methods of pixels give an array of the input's shape, methods of a layer [N, h, w], and"
          + " those that hide parts of the picture [N, H, W]. '--method list' names the methods and"
          + " their settings."
    },
    footer = {
      "",
      "A map:  picasso attribute model.h5 -m lime --input x.npy --class 1 -o map.npy",
      "Plan:   picasso attribute model.h5 -m occlusion --set patch=16 --plan"
    })
final class AttributeCommand implements Callable<Integer> {
  @Mixin private ModelOptions models = new ModelOptions();

  @Option(
      names = {"-m", "--method"},
      required = true,
      paramLabel = "NAME",
      description = "Which method, or 'list' for all of them and their settings.")
  private String method = "";

  @Mixin private InputFiles inputs = new InputFiles();

  @Option(
      names = "--class",
      paramLabel = "K",
      description = "Which class: its number or its label; K-L for how much K is ahead of L.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "WHERE",
      description =
          "Of a model whose output is a map of classes: 'predicted' for where the class is found,"
              + " X,Y for a point, LEFT,TOP,RIGHT,BOTTOM for a box, in shares of the sides."
              + " Default: the class's mean over all places.")
  private Optional<String> region = Optional.empty();

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

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the numbers go, float32 .npy.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--plan",
      description =
          "Of a method that hides patches: prints what of the model is computed in part while one"
              + " is hidden, and what is expected of that. Nothing is run.")
  private boolean plan;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Whether nothing but the list of methods is asked for, which takes no model. */
  static boolean listsMethods(ParameterException problem) {
    return problem instanceof MissingParameterException
        && problem.getCommandLine().getCommand() instanceof AttributeCommand command
        && command.method.equals(SettingOptions.LIST)
        && command.output.isEmpty();
  }

  /** Prints all methods and their settings. */
  static void list(PrintWriter out) {
    for (Attribution method : SettingOptions.visualizations().methods().all()) {
      out.println(method.id() + ": " + method.description());
      for (Field field : Methods.schema(method).fields()) {
        out.println("    " + field.name() + ": " + SettingOptions.description(field));
      }
    }
    out.flush();
  }

  @Override
  public Integer call() {
    if (method.equals(SettingOptions.LIST)) {
      list(spec.commandLine().getOut());
      return 0;
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    layer.ifPresent(name -> all.put("layer", name));
    Attribution chosen = SettingOptions.visualizations().methods().get(method, all);
    if (plan) {
      Model planned = models.load(inputs.read());
      planned.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
      PlanPrinter.print(planned, chosen, spec.commandLine().getOut());
      return 0;
    }
    Path file =
        output.orElseThrow(() -> new PicassoException("--output FILE is missing: where to?"));
    String wanted =
        target.orElseThrow(() -> new PicassoException("--class K is missing: which class?"));
    ConfiguredModel configured = models.configured();
    OutputFile.requireNpy(file, configured.request(), inputs.paths());
    Map<String, Tensor> given = inputs.read();
    Model model = models.load(given);
    Target asked = Targets.parse(model, wanted, region);
    Map<String, Tensor> fitted =
        new LinkedHashMap<>(InputFiles.fitted(given, model.graph().inputs()));
    String explained = fitted.keySet().iterator().next();
    Tensor x = Optional.ofNullable(fitted.remove(explained)).orElseThrow();
    if (x.shape().rank() == 0) {
      throw new PicassoException("The input is a single number; its first axis must be the batch.");
    }
    try (Explainer explainer = new Explainer(model, models.runtime(), fitted)) {
      Images images = images(x, configured, model);
      List<Target> targets = Collections.nCopies(images.size(), asked);
      Maps maps = chosen.explain(explainer, images, targets, Progress.NONE);
      NpyFile.write(file, shaped(maps, given.values().iterator().next()));
      PrintWriter err = spec.commandLine().getErr();
      OddNumbers.warn("The map", maps.values(), err);
      if (!maps.notes().isEmpty()) {
        err.println("note: image by image: " + String.join("; ", maps.notes()) + ".");
      }
      maps.relativeErrors()
          .ifPresent(
              shares ->
                  err.println(
                      "note: estimated from samples; the standard error is "
                          + Arrays.stream(shares)
                              .mapToObj(s -> String.format(Locale.ROOT, "%.2g", 100 * s))
                              .collect(Collectors.joining(", "))
                          + " % of the largest number, image by image."));
      chosen.doubts(explainer).forEach(doubt -> err.println("warning: " + doubt));
    }
    return 0;
  }

  private static Images images(Tensor x, ConfiguredModel configured, Model model) {
    return model.input().isPresent()
        ? Images.of(x, ModelInput.of(configured.preprocessing(), model).preprocessor())
        : Images.of(x);
  }

  /** In the shape of the array that was given, which may lack an axis of length one. */
  private static Tensor shaped(Maps maps, Tensor given) {
    return maps.frame() == Maps.Frame.INPUT
        ? maps.values().reshaped(given.shape().dims())
        : maps.values();
  }
}
