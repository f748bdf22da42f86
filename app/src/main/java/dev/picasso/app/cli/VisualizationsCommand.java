package dev.picasso.app.cli;

import dev.picasso.settings.Field;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso visualizations}: what can be picked, and what can be set. */
@Command(
    name = "visualizations",
    aliases = "methods",
    mixinStandardHelpOptions = true,
    description = "Lists the visualizations, plugins included; with a name, the settings of one.",
    footer = {"", "Of one:  picasso visualizations partial-occlusion"})
final class VisualizationsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The visualization to describe.")
  private Optional<String> id = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (id.isPresent()) {
      describe(SettingOptions.visualization(id.get()), out);
    } else {
      list(spec.commandLine());
    }
    return 0;
  }

  /** Prints all with what they are for, and which plugins are none of them. */
  static void list(CommandLine line) {
    Visualizations all = SettingOptions.visualizations();
    all.problems().forEach(line.getErr()::println);
    Table table = new Table();
    all.all().forEach(v -> table.row(v.id(), v.description()));
    table.print(line.getOut());
    line.getOut().flush();
  }

  private static void describe(Visualization<?> visualization, PrintWriter out) {
    out.println(visualization.title() + " (" + visualization.id() + ")");
    out.println(visualization.description());
    visualization.reference().ifPresent(r -> out.println(r.title() + ", " + r.url()));
    out.println();
    Table table = new Table();
    for (Field field : Schema.of(visualization.defaults()).fields()) {
      table.row("--" + field.option(), SettingOptions.description(field));
    }
    if (Schema.of(visualization.defaults()).fields().isEmpty()) {
      out.println("There is nothing to set.");
    }
    table.print(out);
  }
}
