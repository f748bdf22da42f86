package dev.picasso.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command printed, and how it ended. */
record Terminal(int code, String out, String err) {
  /** Runs a command in this process. */
  static Terminal run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Picasso.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int code = line.execute(arguments);
    return new Terminal(code, out.toString(), err.toString());
  }

  /** The lines of the standard error that are no notes. */
  String problems() {
    return String.join("\n", err.lines().filter(l -> !l.startsWith("note: ")).toList());
  }
}
