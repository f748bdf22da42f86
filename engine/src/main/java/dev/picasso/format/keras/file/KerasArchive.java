package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.tfjs.ModelJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A {@code .keras} archive: a zip of config.json, metadata.json and model.weights.h5. */
final class KerasArchive {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** Weights hardly shrink when they are packed, unless they are few or all alike. */
  private static final long HIGHEST_COMPRESSION = 16;

  private static final long SMALL = 1L << 30;

  private KerasArchive() {}

  static boolean isZip(byte[] head) {
    return head.length > 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  }

  static boolean holdsModel(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return zip.getEntry(CONFIG) != null;
    } catch (IOException e) {
      return KerasFiles.nameOf(path).endsWith(".keras");
    }
  }

  static KerasFile open(Path path) {
    String name = KerasFiles.nameOf(path);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      JsonNode topology =
          Topology.model(
              name,
              ModelJson.parse(
                  name,
                  text(name, zip, CONFIG)
                      .orElseThrow(
                          () ->
                              new ModelException(
                                  name
                                      + ": the archive holds no config.json, so no Keras model."))));
      Optional<JsonNode> metadata = text(name, zip, METADATA).map(t -> ModelJson.parse(name, t));
      Optional<String> version = metadata.flatMap(m -> Topology.fact(m, "keras_version"));
      ZipEntry weights = zip.getEntry(WEIGHTS);
      if (weights == null) {
        throw new ModelException(
            name + ": the archive holds no " + WEIGHTS + "; save the model once more.");
      }
      Path extracted = Files.createTempFile("picasso-", ".h5");
      AutoCloseable cleanUp = () -> Files.deleteIfExists(extracted);
      try {
        long limit = Math.max(SMALL, Files.size(path) * HIGHEST_COMPRESSION);
        extract(name, zip, weights, extracted, limit);
        Hdf5File file = Hdf5File.open(extracted, name);
        return withWeights(name, topology, version, file, cleanUp);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(extracted);
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException(
          name + ": the archive is damaged or cut off (" + e.getMessage() + ").", e);
    }
  }

  private static KerasFile withWeights(
      String name,
      JsonNode topology,
      Optional<String> version,
      Hdf5File file,
      AutoCloseable cleanUp) {
    try {
      return new KerasFile(
          name,
          "Keras " + KerasFiles.major(version) + " (archive)",
          topology,
          version,
          Optional.empty(),
          KerasFiles.arranged(file.weights(), false),
          List.of(),
          List.of(),
          List.of(file, cleanUp));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Optional<String> text(String name, ZipFile zip, String entryName)
      throws IOException {
    ZipEntry entry = zip.getEntry(entryName);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(ModelJson.MAXIMAL_LENGTH);
      if (bytes.length == ModelJson.MAXIMAL_LENGTH) {
        throw new ModelException(name + ": " + entryName + " is too long for a model's JSON.");
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void extract(String name, ZipFile zip, ZipEntry entry, Path to, long limit)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(to)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limit) {
          throw new ModelException(name + ": " + entry.getName() + " is packed beyond belief.");
        }
        out.write(buffer, 0, n);
      }
    }
  }
}
