package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command {@code picasso}; without a subcommand it serves the web page. */
@Command(
    name = "picasso",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Shows what a trained image classifier looks at.",
    footer = {
      "",
      "Without a command it serves the web page, with the bundled examples.",
      "MODEL is a model file, recognised by its content, or a folder with a picasso.yaml.",
    },
    subcommands = {
      ServeCommand.class,
      RunCommand.class,
      GradientCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Picasso {
  private Picasso() {}

  public static void main(String[] arguments) {
    String[] words = arguments.length == 0 ? new String[] {"serve"} : arguments;
    System.exit(commandLine().execute(words));
  }

  /** The parser with our way of reporting: one message, exit code 2 for wrong use or bad input. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Picasso());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Picasso::report);
    line.setParameterExceptionHandler(
        (problem, words) -> {
          PrintWriter err = problem.getCommandLine().getErr();
          err.println(problem.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
          err.println(
              "See: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE;
        });
    return line;
  }

  private static int report(Exception problem, CommandLine line, CommandLine.ParseResult words) {
    PrintWriter err = line.getErr();
    if (problem instanceof PicassoException) {
      err.println(problem.getMessage());
      return ExitCode.USAGE;
    }
    err.println("Picasso failed: " + problem);
    if (Boolean.getBoolean("picasso.debug")) {
      problem.printStackTrace(err);
    } else {
      err.println("This is a fault in Picasso. PICASSO_OPTS=-Dpicasso.debug=true shows where.");
    }
    return ExitCode.SOFTWARE;
  }
}
