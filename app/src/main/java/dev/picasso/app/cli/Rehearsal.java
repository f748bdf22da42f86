package dev.picasso.app.cli;

import dev.picasso.MachineException;
import dev.picasso.app.web.PicassoServer;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What the launcher runs once after a build, so that later starts are fast: goes through the usual
 * commands with a bundled example while the virtual machine notes which classes that takes, and
 * keeps the native libraries that the runtime would otherwise unpack at every start.
 *
 * <p>Arguments: the folder of Picasso, and one for scratch files, which is also the temporary
 * folder of this process; the libraries go into its subfolder {@code native}.
 */
final class Rehearsal {
  private static final String EXAMPLE = "mnist-keras";

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    rehearse(Path.of(arguments[0]), Path.of(arguments[1]));
    System.exit(0);
  }

  static void rehearse(Path home, Path scratch) throws IOException {
    Path example = home.resolve("examples").resolve(EXAMPLE);
    Path x = scratch.resolve("x.npy");
    NpyFile.write(x, Tensor.of(new float[28 * 28], 1, 28, 28, 1));
    perform("--version");
    perform("--help");
    perform("inspect", example);
    perform("run", example, "--input", x, "--output", scratch.resolve("y.npy"));
    perform("gradient", example, "--input", x, "--class", 1, "--output", scratch.resolve("g.npy"));
    perform("predict", example);
    perform("explain", example, "--output", scratch.resolve("maps"));
    Path ofTensorFlow = home.resolve("examples").resolve("mnist-tensorflow");
    perform("inspect", ofTensorFlow, "--id", "mnist-tensorflow");
    perform("inspect", ofTensorFlow, "--id", "mnist-saved-model");
    unpackCuda();
    keepLibraries(scratch);
    visitPage();
  }

  private static void perform(Object... words) {
    int code =
        Picasso.execute(
            Arrays.stream(words).map(Object::toString).toArray(String[]::new),
            Output.to(OutputStream.nullOutputStream()),
            Output.to(OutputStream.nullOutputStream()));
    if (code != CommandLine.ExitCode.OK) {
      throw new IllegalStateException("picasso " + List.of(words) + " ended with " + code);
    }
  }

  private static void visitPage() throws IOException {
    Offer offer = Offer.of(Optional.empty(), ModelStore.standard());
    try (PicassoServer server =
        PicassoServer.start(
            offer.options(Optional.of("127.0.0.1"), Optional.of(0), Optional.empty()))) {
      try (InputStream page = URI.create(server.address() + "/").toURL().openStream()) {
        page.readAllBytes();
      }
      server.warmUp();
    }
  }

  /** Where the runtime has CUDA, its library is there when a session first asks for it. */
  private static void unpackCuda() {
    try {
      Device.cuda(0).require();
    } catch (MachineException e) {
      // A machine without a card has nothing to unpack, or no use for it.
    }
  }

  /** Copies what the runtime unpacked, whatever it is called on this system. */
  private static void keepLibraries(Path scratch) throws IOException {
    Path kept = Files.createDirectories(scratch.resolve("native"));
    try (Stream<Path> files = Files.find(scratch, 2, (file, facts) -> facts.isRegularFile())) {
      for (Path file : files.toList()) {
        Path within = scratch.relativize(file);
        if (within.getName(0).toString().startsWith("onnxruntime-java")) {
          Files.copy(file, kept.resolve(file.getFileName()));
        }
      }
    }
  }
}
