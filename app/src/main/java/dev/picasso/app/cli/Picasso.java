package dev.picasso.app.cli;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.app.web.PicassoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
      "MODEL is a model file, recognised by its content, a folder that holds a picasso.yaml, or the"
          + " name of a model that 'picasso pull' got.",
      "",
      "On the page:    picasso",
      "One picture:    picasso explain model.h5 photo.jpg --method grad-cam",
      "Two networks:   picasso compare a.onnx photo.jpg --with b.keras",
      "",
      "'picasso COMMAND --help' says what a command takes.",
      "Exit code: 0 if all is done, 2 if something given was wrong or an image has no results, 3 if"
          + " this machine cannot do it, 1 for a fault in Picasso.",
    })
public final class Picasso {
  /** What a person can do about a fault. */
  static final String HOW_TO_TRACE = "PICASSO_OPTS=-Dpicasso.debug=true shows where.";

  /** The exit code for what the machine cannot do, such as writing to a full disk. */
  static final int MACHINE = 3;

  /** The exit code where nobody reads the output any more; that of the signal for it in shells. */
  static final int CLOSED_PIPE = 141;

  private Picasso() {}

  /** Whether the person wants to see where faults come from. */
  static boolean tracesFaults() {
    return Boolean.getBoolean("picasso.debug");
  }

  public static void main(String[] arguments) {
    String[] words = arguments.length == 0 ? new String[] {"serve"} : arguments;
    if (words[0].equals("serve")) {
      PicassoServer.foresee();
    }
    System.exit(execute(words, Output.standard(), Output.error()));
  }

  /** Runs a command; what cannot be printed is a failure as well. */
  static int execute(String[] words, Output out, Output err) {
    CommandLine line = commandLine(words);
    line.setOut(out.writer());
    line.setErr(err.writer());
    line.setExecutionStrategy(
        parsed ->
            Optional.ofNullable(out.asItIs(() -> CommandLine.executeHelpRequest(parsed)))
                .orElseGet(() -> new CommandLine.RunLast().execute(parsed)));
    Optional<String> unreadable = Encoding.problem(words);
    int code;
    if (unreadable.isPresent()) {
      err.writer().println(unreadable.get());
      code = ExitCode.USAGE;
    } else {
      code = line.execute(words);
    }
    Optional<IOException> problem = out.problem();
    if (problem.isEmpty() || code != ExitCode.OK) {
      return code;
    }
    if (Output.isClosedPipe(problem.get())) {
      return CLOSED_PIPE;
    }
    err.writer()
        .println("The standard output cannot be written: " + problem.get().getMessage() + ".");
    return MACHINE;
  }

  /**
   * The parser with our way of reporting: one message, exit code 2 for wrong use or bad input.
   *
   * @param words what it is to parse; where there is none it knows all commands
   */
  static CommandLine commandLine(String... words) {
    CommandLine line = new CommandLine(new Picasso());
    Commands.addTo(line, words);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Picasso::report);
    line.setParameterExceptionHandler(
        (problem, given) -> {
          PrintWriter err = problem.getCommandLine().getErr();
          if (AttributeCommand.listsMethods(problem)) {
            AttributeCommand.list(problem.getCommandLine().getOut());
            return ExitCode.OK;
          }
          if (ExplainCommand.listsMethods(problem)) {
            VisualizationsCommand.list(problem.getCommandLine());
            return ExitCode.OK;
          }
          if (CheckCommand.listsChecks(problem)) {
            CheckCommand.list(problem.getCommandLine().getOut());
            return ExitCode.OK;
          }
          String said = String.valueOf(problem.getMessage()).replaceFirst("^Error: ", "");
          err.println(unknownCommand(problem).orElse(said));
          SettingOptions.hint(problem).ifPresent(err::println);
          UnmatchedArgumentException.printSuggestions(problem, err);
          err.println(
              "See: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE;
        });
    return line;
  }

  /** A first word that is no command, told with those that there are. */
  private static Optional<String> unknownCommand(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)
        || !(problem.getCommandLine().getCommand() instanceof Picasso)
        || unmatched.isUnknownOption()) {
      return Optional.empty();
    }
    return Optional.of(
        "There is no command "
            + unmatched.getUnmatched().get(0)
            + "; there are "
            + String.join(", ", problem.getCommandLine().getSubcommands().keySet())
            + ".");
  }

  private static String words(FileSystemException problem) {
    String reason =
        problem instanceof NoSuchFileException
            ? "there is no such file or folder"
            : problem instanceof AccessDeniedException
                ? "it may not be read or written"
                : problem instanceof FileAlreadyExistsException
                    ? "a file is in the way"
                    : String.valueOf(problem.getReason());
    return problem.getFile() + ": " + reason + ".";
  }

  private static int report(Exception problem, CommandLine line, CommandLine.ParseResult words) {
    PrintWriter err = line.getErr();
    if (problem.getCause() instanceof OutOfMemoryError e) {
      err.println(MachineException.ofMemory(e).getMessage());
      return MACHINE;
    }
    if (problem instanceof PicassoException) {
      err.println(problem.getMessage());
      return problem instanceof MachineException ? MACHINE : ExitCode.USAGE;
    }
    if (problem instanceof FileSystemException file) {
      Optional<MachineException> full =
          MachineException.ofDisk(Path.of(String.valueOf(file.getFile())), file);
      if (full.isPresent()) {
        err.println(full.get().getMessage());
        return MACHINE;
      }
      err.println(words(file));
      return ExitCode.USAGE;
    }
    err.println("Picasso failed: " + problem);
    if (tracesFaults()) {
      problem.printStackTrace(err);
    } else {
      err.println("This is a fault in Picasso. " + HOW_TO_TRACE);
    }
    return ExitCode.SOFTWARE;
  }
}
