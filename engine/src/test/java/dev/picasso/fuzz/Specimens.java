package dev.picasso.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The sound models among the resources of the tests and the examples, by family. */
final class Specimens {
  private static final long LARGEST = 200_000;

  private final Map<Family, List<Specimen>> all = new EnumMap<>(Family.class);

  private Specimens() {
    for (Family family : Family.values()) {
      all.put(family, new ArrayList<>());
    }
  }

  /**
   * Finds them.
   *
   * @param folders looked through with all folders inside
   */
  static Specimens in(List<Path> folders) throws IOException {
    Specimens specimens = new Specimens();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (Files.size(file) <= LARGEST) {
            specimens.add(file);
          }
        }
      }
    }
    return specimens;
  }

  List<Specimen> of(Family family) {
    return List.copyOf(all.getOrDefault(family, List.of()));
  }

  private void add(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path folder = file.toAbsolutePath().getParent();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    switch (ending) {
      case "h5" -> put(Family.HDF5, file, Map.of(name, Files.readAllBytes(file)), name);
      case "keras" -> put(Family.KERAS_ARCHIVE, file, Map.of(name, Files.readAllBytes(file)), name);
      case "onnx" -> put(Family.ONNX, file, Map.of(name, Files.readAllBytes(file)), name);
      case "tflite" -> put(Family.TFLITE, file, Map.of(name, Files.readAllBytes(file)), name);
      case "pb", "pbtxt" -> {
        if (name.equals("saved_model.pb")) {
          put(Family.SAVED_MODEL, file, below(folder, f -> true), "");
        } else if (!name.equals("fingerprint.pb") && !name.equals("keras_metadata.pb")) {
          put(Family.FROZEN_GRAPH, file, Map.of(name, Files.readAllBytes(file)), name);
        }
      }
      case "meta" -> put(Family.CHECKPOINT, file, below(folder, f -> true), name);
      case "json" -> addJson(file, folder, name);
      default -> {}
    }
  }

  private void addJson(Path file, Path folder, String name) throws IOException {
    String text = Files.readString(file);
    if (text.contains("weightsManifest")) {
      boolean graph = text.contains("\"graph-model\"") || text.contains("\"node\"");
      put(
          graph ? Family.TFJS_GRAPH : Family.TFJS_LAYERS,
          file,
          below(folder, f -> f.endsWith(".bin") || f.equals(name)),
          name);
    } else if (text.contains("class_name")) {
      String stem = name.replace(".json", "");
      put(Family.KERAS_JSON, file, below(folder, f -> f.startsWith(stem)), name);
    }
  }

  private void put(Family family, Path file, Map<String, byte[]> files, String open) {
    List<Specimen> list = all.computeIfAbsent(family, f -> new ArrayList<>());
    Path from = file.toAbsolutePath();
    String name = from.getParent().getFileName() + "/" + from.getFileName();
    list.add(new Specimen(family, name, files, open));
  }

  private static Map<String, byte[]> below(Path folder, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
        if (wanted.test(name) && Files.size(file) <= LARGEST) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  /** Adds a model made of another, such as TensorFlow.js layers of a Keras topology. */
  void add(Specimen specimen) {
    all.computeIfAbsent(specimen.family(), f -> new ArrayList<>()).add(specimen);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
