package dev.picasso.catalogue;

import dev.picasso.PicassoException;
import dev.picasso.model.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is written beside the downloaded files, so that the folder is one that every command takes:
 * labels, a topology where one is needed, and at last the {@code picasso.yaml}.
 */
record PulledFolder(CatalogueEntry entry, Path folder) {
  private static final String LABELS = "labels.txt";

  /** Whether all is there; sizes are looked at, checksums are not. */
  boolean isComplete() {
    return Files.isRegularFile(configuration())
        && entry.files().stream().allMatch(f -> sizeOf(folder.resolve(f.name())) == f.size());
  }

  private static long sizeOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  Path configuration() {
    return folder.resolve(Configuration.FILE_NAME);
  }

  /** Writes all of it anew; the configuration last, which makes the folder a model. */
  void write() throws IOException {
    put(LABELS, String.join("\n", labels()) + "\n");
    if (entry.topology().isPresent()) {
      put(entry.topology().get(), topology(entry.topology().get()));
    }
    put(Configuration.FILE_NAME, yaml());
  }

  private List<String> labels() throws IOException {
    CatalogueEntry.Labels labels = entry.labels();
    Path source = folder.resolve(labels.file().name());
    try {
      return Files.readAllLines(source, StandardCharsets.UTF_8).stream()
          .skip(labels.skipped())
          .toList();
    } catch (CharacterCodingException e) {
      throw new PicassoException(source + ": is no text in UTF-8.", e);
    }
  }

  private static String topology(String name) throws IOException {
    try (InputStream in =
        Optional.ofNullable(PulledFolder.class.getResourceAsStream(name)).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void put(String name, String text) throws IOException {
    Path part = folder.resolve(name + ".part");
    Files.writeString(part, text, StandardCharsets.UTF_8);
    Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private String yaml() {
    StringBuilder text = new StringBuilder();
    text.append("# From Picasso's catalogue: picasso pull ").append(entry.name()).append('\n');
    text.append("# Publisher: ").append(entry.publisher()).append('\n');
    text.append("# Licence:   ").append(entry.licence()).append('\n');
    for (RemoteFile file : entry.files()) {
      text.append("# ").append(file.name()).append(", ").append(file.checksum()).append('\n');
      text.append("#   ").append(file.addresses().get(0)).append('\n');
    }
    text.append("models:\n");
    text.append("  - id: ").append(entry.name()).append('\n');
    text.append("    title: ").append(quoted(entry.title())).append('\n');
    String model = entry.model().name();
    text.append("    path: ").append(quoted(entry.topology().orElse(model))).append('\n');
    if (entry.topology().isPresent()) {
      text.append("    weights: ").append(quoted(model)).append('\n');
    }
    text.append("    labels: ").append(LABELS).append('\n');
    text.append("    preprocessing: {").append(preprocessing()).append("}\n");
    return text.toString();
  }

  private String preprocessing() {
    CatalogueEntry.Input input = entry.input();
    return "preset: "
        + input.preset().name().toLowerCase(Locale.ROOT)
        + input
            .shorterSide()
            .map(s -> ", resize: %d, crop: %dx%d".formatted(s, input.height(), input.width()))
            .orElse("");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
