package dev.picasso.app.cli;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.CompiledGraph;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso run}: arrays in, an array out. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a model on arrays: .npy in, .npy out.",
    footer = {
      "",
      "The output:  picasso run model.h5 --input x.npy -o y.npy",
      "A layer:     picasso run model.h5 --input x.npy -o y.npy --value block5_pool"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ModelOptions models = new ModelOptions();

  @Mixin private InputFiles inputs = new InputFiles();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the result goes, float32 .npy.")
  private Path output = Path.of("");

  @Option(
      names = "--value",
      paramLabel = "NAME",
      description = "A layer or tensor instead of the model's first output.")
  private Optional<String> value = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    OutputFile.requireNpy(output, models.configured().request(), inputs.paths());
    Map<String, Tensor> given = inputs.read();
    Graph graph = models.graphFor(given, value);
    Map<String, Tensor> fitted = InputFiles.fitted(given, graph.inputs());
    try (CompiledGraph compiled = CompiledGraph.of(graph, models.runtime())) {
      Tensor result = compiled.run(typed(graph, fitted)).values().iterator().next();
      Tensor numbers = result.as(DataType.FLOAT);
      NpyFile.write(output, numbers);
      OddNumbers.warn("The result", numbers, spec.commandLine().getErr());
    }
    return 0;
  }

  private static Map<String, Tensor> typed(Graph graph, Map<String, Tensor> inputs) {
    Map<String, Tensor> typed = new java.util.LinkedHashMap<>();
    inputs.forEach(
        (name, x) -> graph.input(name).ifPresent(input -> typed.put(name, x.as(input.type()))));
    return typed;
  }
}
