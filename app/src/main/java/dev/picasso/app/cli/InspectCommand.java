package dev.picasso.app.cli;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code picasso inspect}: what is in a model file, and what was assumed. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows a model's layers, shapes and parameters, and what was assumed.")
final class InspectCommand implements Callable<Integer> {
  @Mixin private ModelOptions models = new ModelOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    print(models.load(), spec.commandLine().getOut());
    return 0;
  }

  static void print(Model model, PrintWriter out) {
    Graph graph = model.imported().graph();
    out.println(model.path().getFileName() + ": " + model.imported().format());
    for (Value input : graph.inputs()) {
      out.println("input   " + input.name() + " " + input.type() + input.shape());
    }
    for (String output : graph.outputs()) {
      out.println("output  " + output + graph.find(output).map(v -> " " + v.shape()).orElse(""));
    }
    out.println(
        "classes " + model.scores().targets() + ", final activation " + model.head().kind());
    out.println();
    int width = model.imported().layers().stream().mapToInt(l -> l.name().length()).max().orElse(0);
    long parameters = 0;
    for (LayerInfo layer : model.imported().layers()) {
      parameters += layer.parameters();
      out.printf(
          "%-" + Math.max(1, Math.min(width, 60)) + "s  %-24s %-24s %,d%n",
          layer.name(),
          layer.kind(),
          shape(graph, layer),
          layer.parameters());
    }
    out.printf("%n%,d parameters%n", parameters);
    model.imported().notes().forEach(note -> out.println("note: " + note));
    model.scores().assumed().forEach(note -> out.println("note: " + note));
  }

  /** In the file's own layout. */
  private static String shape(Graph graph, LayerInfo layer) {
    return graph
        .find(layer.value())
        .map(Value::shape)
        .map(s -> layer.channelsMoved() ? channelsLast(s) : s)
        .map(Shape::toString)
        .orElse("?");
  }

  private static Shape channelsLast(Shape shape) {
    int[] permutation = new int[shape.rank()];
    for (int i = 1; i < permutation.length; i++) {
      permutation[i] = i + 1 < permutation.length ? i + 1 : 1;
    }
    return shape.permuted(permutation);
  }
}
