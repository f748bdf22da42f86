package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.format.keras.file.KerasFile;
import dev.picasso.format.keras.weights.ModelWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Results;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a graph of an open model file. */
public final class KerasImport {
  private static final String REMEDY =
      "Export the model to ONNX, or take an earlier layer as the output.";

  private final LayerTable table;

  public KerasImport(LayerTable table) {
    this.table = table;
  }

  /**
   * The graph of a model.
   *
   * @throws ModelException that names every layer that cannot be imported
   */
  public ImportedModel read(KerasFile file, ImportOptions options) {
    ImportContext context =
        new ImportContext(file.name(), options, file.majorVersion(), theanoKernels(file, options));
    file.notes().forEach(context::note);
    LayerConfig model = LayerConfig.of(file.topology(), 0);
    if (!model.isModel()) {
      throw new ModelException(notAModel(file, model));
    }
    GraphBuilder g = new GraphBuilder();
    LayerCaller caller = new LayerCaller(g, table, context);
    ModelWalker walker = new ModelWalker(g, caller, context);
    ModelWeights weights = ModelWeights.of(file.weights(), ModelWalker.names(model.layers()));
    List<Optional<LaidOut>> outputs;
    try {
      outputs = walker.walk(model, "", 0, weights, Optional.empty());
    } catch (Unsupported e) {
      throw new ModelException(file.name() + ": " + e.getMessage(), e);
    }
    List<LaidOut> chosen = choose(file, options, caller, outputs);
    if (file.majorVersion() == 1 || (file.version().isEmpty() && mentions(file, "nb_filter"))) {
      noteKeras1(context, options);
    }
    return new ImportedModel(
        file.format(),
        g.build(Results.of(g, chosen)),
        caller.infos(),
        file.labels(),
        List.copyOf(context.notes()));
  }

  private static List<LaidOut> choose(
      KerasFile file, ImportOptions options, LayerCaller caller, List<Optional<LaidOut>> outputs) {
    List<LaidOut> wanted = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : options.outputs()) {
      Optional.ofNullable(caller.outputs().get(name))
          .ifPresentOrElse(wanted::add, () -> missing.add(name));
    }
    if (!wanted.isEmpty() && missing.isEmpty()) {
      return wanted;
    }
    if (!caller.problems().isEmpty()) {
      throw ModelException.of(
          file.name()
              + ": "
              + caller.problems().size()
              + " of "
              + caller.layerCount()
              + " layers cannot be imported.",
          caller.problems(),
          REMEDY);
    }
    if (!missing.isEmpty()) {
      throw new ModelException(
          file.name()
              + ": there is no layer "
              + String.join(", ", missing)
              + " to take as an output. The layers are "
              + String.join(", ", caller.outputs().keySet())
              + ".");
    }
    List<LaidOut> made = outputs.stream().flatMap(Optional::stream).toList();
    if (made.isEmpty() || made.size() < outputs.size()) {
      throw new ModelException(file.name() + ": the model has no output.");
    }
    return made;
  }

  private static boolean theanoKernels(KerasFile file, ImportOptions options) {
    return options.theanoKernels() || file.backend().filter("theano"::equals).isPresent();
  }

  private static boolean mentions(KerasFile file, String key) {
    return file.topology().findValue(key) != null;
  }

  private static void noteKeras1(ImportContext context, ImportOptions options) {
    context.note(
        options.theanoKernels()
            ? "The model was saved by Keras 1; its convolution kernels were turned by 180°, as the"
                + " configuration says."
            : "The model was saved by Keras 1, which does not tell its backend. If it was Theano,"
                + " say so (kernels: theano): its convolution kernels are stored turned by 180°.");
  }

  private static String notAModel(KerasFile file, LayerConfig model) {
    JsonNode registered = file.topology().path("registered_name");
    String kind = registered.isTextual() ? registered.textValue() : model.kind();
    return file.name()
        + ": the model is of the class "
        + kind
        + ", whose computation is Python code that the file does not hold. Build the same model as"
        + " a functional one and save that, or export it to ONNX.";
  }
}
