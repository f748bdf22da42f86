package dev.picasso.run;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What tells a model from every other one. */
final class ModelHashes {
  /** Larger folders are no models; nobody waits for their hash. */
  private static final int MOST_FILES = 20_000;

  private static final long MOST_BYTES = 1L << 37;

  private ModelHashes() {}

  /**
   * The hash of a file's bytes, or of the names and contents of all files in a folder, whatever
   * else its file system says of them. Links that lead out of the folder, and folders with results
   * of Picasso's, do not count.
   *
   * @return empty for a folder that is too large, or what cannot be read
   */
  static Optional<String> ofFiles(Path path) {
    if (Files.isRegularFile(path)) {
      return Optional.of(Sha256.of(path));
    }
    try {
      return Optional.of(ofFolder(path));
    } catch (IOException | ModelException e) {
      return Optional.empty();
    }
  }

  private static String ofFolder(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    ModelFolder inside = ModelFolder.at(folder);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          private long bytes;

          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes facts) {
            boolean results =
                !visited.equals(folder) && Files.exists(visited.resolve(ResultsReader.FILE_NAME));
            return results ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (Files.isRegularFile(file) && !inside.leadsOut(file)) {
              bytes += Files.size(file);
              files.put(folder.relativize(file).toString().replace('\\', '/'), file);
              if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
                throw new IOException("too large");
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Sha256 all = new Sha256();
    files.forEach((name, file) -> all.text(name).text(Sha256.of(file)));
    return all.hex();
  }

  /**
   * The hash of a graph with all its numbers, wherever they were read from: other weights beside
   * the file make another one, a file that was only written anew does not.
   */
  static String of(Graph graph) {
    Sha256 all = new Sha256();
    graph.inputs().forEach(input -> all.text(input.toString()));
    graph.outputs().forEach(all::text);
    for (Node node : graph.nodes()) {
      all.text(node.domain()).text(node.op());
      node.inputs().forEach(all::text);
      node.outputs().forEach(all::text);
      node.attributes().asMap().forEach((name, value) -> attribute(all.text(name), value));
    }
    new TreeMap<>(graph.constants()).forEach((name, tensor) -> tensor(all.text(name), tensor));
    return all.hex();
  }

  private static void attribute(Sha256 all, Object value) {
    if (value instanceof Tensor tensor) {
      tensor(all, tensor);
    } else {
      all.text(String.valueOf(value));
    }
  }

  private static void tensor(Sha256 all, Tensor tensor) {
    all.text(tensor.type() + " " + tensor.shape()).bytes(tensor.bytes());
  }
}
