package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.settings.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where results come from: enough to make them again.
 *
 * @param picasso version of the program
 * @param model id of the model
 * @param file name of its file, without folders
 * @param sha256 of that file, hexadecimal; empty for a folder
 * @param format of the file
 * @param visualization its id
 * @param settings all of them, defaults included, by name
 * @param held the files that the model's other inputs hold, by input
 */
public record Provenance(
    String picasso,
    String model,
    String file,
    String sha256,
    String format,
    String visualization,
    Map<String, String> settings,
    Map<String, Held> held,
    Instant made) {

  /**
   * A file that an input holds.
   *
   * @param file its name, without folders
   * @param sha256 of the file, hexadecimal
   */
  public record Held(String file, String sha256) {
    private static Held of(Path file) {
      return new Held(String.valueOf(file.getFileName()), Provenance.sha256(file));
    }
  }

  public Provenance {
    settings = Map.copyOf(settings);
    held = Map.copyOf(held);
  }

  /** Where results of a visualization with these settings come from, made now. */
  public static <S extends Record> Provenance of(
      ReadyModel ready, Visualization<S> visualization, Map<String, String> settings) {
    Schema<S> schema = Schema.of(visualization.defaults());
    Path path = ready.model().path();
    return new Provenance(
        version(),
        ready.model().id(),
        String.valueOf(path.getFileName()),
        sha256(path),
        ready.model().imported().format(),
        visualization.id(),
        schema.toMap(schema.parse(visualization.title(), settings)),
        ready.held().files().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Held.of(e.getValue()))),
        Instant.now());
  }

  /**
   * The same model's, for another visualization or other settings, made now. It saves reading the
   * model's file again.
   */
  public <S extends Record> Provenance with(
      Visualization<S> other, Map<String, String> otherSettings) {
    Schema<S> schema = Schema.of(other.defaults());
    return new Provenance(
        picasso,
        model,
        file,
        sha256,
        format,
        other.id(),
        schema.toMap(schema.parse(other.title(), otherSettings)),
        held,
        Instant.now());
  }

  /** The version of the running program; "development" where it runs from loose classes. */
  public static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String sha256(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new PicassoException(file.getFileName() + ": cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }
}
