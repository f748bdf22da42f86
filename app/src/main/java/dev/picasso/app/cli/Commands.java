package dev.picasso.app.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The commands that there are, in the order in which the help lists them. */
final class Commands {
  private static final String HELP = "help"; // which lists the others

  private static final List<Map.Entry<String, Class<?>>> ALL =
      List.of(
          Map.entry("serve", ServeCommand.class),
          Map.entry("explain", ExplainCommand.class),
          Map.entry("check", CheckCommand.class),
          Map.entry("compare", CompareCommand.class),
          Map.entry("figure", FigureCommand.class),
          Map.entry("predict", PredictCommand.class),
          Map.entry("what-if", WhatIfCommand.class),
          Map.entry("repeat", RepeatCommand.class),
          Map.entry("runs", RunsCommand.class),
          Map.entry("report", ReportCommand.class),
          Map.entry("inspect", InspectCommand.class),
          Map.entry("doctor", DoctorCommand.class),
          Map.entry("convert", ConvertCommand.class),
          Map.entry("pull", PullCommand.class),
          Map.entry("visualizations", VisualizationsCommand.class),
          Map.entry("new", NewCommand.class),
          Map.entry("check-plugin", CheckPluginCommand.class),
          Map.entry("run", RunCommand.class),
          Map.entry("gradient", GradientCommand.class),
          Map.entry("attribute", AttributeCommand.class),
          Map.entry(HELP, CommandLine.HelpCommand.class));

  private Commands() {}

  /**
   * Adds to the parser what the first word asks for: a command, or all of them where it is none. To
   * find out what twenty commands may be told takes longer than many a command.
   */
  static void addTo(CommandLine line, String... words) {
    String first = words.length == 0 ? "" : words[0];
    List<Map.Entry<String, Class<?>>> asked =
        ALL.stream().filter(c -> c.getKey().equals(first) && !first.equals(HELP)).toList();
    (asked.isEmpty() ? ALL : asked).forEach(c -> line.addSubcommand(c.getKey(), c.getValue()));
  }
}
