package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.image.PreprocessingText;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.Head;
import dev.picasso.model.Model;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.HeldInputs;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.layers.Layer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code picasso inspect}: what is in a model file, and what was assumed. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows a model's layers, shapes and parameters, how images get in, and what was assumed.",
    footer = {"", "A folder:  picasso inspect examples/mnist-tensorflow/saved-model"})
final class InspectCommand implements Callable<Integer> {
  private static final int LABELS = 6;

  @Mixin private ModelOptions models = new ModelOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ConfiguredModel configured = models.configured();
    Model model = Home.loader().load(configured.request());
    PrintWriter out = spec.commandLine().getOut();
    List<String> notes = new ArrayList<>(model.notes());
    if (!model.others().isEmpty()) {
      notes.add(HeldInputs.needs(model));
    }
    print(model, out);
    notes.addAll(printImages(configured, model, out));
    printLayers(model, out);
    notes.forEach(note -> out.println("note: " + note));
    models.note().ifPresent(out::println);
    return 0;
  }

  /** How images get in; returns what was assumed about that. */
  private static List<String> printImages(
      ConfiguredModel configured, Model model, PrintWriter out) {
    try {
      ModelInput input = ModelInput.of(configured.preprocessing(), model);
      out.println(
          "images  "
              + (input.preprocessor() instanceof Preprocessor p
                  ? PreprocessingText.of(p.settings())
                  : "by " + input.preprocessor().getClass().getName()));
      return input.assumed();
    } catch (PicassoException e) {
      // Arrays still go in, so this is worth a word and no more.
      out.println("images  no: " + e.getMessage());
      return List.of();
    }
  }

  private static void print(Model model, PrintWriter out) {
    Graph graph = model.imported().graph();
    out.println(model.path().getFileName() + ": " + model.imported().format());
    for (Value input : graph.inputs()) {
      out.println("input   " + Shown.line(input.name()) + " " + input.type() + input.shape());
    }
    for (String output : graph.outputs()) {
      out.println(
          "output  "
              + Shown.line(Results.nameInFile(output))
              + graph.find(output).map(v -> " " + v.shape()).orElse(""));
    }
    out.println(
        model.targetNouns()
            + " "
            + model.shownTargets()
            + named(model)
            + places(model)
            + ", "
            + model.head().kind().words());
  }

  /** Where a class has several scores, as in a map of classes. */
  private static String places(Model model) {
    String extent =
        model.scores().places().stream().map(String::valueOf).collect(Collectors.joining("×"));
    String many = model.head().places() == Head.Places.HIGHEST ? " places" : " positions";
    return extent.isEmpty() ? "" : " at each of " + extent + many;
  }

  /** The first few labels. */
  private static String named(Model model) {
    List<String> labels = model.shownClasses();
    if (labels.isEmpty()) {
      return "";
    }
    String more = labels.size() > LABELS ? ", …" : "";
    return " ("
        + Shown.line(String.join(", ", labels.subList(0, Math.min(LABELS, labels.size()))))
        + more
        + ")";
  }

  private static void printLayers(Model model, PrintWriter out) {
    Map<String, Layer> known = new HashMap<>();
    model.layers().all().forEach(l -> known.putIfAbsent(l.name(), l));
    Optional<String> looked = model.layers().lastSpatial().map(Layer::name);
    out.println();
    Table table = new Table().row("layer", "kind", "output", "positions", "parameters");
    for (LayerInfo info : model.imported().layers()) {
      Optional<Layer> layer = Optional.ofNullable(known.get(info.name()));
      table.row(
          info.name(),
          info.kind(),
          layer.map(l -> l.shapeInFile().toString()).orElse("?"),
          layer.map(l -> l.grid().words()).orElse("")
              + (looked.equals(Optional.of(info.name())) ? " *" : ""),
          "%,d".formatted(info.parameters()));
    }
    table.print(out);
    long parameters = model.imported().layers().stream().mapToLong(LayerInfo::parameters).sum();
    out.printf("%n%,d parameters%n", parameters);
    if (looked.isPresent()) {
      out.println("* the layer that class activation maps show unless another is named");
    }
  }
}
