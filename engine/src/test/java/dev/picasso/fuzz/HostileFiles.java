package dev.picasso.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Damaged models by the thousand, in a Java of its own, as a model may end the whole process. Its
 * output has a line for each: <code>try FAMILY NUMBER</code> before and <code>RESULT FAMILY NUMBER
 * MILLISECONDS KILOBYTES what</code> after; what is broken follows with its stack.
 */
public final class HostileFiles {
  private static final long PATIENCE = 30_000_000_000L;

  /** How much memory the process may take for one small model, in kilobytes, and not be noted. */
  private static final long MUCH = 2_500_000;

  private HostileFiles() {}

  /**
   * Runs.
   *
   * @param args family, first number, one behind the last, seed, and a folder of its own; then the
   *     folders with sound models
   */
  public static void main(String[] args) throws IOException {
    Family family = Family.valueOf(args[0]);
    long first = Long.parseLong(args[1]);
    long end = Long.parseLong(args[2]);
    Path own = Path.of(args[4]);
    Files.createDirectories(own);
    Specimens specimens =
        Specimens.in(List.of(args).subList(5, args.length).stream().map(Path::of).toList());
    specimens.add(LayersModel.specimen());
    Damage damage = new Damage(specimens, own, Long.parseLong(args[3]));
    Attempt attempt = new Attempt(own.resolve("model"));
    AtomicLong since = new AtomicLong(Long.MAX_VALUE);
    watch(Thread.currentThread(), since);
    for (long number = first; number < end; number++) {
      say("try " + family + " " + number);
      forgetPeak();
      Specimen damaged = damage.of(family, number);
      since.set(System.nanoTime());
      Outcome outcome = attempt.load(damaged, number % 4 == 0);
      long millis = (System.nanoTime() - since.get()) / 1_000_000;
      since.set(Long.MAX_VALUE);
      long peak = peak();
      String what = millis + " " + peak + " " + damaged.name();
      if (outcome instanceof Outcome.Loaded) {
        say("LOADED " + family + " " + number + " " + what);
      } else if (outcome instanceof Outcome.Refused refused) {
        say(
            "REFUSED "
                + family
                + " "
                + number
                + " "
                + what
                + " | "
                + refused.message().replace('\n', '|'));
      } else if (outcome instanceof Outcome.Broken broken) {
        say("BROKEN " + family + " " + number + " " + what + "\n" + stack(broken.error()));
      }
      if (millis > 5000 || peak > MUCH) {
        say("MUCH " + family + " " + number + " " + what);
      }
    }
    say("done");
    System.exit(0);
  }

  private static void watch(Thread worker, AtomicLong since) {
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                if (since.get() != Long.MAX_VALUE && System.nanoTime() - since.get() > PATIENCE) {
                  StringBuilder text = new StringBuilder("HANGS");
                  for (StackTraceElement element : worker.getStackTrace()) {
                    text.append("\n\tat ").append(element);
                  }
                  say(text.toString());
                  Runtime.getRuntime().halt(3);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
              }
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  private static String stack(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString().lines().limit(60).reduce("", (a, b) -> a + b + "\n");
  }

  /** Linux counts the peak anew from here. */
  private static void forgetPeak() throws IOException {
    Path file = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(file)) {
      Files.writeString(file, "5", StandardOpenOption.WRITE);
    }
  }

  /** The most memory the process had, in kilobytes; 0 where the system does not tell. */
  private static long peak() throws IOException {
    Path file = Path.of("/proc/self/status");
    if (!Files.isReadable(file)) {
      return 0;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
