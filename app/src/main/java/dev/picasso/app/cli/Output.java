package dev.picasso.app.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The standard output or error: text without characters that steer a terminal. What goes wrong in
 * writing is remembered, which a {@link PrintWriter} alone passes over.
 */
final class Output {
  private final Watched stream;
  private final Harmless harmless;
  private final PrintWriter writer;

  private Output(OutputStream out, Charset charset) {
    stream = new Watched(out);
    harmless = new Harmless(new BufferedWriter(new OutputStreamWriter(stream, charset)));
    writer = new PrintWriter(harmless, true);
  }

  static Output to(OutputStream out) {
    return new Output(out, charset());
  }

  static Output standard() {
    return to(new FileOutputStream(FileDescriptor.out));
  }

  static Output error() {
    return to(new FileOutputStream(FileDescriptor.err));
  }

  PrintWriter writer() {
    return writer;
  }

  /** Prints what comes from no file, and may be styled for the terminal. */
  <T> T asItIs(Supplier<T> printing) {
    harmless.off = true;
    try {
      return printing.get();
    } finally {
      writer.flush();
      harmless.off = false;
    }
  }

  /** What went wrong first, if not all has been written. */
  Optional<IOException> problem() {
    writer.flush();
    return stream.problem;
  }

  /** Whether whoever was to read it has gone, as {@code head} does when it has enough. */
  static boolean isClosedPipe(IOException problem) {
    String reason = String.valueOf(problem.getMessage());
    return reason.contains("Broken pipe") || reason.contains("The pipe ");
  }

  /** The terminal's encoding; UTF-8 where the system's is ASCII, as a container's mostly is. */
  static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "sun.jnu.encoding")
        .flatMap(name -> Stream.ofNullable(System.getProperty(name)))
        .filter(Output::isKnown)
        .map(Charset::forName)
        .findFirst()
        .filter(c -> !c.equals(StandardCharsets.US_ASCII))
        .orElse(StandardCharsets.UTF_8);
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static final class Watched extends FilterOutputStream {
    private Optional<IOException> problem = Optional.empty();

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        problem = problem.or(() -> Optional.of(e));
        throw e;
      }
    }
  }

  private static final class Harmless extends FilterWriter {
    private boolean off;

    Harmless(Writer out) {
      super(out);
    }

    @Override
    public void write(int c) throws IOException {
      write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] chars, int from, int count) throws IOException {
      write(String.valueOf(chars, from, count), 0, count);
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
      String part = text.substring(from, from + count);
      out.write(off ? part : Shown.text(part));
    }
  }
}
